/** The question for the password that stands at the moment. */
export interface PasswordQuestion {
  /** What had the focus when it came up. */
  readonly opener: Element | null
  /** True: the user has proved again who they are. False: they would not. */
  readonly answer: (answer: boolean) => void
}

interface Standing {
  readonly question: PasswordQuestion
  readonly answered: Promise<boolean>
}

let standing: Standing | null = null
const listeners = new Set<() => void>()

/** Asks for the password in place. Calls that meet share one question. */
export function reauthenticate(): Promise<boolean> {
  standing ??= ask()
  return standing.answered
}

function ask(): Standing {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const answer = (given: boolean): void => {
    standing = null
    tell()
    resolve(given)
  }
  queueMicrotask(tell)
  return { question: { opener: document.activeElement, answer }, answered: promise }
}

function tell(): void {
  for (const listener of listeners) listener()
}

/** For `useSyncExternalStore`. */
export function subscribeToQuestion(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function standingQuestion(): PasswordQuestion | null {
  return standing?.question ?? null
}

/** For the hooks of the user's own sessions and devices. */
export const reauthenticationInPlace = { onReauthenticate: reauthenticate }

/** Whether something was refused until its user proves again who they are. */
export function isReauthenticationRequired(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'reauthentication-required'
}

/** Makes the call; where it is refused for that reason, asks for the password and makes it again, once. */
export async function goingOnReauthenticated<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    if (!isReauthenticationRequired(error) || !(await reauthenticate())) throw error
    return await call()
  }
}
