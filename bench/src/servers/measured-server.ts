import type { AddressInfo } from 'node:net'

/** What a server of the comparison tells its parent once it listens. */
export interface MeasuredServer {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly expected: Expected
}

/** What each answer must hold, in its body or in the header of that name. */
export interface Expected {
  readonly header: string | null
  readonly text: string
  /** What happens to a request without a session. */
  readonly anonymous: 'refused' | 'served'
}

/** What comes with a cookie from a browser; every server gets the same, the bare one as well. */
const browserHeaders: Readonly<Record<string, string>> = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'application/json',
  'accept-language': 'en-GB,en;q=0.9',
  'accept-encoding': 'gzip, deflate, br',
}

export function listening(server: MeasuredServer): void {
  process.send?.({ ...server, headers: { ...browserHeaders, ...server.headers } })
  process.on('disconnect', () => process.exit(0))
}

/** For servers whose answer names `user-42` in its body. */
export function listeningAt(
  address: string | AddressInfo | null,
  path: string,
  headers: Readonly<Record<string, string>>,
  anonymous: Expected['anonymous'] = 'refused',
): void {
  if (address === null || typeof address === 'string') throw new Error('No port')
  listening({ port: address.port, path, headers, expected: { header: null, text: 'user-42', anonymous } })
}
