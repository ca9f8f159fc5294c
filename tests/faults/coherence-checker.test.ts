import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultsOfCoherence, settledAfter } from './coherence-checker.ts'
import type { Operation } from './coherence-history.ts'
import {
  acceptedAs,
  create,
  end,
  endUnanswered,
  endUser,
  list,
  refusedRenewal,
  renew,
  secondToken,
  session,
  verify,
} from './history-sample.ts'

const rulesOf = (history: readonly Operation[]): string[] =>
  faultsOfCoherence(history).map(({ rule }) => rule)
const late = 20 + settledAfter

it.each<[string, Operation[], string]>([
  [
    'a verify that began after an acknowledged ending and was accepted',
    [create([0, 1]), end([10, 20]), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'the same after an ending that found that it had ended',
    [create([0, 1]), endUnanswered(5), end([10, 20], 'nothing'), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'the same after an ending of everything of the user',
    [create([0, 1]), endUser([10, 20]), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'the same after an ending of everything of the user that found nothing left',
    [create([0, 1]), endUnanswered(5), endUser([10, 20], 0), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'the same after a session that took its place',
    [create([0, 1]), create([10, 20], 'ses_ab.other', session), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'the same with a token of a later renewal',
    [create([0, 1]), renew([2, 3]), end([10, 20]), verify([21, 22], 'accepted', secondToken)],
    'accepted after its ending was acknowledged',
  ],
  [
    'an end that was seen and did not last, though nobody acknowledged it',
    [create([0, 1]), endUnanswered(5), verify([10, 20], 'revoked'), verify([late + 1, late + 2], 'accepted')],
    'lived again',
  ],
  [
    'an end that a renewal met and that did not last',
    [create([0, 1]), endUnanswered(5), refusedRenewal([10, 20]), verify([late + 1, late + 2], 'accepted')],
    'lived again',
  ],
  ['an ended session that is renewed', [create([0, 1]), end([10, 20]), renew([21, 22])], 'lived again'],
  [
    'a session that is renewed after its end was seen',
    [create([0, 1]), endUnanswered(5), verify([10, 20], 'revoked'), renew([21, 22])],
    'lived again',
  ],
  [
    'an ended session that is listed',
    [create([0, 1]), end([10, 20]), list([21, 22], [session])],
    'lived again',
  ],
  ['a session that is gone', [create([0, 1]), verify([2, 3], 'unknown')], 'gone'],
  ['an ended session that is gone', [create([0, 1]), end([2, 3]), verify([4, 5], 'unknown')], 'gone'],
  [
    'a renewed session that is gone',
    [create([0, 1]), renew([2, 3]), verify([4, 5], 'unknown', secondToken)],
    'gone',
  ],
  [
    'a new token that a renewal before it, which had failed, has replaced',
    [create([0, 1]), renew([2, 3], null), renew([4, 5]), verify([6, 7], 'unknown', secondToken)],
    'gone',
  ],
  ['a session that is gone from the list', [create([0, 1]), list([2, 3], [])], 'gone'],
  ['a live session in which an ending finds nothing', [create([0, 1]), end([2, 3], 'nothing')], 'gone'],
  ['a live session in which a renewal finds nothing', [create([0, 1]), refusedRenewal([2, 3])], 'gone'],
  [
    'a session that ended and nobody had asked for it',
    [create([0, 1]), verify([2, 3], 'revoked'), endUnanswered(4)],
    'ended without being asked',
  ],
  [
    'a session that expired long before its time',
    [create([0, 1]), verify([2, 3], 'expired')],
    'ended without being asked',
  ],
  ['a session that nobody created', [verify([0, 1], 'accepted')], 'never created'],
  [
    'a secret that nobody was given',
    [create([0, 1]), verify([2, 3], 'accepted', `${session}.forged`)],
    'never created',
  ],
  ["somebody else's session", [create([0, 1]), acceptedAs([2, 3], 'ses_zz user-9')], 'mixed up'],
])('%s is found', (_what, history, rule) => {
  expect(rulesOf(history)).toEqual([rule])
})

it('of two endings of one session only one can have ended it', () => {
  expect(rulesOf([create([0, 1]), end([2, 9]), end([3, 8])])).toEqual(['lived again', 'lived again'])
})

it.each<[string, Operation[]]>([
  [
    'a verify under way while the ending is acknowledged',
    [create([0, 1]), end([10, 20]), verify([20, 30], 'accepted')],
  ],
  ['a verify that nobody heard the answer of', [create([0, 1]), end([10, 20]), verify([21, 22], null)]],
  [
    'an ending without an answer that happened',
    [create([0, 1]), endUnanswered(5), verify([6, 7], 'revoked')],
  ],
  [
    'an ending without an answer that did not happen',
    [create([0, 1]), endUnanswered(5), verify([9_000, 9_001], 'accepted')],
  ],
  [
    'an ending without an answer that happens late',
    [
      create([0, 1]),
      end([5, 6], null),
      verify([5_000, 5_001], 'accepted'),
      verify([9_000, 9_001], 'revoked'),
    ],
  ],
  [
    'a node that answers from its lease while nobody has acknowledged the ending',
    [create([0, 1]), endUnanswered(5), verify([10, 20], 'revoked'), verify([late - 1, late], 'accepted')],
  ],
  [
    'a failed ending of everything of the user',
    [create([0, 1]), endUser([5, 6], null), verify([8, 9], 'accepted'), verify([10, 11], 'revoked')],
  ],
  [
    'a session that was created while everything of the user was ended',
    [endUser([0, 10]), create([1, 9]), verify([11, 12], 'accepted')],
  ],
  ['the same, ended after all', [endUser([0, 10]), create([1, 9]), verify([11, 12], 'revoked')]],
  [
    'a failed creation in the place of a session',
    [create([0, 1]), create([5, 6], null, session), verify([8, 9], 'accepted'), verify([10, 11], 'revoked')],
  ],
  ['two endings at once', [create([0, 1]), end([2, 9]), end([3, 8], 'nothing'), verify([10, 11], 'revoked')]],
  ['the new token', [create([0, 1]), renew([10, 20]), verify([21, 22], 'accepted', secondToken)]],
  ['the old token during the renewal', [create([0, 1]), renew([10, 20]), verify([20, 22], 'accepted')]],
  [
    'a renewal without an answer that replaced nothing',
    [create([0, 1]), renew([2, 3], null), verify([4, 5], 'accepted')],
  ],
  ['a renewal of an ended session, refused', [create([0, 1]), end([2, 3]), refusedRenewal([4, 5])]],
  ['a token of nobody, refused', [verify([0, 1], 'unknown', 'ses_zz.none')]],
  ['a list from which an ended session is missing', [create([0, 1]), end([2, 5]), list([4, 6], [])]],
  ['a list that may still show it', [create([0, 1]), end([2, 5]), list([4, 6], [session])]],
  ['a list without what was created meanwhile', [list([0, 5], []), create([1, 4])]],
  ['a list that did not come', [create([0, 1]), list([2, 3], null)]],
])('%s is no fault', (_what, history) => {
  expect(rulesOf(history)).toEqual([])
})

it('what truly happened one after the other is no fault, however the calls overlap', () => {
  const step = fc.record({
    call: fc.constantFrom('verify', 'end', 'renew', 'end-user'),
    before: fc.integer({ min: 0, max: 30 }),
    after: fc.integer({ min: 0, max: 30 }),
    isHeard: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      expect(rulesOf(toldBy(steps))).toEqual([])
    }),
  )
})

interface Step {
  readonly call: string
  readonly before: number
  readonly after: number
  readonly isHeard: boolean
}

/** The history of a store in which each call happens at one instant between its start and its end. */
function toldBy(steps: readonly Step[]): Operation[] {
  const history = [create([0, 0.5])]
  let tokens = 1
  let isLive = true
  for (const [index, { call, before, after, isHeard }] of steps.entries()) {
    const happensAt = 1 + index
    const span = [Math.max(0.6, happensAt - before), happensAt + after] as const
    const token = `${session}.${tokens === 1 ? 'first' : tokens}`
    if (call === 'verify')
      history.push(verify(span, isHeard ? (isLive ? 'accepted' : 'revoked') : null, token))
    if (call === 'end') history.push(end(span, isHeard ? (isLive ? 'ended' : 'nothing') : null))
    if (call === 'end-user') history.push(endUser(span, isHeard ? Number(isLive) : null))
    if (call === 'renew' && isLive) tokens += 1
    if (call === 'renew') history.push(renewed(span, isLive, isHeard, tokens))
    if (call === 'end' || call === 'end-user') isLive = false
  }
  // A token is shown only by whoever was given it, which is after the renewal was answered.
  return history.filter(
    (operation) => operation.kind !== 'verify' || wasGiven(history, operation.token, operation.startedAt),
  )
}

function renewed(
  span: readonly [number, number],
  isLive: boolean,
  isHeard: boolean,
  tokens: number,
): Operation {
  if (!isHeard) return renew(span, null)
  return isLive ? renew(span, `${session}.${tokens}`) : refusedRenewal(span)
}

function wasGiven(history: readonly Operation[], token: string, at: number): boolean {
  return history.some(
    (operation) =>
      (operation.kind === 'create' || operation.kind === 'renew') &&
      operation.token === token &&
      operation.endedAt < at,
  )
}
