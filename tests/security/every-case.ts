import { answerCases } from './cases/answers.ts'
import { clockCases } from './cases/clocks.ts'
import { credentialCases } from './cases/credentials.ts'
import { cutOffCases } from './cases/cut-offs.ts'
import { endingCases } from './cases/endings.ts'
import { floodCases } from './cases/floods.ts'
import { forgottenCases } from './cases/forgotten-and-restored.ts'
import { headerByteCases } from './cases/header-bytes.ts'
import { headerTextCases } from './cases/header-text.ts'
import { idempotencyCases } from './cases/idempotency.ts'
import { keptAnswerCases } from './cases/kept-answers.ts'
import { laterRegressionCases } from './cases/later-regressions.ts'
import { latestRegressionCases } from './cases/latest-regressions.ts'
import { monitoringCases } from './cases/monitoring.ts'
import { notOfferedCases } from './cases/not-offered.ts'
import { oddValueCases } from './cases/odd-values.ts'
import { othersCases } from './cases/of-others.ts'
import { otherOriginCases } from './cases/other-origins.ts'
import { otherSiteCases } from './cases/other-sites.ts'
import { owedFactorCases } from './cases/owed-factors.ts'
import { placeCases } from './cases/places-of-credentials.ts'
import { policyAndLogCases } from './cases/policy-and-log.ts'
import { regressionCases } from './cases/regressions.ts'
import { renewalCases } from './cases/renewals.ts'
import { sessionLimitCases } from './cases/session-limits.ts'
import { storageFaultCases } from './cases/storage-faults.ts'
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
  ...clockCases,
  ...sessionLimitCases,
  ...othersCases,
  ...otherSiteCases,
  ...otherOriginCases,
  ...headerTextCases,
  ...headerByteCases,
  ...floodCases,
  ...owedFactorCases,
  ...notOfferedCases,
  ...idempotencyCases,
  ...storageFaultCases,
  ...forgottenCases,
  ...laterRegressionCases,
  ...latestRegressionCases,
  ...monitoringCases,
  ...oddValueCases,
]
