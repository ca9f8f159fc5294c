import { type Creation, deviceOf, type Operation, type SignIn } from './coherence-history.ts'
import type { SufferedFault } from './fault-schedule.ts'
import type { Round } from './torture-round.ts'

const asks: ReadonlySet<string> = new Set(['verify', 'list', 'count'])

/** Of what is wrong: the calls about that session and the faults of that time, oldest first. */
export function excerptOf(round: Round): string[] {
  const lines: string[] = []
  for (const { rule, id, operation } of round.faults.slice(0, 3)) {
    const seenAfter = Math.round(operation.endedAt - round.startedAt)
    lines.push(`${id}: ${rule}, seen ${seenAfter} ms into the round`)
    const about = round.history.filter((other) => other === operation || isAbout(other, id, round))
    const near = about.filter(
      ({ kind, startedAt }) =>
        startedAt <= operation.endedAt && (!asks.has(kind) || startedAt > operation.startedAt - 3_000),
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

/** `id`: of a session, or of a user where there is none. */
function isAbout(operation: Operation, sessionId: string, { history }: Round): boolean {
  if ('userId' in operation && operation.userId === sessionId) return true
  switch (operation.kind) {
    case 'verify':
      return operation.token.startsWith(sessionId)
    case 'rotate':
      return operation.shown.startsWith(sessionId)
    case 'create':
      return (
        operation.token?.startsWith(sessionId) === true ||
        operation.replaces === sessionId ||
        (operation.limit !== null && creationOf(sessionId, history)?.userId === operation.userId)
      )
    case 'sign-in':
    case 'end-device':
      return deviceOf(operation) !== null && deviceOf(operation) === deviceOf(creationOf(sessionId, history))
    case 'cut-off':
      return operation.userId === null || creationOf(sessionId, history)?.userId === operation.userId
    case 'end-user':
    case 'disable':
    case 'enable':
    case 'list':
    case 'count':
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
      return `${operation.answer ?? 'failed'} (token ${operation.token.slice(-4)}${operation.isCached ? ', cached' : ''})`
    case 'create':
    case 'sign-in':
      if (operation.isRefused) return 'refused'
      return operation.token === null
        ? 'failed'
        : `created at ${operation.createdAt} (token ${operation.token.slice(-4)})`
    case 'rotate':
      return `${operation.outcome ?? 'failed'} (token ${operation.shown.slice(-4)} to ${operation.token?.slice(-4) ?? 'none'})`
    case 'renew':
      return `${operation.outcome ?? 'failed'} (token ${operation.token?.slice(-4) ?? 'none'})`
    case 'end':
    case 'enable':
      return operation.outcome ?? 'failed'
    case 'cut-off':
      return operation.notBefore === null ? 'failed' : `until ${operation.notBefore}`
    case 'count':
      return operation.counted === null ? 'failed' : `${operation.counted} counted`
    case 'end-user':
    case 'end-device':
    case 'disable':
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
