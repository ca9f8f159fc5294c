import { connect } from 'node:net'

/** What came back on the wire; status 0 when the connection was closed without an answer. */
export interface RawAnswer {
  readonly status: number
  readonly text: string
}

/** Sends bytes that no HTTP client would let through, and reads until the other side closes. */
export function rawRequest(url: string, bytes: Uint8Array): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', (chunk) => chunks.push(chunk))
    // The server may close before it has read everything: what it said until then is its answer.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    })
  })
}

/** A GET as bytes; header values go out exactly as given. */
export function rawGet(path: string, headers: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const lines = headers.flatMap(([name, value]) => [
    Buffer.from(`${name}: `),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ])
  const head = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`)
  return Buffer.concat([head, ...lines, Buffer.from('\r\n')])
}
