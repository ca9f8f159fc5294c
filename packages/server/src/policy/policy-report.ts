import {
  type PolicyFacts,
  type PolicyPresetName,
  policyPresetNames,
  policyPresets,
  type SessionPolicy,
  type TermsInForce,
  termsFor,
} from 'latchkey'
import type { PolicyResponse, PolicyTerm } from 'latchkey/http'
import { levelsMet } from './levels-met.ts'
import { allTerms, sourceIn, statedTerms, type TermName, termNames, termValue } from './policy-terms.ts'
import { ruleOnWire } from './rule-on-wire.ts'

/** A policy, and the preset that its terms begin with. */
export interface PolicyInForce {
  readonly policy: SessionPolicy
  readonly preset: PolicyPresetName | null
}

/** Everything about the policy; with facts, also what a session with them would be granted. */
export function policyReport({ policy, preset }: PolicyInForce, facts: PolicyFacts | null): PolicyResponse {
  const sourceOf = (name: TermName): string | null => sourceOfTerm(policy, preset, name)
  return {
    preset,
    terms: statedTerms(policy, 'default', sourceOf),
    at_session_limit: policy.atSessionLimit,
    rules: policy.rules.map(ruleOnWire),
    presets: policyPresetNames.map((name) => {
      const { title, terms } = policyPresets[name]
      return { name, title, terms: statedTerms(terms, name, (term) => sourceIn(name, term)) }
    }),
    meets: levelsMet(policy),
    explained: facts && { terms: explainedTerms(termsFor(policy, facts), sourceOf) },
  }
}

function explainedTerms(terms: TermsInForce, sourceOf: (name: TermName) => string | null): PolicyTerm[] {
  return allTerms.map((name) => {
    const { value, setBy } = terms[name]
    return {
      name: termNames[name],
      value: termValue(name, value),
      set_by: setBy,
      source: setBy === 'default' ? sourceOf(name) : null,
    }
  })
}

/** That of the preset, where the term has the preset's value; otherwise the operator chose it. */
function sourceOfTerm(policy: SessionPolicy, preset: PolicyPresetName | null, name: TermName): string | null {
  if (preset === null || policyPresets[preset].terms[name] !== policy[name]) return null
  return sourceIn(preset, name)
}
