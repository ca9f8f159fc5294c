import { setTimeout as wait } from 'node:timers/promises'
import { systemClock, systemTimers } from 'latchkey'
import type { SealingNotice } from 'latchkey/sealed'
import type { IpPlaces } from 'latchkey/signals'
import type { Logger } from 'pino'
import { ConfigurationError } from '../configuration/configuration-error.ts'
import { isLoopbackHost } from '../configuration/setting-formats.ts'
import type { Settings } from '../configuration/settings.ts'
import { AlertMails } from '../mail/alert-mails.ts'
import { type HttpServer, type Site, startHttpServer } from './http-server.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { type Monitoring, startMonitoring } from './monitoring.ts'
import { logPlaces, openPlaces } from './open-places.ts'
import { openProgram, type Program } from './open-program.ts'
import { programApi } from './program-api.ts'
import { newProgramLife, type ProgramLife } from './program-life.ts'
import { type KeptPosition, keepDatabasePosition } from './restored-database.ts'
import { sealingSentence } from './sealing-sentence.ts'
import { securityHeaders } from './security-headers.ts'
import { StartError } from './start-error.ts'
import { refuseReadableKeys } from './unsafe-files.ts'

/** A program that answers requests. */
export interface RunningProgram {
  readonly program: Program
  /** Where browsers reach it: `LATCHKEY_PUBLIC_URL`, or the address that it listens on. */
  readonly publicUrl: string
  readonly listeningUrl: string
  /** The one-time link that makes the first administrator; null when there is one. */
  readonly setupLink: string | null
  /** Reads data of places again that has been replaced, and logs what came of it. */
  reload(): Promise<void>
  /**
   * Lets load balancers notice where it is `drained`, finishes what is under way, writes what is noted, gives up its
   * lease and lets go; within 10 seconds.
   */
  stop(manner: 'drained' | 'at-once'): Promise<void>
}

/** Less than the 10 s after which `docker stop` kills; what is left is for the database. */
const graceMilliseconds = 4_000

/** Opens everything and begins to answer. Rejects with one clear sentence, and leaves nothing open, when it cannot. */
export async function serve(settings: Settings, logger: Logger): Promise<RunningProgram> {
  refuseOpenAddress(settings)
  refuseReadableKeys(settings)
  const opened: OpenedPlaces = { places: null, mails: mailsOf(settings, logger) }
  try {
    return await serveWith(opened, settings, logger)
  } catch (error) {
    opened.places?.close()
    await opened.mails?.close()
    throw error
  }
}

interface OpenedPlaces {
  /** Null until they are open, and where location tracking is off. */
  places: IpPlaces | null
  /** Null where no mail is sent. */
  readonly mails: AlertMails | null
}

function mailsOf({ mail }: Settings, logger: Logger): AlertMails | null {
  return mail && new AlertMails({ settings: mail, clock: systemClock, timers: systemTimers, logger })
}

async function serveWith(opened: OpenedPlaces, settings: Settings, logger: Logger): Promise<RunningProgram> {
  const life = newProgramLife(logger)
  const program = await openServing(opened, settings, logger, life)
  const { places } = opened
  let server: HttpServer | null = null
  let kept: KeptPosition | null = null
  let monitoring: Monitoring | null = null
  try {
    // Before anybody is answered: what was ended since the backup must not come back for a moment.
    kept = await keepDatabasePosition(program, { clock: systemClock, timers: systemTimers, logger })
    await ensureAdministrator(program)
    const metrics = createMetrics({ ...program, mails: opened.mails }, life.coherence)
    server = await listen(program, logger, life, metrics)
    monitoring = startMonitoring(program, metrics, { logger })
    const publicUrl = settings.publicUrl ?? server.url
    opened.mails?.begin(program, publicUrl)
    if (places !== null) logPlaces(logger, places)
    return {
      program,
      publicUrl,
      listeningUrl: server.url,
      setupLink: await openSetup(program, publicUrl),
      reload: async () => {
        await places?.reload()
      },
      stop: stopper({ program, server, life, ...opened, kept, monitoring }),
    }
  } catch (error) {
    await server?.stop(0)
    await monitoring?.close()
    await kept?.close()
    await program.close()
    throw error
  }
}

