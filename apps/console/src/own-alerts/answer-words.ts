import type { AlertAnsweredResponse } from 'latchkey/client'

/** What came of an answer, in plain words. */
export function answeredText({
  answer,
  revoked_count: ended,
}: Pick<AlertAnsweredResponse, 'answer' | 'revoked_count'>): string {
  if (answer === 'me') return 'Thank you. We will know it next time.'
  if (ended === 0) return 'That session is over already. Somebody will look at what happened.'
  return `${ended === 1 ? 'That session was' : `${ended} sessions were`} signed out at once. Somebody will look at what happened.`
}

/** What is asked about: `Chrome on Windows, Oslo, Norway`; null where nothing is known. */
export function askedAbout({
  device,
  location,
}: {
  device: string | null
  location: string | null
}): string | null {
  const parts = [device, location].filter((part) => part !== null && part !== '')
  return parts.length === 0 ? null : parts.join(', ')
}
