import { type Creation, deviceOf, type Operation, type SignIn } from './coherence-history.ts'
import type { SufferedFault } from './fault-schedule.ts'
import type { Round } from './torture-round.ts'

/** Of what is wrong: the calls about that session and the faults of that time, oldest first. */
export function excerptOf(round: Round): string[] {
  const lines: string[] = []
  for (const { rule, sessionId, operation } of round.faults.slice(0, 3)) {
    const seenAfter = Math.round(operation.endedAt - round.startedAt)
    lines.push(`${sessionId}: ${rule}, seen ${seenAfter} ms into the round`)
    const about = round.history.filter((other) => other === operation || isAbout(other, sessionId, round))
    const near = about.filter(
      ({ kind, startedAt }) => kind !== 'verify' || Math.abs(startedAt - operation.startedAt) < 3_000,
    )
    const entries = [
      ...near.map((call) => ({
        at: call.startedAt,
        text: `${call === operation ? '! ' : '  '}${describe(call)}`,
      })),
      ...round.suffered
        .filter((fault) => fault.startedAt < operation.endedAt && fault.endedAt > operation.startedAt - 6_000)
        .map((fault) => ({ at: fault.startedAt, text: `  ${describeFault(fault)}` })),
    ]
    lines.push(
      ...entries
        .sort((a, b) => a.at - b.at)
        .slice(-60)
        .map(({ text }) => text),
    )
  }
  for (const { code, message } of round.defects.slice(0, 3)) lines.push(`a defect: ${code}: ${message}`)
  for (const name of round.unrecovered) lines.push(`${name} does not answer again`)
  return lines
}

function isAbout(operation: Operation, sessionId: string, { history }: Round): boolean {
  switch (operation.kind) {
    case 'verify':
      return operation.token.startsWith(sessionId)
    case 'create':
      return operation.token?.startsWith(sessionId) === true || operation.replaces === sessionId
    case 'sign-in':
    case 'end-device':
      return deviceOf(operation) !== null && deviceOf(operation) === deviceOf(creationOf(sessionId, history))
    case 'end-user':
    case 'list':
      return creationOf(sessionId, history)?.userId === operation.userId
    default:
      return operation.id === sessionId
  }
}

function creationOf(
  sessionId: string,
  history: readonly Operation[],
): (Operation & (Creation | SignIn)) | undefined {
  return history
    .filter((operation) => operation.kind === 'create' || operation.kind === 'sign-in')
    .find(({ token }) => token?.startsWith(sessionId))
}

/** The secrets of these sessions open nothing, but a log is no place for any. */
function describe(operation: Operation): string {
  const { kind, node, startedAt, endedAt } = operation
  return `${span(startedAt, endedAt)} ${node} ${kind} → ${outcomeOf(operation)}`
}

function outcomeOf(operation: Operation): string {
  switch (operation.kind) {
    case 'verify':
      return `${operation.answer ?? 'failed'} (token ${operation.token.slice(-4)})`
    case 'create':
    case 'sign-in':
      return operation.token === null ? 'failed' : `created (token ${operation.token.slice(-4)})`
    case 'renew':
      return `${operation.outcome ?? 'failed'} (token ${operation.token?.slice(-4) ?? 'none'})`
    case 'end':
      return operation.outcome ?? 'failed'
    case 'end-user':
    case 'end-device':
      return operation.ended === null ? 'failed' : `ended ${operation.ended}`
    case 'list':
      return operation.ids === null ? 'failed' : `${operation.ids.length} listed`
  }
}

function describeFault({ kind, on, startedAt, endedAt }: SufferedFault): string {
  return `${span(startedAt, endedAt)} fault ${kind} on ${on}`
}

function span(startedAt: number, endedAt: number): string {
  return `${startedAt.toFixed(1)}–${Number.isFinite(endedAt) ? endedAt.toFixed(1) : '…'}`
}
