import { type Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from 'latchkey'
import { generatePassword, passwordFault } from '../accounts/password-rules.ts'
import type { Settings } from '../configuration/settings.ts'
import { demoPlaceSource } from '../demo/demo-place-source.ts'
import { demoAdministrator, demoEmail, demoUser } from '../demo/demo-user-id.ts'
import { fillDemo, peopleIn, startOf, whatIsThere } from '../demo/fill-demo.ts'
import { movingClock } from '../demo/moving-clock.ts'
import { progressLine } from '../demo/progress-line.ts'
import { openProgram, type Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { readStandardInput } from './read-standard-input.ts'
import { report } from './report.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

type DemoOptions = StandardOptions & {
  readonly users: number
  readonly days: number
  readonly sessions: number
  readonly seed: string
  readonly password?: string
  readonly passwordStdin?: boolean
}

/** `latchkey demo`: fills an empty database, so that the console has something to show. */
export function demoCommand(context: CommandContext): Command {
  return standardCommand('demo', 'fill an empty database with believable sessions')
    .option('--users <number>', 'how many users', wholeNumber(2, 2_000), 200)
    .option('--days <number>', 'how many days back', wholeNumber(1, 365), 90)
    .option(
      '--sessions <number>',
      'this many more sessions, of a tenth as many other users: to see it at its size',
      wholeNumber(0, 10_000_000),
      0,
    )
    .option('--seed <text>', 'another seed brings other sessions, the same one the same', '1')
    .addOption(
      new Option(
        '--password <password>',
        'of the demo accounts; visible in the list of processes; default: a new one, shown once',
      ).conflicts('passwordStdin'),
    )
    .option('--password-stdin', 'read the password from standard input')
    .action((options: DemoOptions) => demo(context, options))
}

async function demo(context: CommandContext, options: DemoOptions): Promise<void> {
  const given = options.passwordStdin ? await readStandardInput() : options.password
  const password = given ?? generatePassword()
  const fault = passwordFault(password, demoEmail(demoUser))
  if (fault !== null) throw new CommandFailure(`The password ${fault}.`, 2)

  const settings = await settingsOf(context, options)
  const plan = { seed: options.seed, users: options.users, days: options.days, endsAt: systemClock.now() }
  const clock = movingClock(startOf(plan))
  // The people are invented, so that nobody has to be asked before their browsers are looked at.
  const program = await openProgram(
    { ...settings, fingerprinting: 'on' },
    {
      clock,
      cache: 'none',
      places: demoPlaceSource,
      onBackgroundError: (_error, task) => context.stderr(`${task} failed in the background.`),
    },
  )
  try {
    await refuseUnlessEmpty(program, settings)
    await fillDemo({
      program,
      clock,
      plan,
      crowd: options.sessions,
      password,
      onProgress: progressLine(context, 'Filling the database'),
    })
    await reportFilled(context, options, program, given === undefined ? password : null)
  } finally {
    await program.close()
  }
}

async function refuseUnlessEmpty(program: Program, { database, databaseUrl }: Settings): Promise<void> {
  const found = await whatIsThere(program)
  if (found === null) return
  const way =
    database.kind === 'sqlite' ? 'Name a new file, such as --database-url file:./demo.db.' : 'Name a new one.'
  throw new CommandFailure(
    `The database ${databaseUrl} has ${found} already; the demonstration fills an empty one only. ${way}`,
  )
}

async function reportFilled(
  context: CommandContext,
  options: DemoOptions,
  { sessions, settings }: Program,
  generatedPassword: string | null,
): Promise<void> {
  const { created, active, ended } = await sessions.getTotals()
  const [administrator, user] = [demoEmail(demoAdministrator), demoEmail(demoUser)]
  const shown = generatedPassword === null ? 'the password that you gave' : generatedPassword
  report(context, options, {
    json: {
      users: peopleIn(options, options.sessions),
      days: options.days,
      seed: options.seed,
      sessions: { created, active, ended },
      accounts: { administrator, user, ...(generatedPassword !== null && { password: generatedPassword }) },
    },
    lines: [
      `${created} sessions of ${peopleIn(options, options.sessions)} users in ${options.days} days; ${active} are active now.`,
      `Start the server: latchkey serve${flagsOf(settings)}`,
      `Administrator: ${administrator}`,
      `User:          ${user}`,
      `Password:      ${shown}${generatedPassword === null ? '' : ' (of both, shown this once)'}`,
    ],
  })
}

/** What has to be said again to reach the same database; a URL with a password is not repeated. */
function flagsOf({ database, databaseUrl, origins }: Settings): string {
  const isFlag = origins.some(({ name, source }) => name === 'databaseUrl' && source === 'flag')
  if (!isFlag) return ''
  return database.kind === 'sqlite' ? ` --database-url ${databaseUrl}` : ' with the same --database-url'
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  }
}
