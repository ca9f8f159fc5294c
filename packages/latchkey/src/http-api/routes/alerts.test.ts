import { beforeEach, describe, expect, it } from 'vitest'
import { days, hours } from '../../foundation/time.ts'
import type { Alert } from '../../model/alert.ts'
import { alertAbout, sampleAlert } from '../../operations/alert-fixture.fake.ts'
import type { CreatedSession } from '../../operations/create-session.ts'
import {
  alertAnsweredResponseSchema,
  alertQuestionResponseSchema,
  ownAlertsResponseSchema,
} from '../alert-schemas.ts'
import { type ApiUnderTest, apiKey, apiUnderTest, type Call, problemOf } from '../api-under-test.fake.ts'

let under: ApiUnderTest
let old: CreatedSession
let odd: CreatedSession
let alert: Alert

const deviceInfo = { type: 'desktop', browser: 'Firefox', os: 'Linux', location: 'Oslo, Norway' } as const

beforeEach(async () => {
  under = await apiUnderTest()
  old = await under.signIn('ann')
  under.pass(hours(1))
  odd = await under.signIn('ann', { deviceInfo })
  alert = alertAbout(odd.session)
  await under.storage.alerts.add(alert, [])
})

const path = '/api/v1/security/alerts'
const listed = async (call: Call, at = path) => {
  const answer = await under.call(at, call)
  expect(answer.status).toBe(200)
  return ownAlertsResponseSchema.parse(await answer.json()).alerts
}
const answer = (json: unknown, call: Call = { cookie: old.token }, id: string = alert.id) =>
  under.call(`${path}/${id}/answer`, { json, ...call })
const answered = async (response: Response) => alertAnsweredResponseSchema.parse(await response.json())

describe("a user's alerts", () => {
  it('say what, when and on which device, and whether "me" counts here', async () => {
    expect(await listed({ cookie: old.token })).toEqual([
      {
        id: alert.id,
        title: alert.detector,
        severity: 'medium',
        reason: alert.reason,
        at: '2026-01-01T01:00:00.000Z',
        count: 1,
        session_id: odd.session.id,
        session_active: true,
        device: 'Firefox on Linux',
        location: 'Oslo, Norway',
        answer: null,
        may_confirm: true,
      },
    ])
    expect((await listed({ cookie: odd.token }))[0]).toMatchObject({ may_confirm: false })
  })

  it("are one's own, about a session, and not mere information unless somebody was told", async () => {
    const { id } = alertAbout(odd.session, { severity: 'info', response: 'notify', respondedAt: null })
    await under.storage.alerts.add({ ...alertAbout(odd.session), severity: 'info' }, [])
    await under.storage.alerts.add(
      { ...alertAbout(odd.session, { severity: 'info', response: 'notify' }), id },
      [],
    )
    await under.storage.alerts.add(sampleAlert({ detector: 'shared-device' }), [])
    await under.storage.alerts.add(sampleAlert({ userId: 'bob' }), [])
    const ids = (await listed({ cookie: old.token })).map((each) => each.id)
    expect(ids.sort()).toEqual([alert.id, id].sort())
  })

  it('are told to nobody who is not signed in', async () => {
    expect((await under.call(path)).status).toBe(401)
    expect((await answer({ answer: 'me' }, {})).status).toBe(401)
  })
})

