import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSessionsApi, type SessionsApi } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  publicUrl,
  type TemporaryFolder,
  type TemporaryProgram,
  temporaryFolder,
  temporaryProgram,
} from '../../testing/temporary-program.ts'
import { addConsole } from './console.ts'
import { readStaticFiles } from './static-files.ts'

let folder: TemporaryFolder
let temporary: TemporaryProgram
let api: SessionsApi

const script = 'console.log("x");\n'.repeat(200)

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder.path, 'dist/assets'), { recursive: true })
  await writeFile(join(folder.path, 'secret.txt'), 'not for anybody')
  await writeFile(join(folder.path, 'dist/index.html'), '<!doctype html><title>Console</title>')
  await writeFile(join(folder.path, 'dist/assets/index-C4f2d9Xa.js'), script)
  await writeFile(join(folder.path, 'dist/assets/index-C4f2d9Xa.js.map'), '{}')
  temporary = await temporaryProgram()
  const files = readStaticFiles(join(folder.path, 'dist'))
  api = createSessionsApi({
    sessions: temporary.program.sessions,
    publicUrl,
    extend: (app) => addConsole({ app }, files),
  })
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  api.fetch(new Request(`${publicUrl}${path}`, { headers }))

const browser = { Accept: 'text/html,*/*' }

describe('the console', () => {
  it('is at the root whatever is asked for, and nowhere else', async () => {
    expect(await (await get('/')).text()).toContain('<title>Console</title>')
    expect((await get('/settings/security')).status).toBe(404)
  })

  it.each(['/', '/settings/security', '/sign-in', '/setup', '/admin/sessions', '/anything/else'])(
    'is one page under every path that a browser opens: %s',
    async (path) => {
      const response = await get(path, browser)
      expect(await response.text()).toContain('<title>Console</title>')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    },
  )

  it('asks browsers for the release of their system, on its page and not on its files', async () => {
    const { headers } = await get('/sign-in', browser)
    expect(headers.get('accept-ch')).toContain('Sec-CH-UA-Platform-Version')
    expect(headers.get('critical-ch')).toBe('Sec-CH-UA-Platform-Version')
    const script = await get('/assets/index-C4f2d9Xa.js')
    expect([script.headers.get('accept-ch'), script.headers.get('critical-ch')]).toEqual([null, null])
  })

  it('keeps hashed files for good, and asks about the page each time', async () => {
    const response = await get('/assets/index-C4f2d9Xa.js')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/)
    const page = await get('/sign-in', browser)
    const again = await get('/sign-in', { ...browser, 'If-None-Match': page.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('comes in gzip to those who take it', async () => {
    const plain = await get('/assets/index-C4f2d9Xa.js')
    const zipped = await get('/assets/index-C4f2d9Xa.js', { 'Accept-Encoding': 'br, gzip' })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(zipped.headers.get('vary')).toContain('Accept-Encoding')
    expect((await zipped.arrayBuffer()).byteLength).toBeLessThan((await plain.arrayBuffer()).byteLength)
  })

  it.each(['/api/v1/nothing', '/assets/index-old.js', '/assets/index-C4f2d9Xa.js.map'])(
    'does not stand in for what is missing: %s',
    async (path) => {
      const response = await get(path, browser)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
    },
  )

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt'])(
    'reads nothing outside of its folder: %s',
    async (path) => {
      expect(await (await get(path, browser)).text()).not.toContain('not for anybody')
    },
  )

  it('that nobody built says how to build it', async () => {
    const unbuilt = createSessionsApi({
      sessions: temporary.program.sessions,
      publicUrl,
      extend: (app) => addConsole({ app }, new Map()),
    })
    const response = await unbuilt.fetch(new Request(`${publicUrl}/sign-in`, { headers: browser }))
    expect(await response.text()).toContain('has not been built yet')
  })
})
