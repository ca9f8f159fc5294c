import type { Sessions } from 'latchkey'

/** What the walk works with and remembers from one step to the next. */
export interface SelftestSubject {
  readonly sessions: Sessions
  /** Of a user that nobody is. */
  readonly userId: string
  /** Lets a second pass. Rejects when the walk is interrupted meanwhile. */
  readonly waitASecond: () => Promise<void>
  /** In the order in which they were made. */
  readonly made: { readonly id: string; readonly token: string }[]
}

/** One step: what it saw, or a throw of `Unexpected`. */
export interface SelftestAction {
  readonly name: string
  readonly run: (subject: SelftestSubject) => Promise<string>
}

/** What was seen is not what should have been seen. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected'
}

export function expectThat(holds: boolean, sawInstead: string): asserts holds {
  if (!holds) throw new Unexpected(sawInstead)
}

/** The session that was made in that place of the order. */
export function madeSession(
  { made }: SelftestSubject,
  position: number,
): { readonly id: string; readonly token: string } {
  const session = made[position]
  expectThat(session !== undefined, 'A session that an earlier step should have made is missing.')
  return session
}
