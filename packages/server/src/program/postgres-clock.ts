import { type Clock, type Duration, inSeconds, milliseconds } from 'latchkey'
import { onlyRow, type PostgresStatements } from '../accounts/postgres-statements.ts'
import { StartError } from './start-error.ts'

export interface DatabaseClockFacts {
  /** How far the database's clock is ahead of this machine's, in milliseconds; negative: behind. */
  readonly ahead: number
  /** By how much that may be wrong: half of what asking took. */
  readonly uncertainty: number
}

/** Clocks are put right in small steps all the time; what is larger moves deadlines that people notice. */
export const toleratedSkew: Duration = milliseconds(5_000)

/** The first question may have waited for a new connection. */
const questions = 3

/** Of several answers the one that was given in the shortest time, and so is the surest. */
export async function measureDatabaseClock(
  { run }: Pick<PostgresStatements, 'run'>,
  clock: Pick<Clock, 'now'>,
): Promise<DatabaseClockFacts> {
  let surest: DatabaseClockFacts | null = null
  for (let question = 0; question < questions; question += 1) {
    const asked = clock.now()
    const { now } = onlyRow(
      await run<{ readonly now: number }>(
        'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
      ),
    )
    const answered = clock.now()
    // The answer was given at some moment between the question and its arrival.
    const measured = { ahead: now - (asked + answered) / 2, uncertainty: (answered - asked) / 2 }
    if (surest === null || measured.uncertainty < surest.uncertainty) surest = measured
  }
  return surest ?? { ahead: 0, uncertainty: Number.POSITIVE_INFINITY }
}

/** By how much the clocks differ in any case. */
export function leastSkew({ ahead, uncertainty }: DatabaseClockFacts): number {
  return Math.abs(ahead) - uncertainty
}

/** Nodes judge deadlines by their own clocks: one whose clock is off ends sessions late or early, and is refused. */
export async function refuseSkewedClock(
  statements: Pick<PostgresStatements, 'run'>,
  clock: Pick<Clock, 'now'>,
): Promise<void> {
  const facts = await measureDatabaseClock(statements, clock)
  if (leastSkew(facts) <= toleratedSkew) return
  const seconds = Math.round(inSeconds(milliseconds(Math.abs(Math.round(facts.ahead)))))
  throw new StartError(
    `The clock of the database is ${seconds} s ${facts.ahead > 0 ? 'ahead of' : 'behind'} this machine's, and 5 s are allowed; let both keep their time by NTP (timedatectl set-ntp true).`,
  )
}
