import { type Creation, hasFailed, type OfKind, type Operation, type SignIn } from './coherence-history.ts'

export type Reach = 'no' | 'perhaps' | 'surely'

type Created = Operation & (Creation | SignIn)

/** Whether a call that is about many sessions ends the one that was created so. */
export function reachOf(
  operation: Operation,
  creation: Created,
  enablings: readonly OfKind<'enable'>[],
): Reach {
  switch (operation.kind) {
    case 'sign-in':
      return operation.shown === null || operation.isRefused ? 'no' : reachOfEnding(operation, creation)
    case 'end-user':
    case 'end-device':
      return reachOfEnding(operation, creation)
    case 'cut-off':
      return reachOfCutOff(operation, creation)
    case 'disable':
      return reachOfDisabling(operation, creation, enablings)
    case 'enable':
      // Whatever was created before that instant is over, also what was on its way.
      return operation.outcome === 'nothing' || creation.startedAt > operation.endedAt ? 'no' : 'perhaps'
    default:
      return 'no'
  }
}

/** A session that was created meanwhile may have come too late for it, and one that was asked for after its answer has. */
function reachOfEnding(operation: Operation, creation: Created): Reach {
  const isAnswered = !hasFailed(operation)
  if (creation === operation || (isAnswered && creation.startedAt > operation.endedAt)) return 'no'
  return isAnswered && creation.endedAt < operation.startedAt ? 'surely' : 'perhaps'
}

/** However the creation and the cut-off meet, the instants decide. */
function reachOfCutOff({ notBefore, endedAt }: OfKind<'cut-off'>, creation: Created): Reach {
  if (notBefore === null) return creation.startedAt > endedAt ? 'no' : 'perhaps'
  return creation.createdAt !== null && creation.createdAt <= notBefore ? 'surely' : 'no'
}

function reachOfDisabling(
  disabling: OfKind<'disable'>,
  creation: Created,
  enablings: readonly OfKind<'enable'>[],
): Reach {
  const { startedAt, endedAt, ended } = disabling
  if (ended === null) return 'perhaps'
  const isLifted = enablings.some(
    (enabling) =>
      enabling.outcome !== null && enabling.startedAt > endedAt && creation.startedAt > enabling.endedAt,
  )
  if (isLifted) return 'no'
  const isBefore = creation.endedAt < startedAt
  const isDuring = mayHaveLifted(enablings, startedAt).every((one) => creation.endedAt < one.startedAt)
  return isBefore || isDuring ? 'surely' : 'perhaps'
}

/** Those that may have taken back what was asked for then. */
function mayHaveLifted(
  enablings: readonly OfKind<'enable'>[],
  disabledAfter: number,
): readonly OfKind<'enable'>[] {
  return enablings.filter(
    ({ outcome, endedAt }) => outcome !== 'nothing' && (outcome === null || endedAt > disabledAfter),
  )
}

/** Whether a user was disabled all the while that the call took. */
export function isSurelyDisabled(
  call: Operation,
  disablings: readonly OfKind<'disable'>[],
  enablings: readonly OfKind<'enable'>[],
): boolean {
  return disablings.some(
    ({ ended, startedAt, endedAt }) =>
      ended !== null &&
      endedAt < call.startedAt &&
      mayHaveLifted(enablings, startedAt).every((one) => one.startedAt > call.endedAt),
  )
}

/** Whether a user may have been disabled at any moment of the call. */
export function mayBeDisabled(
  call: Operation,
  disablings: readonly OfKind<'disable'>[],
  enablings: readonly OfKind<'enable'>[],
): boolean {
  return disablings.some(({ ended, startedAt, endedAt }) => {
    if (startedAt > call.endedAt) return false
    return (
      ended === null ||
      !enablings.some(
        (one) => one.outcome !== null && one.startedAt > endedAt && one.endedAt < call.startedAt,
      )
    )
  })
}
