import { type Command, InvalidArgumentError } from 'commander'
import { postgresStatements } from '../accounts/postgres-statements.ts'
import type { Settings } from '../configuration/settings.ts'
import { withMaintenance } from '../program/open-postgres.ts'
import type { PostgresSettings } from '../program/postgres-pool.ts'
import { migrateDatabase, partitionsOf, printedMigrations } from '../program/postgres-schema.ts'
import { adoptSecret } from '../program/postgres-secret.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { report } from './report.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

type MigrateOptions = StandardOptions & {
  readonly print?: boolean
  readonly partitions?: number
  readonly adoptSecret?: boolean
}

/** Above it planning costs more than the partitions save; there are 1,024 shards in all. */
const mostPartitions = 1_024

/** `latchkey migrate`: brings the schema up to date, one process at a time. */
export function migrateCommand(context: CommandContext): Command {
  return standardCommand('migrate', 'bring the database schema up to date')
    .option('--print', 'PostgreSQL: print the SQL instead of running it')
    .option('--partitions <number>', 'PostgreSQL: divide user_sessions when it is made', partitionsFrom)
    .option('--adopt-secret', "PostgreSQL: this node's master secret takes the place of one that is lost")
    .action((options: MigrateOptions) => migrate(context, options))
}

async function migrate(context: CommandContext, options: MigrateOptions): Promise<void> {
  const settings = await settingsOf(context, options)
  const { database } = settings
  if (database.kind === 'postgres') return migratePostgres(context, options, settings, database)
  const unfit = ['print', 'partitions', 'adoptSecret'].some((name) => options[name] !== undefined)
  if (unfit) {
    throw new CommandFailure(
      '--print, --partitions and --adopt-secret are for PostgreSQL, and LATCHKEY_DATABASE_URL names an SQLite file.',
      2,
    )
  }
  await runWithProgram(context, options, async (program) => {
    await program.sessions.ping()
    await program.ping()
    reportMigrated(context, options, settings, {})
  })
}

async function migratePostgres(
  context: CommandContext,
  options: MigrateOptions,
  settings: Settings,
  database: PostgresSettings,
): Promise<void> {
  const { partitions = 0 } = options
  if (options.print) {
    const sql = printedMigrations({ partitions })
    report(context, options, { json: { sql }, lines: sql.trimEnd().split('\n') })
    return
  }
  const found = await withMaintenance(database, async (pool) => {
    await migrateDatabase(pool, { partitions })
    if (options.adoptSecret) await adoptSecret(postgresStatements(pool), settings)
    return (await partitionsOf(pool)) ?? 0
  })
  reportMigrated(context, options, settings, {
    partitions: found,
    ...(options.adoptSecret && { secret_adopted: true }),
  })
  if (options.partitions !== undefined && found !== partitions) throw laidOutOtherwise(found)
}

function reportMigrated(
  context: CommandContext,
  options: MigrateOptions,
  { databaseUrl }: Settings,
  more: Readonly<Record<string, unknown>>,
): void {
  report(context, options, {
    json: { migrated: true, database_url: databaseUrl, ...more },
    lines: [
      `The schema of ${databaseUrl} is up to date.`,
      ...(options.adoptSecret
        ? ["The master secret of this node is the database's now; restart nodes that have another."]
        : []),
    ],
  })
}

function laidOutOtherwise(found: number): CommandFailure {
  const layout = found === 0 ? 'is not partitioned' : `has ${found} partitions`
  return new CommandFailure(
    `The table user_sessions was there already and ${layout}; --partitions has no effect on it.`,
  )
}

function partitionsFrom(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= mostPartitions) return number
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${mostPartitions}.`)
}
