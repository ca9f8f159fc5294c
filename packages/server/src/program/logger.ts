import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino'
import type { LogLevel } from '../configuration/settings.ts'

/** Standard error: standard output is for what a person or a script asked for. */
const standardError = 2

/** JSON lines on stderr. No token, address or query string is ever handed to it. */
export function createLogger(
  level: LogLevel,
  stream: DestinationStream = destination({ dest: standardError, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: { app: 'latchkey' },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: withoutFacts },
    },
    stream,
  )
}

/** What of an error may stand in a log: drivers add more (`detail`, `where`, the row that was refused), which holds what people have sent. */
function withoutFacts(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return { type: typeof thrown }
  const { type, message, stack } = stdSerializers.err(thrown)
  return { type, message, stack, ...codeOf(thrown) }
}

function codeOf(thrown: object): { readonly code?: string } {
  return 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {}
}
