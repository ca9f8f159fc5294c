import { answerCases } from './cases/answers.ts'
import { credentialCases } from './cases/credentials.ts'
import { cutOffCases } from './cases/cut-offs.ts'
import { endingCases } from './cases/endings.ts'
import { keptAnswerCases } from './cases/kept-answers.ts'
import { placeCases } from './cases/places-of-credentials.ts'
import { policyAndLogCases } from './cases/policy-and-log.ts'
import { regressionCases } from './cases/regressions.ts'
import { renewalCases } from './cases/renewals.ts'
import { timeoutCases } from './cases/timeouts.ts'
import type { SecurityCase } from './security-case.ts'

/** Every case, for each kind of store. */
export const everyCase: readonly SecurityCase[] = [
  ...credentialCases,
  ...placeCases,
  ...renewalCases,
  ...endingCases,
  ...cutOffCases,
  ...timeoutCases,
  ...regressionCases,
  ...keptAnswerCases,
  ...answerCases,
  ...policyAndLogCases,
]
