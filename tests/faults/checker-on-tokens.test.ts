import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultsOfCoherence } from './coherence-checker.ts'
import type { Operation } from './coherence-history.ts'
import {
  create,
  end,
  endUnanswered,
  firstToken,
  fruitlessRotation,
  refusedRenewal,
  renew,
  rotate,
  secondToken,
  session,
  thirdToken,
  verify,
} from './history-sample.ts'
import { type TokenStep, toldOfTokens } from './token-model.fake.ts'

const rulesOf = (history: readonly Operation[]): string[] =>
  faultsOfCoherence(history).map(({ rule }) => rule)

const cached = { isCached: true }
const first = create([0, 1])
const used = verify([30, 40], 'accepted', secondToken)

it.each<[string, Operation[], string]>([
  [
    'an old token that is accepted 5 s after the first use of the new one',
    [first, renew([10, 20]), used, verify([5_100, 5_101], 'accepted')],
    'old token accepted',
  ],
  [
    'the same after a use that a cache answered',
    [
      first,
      rotate([10, 20]),
      verify([30, 40], 'accepted', secondToken, { isCached: true, isNoted: false }),
      verify([5_100, 5_101], 'accepted'),
    ],
    'old token accepted',
  ],
  [
    'an old token that is accepted 30 s after a renewal',
    [first, renew([10, 20]), verify([30_100, 30_101], 'accepted')],
    'old token accepted',
  ],
  [
    'the same after a rotation that was made twice',
    [first, rotate([10, 15]), rotate([12, 900]), verify([30_100, 30_101], 'accepted')],
    'old token accepted',
  ],
  [
    'a token from before the one before',
    [first, rotate([10, 20]), rotate([30, 40], thirdToken, secondToken), verify([41, 42], 'accepted')],
    'old token accepted',
  ],
  [
    'an old token that a cache accepts',
    [first, rotate([10, 20]), verify([21, 22], 'accepted', firstToken, cached)],
    'old token in a cache',
  ],
  [
    'an old token in its overlap that ends the session',
    [first, renew([10, 20]), used, verify([4_000, 4_100], 'revoked')],
    'ended without being asked',
  ],
  [
    'the same long before the new one is used',
    [first, renew([10, 20]), verify([29_000, 29_100], 'revoked')],
    'ended without being asked',
  ],
  [
    'a new token that ends the session',
    [first, rotate([10, 20]), verify([40_000, 40_100], 'revoked', secondToken)],
    'ended without being asked',
  ],
  ['an old token that is unknown', [first, renew([10, 20]), verify([21, 22], 'unknown')], 'gone'],
  [
    'a token from before the one before that is unknown after a rotation',
    [first, renew([10, 20]), rotate([30, 40], thirdToken, secondToken), verify([41, 42], 'unknown')],
    'gone',
  ],
  [
    'a successor that is unknown',
    [first, rotate([10, 20]), verify([21, 22], 'unknown', secondToken)],
    'gone',
  ],
  [
    'a session that lives on after its old token was shown too late',
    [
      first,
      renew([10, 20]),
      used,
      verify([6_000, 6_100], 'revoked'),
      verify([6_101, 6_102], 'accepted', secondToken),
    ],
    'accepted after its ending was acknowledged',
  ],
  [
    'the same where somebody else asked for its end without an answer',
    [
      first,
      renew([10, 20]),
      used,
      endUnanswered(5_500),
      verify([6_000, 6_100], 'revoked'),
      verify([8_700, 8_701], 'accepted', secondToken),
    ],
    'lived again',
  ],
  [
    'a stolen session that is rotated',
    [
      first,
      renew([10, 20]),
      used,
      verify([6_000, 6_100], 'revoked'),
      rotate([6_101, 6_102], thirdToken, secondToken),
    ],
    'lived again',
  ],
  ['an ended session that is rotated', [first, end([10, 20]), rotate([21, 22])], 'lived again'],
  [
    'an old token that is rotated though the new one was used',
    [first, rotate([10, 20]), used, rotate([41, 42])],
    'old token rotated',
  ],
  [
    'an old token that gets the successor of a renewal',
    [first, renew([10, 20]), rotate([21, 22])],
    'old token rotated',
  ],
  [
    'an old token that is rotated 30 s after it was',
    [first, rotate([10, 20]), rotate([30_100, 30_101])],
    'old token rotated',
  ],
  ['a live token that has no successor', [first, fruitlessRotation([2, 3])], 'gone'],
  [
    'a successor that was not used and is not brought again',
    [first, rotate([2, 3]), fruitlessRotation([4, 5])],
    'gone',
  ],
  [
    'a forged token that is rotated',
    [first, rotate([2, 3], secondToken, `${session}.forged`)],
    'never created',
  ],
  ["a successor of somebody else's session", [first, rotate([2, 3], 'ses_zz.second')], 'mixed up'],
])('%s is found', (_what, history, rule) => {
  expect(rulesOf(history)).toEqual([rule])
})