describe('answering', () => {
  it('of what was noticed again since it was shown is a conflict for "me"', async () => {
    await under.storage.alerts.replace({ ...alert, count: 2, version: 2 }, [])
    const refused = await answer({ answer: 'me', count: 1 })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([409, 'conflict'])
    expect((await answer({ answer: 'me', count: 2 })).status).toBe(200)
    expect((await answer({ answer: 'me', count: 0 })).status).toBe(422)
  })

  it('"not me" ends the session without asking for a fresh proof, also long after signing in', async () => {
    under.pass(days(2))
    const said = await answered(await answer({ answer: 'not-me' }))
    expect(said).toMatchObject({ answer: 'not-me', revoked_count: 1, current: 'kept' })
    expect(await under.sessions.verifySession(odd.token)).toEqual({ active: false, reason: 'revoked' })
  })

  it('"not me" in the session that ends takes the cookie back', async () => {
    const response = await answer({ answer: 'not-me' }, { cookie: odd.token })
    expect(response.headers.getSetCookie()[0]).toMatch(/Max-Age=0/)
    expect(await answered(response)).toMatchObject({ current: 'revoked', revoked_count: 1 })
  })

  it('"me" is 403 in the session that it is about, and counts in the one before', async () => {
    const refused = await answer({ answer: 'me' }, { cookie: odd.token })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([403, 'forbidden'])
    expect(await answered(await answer({ answer: 'me' }))).toMatchObject({ answer: 'me', revoked_count: 0 })
    expect((await listed({ cookie: old.token }))[0]).toMatchObject({ answer: 'me', may_confirm: false })
  })

  it('"me" after "not me" is 409', async () => {
    await answer({ answer: 'not-me' })
    const refused = await answer({ answer: 'me' })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([409, 'conflict'])
  })

  it("somebody else's and one that never was are the same 404, and the first is noted", async () => {
    const theirs = await under.signIn('bob')
    const bobs = alertAbout(theirs.session)
    await under.storage.alerts.add(bobs, [])
    const problems = []
    for (const id of [bobs.id, sampleAlert().id, 'nonsense']) {
      const { request_id: _, ...problem } = await problemOf(
        await answer({ answer: 'not-me' }, { cookie: old.token }, id),
      )
      problems.push(problem)
    }
    expect(problems[0]).toMatchObject({ status: 404, code: 'not-found' })
    expect(problems[1]).toEqual(problems[0])
    expect(problems[2]).toEqual(problems[0])
    expect(await under.sessions.verifySession(theirs.token)).toMatchObject({ active: true })
    const noted = async () =>
      (await under.sessions.listEvents({ types: ['request.refused'] }, { cursor: null, limit: 5 })).items
    await expect.poll(noted).toMatchObject([{ after: { kind: 'direct-reference', target: bobs.id } }])
  })

  it.each([{}, { answer: 'maybe' }, { answer: 'me', more: 1 }, []])('%j is refused', async (json) => {
    expect((await answer(json)).status).toBe(422)
  })

  it('from another site is refused', async () => {
    const response = await answer({ answer: 'not-me' }, { cookie: old.token, site: 'cross-site' })
    expect(response.status).toBe(403)
    expect(await under.sessions.verifySession(odd.token)).toMatchObject({ active: true })
  })
})

describe('a host back end', () => {
  const of = (userId: string) => `/api/v1/users/${userId}/alerts`

  it('reads the alerts of a user, and passes the answer on', async () => {
    expect(await listed({ bearer: apiKey }, of('ann'))).toMatchObject([{ id: alert.id, may_confirm: true }])
    expect(await listed({ bearer: apiKey }, of('nobody'))).toEqual([])
    const said = await under.call(`${of('ann')}/${alert.id}/answer`, {
      bearer: apiKey,
      json: { answer: 'not-me' },
    })
    expect(await answered(said)).toMatchObject({ revoked_count: 1 })
    const [event] = (
      await under.sessions.listEvents({ types: ['alert.answered'] }, { cursor: null, limit: 1 })
    ).items
    expect(event).toMatchObject({ actor: 'service:key_1', userId: 'ann' })
  })

  it('finds the alert under the name of its user only, and needs a key', async () => {
    const under404 = await under.call(`${of('bob')}/${alert.id}/answer`, {
      bearer: apiKey,
      json: { answer: 'me' },
    })
    expect(under404.status).toBe(404)
    expect((await under.call(of('ann'), { cookie: old.token })).status).toBe(401)
  })
})

