import type { Sessions } from 'latchkey'

/** A storage with many sessions of others, and a few of the user who asks. */
export interface Population {
  readonly sessions: Sessions
  close(): Promise<void>
}

export const askingUser = 'the-user-who-asks'
export const ownSessions = 5

export async function signInOften(sessions: Sessions): Promise<void> {
  for (let own = 0; own < ownSessions; own += 1) await sessions.createSession({ userId: askingUser })
}
