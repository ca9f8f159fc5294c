import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { requireNginx } from './require-nginx.ts'
import { examples } from './running-example.ts'

/** An application as its proxy's configuration knows it: it says which headers it was sent. */
export interface EchoingApplication {
  readonly port: number
  /** How many requests reached it. */
  readonly requests: number
}

export async function echoingApplication(): Promise<EchoingApplication> {
  let requests = 0
  const server = createServer((request, answer) => {
    requests += 1
    const {
      'x-latchkey-user': user,
      'x-latchkey-session': session,
      'x-forwarded-for': from,
    } = request.headers
    answer.setHeader('content-type', 'application/json')
    request.resume().on('end', () => answer.end(JSON.stringify({ user, session, from, url: request.url })))
  })
  const port = await listening(server)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    port,
    get requests() {
      return requests
    },
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createSocketServer()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** Starts the example's nginx as it is, but for its three ports. Ends with the test. */
export async function startNginx(ports: {
  readonly nginx: number
  readonly latchkey: number
  readonly application: number
}): Promise<void> {
  const nginx = requireNginx()
  const folder = temporaryFolder()
  const example = readFileSync(`${examples}/nginx-forward-auth/nginx.conf`, 'utf8')
  const configuration = example
    .replace('127.0.0.1:4280', `127.0.0.1:${ports.latchkey}`)
    .replace('127.0.0.1:3000', `127.0.0.1:${ports.application}`)
    .replace('127.0.0.1:8080', `127.0.0.1:${ports.nginx}`)
  mkdirSync(`${folder}/nginx`, { mode: 0o755 })
  writeFileSync(`${folder}/nginx/nginx.conf`, configuration)
  const words = ['-p', `${folder}/nginx`, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;']
  const child = spawn(nginx, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('start worker process ')) resolve()
    })
    child.on('error', reject)
    void ended.then(() => reject(new Error(`nginx ended before it served.\n${said}`)))
  })
}
