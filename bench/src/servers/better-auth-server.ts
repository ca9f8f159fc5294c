import { createServer } from 'node:http'
import { toNodeHandler } from 'better-auth/node'
import { type BetterAuthCache, betterAuthInstance, signedUpCookies } from '../peers/better-auth-instance.ts'
import { listening } from './measured-server.ts'

/** What better-auth is told that its address is; which port it really gets is known too late. */
const host = '127.0.0.1:3999'

export async function serveBetterAuth(cache: BetterAuthCache): Promise<void> {
  const auth = await betterAuthInstance(`http://${host}`, cache)
  const cookie = await signedUpCookies(auth, 'user-42@example.com')
  const handle = toNodeHandler(auth)
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port')
    listening({
      port: address.port,
      path: '/api/auth/get-session',
      headers: { cookie, host },
      expected: { header: null, text: 'user-42@example.com', anonymous: 'refused' },
    })
  })
}
