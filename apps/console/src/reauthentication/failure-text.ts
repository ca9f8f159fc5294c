import { isReauthenticationRequired } from './reauthentication.ts'

/** Why something did not work, fit to be shown. */
export function failureText(error: unknown): string {
  if (isReauthenticationRequired(error))
    return 'Nothing was changed: it was not confirmed with your password.'
  return error instanceof Error ? error.message : 'That did not work.'
}
