import type { Duration } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import { assuranceLevel } from './assurance-level.ts'
import {
  type NetworkBinding,
  networkBindings,
  type PolicyRule,
  type RuleCondition,
  type SessionPolicy,
  type SessionTerms,
} from './session-policy.ts'

/** A term as it holds for one session. */
export interface TermInForce<Value> {
  readonly value: Value
  /** `default`: what holds for everybody; or the name of the rule that is stricter, the first of several alike. */
  readonly setBy: string
}

/** The terms of one session: of everything that applies to it the strictest. */
export type TermsInForce = { readonly [Name in keyof SessionTerms]: TermInForce<SessionTerms[Name]> }

/** What rules ask for. */
export type PolicyFacts = Pick<SessionFacts, 'roles' | 'deviceTrust' | 'amr'>

/** What sets a term that no rule tightens. */
export const setByDefault = 'default'

/** A process has one policy, and asks for it with every request: everybody's terms of the last one are kept. */
let last: { readonly policy: SessionPolicy; readonly terms: TermsInForce } | null = null

/** What holds for a session. Without rules it costs a comparison. */
export function termsFor(policy: SessionPolicy, facts: PolicyFacts): TermsInForce {
  if (last === null || last.policy !== policy) last = { policy, terms: everybodysTerms(policy) }
  let { terms } = last
  for (const rule of policy.rules) if (applies(rule.when, facts)) terms = tightened(terms, rule)
  return terms
}

function everybodysTerms(policy: SessionPolicy): TermsInForce {
  const term = <Value>(value: Value): TermInForce<Value> => Object.freeze({ value, setBy: setByDefault })
  return Object.freeze({
    absoluteLifetime: term(policy.absoluteLifetime),
    idleTimeout: term(policy.idleTimeout),
    rotationInterval: term(policy.rotationInterval),
    sessionLimit: term(policy.sessionLimit),
    reauthenticationWindow: term(policy.reauthenticationWindow),
    networkBinding: term(policy.networkBinding),
  })
}

function applies({ roles, deviceTrust, assurance }: RuleCondition, facts: PolicyFacts): boolean {
  if (deviceTrust !== undefined && deviceTrust !== facts.deviceTrust) return false
  if (roles !== undefined && !roles.some((role) => facts.roles.includes(role))) return false
  return assurance === undefined || assurance.includes(assuranceLevel(facts.amr) ?? 'aal1')
}

function tightened(terms: TermsInForce, rule: PolicyRule): TermsInForce {
  return {
    absoluteLifetime: shorter(terms.absoluteLifetime, rule.absoluteLifetime, rule),
    idleTimeout: fewer(terms.idleTimeout, rule.idleTimeout, rule),
    rotationInterval: fewer(terms.rotationInterval, rule.rotationInterval, rule),
    sessionLimit: fewer(terms.sessionLimit, rule.sessionLimit, rule),
    reauthenticationWindow: fewer(terms.reauthenticationWindow, rule.reauthenticationWindow, rule),
    networkBinding: firmer(terms.networkBinding, rule.networkBinding, rule),
  }
}

function shorter(
  term: TermInForce<Duration>,
  value: Duration | undefined,
  { name }: PolicyRule,
): TermInForce<Duration> {
  return value === undefined || value >= term.value ? term : { value, setBy: name }
}

/** Null stands for no limit at all. */
function fewer<Value extends number>(
  term: TermInForce<Value | null>,
  value: Value | null | undefined,
  { name }: PolicyRule,
): TermInForce<Value | null> {
  if (value === undefined || value === null) return term
  return term.value !== null && value >= term.value ? term : { value, setBy: name }
}

function firmer(
  term: TermInForce<NetworkBinding>,
  value: NetworkBinding | undefined,
  { name }: PolicyRule,
): TermInForce<NetworkBinding> {
  if (value === undefined || networkBindings.indexOf(value) <= networkBindings.indexOf(term.value))
    return term
  return { value, setBy: name }
}
