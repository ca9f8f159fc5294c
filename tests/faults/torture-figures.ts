import { hasFailed, type OfKind, type Operation, type SignIn } from './coherence-history.ts'
import type { SufferedFault } from './fault-schedule.ts'
import type { Round } from './torture-round.ts'

/** What a run has done, over all its rounds. */
export class TortureFigures {
  readonly #counts = new Map<string, number>()
  readonly #suffered = new Map<string, number>()
  /** In milliseconds, of acknowledged endings. */
  readonly #quietEndings: number[] = []
  #longestEnding = 0
  #longestBesideLostNodes = 0
  violations = 0

  add(round: Round): void {
    this.violations += round.faults.length + round.defects.length + round.unrecovered.length
    for (const { kind } of round.suffered) this.#suffered.set(kind, (this.#suffered.get(kind) ?? 0) + 1)
    const firstFaultAt = Math.min(...round.suffered.map(({ startedAt }) => startedAt))
    for (const operation of round.history) {
      this.#add(operation, firstFaultAt)
      if (isAcknowledgedEnding(operation) && isBesideLostNodes(operation, round.suffered)) {
        this.#longestBesideLostNodes = Math.max(this.#longestBesideLostNodes, durationOf(operation))
      }
    }
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  get verifies(): number {
    return this.count('verify')
  }

  get endings(): number {
    return this.count('ending acknowledged')
  }

  lines(): string[] {
    const sorted = this.#quietEndings.toSorted((a, b) => a - b)
    const at = (part: number): string => milliseconds(sorted[Math.floor(sorted.length * part)] ?? 0)
    const answers = ['accepted', 'revoked', 'unknown', 'failed']
    return [
      `verifies ${this.verifies}, ${this.count('verify from the cache')} from the cache: ${answers.map((answer) => `${answer} ${this.count(`verify ${answer}`)}`).join(', ')}`,
      `endings ${this.endings} acknowledged, ${this.count('ending failed')} failed; ` +
        `without faults p50 ${at(0.5)}, p99 ${at(0.99)} (${sorted.length}); longest ${milliseconds(this.#longestEnding)}, ` +
        `with nothing but other nodes paused or killed ${milliseconds(this.#longestBesideLostNodes)}`,
      `sign-ins ${this.count('sign-in on a known device')} on known devices, ${this.count('sign-in on a new device')} on new ones, ` +
        `${this.count('sign-in failed')} failed`,
      `creates ${this.count('create')} and ${this.count('create failed')} failed, ` +
        `renewals ${this.count('renew')} and ${this.count('renew failed')} failed, lists ${this.count('list')}, counts ${this.count('count')}`,
      `rotations ${this.count('rotate rotated')} with a successor, ${this.count('rotate nothing')} without, ${this.count('rotate failed')} failed; ` +
        `cut-offs ${this.count("user's cut-off")} of users, ${this.count("everybody's cut-off")} of everybody; ` +
        `${this.count('disable')} disabled, ${this.count('enable enabled')} enabled, ${this.count('create refused')} creates refused`,
      `faults ${[...this.#suffered].map(([kind, times]) => `${kind} ${times}`).join(', ') || 'none'}`,
      `violations ${this.violations}`,
    ]
  }

  #add(operation: Operation, firstFaultAt: number): void {
    for (const name of namesOf(operation)) this.#counts.set(name, this.count(name) + 1)
    if (!isAcknowledgedEnding(operation)) return
    this.#longestEnding = Math.max(this.#longestEnding, durationOf(operation))
    if (operation.endedAt < firstFaultAt) this.#quietEndings.push(durationOf(operation))
  }
}

function durationOf({ startedAt, endedAt }: Operation): number {
  return endedAt - startedAt
}

/** Whether other nodes were paused or killed, and nothing else was wrong all the while. */
function isBesideLostNodes(operation: Operation, suffered: readonly SufferedFault[]): boolean {
  const felt = suffered.filter(
    ({ startedAt, endedAt }) => startedAt < operation.endedAt && endedAt > operation.startedAt,
  )
  return (
    felt.length > 0 &&
    felt.every(({ kind, on }) => (kind === 'pause' || kind === 'kill') && !operation.node.startsWith(on))
  )
}

function namesOf(operation: Operation): string[] {
  switch (operation.kind) {
    case 'verify':
      return [
        'verify',
        `verify ${operation.answer ?? 'failed'}`,
        ...(operation.isCached ? ['verify from the cache'] : []),
      ]
    case 'create':
      return [operation.isRefused ? 'create refused' : operation.token === null ? 'create failed' : 'create']
    case 'sign-in':
      return [signInName(operation)]
    case 'renew':
      return [operation.outcome === null ? 'renew failed' : 'renew']
    case 'rotate':
      return [`rotate ${operation.outcome ?? 'failed'}`]
    case 'enable':
      return [`enable ${operation.outcome ?? 'failed'}`]
    case 'cut-off':
      return [cutOffName(operation), ...endingNames(operation)]
    case 'disable':
      return ['disable', ...endingNames(operation)]
    case 'list':
    case 'count':
      return [operation.kind]
    default:
      return endingNames(operation)
  }
}

function endingNames(operation: Operation): string[] {
  return [isAcknowledgedEnding(operation) ? 'ending acknowledged' : 'ending failed']
}

function cutOffName({ userId }: OfKind<'cut-off'>): string {
  return userId === null ? "everybody's cut-off" : "user's cut-off"
}

function signInName({ token, shown }: Operation & SignIn): string {
  if (token === null) return 'sign-in failed'
  return shown === null ? 'sign-in on a new device' : 'sign-in on a known device'
}

const endings: ReadonlySet<Operation['kind']> = new Set([
  'end',
  'end-user',
  'end-device',
  'cut-off',
  'disable',
] as const)

function isAcknowledgedEnding(operation: Operation): boolean {
  return endings.has(operation.kind) && !hasFailed(operation)
}

function milliseconds(duration: number): string {
  return `${duration < 100 ? duration.toFixed(1) : Math.round(duration)} ms`
}
