import { connect, createServer, type Server } from 'node:net'
import { ProxiedConnection } from './proxied-connection.ts'

/** What a proxy does to what passes. */
export type ProxyFault =
  /** Nothing arrives, in one direction or both, until the fault is over; then all of it does. */
  | { readonly kind: 'hang'; readonly direction: 'requests' | 'answers' | 'both'; readonly on: Affected }
  /** Connections are reset, and none is to be had. */
  | { readonly kind: 'reset'; readonly on: Affected }
  /** The next request arrives, its answer does not: the connection is reset in its place. */
  | { readonly kind: 'cut-answer'; readonly on: Affected }
  /** Each answer takes up to that many milliseconds longer; they stay in their order. */
  | { readonly kind: 'slow'; readonly mostDelay: number; readonly on: Affected }

/** `listening`: connections on which `LISTEN` was sent; `others`: those that have asked for something else. */
export type Affected = 'all' | 'listening' | 'others'

/** Stands between a node and its database and fails as networks do. */
export interface FaultProxy {
  readonly port: number
  /** What is wrong from now on; without any: nothing. */
  suffer(...faults: readonly ProxyFault[]): void
  /** How many of the connections that are open now have sent `LISTEN`. */
  listening(): number
  close(): Promise<void>
}

export async function faultProxy(databasePort: number, random: () => number): Promise<FaultProxy> {
  const open = new Set<ProxiedConnection>()
  let faults: readonly ProxyFault[] = []

  const server = createServer((client) => {
    // Nobody knows yet what a new connection is for: it is refused where all are.
    if (faults.some(({ kind, on }) => kind === 'reset' && on === 'all')) {
      client.on('error', () => {})
      client.resetAndDestroy()
      return
    }
    const connection = new ProxiedConnection(client, connect(databasePort, '127.0.0.1'), {
      faults: () => faults,
      random,
      onClosed: () => open.delete(connection),
    })
    open.add(connection)
  })
  return {
    port: await listen(server),
    suffer(...next) {
      faults = next
      for (const connection of [...open]) connection.faultChanged()
    },
    listening: () => [...open].filter(({ isListening }) => isListening).length,
    close() {
      for (const connection of [...open]) connection.reset()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the proxy has no port'))
      else resolve(address.port)
    })
  })
}
