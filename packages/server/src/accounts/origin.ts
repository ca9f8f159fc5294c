import { type Actor, systemActor } from 'latchkey'

/** Who makes a change of the program's own, and in which request, as its event says. */
export interface Origin {
  readonly by: Actor
  /** Null where there is none. */
  readonly request: string | null
}

/** What somebody at the machine does by a command. */
export const commandLine: Origin = { by: 'command-line', request: null }

/** Where nobody is named. */
export const unattended: Origin = { by: systemActor, request: null }
