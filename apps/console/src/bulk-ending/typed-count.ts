import { ApiError } from '../api/api-error.ts'

/** Whether that number was typed, with or without what separates its thousands. */
export function isTheCount(typed: string, count: number): boolean {
  const digits = typed.trim().replaceAll(/[\s.,’'\u202f\u00a0]/g, '')
  return digits === String(count)
}

/** How many there are now, where something was refused because they are not as many as was said; null otherwise. */
export function countChanged(error: unknown): number | null {
  return error instanceof ApiError && error.status === 409 ? error.count : null
}
