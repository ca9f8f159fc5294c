import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { SmtpPlace } from '../configuration/mail-formats.ts'

/** A mail as it came in. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body, as they went over the wire. */
  readonly source: string
  readonly isSecure: boolean
  readonly user: string | null
}

/** A mail server on a free port of this machine. */
export interface FakeMailServer extends AsyncDisposable {
  readonly place: SmtpPlace
  readonly received: ReceivedMail[]
  /** Refuses every recipient while it is set. */
  isRefusing: boolean
}

export async function fakeMailServer(
  options: SMTPServerOptions = {},
  place: Partial<SmtpPlace> = {},
): Promise<FakeMailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined && options.secure !== true ? ['STARTTLS'] : [],
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username }),
    onRcptTo: (address, _session, callback) =>
      callback(fake.isRefusing ? new Error(`no mail for ${address.address} now`) : null),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
          isSecure: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
        })
        callback(null)
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const fake: FakeMailServer = {
    place: { host: '127.0.0.1', port, tlsFromStart: false, requireTls: false, credentials: null, ...place },
    received,
    isRefusing: false,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
  return fake
}
