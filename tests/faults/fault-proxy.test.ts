import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FaultProxy, faultProxy } from './fault-proxy.ts'

/** Stands for a database: it answers each request with what it heard. */
let server: Server
let heard: string
let proxy: FaultProxy
const clients: Socket[] = []

beforeEach(async () => {
  heard = ''
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      heard += piece.toString()
      server.emit('heard')
      socket.write(`[${piece}]`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  proxy = await faultProxy(typeof address === 'object' && address ? address.port : 0, () => 0.5)
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await proxy.close()
  server.close()
})

interface Client {
  readonly socket: Socket
  read(): string
}

async function newClient(): Promise<Client> {
  const socket = connect(proxy.port, '127.0.0.1')
  clients.push(socket)
  socket.on('error', () => {})
  let text = ''
  socket.on('data', (piece) => {
    text += piece.toString()
    socket.emit('read')
  })
  await once(socket, 'connect')
  return { socket, read: () => text }
}

/** `once` would take the reset for a failure of the test. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()))
}

async function untilRead(client: Client, text: string): Promise<void> {
  while (client.read() !== text) await once(client.socket, 'read')
}

async function untilHeard(text: string): Promise<void> {
  while (heard !== text) await once(server, 'heard')
}

async function asked(client: Client, request: string): Promise<void> {
  const expected = `${client.read()}[${request}]`
  client.socket.write(request)
  await untilRead(client, expected)
}

it('passes requests and answers on', async () => {
  const client = await newClient()
  await asked(client, 'Q1')
  await asked(client, 'Q2')
  expect(client.read()).toBe('[Q1][Q2]')
})

it('lets requests through while answers hang, and the answers afterwards', async () => {
  const client = await newClient()
  proxy.suffer({ kind: 'hang', direction: 'answers', on: 'all' })
  client.socket.write('Q1')
  await untilHeard('Q1')
  expect(client.read()).toBe('')
  proxy.suffer()
  await untilRead(client, '[Q1]')
})

it('holds requests back while they hang, also those of a client that has gone since', async () => {
  const [leaving, staying] = [await newClient(), await newClient()]
  proxy.suffer({ kind: 'hang', direction: 'requests', on: 'all' })
  leaving.socket.end('Q1')
  await once(leaving.socket, 'finish')
  leaving.socket.destroy()
  await closing(leaving.socket)
  expect(heard).toBe('')
  proxy.suffer()
  await untilHeard('Q1')
  await asked(staying, 'Q2')
})

it('resets what is open and refuses what is new, until that is over', async () => {
  const client = await newClient()
  await asked(client, 'Q1')
  const closed = closing(client.socket)
  proxy.suffer({ kind: 'reset', on: 'all' })
  await closed
  const another = connect(proxy.port, '127.0.0.1').on('error', () => {})
  await closing(another)
  proxy.suffer()
  await asked(await newClient(), 'Q2')
})

it('cuts an answer: the request was heard', async () => {
  const client = await newClient()
  await asked(client, 'Q1')
  proxy.suffer({ kind: 'cut-answer', on: 'all' })
  const closed = closing(client.socket)
  client.socket.write('Q2')
  await closed
  expect(heard).toBe('Q1Q2')
  expect(client.read()).toBe('[Q1]')
})

it('keeps slow answers in their order', async () => {
  const client = await newClient()
  proxy.suffer({ kind: 'slow', mostDelay: 4, on: 'all' })
  client.socket.write('Q1')
  await untilHeard('Q1')
  proxy.suffer()
  client.socket.write('Q2')
  await untilRead(client, '[Q1][Q2]')
})

it('knows the connections that listen from the others, however the word is divided', async () => {
  const [listening, other] = [await newClient(), await newClient()]
  await asked(listening, 'QLIST')
  await asked(listening, 'EN "channel"')
  await asked(other, 'Q1')
  expect(proxy.listening()).toBe(1)
  const closed = closing(listening.socket)
  proxy.suffer({ kind: 'reset', on: 'listening' })
  await closed
  await asked(other, 'Q2')
  await asked(await newClient(), 'Q3')
})
