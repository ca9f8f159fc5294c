import {
  networkBindings,
  type PolicyPresetName,
  type PolicyRule,
  policyPresets,
  type SessionPolicy,
  type SessionTerms,
} from 'latchkey'
import { type Finding, ok, warning } from './finding.ts'

export interface PolicyFacts {
  readonly policy: SessionPolicy
  readonly preset: PolicyPresetName | null
}

type TermName = keyof SessionTerms

/** As settings and rules name them. */
const termNames: Readonly<Record<TermName, string>> = {
  absoluteLifetime: 'absolute_lifetime_seconds',
  idleTimeout: 'idle_timeout_seconds',
  rotationInterval: 'rotation_interval_seconds',
  sessionLimit: 'session_limit',
  reauthenticationWindow: 'reauthentication_window_seconds',
  networkBinding: 'network_binding',
}

const allTerms = Object.keys(termNames) as TermName[]

/** A rule that changes nothing, or a preset that is not what is in force, is hardly what somebody meant. */
export function checkPolicy({ policy, preset }: PolicyFacts): Finding {
  const loosened = preset === null ? [] : looserThan(policyPresets[preset].terms, policy)
  if (loosened.length > 0) {
    return warning(
      'policy',
      `The policy is weaker than its preset ${preset}: ${loosened.map((name) => termNames[name]).join(', ')}.`,
      'Single settings win over the preset: take them out, or choose another preset. latchkey config says where each comes from.',
    )
  }
  if (policy.addressPrivacy === 'none' && bindsNetworks(policy)) {
    return warning(
      'policy',
      'The policy binds sessions to their network and keeps no address to tell by: no session is bound.',
      'Set LATCHKEY_ADDRESS_PRIVACY=truncated, which is enough for it, or take network_binding out.',
    )
  }
  const idle = policy.rules.filter((rule) => changesNothing(rule, policy))
  if (idle.length > 0) {
    return warning(
      'policy',
      `Rules that never change anything, since what holds without them is as strict: ${idle.map(({ name }) => name).join(', ')}.`,
      'Tighten them, or take them out of LATCHKEY_POLICY_RULES. latchkey policy list shows all terms.',
    )
  }
  return ok(
    'policy',
    `Rules of the policy: ${policy.rules.length}; each of them changes something for somebody.`,
  )
}

function bindsNetworks(policy: SessionPolicy): boolean {
  return [policy, ...policy.rules].some(({ networkBinding = 'off' }) => networkBinding !== 'off')
}

/** Terms of the preset than which what is in force is looser. */
function looserThan(wanted: Partial<SessionTerms>, inForce: SessionTerms): TermName[] {
  return statedIn(wanted).filter((name) => strictness(name, inForce) > strictness(name, wanted))
}

/** Everybody, or whoever the rule applies to by another one, has terms that are as strict. */
function changesNothing(rule: PolicyRule, policy: SessionPolicy): boolean {
  const wider = policy.rules.filter((other) => other !== rule && isWider(other, rule, policy.rules))
  return statedIn(rule).every((name) =>
    [policy, ...wider].some((other) => strictness(name, other) <= strictness(name, rule)),
  )
}

/** Whether it applies wherever the other one does. Of two that are the same the first one counts as wider. */
function isWider(one: PolicyRule, other: PolicyRule, rules: readonly PolicyRule[]): boolean {
  const covers = coversConditions(one, other)
  const isSame = covers && coversConditions(other, one)
  return covers && (!isSame || rules.indexOf(one) < rules.indexOf(other))
}

function coversConditions({ when: wide }: PolicyRule, { when: narrow }: PolicyRule): boolean {
  return (
    includesAll(wide.roles, narrow.roles) &&
    includesAll(wide.assurance, narrow.assurance) &&
    (wide.deviceTrust === undefined || wide.deviceTrust === narrow.deviceTrust)
  )
}

function includesAll<Item>(wide: readonly Item[] | undefined, narrow: readonly Item[] | undefined): boolean {
  return wide === undefined || narrow?.every((item) => wide.includes(item)) === true
}

function statedIn(terms: Partial<SessionTerms>): TermName[] {
  return allTerms.filter((name) => terms[name] !== undefined)
}

/** Smaller is stricter; what is not stated is no limit. */
function strictness(name: TermName, terms: Partial<SessionTerms>): number {
  const value = terms[name] ?? null
  if (value === null) return Number.POSITIVE_INFINITY
  return typeof value === 'number' ? value : networkBindings.length - networkBindings.indexOf(value)
}
