import { type Command, InvalidArgumentError } from 'commander'
import { verificationOnWire } from '../audit/verification-on-wire.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { counted } from './counted.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

type VerifyOptions = StandardOptions & { readonly expect?: string }

/** `latchkey audit verify`: status 1 where the log is not as it was written. */
export function auditVerifyCommand(context: CommandContext): Command {
  return standardCommand('verify', 'check that no entry of the audit log was changed, added or removed')
    .option(
      '--expect <head>',
      'the head that an earlier check printed, kept elsewhere: finds a log that was cut off at its end',
      headFrom,
    )
    .action((options: VerifyOptions) => verify(context, options))
}

async function verify(context: CommandContext, options: VerifyOptions): Promise<void> {
  await runOnExisting(context, options, async ({ sessions }) => {
    const onProgress = counted(context, 'Entries checked')
    const found = verificationOnWire(
      await sessions.verifyAudit({
        onProgress,
        ...(options.expect !== undefined && { expectedHead: options.expect }),
      }),
    )
    report(context, options, {
      json: { ...found },
      lines: [
        ...(found.intact ? [found.message] : []),
        ...(found.head === null ? [] : [`Head, to be kept elsewhere: ${found.head}`]),
      ],
    })
    if (!found.intact) throw new CommandFailure(found.message)
  })
}

function headFrom(text: string): string {
  if (/^\d+:[0-9a-zA-Z_-]+$/.test(text)) return text
  throw new InvalidArgumentError('It must be a head as this command prints it, a position and a digest.')
}
