import { days, hours, minutes } from '../foundation/time.ts'
import type { SessionTerms } from './session-policy.ts'

/** Names of the policies that come along. */
export const policyPresetNames = ['nist-aal1', 'nist-aal2', 'nist-aal3', 'pci', 'owasp-high'] as const

/** One of {@link policyPresetNames}. */
export type PolicyPresetName = (typeof policyPresetNames)[number]

/** A policy that comes along: terms for everybody. What it does not name stays as it is. */
export interface PolicyPreset {
  readonly title: string
  readonly terms: Partial<SessionTerms>
  /** Where each of them comes from. */
  readonly sources: Readonly<Partial<Record<keyof SessionTerms, string>>>
}

const sessionCheatSheet = 'OWASP Session Management Cheat Sheet'

/** Each number is the loosest that its source allows. */
export const policyPresets: Readonly<Record<PolicyPresetName, PolicyPreset>> = Object.freeze({
  'nist-aal1': {
    title: 'NIST SP 800-63B-4, assurance level 1',
    terms: { absoluteLifetime: days(30), idleTimeout: null },
    sources: {
      absoluteLifetime: 'NIST SP 800-63B-4, 2.1.3: no more than 30 days',
      idleTimeout: 'NIST SP 800-63B-4, 2.1.3: not required',
    },
  },
  'nist-aal2': {
    title: 'NIST SP 800-63B-4, assurance level 2',
    terms: { absoluteLifetime: hours(24), idleTimeout: hours(1) },
    sources: {
      absoluteLifetime: 'NIST SP 800-63B-4, 2.2.3: no more than 24 hours',
      idleTimeout: 'NIST SP 800-63B-4, 2.2.3: no more than 1 hour',
    },
  },
  'nist-aal3': {
    title: 'NIST SP 800-63B-4, assurance level 3',
    terms: { absoluteLifetime: hours(12), idleTimeout: minutes(15) },
    sources: {
      absoluteLifetime: 'NIST SP 800-63B-4, 2.3.3: no more than 12 hours',
      idleTimeout: 'NIST SP 800-63B-4, 2.3.3: no more than 15 minutes',
    },
  },
  pci: {
    title: 'PCI DSS 4.0.1',
    terms: { idleTimeout: minutes(15) },
    sources: { idleTimeout: 'PCI DSS 4.0.1, 8.2.8: more than 15 minutes idle' },
  },
  'owasp-high': {
    title: 'OWASP, applications of high value',
    terms: {
      absoluteLifetime: hours(8),
      idleTimeout: minutes(5),
      rotationInterval: minutes(15),
      reauthenticationWindow: minutes(15),
    },
    sources: {
      absoluteLifetime: `${sessionCheatSheet}, Absolute Timeout: 4 to 8 hours`,
      idleTimeout: `${sessionCheatSheet}, Idle Timeout: 2 to 5 minutes for applications of high value`,
      rotationInterval: `${sessionCheatSheet}, Renewal Timeout: at an interval; 15 minutes is our choice`,
      reauthenticationWindow:
        'OWASP ASVS 5.0, 7.5.1: before changes of sensitive attributes; 15 minutes is our choice',
    },
  },
})
