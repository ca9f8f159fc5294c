import { type CutOff, forever, type Instant, toIso } from 'latchkey'
import { type Finding, failed, ok } from './finding.ts'

export interface CutOffFacts {
  readonly now: Instant
  readonly cutOffs: readonly CutOff[]
}

/** A cut-off of the past ended what was there then, and hinders nobody; one of the future lets nobody in until it has come. */
export function checkCutOffs({ now, cutOffs }: CutOffFacts): Finding {
  const ahead = cutOffs.filter(({ notBefore }) => notBefore > now && notBefore !== forever)
  const [first] = ahead.toSorted((one, another) => another.notBefore - one.notBefore)
  if (first !== undefined) {
    return failed(
      'cut-offs',
      `A cut-off lies in the future (${whose(first)}, ${toIso(first.notBefore)}): no session is accepted until then. Such cut-offs: ${ahead.length}.`,
      'The clock of the machine that set it was ahead, or this one is behind: see the check of the clock. It is over by itself at that time.',
    )
  }
  const closed = cutOffs.find(({ scope, notBefore }) => scope.kind === 'everybody' && notBefore === forever)
  if (closed !== undefined) {
    return failed(
      'cut-offs',
      'Everybody is cut off for ever: nobody can sign in.',
      'Restore the table of cut-offs from the backup; Latchkey itself never sets such a one.',
    )
  }
  const disabled = cutOffs.filter(({ notBefore }) => notBefore === forever).length
  return ok('cut-offs', `No cut-off keeps anybody out by mistake. Users who are disabled: ${disabled}.`)
}

function whose({ scope }: CutOff): string {
  if (scope.kind === 'everybody') return 'everybody'
  return scope.kind === 'user' ? `user ${scope.userId}` : `a device of user ${scope.userId}`
}
