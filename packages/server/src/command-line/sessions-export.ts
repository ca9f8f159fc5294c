import { type Command, Option } from 'commander'
import { type ExportFormat, exportedText, exportFormats, type ReadPage } from '../export/session-export.ts'
import type { CommandContext } from './command-context.ts'
import { conditionsOfOptions, type FilterOptions, filterMeaning } from './filtered-sessions.ts'
import { runOnExisting } from './run-on-existing.ts'
import { managedSession } from './sessions-output.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

const pageSize = 500

/** `latchkey sessions export`: to standard output, a page at a time. */
export function sessionsExportCommand(context: CommandContext): Command {
  return standardCommand('export', 'print live sessions, or those of a filter, as a file')
    .option('--filter <text>', `those ${filterMeaning}`)
    .addOption(new Option('--format <format>', 'as').choices([...exportFormats]).default('csv'))
    .action(async (options: StandardOptions & FilterOptions & { readonly format: ExportFormat }) => {
      await runOnExisting(context, options, async (program) => {
        const conditions = await conditionsOfOptions(context, program, { filter: options.filter ?? '' })
        const read: ReadPage = async (cursor) => {
          const { items, next } = await program.sessions.listSessions(conditions, { cursor, limit: pageSize })
          const emails = await program.accounts.emailsOf([...new Set(items.map(({ userId }) => userId))])
          return {
            sessions: items.map((session) => managedSession(session, emails.get(session.userId) ?? null)),
            next,
          }
        }
        const format = options.json ? 'json' : options.format
        for await (const text of exportedText(read, format)) context.stdout(text.replace(/\n$/, ''))
      })
    })
}
