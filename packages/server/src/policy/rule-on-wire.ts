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

/** For whom a rule is, as a phrase that may stand after “for”: `users with role admin on a device that is not trusted`. */
export function appliesTo({ roles, deviceTrust, assurance }: RuleCondition): string {
  const whose = roles === undefined ? 'everybody' : `users with role ${roles.join(' or ')}`
  const where = [
    ...(deviceTrust === undefined
      ? []
      : [`on a device that is ${deviceTrust === 'trusted' ? 'trusted' : 'not trusted'}`]),
    ...(assurance === undefined ? [] : [`signed in at ${assurance.join(' or ')}`]),
  ]
  return where.length === 0 ? whose : `${whose} ${where.join(', ')}`
}