it('two rotations of one token that bring two successors are found, whichever of the two is asked about', () => {
  const history = [first, rotate([10, 20]), rotate([11, 21], thirdToken)]
  expect(rulesOf(history)).toEqual(['two successors'])
})

it.each<[string, Operation[]]>([
  [
    'an old token within 5 s of the first use of the new one',
    [first, renew([10, 20]), used, verify([4_900, 5_200], 'accepted')],
  ],
  [
    'an old token after that, where the first use could not be written down',
    [
      first,
      renew([10, 20]),
      verify([30, 40], 'accepted', secondToken, { isNoted: false }),
      verify([9_000, 9_001], 'accepted'),
    ],
  ],
  [
    'an old token after that, which ends the session',
    [
      first,
      renew([10, 20]),
      used,
      verify([5_100, 5_101], 'revoked'),
      verify([5_102, 5_103], 'revoked', secondToken),
    ],
  ],
  [
    'an old token 30 s after a rotation that ends the session',
    [first, rotate([10, 20]), verify([30_000, 30_100], 'revoked')],
  ],
  [
    'the same after a renewal that nobody got an answer of',
    [first, renew([10, 20], null), verify([20_000, 20_001], 'accepted'), verify([30_100, 30_101], 'revoked')],
  ],
  [
    'a token from before the one before that ends the session',
    [
      first,
      rotate([10, 20]),
      rotate([30, 40], thirdToken, secondToken),
      verify([50, 60], 'revoked'),
      verify([61, 62], 'revoked', thirdToken),
    ],
  ],
  [
    'the same by a rotation that is answered with nothing',
    [
      first,
      rotate([10, 20]),
      rotate([30, 40], thirdToken, secondToken),
      fruitlessRotation([50, 60]),
      verify([61, 62], 'revoked', thirdToken),
      refusedRenewal([63, 64]),
    ],
  ],
  [
    'a token from before the one before that is unknown right after a renewal',
    [first, rotate([10, 20]), renew([30, 40], thirdToken), verify([50, 60], 'unknown')],
  ],
  [
    'rotations at once that bring the same, one of them without an answer',
    [first, rotate([10, 20]), rotate([11, 30]), rotate([12, 13], null), rotate([40, 41])],
  ],
  [
    'a rotation beside one that is under way',
    [first, rotate([10, 20]), verify([15, 25], 'accepted', firstToken, cached)],
  ],
  [
    'an old token that has no successor as the new one was used',
    [first, rotate([10, 20]), used, fruitlessRotation([41, 42])],
  ],
  [
    'an old token that has no successor after a renewal',
    [first, renew([10, 20]), fruitlessRotation([21, 22])],
  ],
  [
    'two renewals at once, of which either came last',
    [
      first,
      renew([10, 20]),
      renew([11, 19], thirdToken),
      verify([21, 22], 'accepted', secondToken),
      verify([21, 22], 'accepted', thirdToken),
    ],
  ],
])('%s is no fault', (_what, history) => {
  expect(rulesOf(history)).toEqual([])
})

it('whatever happens to tokens as it should is no fault, however the calls overlap', () => {
  const step = fc.record<TokenStep>({
    call: fc.constantFrom('verify', 'rotate', 'renew'),
    token: fc.nat({ max: 3 }),
    pause: fc.constantFrom(1, 40, 2_000, 4_990, 6_000, 31_000),
    before: fc.integer({ min: 0, max: 300 }),
    after: fc.integer({ min: 0, max: 300 }),
    isHeard: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      expect(rulesOf(toldOfTokens(steps))).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})
