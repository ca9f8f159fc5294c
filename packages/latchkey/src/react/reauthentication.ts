import { asSessionServiceError } from '../client/session-service-error.ts'

/**
 * Asks the user to prove again who they are, in a dialog of the application's own, say. True: they have, and the
 * application's session is as fresh as that. False: they would not.
 */
export type Reauthenticate = () => boolean | Promise<boolean>

/** Where calls ask for a recent sign-in. */
export interface ReauthenticationOptions {
  /** Called when the server refuses something for that reason, which is then done again. Default: it is refused. */
  readonly onReauthenticate?: Reauthenticate | undefined
}

/** Makes the call; where it is refused until the user proves again who they are, asks them to and makes it again, once. */
export async function callReauthenticated<Answer>(
  call: () => Promise<Answer>,
  onReauthenticate: Reauthenticate | undefined,
): Promise<Answer> {
  try {
    return await call()
  } catch (thrown) {
    const error = asSessionServiceError(thrown)
    if (error.kind !== 'reauthentication-required' || !(await onReauthenticate?.())) throw error
    return await call()
  }
}
