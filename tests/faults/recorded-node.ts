import { performance } from 'node:perf_hooks'
import type { Operation } from './coherence-history.ts'
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
      return { ...command, token: answer?.kind === 'create' ? answer.token : null }
    case 'sign-in': {
      const { token = null, kept = null } = answer?.kind === 'sign-in' ? answer : {}
      return { ...command, token, kept }
    }
    case 'verify': {
      const told = answer?.kind === 'verify' ? answer : null
      const { answer: said = null, accepted = null, isCached = false } = told ?? {}
      return { ...command, answer: said, accepted, isCached }
    }
    case 'renew': {
      if (answer?.kind !== 'renew') return { ...command, outcome: null, token: null }
      return { ...command, outcome: answer.token === null ? 'not-live' : 'renewed', token: answer.token }
    }
    case 'end': {
      if (answer?.kind !== 'end') return { ...command, outcome: null }
      return { ...command, outcome: answer.isEnded ? 'ended' : 'nothing' }
    }
    case 'end-user':
      return { ...command, ended: answer?.kind === 'end-user' ? answer.ended : null }
    case 'end-device':
      return { ...command, ended: answer?.kind === 'end-device' ? answer.ended : null }
    case 'list':
      return { ...command, ids: answer?.kind === 'list' ? answer.ids : null }
  }
}
