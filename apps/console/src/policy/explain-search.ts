/** For whom the policy is to be explained, as the URL of the page says it. Absent: nothing is said of that. */
export interface ExplainSearch {
  /** Names, with commas between them. */
  role?: string
  device_trust?: 'trusted' | 'untrusted'
  /** Names of RFC 8176, with commas between them. */
  amr?: string
}

/** The factors that the form offers, by their names in RFC 8176. */
export const factors: Readonly<Record<string, string>> = {
  pwd: 'Password',
  otp: 'One-time code',
  sms: 'Text message',
  hwk: 'Hardware key',
  swk: 'Software key',
  pin: 'PIN',
  fpt: 'Fingerprint',
  face: 'Face',
}

const longest = 255

export function parseExplainSearch(search: Record<string, unknown>): ExplainSearch {
  const { role, device_trust: trust, amr } = search
  const roles = listOf(role).join(',')
  const methods = listOf(amr)
    .filter((method) => Object.hasOwn(factors, method))
    .join(',')
  return {
    ...(roles === '' ? {} : { role: roles }),
    ...(trust === 'trusted' || trust === 'untrusted' ? { device_trust: trust } : {}),
    ...(methods === '' ? {} : { amr: methods }),
  }
}

/** What the API takes; empty where nothing is to be explained. */
export function toPolicyQuery({ role, device_trust: trust, amr }: ExplainSearch): URLSearchParams {
  const query = new URLSearchParams()
  for (const one of listOf(role)) query.append('role', one)
  if (trust !== undefined) query.set('device_trust', trust)
  for (const one of listOf(amr)) query.append('amr', one)
  return query
}

/** The names of a text with commas, without those that are empty or come twice. */
export function listOf(text: unknown): string[] {
  if (typeof text !== 'string') return []
  const names = text.slice(0, longest).split(',')
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))]
}
