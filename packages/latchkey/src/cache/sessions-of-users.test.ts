import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleRecord } from '../testing/sample-record.ts'
import { CachedSession } from './cached-session.ts'
import { InternedValues } from './interned-values.ts'
import { SessionsOfUsers } from './sessions-of-users.ts'

const sessions = Array.from(
  { length: 12 },
  (_, index) => new CachedSession(sampleRecord({ userId: `user ${index % 4}` }), new InternedValues()),
)

/** One chain for everybody, a few chains, and one for each of many. */
describe.each([1, 30, 10_000])('with room for %i', (capacity) => {
  it('a user has the sessions that were added and not removed, whoever shares the chain', () => {
    const index = fc.nat(sessions.length - 1)
    fc.assert(
      fc.property(fc.array(index, { maxLength: 60 }), (toggled) => {
        const ofUsers = new SessionsOfUsers(capacity)
        const model = new Set<CachedSession>()
        for (const session of toggled.flatMap((each) => sessions[each] ?? [])) {
          if (model.delete(session)) {
            ofUsers.remove(session)
          } else {
            ofUsers.add(session)
            model.add(session)
          }
        }
        for (const userId of ['user 0', 'user 1', 'user 2', 'user 3']) {
          const expected = [...model].filter((session) => session.userId === userId)
          expect(new Set(ofUsers.of(userId))).toEqual(new Set(expected))
        }
        for (const session of model) ofUsers.remove(session)
      }),
    )
  })
})
