import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { Visitor } from '../visitor.ts'
import {
  examples,
  expectLedToSignIn,
  type RunningExample,
  sendSignIn,
  signedInTo,
  startExample,
} from './running-example.ts'

const own = '/api/v1/security/sessions'
const frameworks = ['express', 'fastify', 'hono'] as const

function start(framework: string, folder = temporaryFolder()): Promise<RunningExample> {
  return startExample(`${examples}/${framework}/server.ts`, folder)
}

it.each(frameworks)(
  '%s: signed in, the session is listed; ended from another device, it is refused',
  async (framework) => {
    const { url } = await start(framework)
    const stranger = new Visitor(url)
    expectLedToSignIn(await stranger.send('GET', '/'))
    expect((await stranger.send('GET', own)).status).toBe(401)
    const form = await stranger.send('GET', '/sign-in')
    expect(form.headers.get('content-type')).toMatch(/^text\/html/)
    expect(form.text).toContain('<form method="post">')

    const first = await signedInTo(url, 'ada')
    const second = await signedInTo(url, 'ada')
    expect((await first.send('GET', '/')).status).toBe(200)
    const { body } = await first.send('GET', own)
    expect(body.total_count).toBe(2)
    expect(body.sessions[0].device_info).toMatchObject({ browser: 'Safari', os: 'macOS' })

    const other = body.sessions.find((session: { is_current: boolean }) => !session.is_current)
    const ended = await first.send('DELETE', `${own}/${other.id}`)
    expect(ended.body).toMatchObject({ revoked: true })
    expect((await second.send('GET', own)).status).toBe(401)
    expectLedToSignIn(await second.send('GET', '/'))
    expect((await first.send('GET', '/')).status).toBe(200)
  },
)

it.each(frameworks)('%s: signing out ends the session and takes the cookie back', async (framework) => {
  const { url } = await start(framework)
  const visitor = await signedInTo(url, 'ada')
  const { cookie } = visitor
  expectLedToSignIn(await visitor.send('POST', '/sign-out'))
  expect(visitor.cookie).toBe(null)
  visitor.cookie = cookie
  expect((await visitor.send('GET', own)).status).toBe(401)
})

it.each(frameworks)('%s: a form without a name, or of another site, signs nobody in', async (framework) => {
  const { url } = await start(framework)
  const foreign = await sendSignIn(url, 'ada', {
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
  })
  expect(foreign.status).toBe(403)
  expect(foreign.headers.getSetCookie()).toEqual([])
  for (const name of ['', '  ', 'x'.repeat(256)]) {
    const answer = await sendSignIn(url, name)
    expect(answer.headers.get('location')).toBe('/sign-in')
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})

it.each(frameworks)('%s: stopped in order and started again, it knows its visitors', async (framework) => {
  const folder = temporaryFolder()
  const before = await start(framework, folder)
  const visitor = await signedInTo(before.url, 'ada')
  expect(await before.end()).toBe(0)
  const { url } = await start(framework, folder)
  const returned = new Visitor(url)
  returned.cookie = visitor.cookie
  expect((await returned.send('GET', '/')).status).toBe(200)
})

it.each(['express', 'hono'] as const)('%s: what a script asks for is refused with 401', async (framework) => {
  const { url } = await start(framework)
  expect((await new Visitor(url).send('GET', '/me')).status).toBe(401)
  const visitor = await signedInTo(url, 'ada')
  expect((await visitor.send('GET', '/me')).body).toEqual({ name: 'ada' })
})

it('fastify: the page names every session, and its form ends one’s own and nobody else’s', async () => {
  const { url } = await start('fastify')
  const ada = await signedInTo(url, '<ada>')
  const phone = await signedInTo(url, '<ada>')
  const grace = await signedInTo(url, 'grace')
  const endByForm = async (id: string): Promise<void> => {
    const answer = await fetch(`${url}/end`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: ada.cookie ?? '', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ id }),
    })
    expect(answer.status).toBe(302)
  }
  const { text } = await ada.send('GET', '/')
  expect(text).not.toContain('<ada>')
  expect(text.match(/Safari on macOS/g)).toHaveLength(2)
  const listed = /name="id" value="(ses_\w+)"/.exec(text)?.[1] ?? ''
  await endByForm(listed)
  expectLedToSignIn(await phone.send('GET', '/'))

  const hers = (await grace.send('GET', `${own}/current`)).body.id
  await endByForm(hers)
  expect((await grace.send('GET', '/')).status).toBe(200)
})
