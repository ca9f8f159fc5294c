import { invalidArgument } from '../foundation/errors.ts'
import { milliseconds } from '../foundation/time.ts'
import { assuranceLevels } from '../model/assurance-level.ts'
import { setByRequest } from '../rules/absolute-lifetime.ts'
import { networkBindings, type PolicyRule, type RuleCondition } from '../rules/session-policy.ts'
import { setByDefault } from '../rules/session-terms.ts'
import { checkInteger, checkLifetime, checkObject, checkOneOf, checkRoles } from './check-argument.ts'

/** More is no limit. */
export const largestSessionLimit = 1_000_000

/** More: nobody knows any more what holds. */
const mostRules = 100
const namePattern = /^[a-z0-9-]{1,64}$/
const reservedNames: ReadonlySet<string> = new Set([setByDefault, setByRequest])

/** How each term of a rule is checked. */
const checks: Readonly<Record<string, (field: string, value: unknown) => unknown>> = {
  absoluteLifetime: checkDuration,
  idleTimeout: checkDuration,
  rotationInterval: checkDuration,
  reauthenticationWindow: checkDuration,
  sessionLimit: (field, value) => checkInteger(field, value, 1, largestSessionLimit),
  networkBinding: (field, value) => checkOneOf(field, value, networkBindings),
}

/** A copy that nobody changes. Throws `invalid-argument` naming what is at fault, as `rules[1].idleTimeout`. */
export function checkRules(field: string, value: unknown): readonly PolicyRule[] {
  if (!Array.isArray(value) || value.length > mostRules) {
    throw invalidArgument(field, `must be an array of at most ${mostRules} rules`)
  }
  const rules = value.map((rule, index) => checkRule(`${field}[${index}]`, rule))
  rules.forEach(({ name }, index) => {
    if (rules.findIndex((other) => other.name === name) !== index) {
      throw invalidArgument(`${field}[${index}].name`, 'is the name of another rule, too')
    }
  })
  return Object.freeze(rules)
}

function checkRule(field: string, value: unknown): PolicyRule {
  const { name, when, ...stated } = checkObject(field, value)
  if (typeof name !== 'string' || !namePattern.test(name) || reservedNames.has(name)) {
    throw invalidArgument(
      `${field}.name`,
      'must be 1 to 64 characters of a to z, 0 to 9 and -, and no reserved word',
    )
  }
  const terms: Record<string, unknown> = {}
  for (const [term, given] of Object.entries(stated)) {
    const check = Object.hasOwn(checks, term) ? checks[term] : undefined
    if (check === undefined) throw invalidArgument(`${field}.${cutName(term)}`, 'is no term of the policy')
    // Null would be no limit, which no rule can grant.
    if (given !== undefined && given !== null) terms[term] = check(`${field}.${term}`, given)
  }
  if (Object.keys(terms).length === 0) throw invalidArgument(field, 'must tighten one term at least')
  return Object.freeze({ name, when: checkCondition(`${field}.when`, when ?? {}), ...terms })
}

function checkCondition(field: string, value: unknown): RuleCondition {
  const { roles, deviceTrust, assurance, ...others } = checkObject(field, value)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw invalidArgument(`${field}.${cutName(unknown)}`, 'is no condition')
  return Object.freeze({
    ...(roles === undefined
      ? {}
      : { roles: notEmpty(`${field}.roles`, checkRoles(`${field}.roles`, roles)) }),
    ...(deviceTrust === undefined
      ? {}
      : { deviceTrust: checkOneOf(`${field}.deviceTrust`, deviceTrust, ['trusted', 'untrusted'] as const) }),
    ...(assurance === undefined ? {} : { assurance: checkAssurance(`${field}.assurance`, assurance) }),
  })
}

function checkAssurance(field: string, value: unknown): NonNullable<RuleCondition['assurance']> {
  if (!Array.isArray(value)) throw invalidArgument(field, 'must be an array of assurance levels')
  return notEmpty(
    field,
    value.map((level) => checkOneOf(field, level, assuranceLevels)),
  )
}

/** A condition that nothing fulfils would look like a rule and be none. */
function notEmpty<Value>(field: string, values: readonly Value[]): readonly Value[] {
  if (values.length === 0) throw invalidArgument(field, 'must name one at least')
  return Object.freeze([...values])
}

function checkDuration(field: string, value: unknown): unknown {
  return checkLifetime(field, value, milliseconds)
}

/** It came from outside and goes into a message. */
function cutName(name: string): string {
  return name.slice(0, 40).toWellFormed()
}
