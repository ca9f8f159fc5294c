import { invalidArgument } from '../foundation/errors.ts'
import type { Page, PageRequest } from '../foundation/page.ts'
import type { Instant } from '../foundation/time.ts'
import { type Alert, type AlertState, alertStates } from '../model/alert.ts'
import { isAlertId } from '../model/alert-id.ts'
import { type Severity, severities } from '../model/finding.ts'
import { isSessionId } from '../model/session-token.ts'
import type { AlertFilter, AlertTally } from '../ports/alert-store.ts'
import { longestAssignee } from './change-alert.ts'
import {
  checkInstant,
  checkObject,
  checkOneOf,
  checkText,
  checkTexts,
  checkUserId,
} from './check-argument.ts'
import { checkPage } from './check-filter.ts'
import type { Wiring } from './wiring.ts'

/** Which alerts; what is left out is no condition. */
export interface AlertConditions {
  readonly userId?: string
  readonly sessionId?: string
  /** Names of detectors; any of them. */
  readonly detectors?: readonly string[]
  readonly states?: readonly AlertState[]
  readonly severities?: readonly Severity[]
  /** The account that looks after it; null: nobody does. */
  readonly assignee?: string | null
  /** Of the newest finding: from that instant on. */
  readonly from?: Instant
  /** Before that instant. */
  readonly until?: Instant
}

/** More at once is an answer of megabytes. */
const mostListed = 1_000
const mostDetectors = 100
/** In characters. */
const longestName = 100

export function listAlerts(
  { storage }: Wiring,
  conditions: AlertConditions,
  page: PageRequest,
): Promise<Page<Alert>> {
  return settled(() => {
    const filter = checkConditions(conditions)
    checkPage(page, mostListed)
    return storage.alerts.list(filter, page)
  })
}

export function tallyAlerts(
  { storage }: Wiring,
  conditions: AlertConditions,
): Promise<readonly AlertTally[]> {
  return settled(() => storage.alerts.tally(checkConditions(conditions)))
}

export async function countAlerts(wiring: Wiring, conditions: AlertConditions): Promise<number> {
  return (await tallyAlerts(wiring, conditions)).reduce((sum, { count }) => sum + count, 0)
}

export async function getAlert({ storage }: Wiring, id: string): Promise<Alert | null> {
  return isAlertId(id) ? storage.alerts.find(id) : null
}

/** What is wrong with the arguments rejects, as everything else does. */
async function settled<Result>(run: () => Promise<Result>): Promise<Result> {
  return run()
}

function checkConditions(conditions: AlertConditions): AlertFilter {
  checkObject('filter', conditions)
  const { userId, sessionId, detectors, assignee, from, until } = conditions
  if (sessionId !== undefined && !isSessionId(sessionId)) {
    throw invalidArgument('sessionId', 'must be the id of a session')
  }
  return {
    userId: userId === undefined ? null : checkUserId('userId', userId),
    sessionId: sessionId ?? null,
    detectors: detectors === undefined ? [] : checkTexts('detectors', detectors, mostDetectors, longestName),
    states: checkAll('states', conditions.states, alertStates),
    severities: checkAll('severities', conditions.severities, severities),
    assignee: assigneeOf(assignee),
    from: from === undefined ? null : checkInstant('from', from),
    until: until === undefined ? null : checkInstant('until', until),
  }
}

function assigneeOf(assignee: string | null | undefined): string | null {
  if (assignee === undefined) return null
  return assignee === null ? '' : checkText('assignee', assignee, longestAssignee)
}

function checkAll<Choice extends string>(
  field: string,
  value: readonly Choice[] | undefined,
  choices: readonly Choice[],
): readonly Choice[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw invalidArgument(field, 'must be an array')
  return value.map((choice) => checkOneOf(field, choice, choices))
}
