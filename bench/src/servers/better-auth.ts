import { createServer } from 'node:http'
import { toNodeHandler } from 'better-auth/node'
import { betterAuthInstance, signedUpCookies } from '../better-auth-instance.ts'
import { listening } from './measured-server.ts'

const port = 3_999
const auth = await betterAuthInstance(`http://127.0.0.1:${port}`)
const cookie = await signedUpCookies(auth, 'user-42@example.com')
const handle = toNodeHandler(auth)
const server = createServer((request, response) => void handle(request, response))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  listening({
    port: address.port,
    path: '/api/auth/get-session',
    headers: { cookie, host: `127.0.0.1:${port}` },
    expected: { header: null, text: 'user-42@example.com' },
  })
})
