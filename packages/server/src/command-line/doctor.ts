import type { Command } from 'commander'
import { systemClock } from 'latchkey'
import { diagnose } from '../diagnosis/diagnose.ts'
import { type Finding, worstStatus } from '../diagnosis/finding.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report } from './report.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

/** `latchkey doctor`: looks at everything that goes wrong in practice, and changes nothing. */
export function doctorCommand(context: CommandContext): Command {
  return standardCommand('doctor', 'look for what is wrong and say how to mend it; changes nothing').action(
    async (options: StandardOptions) => {
      const findings = await diagnose(await settingsOf(context, options), systemClock)
      const status = worstStatus(findings)
      report(context, options, {
        json: { status, checks: findings },
        lines: findings.flatMap(linesOf),
      })
      if (status === 'failed') throw new CommandFailure(summary(findings))
    },
  )
}

function linesOf({ check, status, saw, mend }: Finding): string[] {
  const line = `${status.padEnd(8)} ${check.padEnd(10)} ${saw}`
  return mend === null ? [line] : [line, `${' '.repeat(20)}To mend: ${mend}`]
}

function summary(findings: readonly Finding[]): string {
  const count = findings.filter((finding) => finding.status === 'failed').length
  return `${count} ${count === 1 ? 'check' : 'checks'} failed.`
}
