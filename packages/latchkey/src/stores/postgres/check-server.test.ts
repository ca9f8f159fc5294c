import { describe, expect, it } from 'vitest'
import { faultOf, type ServerFacts } from './check-server.ts'

const fine: ServerFacts = {
  version: 150_004,
  encoding: 'UTF8',
  synchronousCommit: 'on',
  isolation: 'read committed',
  isReplica: false,
  isReadOnly: false,
  schema: 'public',
}

describe('a server is taken', () => {
  it.each(['on', 'remote_apply', 'remote_write', 'local'])(
    'that waits for a disk before it acknowledges: synchronous_commit=%s',
    (synchronousCommit) => {
      expect(faultOf({ ...fine, synchronousCommit })).toBeNull()
    },
  )

  it('whose isolation is read uncommitted, which is read committed there', () => {
    expect(faultOf({ ...fine, isolation: 'read uncommitted' })).toBeNull()
  })

  it('that is newer than any that was tested', () => {
    expect(faultOf({ ...fine, version: 250_000 })).toBeNull()
  })
})

describe('a server is refused, in one sentence that says what to do,', () => {
  it.each<[Partial<ServerFacts>, string, RegExp]>([
    [{ version: 140_011 }, 'storage-failed', /PostgreSQL 14, .* update it\.$/],
    [{ version: 90_624 }, 'storage-failed', /PostgreSQL 9, /],
    [{ isReplica: true }, 'storage-unavailable', /replica; name its primary/],
    [{ isReadOnly: true }, 'storage-unavailable', /set it to off/],
    [{ encoding: 'LATIN1' }, 'storage-failed', /LATIN1, .*; make it anew/],
    [{ synchronousCommit: 'off' }, 'storage-failed', /; set it to on/],
    [{ isolation: 'repeatable read' }, 'storage-failed', /is repeatable read, .*; set it to read committed/],
    [{ isolation: 'serializable' }, 'storage-failed', /is serializable, /],
    [{ schema: null }, 'storage-failed', /GRANT USAGE/],
  ])('where it says %o', (said, code, message) => {
    const fault = faultOf({ ...fine, ...said })
    expect(fault).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(fault?.message).toMatch(/^[^.]+(\.[^. ]+)*\.$|…/)
  })
})
