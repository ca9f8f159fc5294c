import { type Duration, milliseconds } from '../foundation/time.ts'
import {
  addressPrivacies,
  defaultPolicy,
  deviceReplacements,
  fingerprintings,
  networkBindings,
  type SessionPolicy,
  sessionLimitActions,
} from '../rules/session-policy.ts'
import { checkInteger, checkLifetime, checkOneOf } from './check-argument.ts'
import { checkRules, largestSessionLimit } from './check-rules.ts'
import type { SessionsOptions } from './sessions-options.ts'

/** The policy that the options ask for; what they leave out is the default. Throws `invalid-argument` naming the option at fault. */
export function policyOf(options: SessionsOptions): SessionPolicy {
  return Object.freeze({
    absoluteLifetime: checkLifetime(
      'absoluteLifetime',
      options.absoluteLifetime ?? defaultPolicy.absoluteLifetime,
      milliseconds,
    ),
    idleTimeout: optionalDuration(options, 'idleTimeout'),
    rotationInterval: optionalDuration(options, 'rotationInterval'),
    sessionLimit: sessionLimit(options),
    reauthenticationWindow: optionalDuration(options, 'reauthenticationWindow'),
    networkBinding: choice(options, 'networkBinding', networkBindings),
    rules: checkRules('rules', options.rules ?? []),
    atSessionLimit: choice(options, 'atSessionLimit', sessionLimitActions),
    retention: optionalDuration(options, 'retention'),
    auditRetention: optionalDuration(options, 'auditRetention'),
    alertRetention: optionalDuration(options, 'alertRetention'),
    rollupHourRetention: optionalDuration(options, 'rollupHourRetention'),
    rollupDayRetention: optionalDuration(options, 'rollupDayRetention'),
    historyRetention: optionalDuration(options, 'historyRetention'),
    addressPrivacy: choice(options, 'addressPrivacy', addressPrivacies),
    addressRetention: optionalDuration(options, 'addressRetention'),
    userAgentRetention: optionalDuration(options, 'userAgentRetention'),
    fingerprintRetention: optionalDuration(options, 'fingerprintRetention'),
    deviceRetention: optionalDuration(options, 'deviceRetention'),
    deviceReplacement: choice(options, 'deviceReplacement', deviceReplacements),
    fingerprinting: choice(options, 'fingerprinting', fingerprintings),
  })
}

type OptionalDuration =
  | 'idleTimeout'
  | 'rotationInterval'
  | 'reauthenticationWindow'
  | 'retention'
  | `${'audit' | 'alert' | 'rollupHour' | 'rollupDay' | 'history'}Retention`
  | `${'address' | 'userAgent' | 'fingerprint' | 'device'}Retention`

function optionalDuration(options: SessionsOptions, field: OptionalDuration): Duration | null {
  const stated = options[field]
  const chosen = stated === undefined ? defaultPolicy[field] : stated
  return chosen === null ? null : checkLifetime(field, chosen, milliseconds)
}

function sessionLimit({ sessionLimit: stated = defaultPolicy.sessionLimit }: SessionsOptions): number | null {
  return stated === null ? null : checkInteger('sessionLimit', stated, 1, largestSessionLimit)
}

type Choice = 'addressPrivacy' | 'atSessionLimit' | 'deviceReplacement' | 'fingerprinting' | 'networkBinding'

function choice<Field extends Choice>(
  options: SessionsOptions,
  field: Field,
  choices: readonly SessionPolicy[Field][],
): SessionPolicy[Field] {
  return checkOneOf(field, options[field] ?? defaultPolicy[field], choices)
}
