import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { SessionsApi } from 'latchkey/http'
import { loadSettings } from '../../../packages/server/src/configuration/load-settings.ts'
import { createLogger } from '../../../packages/server/src/program/logger.ts'
import { openProgram } from '../../../packages/server/src/program/open-program.ts'
import { programApi } from '../../../packages/server/src/program/program-api.ts'
import { administrator, serviceKey } from '../../running-program.ts'
import { expectThat, type FuzzedParser, textOf } from './fuzzed-parser.ts'
import { alertToken, sessionId } from './good-examples.ts'
import { storageParsers } from './text-parsers.ts'

/** Parsers that need a program, and the end of it. */
export interface ProgramParsers extends AsyncDisposable {
  readonly parsers: readonly FuzzedParser[]
}

const publicUrl = 'http://localhost:4280'
const lists = [
  '/api/v1/admin/sessions',
  '/api/v1/admin/audit',
  '/api/v1/security/activity',
  '/api/v1/admin/policy',
  '/api/v1/admin/sessions/count',
  '/api/v1/admin/sessions/export',
  '/api/v1/admin/alerts',
  '/api/v1/admin/analytics',
  '/api/v1/admin/analytics/export',
]
const names = [
  'search',
  'user_id',
  'session_id',
  'ip_address',
  'state',
  'device_type',
  'cursor',
  'limit',
  'actor',
  'type',
]
const ofReports = ['filter', 'to', 'interval', 'group_by', 'format', 'severity', 'detector', 'assignee']
const more = [...ofReports, 'event', 'from', 'until', 'role', 'device_trust', 'amr', '__proto__', 'limit[]']
const values = [
  '',
  '1',
  '-1',
  '0',
  'NaN',
  '1e9',
  'live',
  'mobile',
  'hour',
  'country',
  'json',
  'high',
  'user:1',
  '2026-01-01',
  '2026-01-01T00:00:00Z',
  '%00',
  '%ff',
]

const declared = new Set([200, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429])

/** On an empty SQLite file. */
export async function programParsers(): Promise<ProgramParsers> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-fuzz-'))
  const environment = { LATCHKEY_API_KEY: serviceKey, LATCHKEY_LOCATION_TRACKING: 'off' }
  const program = await openProgram(await loadSettings({ environment, workingDirectory: folder }))
  const made = await program.accounts.create({ ...administrator, role: 'admin' })
  if (made.kind !== 'created') throw new Error('There is no administrator.')
  const { token } = await program.sessions.createSession({ userId: made.account.id, amr: ['pwd'] })
  const api = programApi(program, publicUrl, createLogger('silent', { write: () => {} }))
  return {
    parsers: [...storageParsers('SQLite', program.sessions), ...requestParsers(expectedAnswers(api), token)],
    async [Symbol.asyncDispose]() {
      await program.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type ExpectAnswer = (path: string, init: RequestInit) => Promise<void>

/** Rejects where the answer is none that the API declares for what a stranger may send. */
function expectedAnswers(api: SessionsApi): ExpectAnswer {
  return async (path, init) => {
    const url = URL.parse(`${publicUrl}${path}`)
    // What is no URL never becomes a request.
    if (url === null || url.origin !== publicUrl) return
    const response = await api.fetch(new Request(url, init), { remoteAddress: '192.0.2.1' })
    const text = await response.text()
    expectThat(declared.has(response.status), `${path}: ${response.status} ${text.slice(0, 300)}`)
  }
}

function requestParsers(expectAnswer: ExpectAnswer, token: string): readonly FuzzedParser[] {
  const byLink = (text: string) => ({ headers: { authorization: `Bearer ${text.replace(/[^ -~]/g, '')}` } })
  const bySession = { headers: { authorization: `Bearer ${token}` } }
  const byKey = { authorization: `Bearer ${serviceKey}` }
  const json = { ...byKey, 'content-type': 'application/json' }
  return [
    {
      name: 'filters of lists',
      input: queries,
      read: (path) => expectAnswer(path, bySession),
      beginnings: lists.map((path) => `${path}?search=`).concat('/api/v1/admin/sessions?cursor='),
      repeated: ['&limit=1', '%', 'a', '+'],
    },
    {
      name: 'token of a link to an alert',
      input: textOf(['alr_', '.', 'a', '=', ' ', alertToken], [alertToken]),
      read: (text) => expectAnswer('/api/v1/alert-answers', byLink(text)),
      beginnings: ['alr_', `${alertToken.slice(0, 31)}`],
      repeated: ['a', '.', 'alr_', ' '],
    },
    {
      name: 'ids in paths',
      input: textOf(['/', '%2F', '..', 'ses_', '%ff', '%00', sessionId], [sessionId, `${sessionId}/x`]),
      async read(text) {
        await expectAnswer(`/api/v1/security/sessions/${text}`, { method: 'DELETE', ...bySession })
        await expectAnswer(`/api/v1/users/${text}/sessions/count`, { headers: byKey })
      },
      repeated: ['/', '%', 'a', '%2e'],
    },
    {
      name: 'body of a verification',
      input: textOf(pieces, ['{"token":"a"}', '{"token":"a","ip_address":"::1"}']),
      read: (body) => expectAnswer('/api/v1/sessions/verify', { method: 'POST', body, headers: json }),
      beginnings: ['{"token":"', '{"token":'],
      repeated: ['{"a":', '[', '"', ' '],
    },
  ]
}

const pieces = ['{', '}', '"token":', '[', '"', 'null', '1', ',', '"ip_address":', '\\u0000']

const pair = fc.tuple(
  fc.constantFrom(...names, ...more),
  fc.oneof(fc.constantFrom(...values), fc.string({ unit: 'binary', maxLength: 300 })),
)

const queries: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...lists), fc.array(pair, { maxLength: 6 }), fc.boolean())
  .map(([path, pairs, isEncoded]) => {
    const encode = (text: string): string => (isEncoded ? encodeURIComponent(text.toWellFormed()) : text)
    return `${path}?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`
  })
