import { InvalidArgumentError } from 'commander'

/** How many of a list at most. */
export function limitFrom(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= 100_000) return number
  throw new InvalidArgumentError('It must be a whole number from 1 to 100000.')
}
