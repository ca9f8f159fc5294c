import { selftestActions } from './selftest-actions.ts'
import { expectThat, type SelftestSubject, Unexpected } from './selftest-subject.ts'

/** What one step came to. */
export interface SelftestStep {
  readonly step: string
  readonly status: 'ok' | 'failed'
  readonly saw: string
  /** In whole milliseconds; the cleanup step waits for a second of them. */
  readonly duration_ms: number
}

export interface SelftestWalk {
  readonly subject: SelftestSubject
  /** Milliseconds from any start: measures the steps. */
  readonly monotonic: () => number
  /** Ends the walk after the step that is under way. */
  readonly signal: AbortSignal
  readonly onStep: (step: SelftestStep) => void
}

/**
 * Walks through everything up to the first step that fails. Whatever happens, the user and all that was made for
 * them are forgotten at the end, in one step that touches nobody else.
 */
export async function walkSelftest(walk: SelftestWalk): Promise<'passed' | 'failed' | 'interrupted'> {
  let outcome: 'passed' | 'failed' | 'interrupted' = 'passed'
  for (const { name, run } of selftestActions) {
    if (walk.signal.aborted) outcome = 'interrupted'
    else if (!(await take(walk, name, run))) outcome = walk.signal.aborted ? 'interrupted' : 'failed'
    if (outcome !== 'passed') break
  }
  const isForgotten = await take(walk, 'forget', forget)
  return outcome === 'passed' && !isForgotten ? 'failed' : outcome
}

async function take(
  { subject, onStep, monotonic }: SelftestWalk,
  step: string,
  run: (subject: SelftestSubject) => Promise<string>,
): Promise<boolean> {
  const startedAt = monotonic()
  const tell = (status: SelftestStep['status'], saw: string): void =>
    onStep({ step, status, saw, duration_ms: Math.round(monotonic() - startedAt) })
  try {
    tell('ok', await run(subject))
    return true
  } catch (error) {
    tell('failed', reasonOf(error))
    return false
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Unexpected) return error.message
  return error instanceof Error ? `it threw: ${error.message}` : 'it threw something that is no error'
}

async function forget({ sessions, userId, made }: SelftestSubject): Promise<string> {
  const forgotten = await sessions.forgetUser(userId)
  for (const { id } of made) {
    expectThat((await sessions.getSession(id)) === null, `session ${id} is still on record`)
  }
  const { totalSessions } = await sessions.getSessionAnalytics(userId)
  expectThat(totalSessions === 0, `analytics still counts ${totalSessions}`)
  return `forgot ${forgotten}; nothing is left of the user`
}
