import { assuranceLevel, type PolicyFacts } from 'latchkey'
import type { PolicyResponse, PolicyTerm } from 'latchkey/http'
import { timeInWords } from '../policy/time-in-words.ts'
import { table } from './report.ts'

export function policyLines(policy: Omit<PolicyResponse, 'explained'>): string[] {
  return [
    policy.preset === null ? 'For everybody:' : `For everybody (preset ${policy.preset}):`,
    ...indented(termTable(policy.terms)),
    `At the limit of sessions: ${policy.at_session_limit}`,
    '',
    ...(policy.rules.length === 0 ? ['There are no rules.'] : []),
    ...policy.rules.flatMap(({ name, applies_to: whom, terms }) => [
      `Rule ${name}, for ${whom}:`,
      ...indented(termTable(terms)),
    ]),
    '',
    'Timeouts as NIST SP 800-63B-4 asks for them:',
    ...indented(table(policy.meets.map(({ level, met, why }) => [level, met ? 'met' : 'not met', why]))),
    '',
    ...policy.presets.flatMap(({ name, title, terms }) => [
      `Preset ${name}: ${title}`,
      ...indented(termTable(terms)),
    ]),
  ]
}

export function explainedLines(
  { roles, deviceTrust, amr }: PolicyFacts,
  terms: readonly PolicyTerm[],
): string[] {
  const whose = roles.length === 0 ? 'without roles' : `with role ${roles.join(', ')}`
  const where = deviceTrust === 'trusted' ? 'trusted' : 'not trusted'
  const how =
    amr.length === 0
      ? 'by means that are not stated (counts as aal1)'
      : `by ${amr.join(', ')} (${assuranceLevel(amr)})`
  return [
    `A session of a user ${whose}, on a device that is ${where}, signed in ${how}:`,
    ...indented(
      table(
        terms.map((term) => [words(term.name), valueInWords(term), setByInWords(term), term.source ?? '']),
      ),
    ),
  ]
}

function termTable(terms: readonly PolicyTerm[]): string[] {
  return table(terms.map((term) => [words(term.name), valueInWords(term), term.source ?? '']))
}

function words(name: string): string {
  return name.replace(/_seconds$/, '').replaceAll('_', ' ')
}

function valueInWords({ name, value }: PolicyTerm): string {
  if (value === null) return name === 'rotation_interval_seconds' ? 'never' : 'no limit'
  return typeof value === 'number' && name.endsWith('_seconds') ? timeInWords(value) : String(value)
}

function setByInWords({ set_by: setBy }: PolicyTerm): string {
  return setBy === 'default' ? 'for everybody' : `by rule ${setBy}`
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
