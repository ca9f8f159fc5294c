import type { PolicyRule, RuleCondition } from 'latchkey'
import type { PolicyRuleOnWire } from 'latchkey/http'
import { statedTerms } from './policy-terms.ts'

export function ruleOnWire({ name, when, ...terms }: PolicyRule): PolicyRuleOnWire {
  const { roles = [], deviceTrust = null, assurance = [] } = when
  return {
    name,
    applies_to: appliesTo(when),
    roles: [...roles],
    device_trust: deviceTrust,
    assurance: [...assurance],
    terms: statedTerms(terms, name),
  }
}

/** For whom a rule is, as a phrase: `role admin, on a device that is not trusted`. */
export function appliesTo({ roles, deviceTrust, assurance }: RuleCondition): string {
  const parts = [
    ...(roles === undefined ? [] : [`role ${roles.join(' or ')}`]),
    ...(deviceTrust === undefined
      ? []
      : [`on a device that is ${deviceTrust === 'trusted' ? 'trusted' : 'not trusted'}`]),
    ...(assurance === undefined ? [] : [`signed in at ${assurance.join(' or ')}`]),
  ]
  return parts.length === 0 ? 'everybody' : parts.join(', ')
}
