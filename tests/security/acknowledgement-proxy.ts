import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before PostgreSQL, and loses what it says to a sign-in that it has made; what goes on in the background it leaves alone. */
export interface AcknowledgementProxy {
  readonly port: number
  /** From now on new connections are made; each loses the answer to the commit of its next sign-in, and is reset. */
  lose(): void
  /** Nothing is lost any more. Returns how many answers were. */
  stopLosing(): number
  close(): Promise<void>
}

export async function acknowledgementProxy(databasePort: number): Promise<AcknowledgementProxy> {
  const open = new Set<Socket>()
  const losses = { isLosing: false, count: 0 }
  const server = createServer((client) => {
    const database = connect(databasePort, '127.0.0.1')
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(socket)
      socket.setNoDelay(true).on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    passOn(client, database, losses)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const closeAll = (): void => {
    for (const socket of [...open]) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    lose() {
      // What a connection has prepared it does not send again as text.
      closeAll()
      losses.isLosing = true
    },
    stopLosing() {
      losses.isLosing = false
      return losses.count
    },
    close() {
      closeAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function passOn(
  client: Socket,
  database: Socket,
  losses: { readonly isLosing: boolean; count: number },
): void {
  let isInTransaction = false
  let isSignIn = false
  let isCommitted = false
  client.on('data', (piece) => {
    const text = piece.toString('latin1')
    isInTransaction ||= text.includes('BEGIN')
    isSignIn ||= text.includes('INSERT INTO user_sessions')
    // Outside of a transaction a statement is its own commit.
    isCommitted = isSignIn && (text.includes('COMMIT') || !isInTransaction)
    database.write(piece)
  })
  database.on('data', (piece) => {
    if (losses.isLosing && isCommitted) {
      losses.count += 1
      client.resetAndDestroy()
    } else client.write(piece)
  })
}
