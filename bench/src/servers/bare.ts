import { createServer } from 'node:http'
import { listening } from './measured-server.ts'

/** The most that anything on `node:http` can do: an answer that names a user, and nothing else. */
const body = JSON.stringify({ user_id: 'user-42' })
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  listening({ port: address.port, path: '/', headers: {}, expected: { header: null, text: 'user-42' } })
})
