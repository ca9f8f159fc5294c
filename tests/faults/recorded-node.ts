import { performance } from 'node:perf_hooks'
import type { Creation, Operation } from './coherence-history.ts'
import type { NodeAnswer, NodeCommand, NodeFailure } from './node-commands.ts'
import type { NodeProcess } from './node-process.ts'

/** What was asked of the nodes and what they said, by the one clock of this process. */
export class Recorder {
  /** In the order in which the calls ended. */
  readonly #ended: Operation[] = []
  readonly #underWay = new Map<symbol, Operation>()
  /** Failures that trying again will not mend: the library calls them defects. */
  readonly defects: NodeFailure[] = []

  /** Everything so far, in the order of starting. */
  get history(): Operation[] {
    return [...this.#ended, ...this.#underWay.values()].sort((a, b) => a.startedAt - b.startedAt)
  }

  /** Asks, and writes both ends of the call down. Resolves with the call as it went. */
  async ask(node: NodeProcess, command: NodeCommand): Promise<Operation> {
    const key = Symbol('call')
    const startedAt = performance.now()
    const call = { node: node.life, startedAt, endedAt: Number.POSITIVE_INFINITY }
    this.#underWay.set(key, { ...call, ...toOutcome(command, null) })
    const answer = await node.ask(command)
    const endedAt = performance.now()
    if (answer?.kind === 'failed' && !answer.isRetryable) this.defects.push(answer)
    const operation: Operation = { ...call, endedAt, ...toOutcome(command, answer) }
    this.#underWay.delete(key)
    this.#ended.push(operation)
    return operation
  }
}

type Outcome = Operation extends infer Each
  ? Each extends Operation
    ? Omit<Each, 'node' | 'startedAt' | 'endedAt'>
    : never
  : never

function toOutcome(command: NodeCommand, answer: NodeAnswer | null): Outcome {
  switch (command.kind) {
    case 'create':
      return { ...command, ...brought(answer) }
    case 'sign-in':
      return { ...command, ...brought(answer), kept: answer?.kind === 'sign-in' ? answer.kept : null }
    case 'verify': {
      const told = answer?.kind === 'verify' ? answer : null
      const { answer: said = null, accepted = null, isCached = false, isNoted = false } = told ?? {}
      return { ...command, answer: said, accepted, isCached, isNoted }
    }
    case 'renew': {
      if (answer?.kind !== 'renew') return { ...command, outcome: null, token: null }
      return { ...command, outcome: answer.token === null ? 'not-live' : 'renewed', token: answer.token }
    }
    case 'rotate': {
      if (answer?.kind !== 'rotate') return { ...command, outcome: null, token: null }
      return { ...command, outcome: answer.token === null ? 'nothing' : 'rotated', token: answer.token }
    }
    case 'end': {
      if (answer?.kind !== 'end') return { ...command, outcome: null }
      return { ...command, outcome: answer.isEnded ? 'ended' : 'nothing' }
    }
    case 'list':
      return { ...command, kind: 'list', ids: answer?.kind === 'list' ? answer.ids : null }
    case 'count':
      return { ...command, kind: 'count', counted: answer?.kind === 'count' ? answer.counted : null }
    default:
      return ofMany(command, answer)
  }
}

type OfMany = NodeCommand & { kind: 'end-user' | 'end-device' | 'cut-off' | 'disable' | 'enable' }

function ofMany(command: OfMany, answer: NodeAnswer | null): Outcome {
  switch (command.kind) {
    case 'end-user':
      return { ...command, ended: answer?.kind === 'end-user' ? answer.ended : null }
    case 'end-device':
      return { ...command, ended: answer?.kind === 'end-device' ? answer.ended : null }
    case 'cut-off':
      return { ...command, notBefore: answer?.kind === 'cut-off' ? answer.notBefore : null }
    case 'disable':
      return { ...command, kind: 'disable', ended: answer?.kind === 'disable' ? answer.ended : null }
    case 'enable': {
      const outcome = answer?.kind === 'enable' ? (answer.isEnabled ? 'enabled' : 'nothing') : null
      return { ...command, kind: 'enable', outcome }
    }
  }
}

function brought(answer: NodeAnswer | null): Pick<Creation, 'token' | 'createdAt' | 'isRefused'> {
  if (answer?.kind !== 'create' && answer?.kind !== 'sign-in') {
    return { token: null, createdAt: null, isRefused: answer?.kind === 'refused' }
  }
  return { token: answer.token, createdAt: answer.createdAt, isRefused: false }
}
