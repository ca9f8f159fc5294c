import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireNginx } from '../examples/require-nginx.ts'
import { freePort } from '../examples/running-nginx.ts'
import { databaseUrl, startPostgres } from '../running-postgres.ts'
import { administrator, startSharedProgram } from '../running-program.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'
import { asService, Visitor } from '../visitor.ts'
import { endpointsOf } from './documented-endpoints.ts'
import type { Settings } from './started-store.ts'

/** Somebody in front of the program and its cache, and everything that is theirs alone. */
interface Person {
  readonly name: string
  readonly visitor: Visitor
  readonly marks: readonly string[]
}

interface Site {
  readonly proxy: string
  readonly program: string
  readonly people: readonly Person[]
  dispose(): Promise<void>
}

interface Database {
  readonly settings: Settings
  dispose(): Promise<void>
}

const kinds = [
  ['SQLite', async (): Promise<Database> => ({ settings: {}, dispose: async () => {} })],
  ['PostgreSQL', onPostgres],
] as const

describe.each(kinds)('through a proxy that caches everything it may, on %s', (_kind, startDatabase) => {
  let database: Database
  let site: Site
  beforeAll(async () => {
    database = await startDatabase()
    site = await startSite(database.settings)
  })
  afterAll(async () => {
    await site.dispose()
    await database.dispose()
  })

  it('case 41, regression 13: nobody gets the answer or the cookie of somebody else, from any path, and no error that was meant for another [ASVS 14.2.2] [ASVS 14.3.2]', async () => {
    const document = (await new Visitor(site.program).send('GET', '/openapi.json')).body
    const documented = endpointsOf(document).flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
    expect(documented.length).toBeGreaterThan(15)
    const others = ['/api/v1/nowhere', '/nowhere', '/', '/sign-in', '/settings/security', '/favicon.svg']
    for (const path of [...documented, ...others, '/api/v1/forward-auth/a', '/api/v1/auth/login']) {
      for (const method of ['GET', 'HEAD', 'GET']) {
        for (const person of site.people) await expectOwnAnswer(site, person, method, path)
      }
    }
    for (const person of site.people) await expectOwnAnswer(site, person, 'GET', '/api/v1/security/sessions')
  })

  it('case 41: what is everybody’s is kept by the proxy, so that the case above is no accident', async () => {
    const { proxy } = site
    const visitor = new Visitor(proxy)
    const page = await visitor.send('GET', '/sign-in', undefined, { accept: 'text/html' })
    const [, asset = '/favicon.svg'] = /"(\/assets\/[^"]+\.js)"/.exec(page.text) ?? []
    const states: (string | null)[] = []
    for (let times = 0; times < 2; times += 1)
      states.push((await visitor.send('GET', asset)).headers.get('x-cache'))
    expect(states).toEqual(['MISS', 'HIT'])
  })

  it('case 41: a session that ended is refused through the cache with the next request, and signing in through it sets a cookie for its own browser alone [ASVS 7.4.1]', async () => {
    const { proxy } = site
    const [first, second] = [new Visitor(proxy), new Visitor(proxy)]
    for (const visitor of [first, second])
      expect((await visitor.send('POST', '/api/v1/auth/login', administrator)).status).toBe(200)
    expect(first.token).not.toBe(second.token)
    const paths = ['/api/v1/auth/me', '/api/v1/forward-auth', '/api/v1/security/sessions/current']
    const statuses = async () =>
      Promise.all(paths.map(async (path) => (await first.send('GET', path)).status))
    expect(await statuses()).toEqual([200, 200, 200])
    const copy = first.cookie
    await first.send('POST', '/api/v1/auth/logout')
    first.cookie = copy
    expect(await statuses()).toEqual([401, 401, 401])
    expect((await second.send('GET', '/api/v1/auth/me')).status).toBe(200)
  })
})

async function onPostgres(): Promise<Database> {
  const postgres = await startPostgres()
  const settings = {
    LATCHKEY_DATABASE_URL: databaseUrl(await postgres.newSchema()),
    LATCHKEY_SECRET: Buffer.alloc(32, 41).toString('base64'),
  }
  return { settings, dispose: () => postgres.dispose() }
}

