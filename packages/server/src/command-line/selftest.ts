import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Command } from 'commander'
import { systemClock } from 'latchkey'
import { type SelftestStep, walkSelftest } from '../diagnosis/selftest/selftest-walk.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'
import { untilInterrupted } from './until-interrupted.ts'

/** A little more than the session lives that the cleanup step waits for. */
const secondAndALittle = 1_050

/** `latchkey selftest`: walks a throw-away user through everything, on the configured database. */
export function selftestCommand(context: CommandContext): Command {
  return standardCommand(
    'selftest',
    'walk a throw-away user through everything; leaves nothing behind',
  ).action((options: StandardOptions) => selftest(context, options))
}

async function selftest(context: CommandContext, options: StandardOptions): Promise<void> {
  await untilInterrupted(async (signal) => {
    await runOnExisting(context, options, async ({ sessions }) => {
      const steps: SelftestStep[] = []
      const userId = `latchkey-selftest-${randomBytes(8).toString('hex')}`
      const outcome = await walkSelftest({
        subject: {
          sessions,
          userId,
          waitASecond: () => setTimeout(secondAndALittle, undefined, { signal }),
          made: [],
        },
        monotonic: systemClock.monotonic,
        signal,
        onStep: (step) => {
          steps.push(step)
          if (!options.json) context.stdout(lineOf(step))
        },
      })
      const json = { passed: outcome === 'passed', user_id: userId, steps }
      report(context, options, { json, lines: outcome === 'passed' ? ['Everything works.'] : [] })
      if (outcome !== 'passed') throw new CommandFailure(`The selftest ${was(outcome)}.`)
    })
  })
}

function was(outcome: 'failed' | 'interrupted'): string {
  return outcome === 'failed' ? 'failed' : 'was interrupted'
}

function lineOf({ step, status, saw, duration_ms: duration }: SelftestStep): string {
  return `${status.padEnd(6)} ${step.padEnd(9)} ${String(duration).padStart(5)} ms  ${saw}`
}