describe('the link in a mail', () => {
  const link = '/api/v1/alert-answers'
  const token = () => under.sessions.alertLinkToken(alert) ?? ''
  const ask = (text: string) => under.call(link, { bearer: text })
  const say = (text: string, said: string) => under.call(link, { bearer: text, json: { answer: said } })

  it('shows what it is about to whoever has it, as often as they like, and changes nothing', async () => {
    for (let times = 0; times < 3; times += 1) {
      const shown = await ask(token())
      expect(alertQuestionResponseSchema.parse(await shown.json())).toEqual({
        count: 1,
        title: alert.detector,
        reason: alert.reason,
        at: '2026-01-01T01:00:00.000Z',
        device: 'Firefox on Linux',
        location: 'Oslo, Norway',
        answer: null,
      })
      expect(shown.headers.get('cache-control')).toBe('no-store')
    }
    expect(await under.sessions.getAlert(alert.id)).toEqual(alert)
  })

  it('answers once it is sent back, in the name of the user', async () => {
    const said = await say(token(), 'not-me')
    expect(await answered(said)).toMatchObject({ answer: 'not-me', revoked_count: 1, current: 'kept' })
    const [event] = (
      await under.sessions.listEvents({ types: ['alert.answered'] }, { cursor: null, limit: 1 })
    ).items
    expect(event).toMatchObject({ actor: 'user:ann' })
    expect(await (await ask(token())).json()).toMatchObject({ answer: 'not-me' })
  })

  it('"me" counts by it', async () => {
    const said = await say(token(), 'me')
    expect(await answered(said)).toMatchObject({ answer: 'me' })
  })

  it('is 410 once it is over, and 401 where it was not made here', async () => {
    const text = token()
    under.pass(days(7))
    for (const [shown, status, code] of [
      [text, 410, 'link-expired'],
      [`${text.slice(0, -43)}${'A'.repeat(43)}`, 401, 'unauthenticated'],
      ['nonsense', 401, 'unauthenticated'],
    ] as const) {
      const asked = await ask(shown)
      const said = await say(shown, 'not-me')
      expect([asked.status, said.status, (await problemOf(said)).code]).toEqual([status, status, code])
    }
    expect(await under.sessions.getAlert(alert.id)).toEqual(alert)
  })

  it('needs its token, in no other place than the header, and believes no other one', async () => {
    expect((await under.call(link)).status).toBe(401)
    expect((await under.call(`${link}?token=${token()}`)).status).toBe(401)
    for (const json of [{ answer: 'not-me' }, { answer: 'not-me', token: token() }])
      expect((await under.call(link, { json })).status).toBe(401)
    for (const bearer of [old.token, apiKey, alert.id]) {
      expect((await ask(bearer)).status).toBe(401)
      expect((await say(bearer, 'not-me')).status).toBe(401)
    }
    expect((await under.call(link, { cookie: odd.token, json: { answer: 'me' } })).status).toBe(401)
    expect((await under.call(path, { bearer: token() })).status).toBe(401)
    expect(await under.sessions.getAlert(alert.id)).toEqual(alert)
  })

  it('says no more once its user is forgotten', async () => {
    const text = token()
    await under.sessions.forgetUser('ann')
    expect((await ask(text)).status).toBe(401)
    expect((await say(text, 'not-me')).status).toBe(401)
    expect(JSON.stringify(await under.storage.events.read(0, 500))).not.toContain('alert.answered')
  })
})

it("a user's activity tells of their answer, and not of what administrators make of it", async () => {
  await under.sessions.changeAlert(alert.id, { note: 'looks bad' }, { by: 'admin:root' })
  await under.sessions.addMute({ userId: 'ann' }, { by: 'admin:root' })
  await answer({ answer: 'not-me' })
  const text = await (await under.call('/api/v1/security/activity', { cookie: old.token })).text()
  expect(text).toContain('alert.answered')
  expect(text).not.toMatch(/alert\.changed|mute\.|admin/)
})
