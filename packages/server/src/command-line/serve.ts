import type { Command } from 'commander'
import type { Logger } from 'pino'
import { createLogger } from '../program/logger.ts'
import { type RunningProgram, serve } from '../program/serve.ts'
import type { CommandContext } from './command-context.ts'
import { report } from './report.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

/** `latchkey serve`: API and console, until a signal ends it. */
export function serveCommand(context: CommandContext): Command {
  return standardCommand('serve', 'serve the API and the console').action(
    async (options: StandardOptions) => {
      const settings = await settingsOf(context, options)
      const logger = createLogger(settings.logLevel)
      const running = await serve(settings, logger)
      logger.info({ url: running.listeningUrl, engine: running.program.storage.engine }, 'listening')
      // Before anybody is told that it runs, so that nobody can stop it too early to be heard.
      if (!isAtTerminal()) process.on('SIGHUP', () => running.reload())
      const stopRequested = stopSignal(logger)
      announce(context, options, running)
      const signal = await stopRequested
      await running.stop(signal === 'SIGTERM' ? 'drained' : 'at-once')
      logger.info('stopped')
    },
  )
}

function announce(context: CommandContext, options: StandardOptions, running: RunningProgram): void {
  const { publicUrl, listeningUrl, setupLink } = running
  report(context, options, {
    json: { url: publicUrl, listening: listeningUrl, setup_link: setupLink },
    lines: [
      `Latchkey is ready at ${publicUrl}`,
      ...(publicUrl === listeningUrl ? [] : [`It listens on ${listeningUrl}`]),
      ...(setupLink === null
        ? []
        : [
            'There is no administrator yet. Make one with this link; it works once, for 24 hours:',
            setupLink,
          ]),
    ],
  })
}

/** A terminal that is closed hangs up on what runs in it, which then has to end; elsewhere SIGHUP asks for a fresh look at files. */
function isAtTerminal(): boolean {
  return process.stdin.isTTY === true || process.stderr.isTTY === true
}

/** After this, what hangs is not worth waiting for: `docker stop` kills after 10 s. */
const longestStop = 9_500

/**
 * Resolves on the first signal. Later ones change nothing, because one Ctrl-C arrives twice when a parent passes
 * it on as well. An error that nobody caught ends the process: what state it left behind cannot be known.
 */
function stopSignal(logger: Logger): Promise<NodeJS.Signals> {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
  const signals = ['SIGINT', 'SIGTERM', ...(isAtTerminal() ? ['SIGHUP' as const] : [])] as const
  return new Promise((resolve) => {
    let isStopping = false
    for (const signal of signals) {
      process.on(signal, () => {
        if (isStopping) return
        isStopping = true
        logger.info({ signal }, 'stopping')
        setTimeout(() => process.exit(1), longestStop).unref()
        resolve(signal)
      })
    }
  })
}
