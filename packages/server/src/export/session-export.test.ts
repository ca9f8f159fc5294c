import type { ManagedSession } from 'latchkey/http'
import { expect, it } from 'vitest'
import { exportedText, type ReadPage } from './session-export.ts'
import { streamOf } from './stream-of.ts'

function session(id: string, changes: Partial<ManagedSession> = {}): ManagedSession {
  return {
    id,
    user_id: '42',
    user_label: null,
    device_info: {
      type: 'desktop',
      browser: 'Chrome',
      browser_version: '142',
      os: 'Windows',
      os_version: '11',
      location: null,
    },
    created_at: '2026-11-23T12:00:00.000Z',
    last_accessed: null,
    expires_at: '2026-12-23T12:00:00.000Z',
    idle_expires_at: null,
    is_active: true,
    is_current: false,
    ip_address: '192.0.2.7',
    device_id: null,
    authenticated_at: '2026-11-23T12:00:00.000Z',
    amr: ['pwd', 'otp'],
    assurance_level: 'aal2',
    is_pending: false,
    reauthentication_required: false,
    expires_by: 'default',
    idle_expires_by: null,
    roles: [],
    device_trust: 'untrusted',
    country: 'NO',
    network: { asn: 64_500, name: 'Example', kind: 'hosting' },
    ended_at: null,
    end_reason: null,
    ended_by: null,
    ...changes,
  }
}

/** Pages of these sessions; notes which were read. */
function pagesOf(pages: readonly (readonly ManagedSession[])[], read: number[] = []): ReadPage {
  return async (cursor) => {
    const index = Number(cursor ?? 0)
    read.push(index)
    return { sessions: pages[index] ?? [], next: index + 1 < pages.length ? String(index + 1) : null }
  }
}

const three = [[session('a'), session('b')], [session('c')]]

async function all(pages: readonly (readonly ManagedSession[])[], format: 'csv' | 'json' | 'ndjson') {
  return new Response(streamOf(exportedText(pagesOf(pages), format))).text()
}

it('CSV has one head and a line for each session of every page', async () => {
  const lines = (await all(three, 'csv')).split('\r\n')
  expect(lines[0]).toMatch(/^id,user_id,user_label,device_type,browser,/)
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^a,42,,desktop,Chrome,142,Windows,11,,NO,64500,Example,hosting,192\.0\.2\.7,/),
    expect.stringMatching(/^b,/),
    expect.stringMatching(/^c,.*,pwd otp,aal2,,untrusted$/),
    '',
  ])
  expect((await all([[]], 'csv')).split('\r\n')).toEqual([lines[0], ''])
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])(
  'no cell of CSV is a formula, such as of a user called %j',
  async (userId) => {
    const text = await all([[session('a', { user_id: userId })]], 'csv')
    expect(text).toContain(`'${userId}`)
  },
)

it('what has commas, quotes and line breaks in it is one cell of CSV', async () => {
  const text = await all([[session('a', { user_id: 'x,"y"\nz' })]], 'csv')
  expect(text).toContain('a,"x,""y""\nz",')
})

it.each([
  ['some', three, ['a', 'b', 'c']],
  ['none', [[]], []],
  ['none on the first page', [[], [session('a')], []], ['a']],
])('JSON is one object: %s', async (_case, pages, ids) => {
  const found = JSON.parse(await all(pages, 'json')) as { sessions: ManagedSession[] }
  expect(found.sessions.map(({ id }) => id)).toEqual(ids)
})

it('NDJSON has an object a line', async () => {
  const lines = (await all(three, 'ndjson')).trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as ManagedSession).id)).toEqual(['a', 'b', 'c'])
})

it('pages are read as the client takes them, and none once it has gone', async () => {
  const read: number[] = []
  const pages = Array.from({ length: 50 }, (_, index) => [session(`s${index}`)])
  const reader = streamOf(exportedText(pagesOf(pages, read), 'csv')).getReader()
  await reader.read()
  expect(read.length).toBeLessThan(4)
  await reader.cancel()
  const before = read.length
  await Promise.resolve()
  expect(read).toHaveLength(before)
})

it('an export that cannot go on breaks off instead of ending', async () => {
  const read: ReadPage = async (cursor) => {
    if (cursor !== null) throw new Error('The storage is away.')
    return { sessions: [session('a')], next: '1' }
  }
  await expect(new Response(streamOf(exportedText(read, 'json'))).text()).rejects.toThrow('away')
})