/** The same as without the proxy, with nothing of anybody else in it. */
async function expectOwnAnswer(
  { program, people }: Site,
  person: Person,
  method: string,
  path: string,
): Promise<void> {
  const answer = await person.visitor.send(method, path)
  const direct = new Visitor(program)
  direct.cookie = person.visitor.cookie
  const { status } = await direct.send(method, path)
  const where = `${method} ${path} for ${person.name}: ${answer.text.slice(0, 200)}`
  expect(answer.status, where).toBe(status)
  expect(answer.headers.getSetCookie(), where).toEqual([])
  const seen = answer.text + JSON.stringify([...answer.headers])
  for (const other of people) {
    // An administrator sees the sessions of all: that they are nobody else's is what the others' answers show.
    if (other === person || person.name === 'administrator') continue
    for (const mark of other.marks) expect(seen, where).not.toContain(mark)
  }
  if (person.marks.some((mark) => seen.includes(mark)))
    expect(answer.headers.get('x-cache'), where).not.toBe('HIT')
}

async function startSite(database: Settings): Promise<Site> {
  const port = await freePort()
  const [folder, proxy] = [unownedTemporaryFolder(), `http://127.0.0.1:${port}`]
  const program = await startSharedProgram(folder, {
    LATCHKEY_ADMIN_EMAIL: administrator.email,
    LATCHKEY_ADMIN_PASSWORD: administrator.password,
    LATCHKEY_PUBLIC_URL: proxy,
    LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
    ...database,
  })
  const stopNginx = await startCachingNginx(folder, port, Number(new URL(program.url).port))
  return {
    proxy,
    program: program.url,
    people: await peopleBefore(proxy, program),
    async dispose() {
      await stopNginx()
      await program.end('SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function peopleBefore(proxy: string, program: { readonly url: string }): Promise<readonly Person[]> {
  const visitor = new Visitor(proxy)
  const { body } = await visitor.send('POST', '/api/v1/auth/login', administrator)
  const marks = [body.user.id, body.session.id, administrator.email]
  const people: Person[] = [{ name: 'administrator', visitor, marks }]
  for (const name of ['anna', 'ben']) {
    const user = `${name}-of-the-host`
    const made = await asService(program, 'POST', '/api/v1/sessions', { user_id: user, device_tokens: [] })
    const { session, token } = made.body
    const ofHost = new Visitor(proxy)
    ofHost.cookie = `latchkey=${token}`
    people.push({ name, visitor: ofHost, marks: [user, session.id, session.device_id] })
  }
  return [...people, { name: 'nobody', visitor: new Visitor(proxy), marks: [] }]
}

/** As bad as it is set up: everything is kept, by its address alone; only what the answers themselves say is heeded. */
async function startCachingNginx(
  folder: string,
  port: number,
  programPort: number,
): Promise<() => Promise<void>> {
  mkdirSync(`${folder}/nginx`, { mode: 0o755 })
  writeFileSync(`${folder}/nginx/nginx.conf`, cachingConfiguration(port, programPort))
  const words = ['-p', `${folder}/nginx`, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;']
  const child = spawn(requireNginx(), words, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('start worker process ')) resolve()
    })
    child.on('error', reject)
    void ended.then(() => reject(new Error(`nginx ended before it served.\n${said}`)))
  })
  return () => {
    child.kill('SIGTERM')
    return ended
  }
}

function cachingConfiguration(port: number, programPort: number): string {
  // The superuser's workers would be somebody else, who may not write where the cache is.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  return `${user}
worker_processes 1;
pid nginx.pid;
error_log stderr notice;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    proxy_cache_path kept keys_zone=kept:10m inactive=1h;
    server {
        listen 127.0.0.1:${port};
        proxy_cache kept;
        proxy_cache_key $request_uri;
        proxy_cache_methods GET HEAD;
        proxy_cache_valid any 1h;
        proxy_cache_use_stale error timeout updating http_500 http_503 http_403 http_404 http_429;
        add_header X-Cache $upstream_cache_status always;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        location / { proxy_pass http://127.0.0.1:${programPort}; }
    }
}
`
}
