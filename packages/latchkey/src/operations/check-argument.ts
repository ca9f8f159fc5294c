import { invalidArgument } from '../foundation/errors.ts'
import { type Duration, type Instant, inSeconds } from '../foundation/time.ts'
import { longestLifetime, shortestLifetime } from '../rules/session-policy.ts'

/** In characters. Long enough for every id in use; short enough for an index. */
const longestUserId = 255
/** `admin:` and the like, and a user id. */
const longestActor = 300
/** As long as request ids from outside are taken over. */
const longestRequestId = 200

/**
 * Text of 1 to `longest` characters. A NUL would end it early in some databases, and half a surrogate pair is
 * written as the same U+FFFD as any other half: two names could become one.
 */
export function checkText(field: string, value: unknown, longest: number): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > longest) {
    throw invalidArgument(field, `must be a string of 1 to ${longest} characters`)
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    throw invalidArgument(field, 'must be well-formed text without NUL characters')
  }
  return value
}

export function checkUserId(field: string, value: unknown): string {
  return checkText(field, value, longestUserId)
}

export function checkActor(field: string, value: unknown): string {
  return checkText(field, value, longestActor)
}

/** The id of a request; null where there is none. */
export function checkRequestId(value: unknown): string | null {
  return value === undefined ? null : checkText('request', value, longestRequestId)
}

export function checkOneOf<Choice extends string>(
  field: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw invalidArgument(field, `must be one of ${choices.join(', ')}`)
  return found
}

export function checkObject(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidArgument(field, 'must be an object')
  }
  return value as Readonly<Record<string, unknown>>
}

export function checkTexts(field: string, value: unknown, most: number, longest: number): readonly string[] {
  if (!Array.isArray(value) || value.length > most) {
    throw invalidArgument(field, `must be an array of at most ${most} strings`)
  }
  return value.map((text) => checkText(field, text, longest))
}

/** How the user proved who they are: the registered names of RFC 8176 have at most 10 characters. */
export function checkAmr(field: string, value: unknown): readonly string[] {
  return checkTexts(field, value, 16, 64)
}

/** What a user may do, as rules of the policy name it. */
export function checkRoles(field: string, value: unknown): readonly string[] {
  return checkTexts(field, value, 32, 64)
}

export function checkInteger(field: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw invalidArgument(field, `must be a whole number from ${least} to ${most}`)
  }
  return value
}

export function checkInstant(field: string, value: unknown): Instant {
  if (typeof value === 'number' && Number.isInteger(value)) return value as Instant
  throw invalidArgument(field, 'must be an instant')
}

/** A length of time that a session may be given; rounded to whole milliseconds. */
export function checkLifetime(field: string, count: unknown, unit: (count: number) => Duration): Duration {
  const value = typeof count === 'number' ? unit(count) : Number.NaN
  if (!(value >= shortestLifetime && value <= longestLifetime)) {
    const [least, most] = [inSeconds(shortestLifetime), inSeconds(longestLifetime)]
    throw invalidArgument(field, `must be from ${least} second to ${most} seconds`)
  }
  return Math.round(value) as Duration
}
