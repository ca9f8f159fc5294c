import { ApiError } from '../api/api-error.ts'

/** What the program asks of a new password. */
export const minimumPasswordLength = 15

export function setUpFailure(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong. Try again.'
  if (error.code === 'network') return 'The server could not be reached. Check your connection and try again.'
  if (error.code === 'setup-unavailable' || error.status === 401 || error.status === 403) {
    return 'This set-up link is not valid any more. Use the newest one that Latchkey printed.'
  }
  return error.field === null ? error.message : sentenceOf(error.field, error.message)
}

/** `password: must be longer.` becomes `Password must be longer.` */
function sentenceOf(field: string, message: string): string {
  const name = field.charAt(0).toUpperCase() + field.slice(1)
  return message.startsWith(`${field}: `) ? `${name} ${message.slice(field.length + 2)}` : message
}
