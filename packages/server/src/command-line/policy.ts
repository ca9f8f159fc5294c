import { Command, Option } from 'commander'
import type { DeviceTrust, PolicyFacts } from 'latchkey'
import { policyReport } from '../policy/policy-report.ts'
import { policyOfSettings } from '../program/policy-of-settings.ts'
import type { CommandContext } from './command-context.ts'
import { explainedLines, policyLines } from './policy-output.ts'
import { report } from './report.ts'
import { type StandardOptions, settingsOf, standardCommand } from './standard-options.ts'

type ExplainOptions = StandardOptions & {
  readonly role: readonly string[]
  readonly deviceTrust: DeviceTrust
  readonly amr: readonly string[]
}

/** `latchkey policy list | explain`: by the settings alone; nothing is opened. */
export function policyCommand(context: CommandContext): Command {
  const list = standardCommand('list', 'print the policy in force, its rules and the presets').action(
    (options: StandardOptions) => listPolicy(context, options),
  )
  const explain = standardCommand('explain', 'print what a session would be granted, and what grants it')
    .option('--role <role>', 'what its user may do; may be given again', collected, [])
    .addOption(
      new Option('--device-trust <trust>', 'of its device at sign-in')
        .choices(['trusted', 'untrusted'])
        .default('untrusted'),
    )
    .option(
      '--amr <name>',
      'how its user proved who they are (pwd, otp, hwk, …); may be given again',
      collected,
      [],
    )
    .action((options: ExplainOptions) => explainPolicy(context, options))
  return new Command('policy')
    .description('how long sessions last, and for whom it is less')
    .addCommand(list)
    .addCommand(explain)
}

async function listPolicy(context: CommandContext, options: StandardOptions): Promise<void> {
  const settings = await settingsOf(context, options)
  const inForce = { policy: policyOfSettings(settings), preset: settings.policyPreset }
  const { explained: _, ...policy } = policyReport(inForce, null)
  report(context, options, { json: { policy }, lines: policyLines(policy) })
}

async function explainPolicy(context: CommandContext, options: ExplainOptions): Promise<void> {
  const settings = await settingsOf(context, options)
  const inForce = { policy: policyOfSettings(settings), preset: settings.policyPreset }
  const facts: PolicyFacts = { roles: options.role, deviceTrust: options.deviceTrust, amr: options.amr }
  const terms = policyReport(inForce, facts).explained?.terms ?? []
  report(context, options, {
    json: { roles: facts.roles, device_trust: facts.deviceTrust, amr: facts.amr, terms },
    lines: explainedLines(facts, terms),
  })
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