function openServing(
  opened: OpenedPlaces,
  settings: Settings,
  logger: Logger,
  { coherence: { onConfirmed, onLeaseChange } }: ProgramLife,
): Promise<Program> {
  const { mails } = opened
  return openProgram(settings, {
    openPlaces: async () => {
      opened.places = await openPlaces(settings, logger)
      return opened.places
    },
    cleanup: 'automatic',
    onSealingNotice: (notice) => logSealing(logger, notice),
    onConfirmed,
    onLeaseChange,
    ...(mails && { notify: (alert) => mails.notify(alert) }),
    onBackgroundError: (error, task) => logger.error({ err: error, task }, 'background task failed'),
  })
}

function logSealing(logger: Logger, notice: SealingNotice): void {
  const { kind, ...facts } = notice
  logger[kind === 'sealed-anew' ? 'info' : 'warn']({ event: kind, ...facts }, sealingSentence(notice))
}

/** Without a public URL the listening address is one, and over plain http it must be this machine's own. */
function refuseOpenAddress({ host, publicUrl }: Settings): void {
  if (publicUrl !== null || isLoopbackHost(host)) return
  throw new ConfigurationError(
    `LATCHKEY_HOST is ${host}, which other machines can reach; set LATCHKEY_PUBLIC_URL to the address that browsers use (https, or http://localhost).`,
  )
}

async function ensureAdministrator({ settings, accounts }: Program): Promise<void> {
  const { adminEmail: email, adminPassword: password } = settings
  if (email === null || password === null) return
  const outcome = await accounts.ensureAdministrator({ email, password })
  if (outcome.kind === 'invalid') {
    const variable = outcome.field === 'email' ? 'LATCHKEY_ADMIN_EMAIL' : 'LATCHKEY_ADMIN_PASSWORD'
    throw new StartError(`${variable} ${outcome.message}.`)
  }
  if (outcome.kind === 'email-taken') {
    throw new StartError('LATCHKEY_ADMIN_EMAIL belongs to an account that is no administrator.')
  }
}

const notYet: Site = {
  answerAtOnce: () => false,
  fetch: async () => new Response(null, { status: 503, headers: { 'Retry-After': '1' } }),
}

/** The API is made once the address is known: cookies and origins depend on it. Who is faster than that is asked to come again. */
async function listen(
  program: Program,
  logger: Logger,
  life: ProgramLife,
  metrics: Metrics,
): Promise<HttpServer> {
  const { settings } = program
  const answering: { site: Site } = { site: notYet }
  const server = await startHttpServer(
    settings,
    {
      answerAtOnce: (request, response, passOn) => answering.site.answerAtOnce(request, response, passOn),
      fetch: (request, connection) => answering.site.fetch(request, connection),
      onBrokenOff: (error) => logger.warn({ err: error }, 'an answer broke off'),
    },
    // Where there is no public URL, it is the listening address, which is http.
    securityHeaders(settings.publicUrl ?? 'http:'),
  )
  try {
    answering.site = programApi(program, settings.publicUrl ?? server.url, logger, life, metrics)
    return server
  } catch (error) {
    await server.stop(0)
    throw error
  }
}

async function openSetup({ accounts }: Program, publicUrl: string): Promise<string | null> {
  const token = await accounts.openSetup()
  // In the fragment: it reaches no server log and no Referer header.
  return token === null ? null : `${publicUrl}/setup#token=${token}`
}

interface Stoppable {
  readonly program: Program
  readonly server: HttpServer
  readonly life: ProgramLife
  readonly places: IpPlaces | null
  readonly mails: AlertMails | null
  readonly kept: KeptPosition
  readonly monitoring: Monitoring
}

function stopper(parts: Stoppable): RunningProgram['stop'] {
  const { program, server, life, places, mails, kept, monitoring } = parts
  async function stop(manner: 'drained' | 'at-once'): Promise<void> {
    life.isStopping = true
    places?.close()
    if (manner === 'drained') {
      server.drain()
      await wait(program.settings.drainSeconds * 1_000)
    }
    await server.stop(graceMilliseconds)
    await mails?.close()
    await monitoring.close()
    await kept.close()
    await program.close()
  }
  let stopping: Promise<void> | null = null
  return (manner) => {
    stopping ??= stop(manner)
    return stopping
  }
}
