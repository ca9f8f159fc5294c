import { cookieName } from './ask.ts'
import { newAddress } from './new-names.ts'

/** A stream of events that is open. */
export interface OpenStream {
  /** Everything that came until the server closed it. Rejects, and closes it, where that takes longer. */
  closed(milliseconds: number): Promise<string>
}

/** Resolves once the server has answered. */
export async function openEventStream(url: string, token: string): Promise<OpenStream> {
  const abort = new AbortController()
  const response = await fetch(url, {
    headers: { cookie: `${cookieName}=${token}`, 'x-forwarded-for': newAddress() },
    signal: abort.signal,
  })
  if (response.status !== 200) throw new Error(`No stream: ${response.status} ${await response.text()}`)
  const text = response.text()
  // It is waited for by `closed`.
  text.catch(() => {})
  return {
    async closed(milliseconds) {
      const timer = setTimeout(() => abort.abort(), milliseconds)
      try {
        return await text
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
