import { expect, it } from 'vitest'
import { faultsOfCoherence } from './coherence-checker.ts'
import type { Operation } from './coherence-history.ts'
import { create, deviceToken, endDevice, signIn, verify } from './history-sample.ts'

const rulesOf = (history: readonly Operation[]): string[] =>
  faultsOfCoherence(history).map(({ rule }) => rule)

it.each<[string, Operation[], string]>([
  [
    'a verify that was accepted after another sign-in on its device',
    [signIn([0, 1], undefined, null), signIn([10, 20], 'ses_ab.other'), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a verify that was accepted after an ending of everything on its device',
    [signIn([0, 1], undefined, null), endDevice([10, 20]), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a session that ended though it was only signed in on another device of its user',
    [
      signIn([0, 1], undefined, null),
      signIn([2, 3], 'ses_ab.other', null, 'dev_bb.mac'),
      signIn([4, 5], 'ses_ac.other', 'dev_bb.mac', 'dev_bb.mac'),
      verify([6, 7], 'revoked'),
    ],
    'ended without being asked',
  ],
  [
    'a session that ended by a sign-in before it',
    [signIn([0, 1], 'ses_ab.other'), signIn([2, 3]), verify([4, 5], 'revoked')],
    'ended without being asked',
  ],
  [
    'a device that is gone',
    [signIn([0, 1], undefined, null), signIn([2, 3], 'ses_ab.other', deviceToken, 'dev_bb.mac')],
    'gone',
  ],
])('%s is found', (_what, history, rule) => {
  expect(rulesOf(history)).toEqual([rule])
})

it('of two sign-ins at once on one device only one session may live on', () => {
  const other = 'ses_ab'
  const accepted: Operation = {
    ...verify([12, 13], 'accepted', `${other}.other`),
    ...{ accepted: `${other} user-1` },
  }
  const both = [signIn([0, 10]), signIn([1, 9], `${other}.other`), verify([11, 12], 'accepted'), accepted]
  expect(rulesOf(both)).toEqual(['two on one device', 'two on one device'])
})

it.each<[string, Operation[]]>([
  [
    'two sign-ins at once on one device, of which either came last',
    [
      signIn([0, 10]),
      signIn([1, 9], 'ses_ab.other'),
      verify([9.5, 11], 'accepted'),
      verify([11, 12], 'revoked'),
      verify([13, 14], null, 'ses_ab.other'),
    ],
  ],
  [
    'a failed sign-in on its device, which happens late',
    [
      signIn([0, 1], undefined, null),
      signIn([2, 3], null),
      verify([4, 5], 'accepted'),
      verify([6, 7], 'revoked'),
    ],
  ],
  [
    'a failed sign-in before it on its device, which happens late',
    [signIn([0, 1], null), signIn([2, 3]), verify([4, 5], 'revoked')],
  ],
  [
    'a session without a device',
    [create([0, 1]), signIn([2, 3], 'ses_ab.other'), endDevice([4, 5]), verify([6, 7], 'accepted')],
  ],
  ['a failed ending of its device', [signIn([0, 1]), endDevice([2, 3], null), verify([4, 5], 'accepted')]],
])('%s is no fault', (_what, history) => {
  expect(rulesOf(history)).toEqual([])
})
