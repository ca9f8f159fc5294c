import { type DestinationStream, destination, type Logger, pino } from 'pino'
import type { LogLevel } from '../configuration/settings.ts'

/** Standard error: standard output is for what a person or a script asked for. */
const standardError = 2

/** JSON lines on stderr. No token, address or query string is ever handed to it. */
export function createLogger(
  level: LogLevel,
  stream: DestinationStream = destination({ dest: standardError, sync: true }),
): Logger {
  return pino(
    { level, base: { app: 'latchkey' }, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    stream,
  )
}
