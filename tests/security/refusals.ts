import { expect } from 'vitest'
import type { Answer } from './ask.ts'
import type { StartedStore } from './started-store.ts'

/** What every refusal of a credential says, the id of the request aside. */
const refusal = {
  type: expect.stringContaining('#unauthenticated'),
  title: 'Not signed in',
  status: 401,
  code: 'unauthenticated',
  detail: 'This needs a session or a key that is valid.',
  request_id: expect.stringMatching(/^req_[0-9a-f]{32}$/),
}

/** The one answer to every credential that proves nothing, so that nobody learns which kind of bad it was. */
export function expectRefused(answer: Answer): void {
  expect(answer.status, answer.text).toBe(401)
  expect(answer.body).toEqual(refusal)
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="latchkey"')
  expectHarmless(answer)
}

/** A refusal with another status: a problem that is kept by nobody, sets nothing and tells nothing of the inside. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body?.code], answer.text).toEqual([status, code])
  expectHarmless(answer)
}

function expectHarmless({ headers, setCookies, text }: Answer): void {
  expect(headers['content-type']).toBe('application/problem+json')
  expect(headers['cache-control']).toBe('no-store')
  for (const setCookie of setCookies) expect(setCookie).toMatch(/^[^=]+=;.* ?Max-Age=0(;|$)/)
  expect(text).not.toMatch(/node_modules|\bat [\w.<>]+ \(|\.ts:\d|SELECT |INSERT /)
}

/** One entry of the audit log as the API shows it. */
interface Entry {
  readonly position: number
  readonly type: string
  readonly event: string | null
  readonly level: string
  readonly user_id: string | null
  readonly session_id: string | null
  readonly actor: string
  readonly reason: string | null
  readonly request_id: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** The newest entries of the audit log that meet the conditions, at most 200. */
export async function auditEntries(
  store: StartedStore,
  conditions: Readonly<Record<string, string>>,
): Promise<readonly Entry[]> {
  const query = new URLSearchParams({ limit: '200', ...conditions })
  const answer = await store.ask({
    path: `/api/v1/admin/audit?${query}`,
    session: await store.administrator(),
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.entries
}

/** Exactly one entry of the audit log tells of that request, and it is of this kind of refusal. */
export async function expectAudited(store: StartedStore, answer: Answer, kind: string): Promise<void> {
  const request = answer.headers['x-request-id']
  const entriesOfIt = async (): Promise<readonly Entry[]> => {
    const entries = await auditEntries(store, { type: 'request.refused' })
    return entries.filter((entry) => entry.request_id === request)
  }
  await expect.poll(entriesOfIt, { timeout: 5_000 }).toHaveLength(1)
  const [entry] = await entriesOfIt()
  expect(entry).toMatchObject({ type: 'request.refused', after: { kind } })
}
