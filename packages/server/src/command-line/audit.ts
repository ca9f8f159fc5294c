import { Command } from 'commander'
import { auditListCommand } from './audit-list.ts'
import { auditVerifyCommand } from './audit-verify.ts'
import type { CommandContext } from './command-context.ts'

/** `latchkey audit list | verify`. */
export function auditCommand(context: CommandContext): Command {
  return new Command('audit')
    .description('who did what, and whether the record of it is whole')
    .addCommand(auditListCommand(context))
    .addCommand(auditVerifyCommand(context))
}
