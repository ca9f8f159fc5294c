import { inSeconds, milliseconds } from 'latchkey'
import { type DatabaseClockFacts, leastSkew, toleratedSkew } from '../program/postgres-clock.ts'
import { type Finding, failed, ok } from './finding.ts'

/**
 * Nodes judge deadlines by their own clocks: by as much as they differ, a session lasts longer on one than on
 * another. Whether an ending is heard of in time does not depend on any clock.
 */
export function checkDatabaseClock(facts: DatabaseClockFacts): Finding {
  const { ahead } = facts
  if (leastSkew(facts) <= toleratedSkew)
    return ok('clock', "This machine's clock and that of the database agree.")
  const seconds = Math.round(inSeconds(milliseconds(Math.abs(ahead))))
  const saw = `The clock of the database is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine's: one of them is wrong.`
  const mend =
    'Let both machines keep their time by NTP (timedatectl set-ntp true). Deadlines are judged by the clocks of the nodes; until then none of them starts.'
  return failed('clock', saw, mend)
}
