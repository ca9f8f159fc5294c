import { randomInt } from 'node:crypto'

/** NIST SP 800-63B-4 section 3.1.1.2: a password that is the only factor has at least 15 characters. */
export const shortestPassword = 15

/** The same section asks for room for at least 64. More than this is no password, and costs time to hash. */
export const longestPassword = 256

/** Long enough and still among the first that anyone tries; the section asks for a blocklist. */
const wellKnown = [
  '123456789012345',
  '1234567890123456',
  'passwordpassword',
  'password12345678',
  'qwertyuiopasdfgh',
  'qwertyuiopasdfghjkl',
  'iloveyouiloveyou',
  'administrator123',
  'changemechangeme',
  'correcthorsebatterystaple',
]

/** NFKC, as the same section asks: the same password typed on two keyboards is one password. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/**
 * Why the password is no good, in words that complete "password …"; null when it is good. There are no rules
 * about digits and signs: the same section forbids them, because they make passwords worse.
 */
export function passwordFault(password: string, email: string): string | null {
  const normal = normalisePassword(password)
  const length = [...normal].length
  if (length < shortestPassword)
    return `must have at least ${shortestPassword} characters; a few words will do`
  if (length > longestPassword) return `must have at most ${longestPassword} characters`
  const lower = normal.toLowerCase()
  if (lower.includes(email)) return 'must not contain the e-mail address'
  if (new Set(lower).size < 5) return 'repeats too few characters'
  if (wellKnown.includes(lower)) return 'is too well known'
  return null
}

/** Without characters that are mistaken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of five characters: 99 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
