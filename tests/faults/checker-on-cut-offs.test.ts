import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultsOfCoherence } from './coherence-checker.ts'
import type { Operation } from './coherence-history.ts'
import {
  count,
  create,
  cutOff,
  disable,
  enable,
  end,
  endUnanswered,
  list,
  refusedCreate,
  rotate,
  session,
  verify,
} from './history-sample.ts'

const rulesOf = (history: readonly Operation[]): string[] =>
  faultsOfCoherence(history).map(({ rule }) => rule)

const first = create([0, 1])
const everybodys = (span: readonly [number, number], notBefore: number | null = span[0]): Operation =>
  cutOff(span, notBefore, null)
const limit = 2
const limited = (span: readonly [number, number], name: string): Operation =>
  create(span, `${name}.token`, null, limit)
const acceptedOf = (span: readonly [number, number], name: string): Operation =>
  verify(span, 'accepted', `${name}.token`)

it.each<[string, Operation[], string]>([
  [
    'a session from before a cut-off of its user',
    [first, cutOff([10, 20]), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    "a session from before everybody's cut-off",
    [first, everybodys([10, 20]), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a session that was on its way, whose instant is not later, and which came after the acknowledgement',
    [create([5, 30]), cutOff([10, 20]), verify([31, 32], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a session of the very instant of the cut-off',
    [create([5, 6]), cutOff([10, 20], 5), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a list with a session that is cut off',
    [first, everybodys([10, 20]), list([21, 22], [session])],
    'lived again',
  ],
  ['a count with a session that is cut off', [first, everybodys([10, 20]), count([21, 22], 1)], 'miscounted'],
  ['a rotation of a session that is cut off', [first, cutOff([10, 20]), rotate([21, 22])], 'lived again'],
  [
    'a session from after the instant of the cut-off that is over',
    [create([15, 16]), cutOff([10, 20]), verify([21, 22], 'revoked')],
    'ended without being asked',
  ],
  [
    'a session of a user who is disabled',
    [first, disable([10, 20]), verify([21, 22], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a session that was on its way when its user was disabled, and is listed',
    [create([5, 15]), disable([10, 20]), list([21, 22], [session])],
    'lived again',
  ],
  [
    'a session from before that lives again when its user is enabled',
    [first, disable([10, 20]), enable([30, 40]), verify([41, 42], 'accepted')],
    'accepted after its ending was acknowledged',
  ],
  [
    'a session that is created while its user is disabled',
    [disable([0, 1]), create([2, 3])],
    'created while disabled',
  ],
  [
    'the same before the user is enabled again',
    [disable([0, 1]), create([2, 3]), enable([4, 5])],
    'created while disabled',
  ],
  [
    'the same though the user was enabled before',
    [disable([0, 1]), enable([2, 3]), disable([4, 5]), create([6, 7])],
    'created while disabled',
  ],
  [
    'the same though somebody found the user enabled',
    [enable([0, 9], 'nothing'), disable([1, 5]), create([6, 7])],
    'created while disabled',
  ],
  ['a refusal of a user who never was disabled', [refusedCreate([0, 1])], 'refused without being disabled'],
  [
    'a refusal of a user who is enabled again',
    [disable([0, 1]), enable([2, 3]), refusedCreate([4, 5])],
    'refused without being disabled',
  ],
  [
    'a session that is over though its user was enabled before it',
    [disable([0, 1]), enable([2, 3]), create([4, 5]), verify([6, 7], 'revoked')],
    'ended without being asked',
  ],
  ['more that are counted than there can be', [first, count([2, 3], 2)], 'miscounted'],
  ['fewer that are counted than there must be', [first, count([2, 3], 0)], 'miscounted'],
  [
    'more that are accepted than the limit allows',
    [
      limited([0, 1], 'ses_a'),
      limited([2, 3], 'ses_b'),
      limited([4, 5], 'ses_c'),
      ...['ses_a', 'ses_b', 'ses_c'].map((name) => acceptedOf([6, 7], name)),
    ],
    'over the limit',
  ],
  [
    'a list that is longer than the limit',
    [
      limited([0, 1], 'ses_a'),
      limited([2, 3], 'ses_b'),
      limited([4, 9], 'ses_c'),
      list([5, 6], ['ses_a', 'ses_b', 'ses_c']),
    ],
    'over the limit',
  ],
  [
    'a count above the limit',
    [limited([0, 1], 'ses_a'), limited([2, 3], 'ses_b'), limited([4, 9], 'ses_c'), count([5, 6], 3)],
    'over the limit',
  ],
  [
    'a session that gave way though there were few enough',
    [limited([0, 1], 'ses_a'), limited([2, 3], 'ses_b'), verify([4, 5], 'revoked', 'ses_a.token')],
    'ended without being asked',
  ],
])('%s is found', (_what, history, rule) => {
  expect(rulesOf(history)).toEqual([rule])
})

it.each<[string, Operation[]]>([
  [
    'a session from after the instant of the cut-off',
    [create([15, 16]), cutOff([10, 20]), verify([21, 22], 'accepted')],
  ],
  [
    'a verify under way while a cut-off is acknowledged',
    [first, cutOff([10, 20]), verify([19, 25], 'accepted')],
  ],
  [
    'a cut-off without an answer that happens late',
    [first, cutOff([10, 20], null), verify([21, 22], 'accepted'), verify([5_000, 5_001], 'revoked')],
  ],
  ['an ending of what is only cut off', [first, everybodys([10, 20]), end([21, 22])]],
  ['a cut-off that found it ended', [first, end([2, 3]), cutOff([10, 20]), verify([21, 22], 'revoked')]],
  [
    'a session that was created while its user was being disabled',
    [create([5, 15]), disable([10, 20]), verify([15, 21], 'accepted'), verify([22, 23], 'revoked')],
  ],
  [
    'a session that was created while its user was being enabled',
    [disable([0, 1]), create([5, 15]), enable([10, 20]), verify([21, 22], 'accepted')],
  ],
  [
    'the same, which came too early',
    [disable([0, 1]), create([5, 15]), enable([10, 20]), verify([21, 22], 'revoked')],
  ],
  [
    'a session that was created while nobody knew whether its user was disabled',
    [disable([0, 1], null), create([2, 3]), verify([4, 5], 'accepted'), refusedCreate([6, 7])],
  ],
  [
    'a session after an enabling that nobody heard the answer of',
    [disable([0, 1]), enable([2, 3], null), create([4, 5]), verify([6, 7], 'accepted')],
  ],
  ['a refusal while the user is disabled', [disable([0, 1]), refusedCreate([2, 3]), enable([4, 5])]],
  [
    'a session that was created after the user was enabled',
    [disable([0, 1]), enable([2, 3]), create([4, 5]), verify([6, 7], 'accepted'), count([8, 9], 1)],
  ],
  ['a count with one that nobody was told of', [create([0, 1], null), count([2, 3], 1)]],
  [
    'as many as the limit allows',
    [
      limited([0, 1], 'ses_a'),
      limited([2, 3], 'ses_b'),
      acceptedOf([3, 4], 'ses_a'),
      limited([4, 5], 'ses_c'),
      verify([6, 7], 'revoked', 'ses_a.token'),
      ...['ses_b', 'ses_c'].map((name) => acceptedOf([8, 9], name)),
      list([10, 11], ['ses_b', 'ses_c']),
      count([10, 11], 2),
    ],
  ],
  [
    'a session that makes room by an ending without an answer',
    [
      limited([0, 1], 'ses_aa'),
      limited([2, 3], 'ses_b'),
      endUnanswered(3),
      limited([4, 5], 'ses_c'),
      ...['ses_aa', 'ses_b', 'ses_c'].map((name) => acceptedOf([6, 7], name)),
    ],
  ],
])('%s is no fault', (_what, history) => {
  expect(rulesOf(history)).toEqual([])
})

it('whatever happens to a user as it should is no fault, however the calls overlap', () => {
  const step = fc.record({
    call: fc.constantFrom('create', 'verify', 'cut-off', 'disable', 'enable', 'list', 'count', 'everybody'),
    which: fc.nat({ max: 3 }),
    before: fc.integer({ min: 0, max: 40 }),
    after: fc.integer({ min: 0, max: 40 }),
    isHeard: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      expect(rulesOf(toldOfUser(steps))).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

interface UserStep {
  readonly call: string
  readonly which: number
  readonly before: number
  readonly after: number
  readonly isHeard: boolean
}

/** The history of a store in which each call happens at one instant, and takes its own time from its beginning. */
function toldOfUser(steps: readonly UserStep[]): Operation[] {
  const history: Operation[] = []
  const created: { token: string; at: number; isHeardAt: number; isEnded: boolean }[] = []
  let notBefore = -1
  let isDisabled = false
  for (const [index, { call, which, before, after, isHeard }] of steps.entries()) {
    const at = 10 + index * 10
    const live = created.filter((one) => !isDisabled && !one.isEnded && one.at > notBefore)
    const span = [at - Math.min(before, 9 + index * 10), at + after] as const
    const [beganAt] = span
    if (call === 'create') {
      const token = `ses_${index}.token`
      const isRefused = isDisabled || beganAt <= notBefore
      if (!isRefused)
        created.push({
          ...{ token, at: beganAt, isEnded: false },
          isHeardAt: isHeard ? span[1] : Number.POSITIVE_INFINITY,
        })
      history.push(
        isHeard && isDisabled ? refusedCreate(span) : create(span, isHeard && !isRefused ? token : null),
      )
    }
    if (call === 'verify') {
      const known = created.filter((one) => one.isHeardAt < at)
      const one = known.at(-1 - (which % Math.max(1, known.length)))
      if (one === undefined) continue
      const answer = live.includes(one) ? 'accepted' : 'revoked'
      const from = Math.max(beganAt, one.isHeardAt + 0.1)
      history.push(verify([from, span[1]], isHeard ? answer : null, one.token))
    }
    if (call === 'cut-off' || call === 'everybody') {
      // It holds for whoever is enabled later, too.
      notBefore = Math.max(notBefore, beganAt)
      const userId = call === 'everybody' ? null : 'user-1'
      history.push(cutOff(span, isHeard ? beganAt : null, userId))
    }
    if (call === 'disable') {
      isDisabled = true
      // What it ends does not come back when the user may sign in again, however early that was asked for.
      for (const one of created) one.isEnded = true
      history.push(disable(span, isHeard ? live.length : null))
    }
    if (call === 'enable') {
      if (isDisabled) notBefore = Math.max(notBefore, beganAt)
      history.push(enable(span, isHeard ? (isDisabled ? 'enabled' : 'nothing') : null))
      isDisabled = false
    }
    if (call === 'list')
      history.push(list(span, isHeard ? live.map(({ token }) => token.slice(0, -6)) : null))
    if (call === 'count') history.push(count(span, isHeard ? live.length : null))
  }
  return history
}
