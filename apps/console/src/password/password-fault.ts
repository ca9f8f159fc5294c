import { ApiError } from '../api/api-error.ts'

/** Which field of the form a refusal is about. */
export type PasswordFormField = 'current' | 'new'

export interface PasswordFault {
  /** Null: about none of them. */
  readonly field: PasswordFormField | null
  readonly text: string
}

/** Why the password was not changed, where the server says more than that it could not be reached; null otherwise. */
export function passwordFault(error: unknown): PasswordFault | null {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'invalid-credentials')
    return { field: 'current', text: 'The current password is wrong.' }
  if (error.field === 'new_password') {
    return { field: 'new', text: error.message.replace(/^new_password: /, 'The new password ') }
  }
  // It says how far it came.
  if (error.code === 'storage-unavailable') return { field: null, text: error.message }
  return null
}
