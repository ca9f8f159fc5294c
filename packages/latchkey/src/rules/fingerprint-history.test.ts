import { expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import type { Fingerprint } from '../model/fingerprint.ts'
import { historyWith, longestHistory } from './fingerprint-history.ts'

const seen = (at: number, canvas: string): Fingerprint => ({ seenAt: instantOf(at), hashes: { canvas } })

it('what was not seen before is added as the newest, and the oldest gives way', () => {
  let history: readonly Fingerprint[] = []
  for (let at = 0; at < longestHistory + 2; at += 1) {
    history = historyWith(history, { canvas: `${at}` }, instantOf(at))
  }
  expect(history).toHaveLength(longestHistory)
  expect(history[0]).toEqual(seen(2, '2'))
  expect(history.at(-1)).toEqual(seen(longestHistory + 1, `${longestHistory + 1}`))
})

it('what was seen before is the newest again, and stands there once', () => {
  const history = [seen(1, 'a'), seen(2, 'b')]
  expect(historyWith(history, { canvas: 'a' }, instantOf(3))).toEqual([seen(2, 'b'), seen(3, 'a')])
})

it('one component more or less is another fingerprint', () => {
  const history = [seen(1, 'a')]
  expect(historyWith(history, { canvas: 'a', audio: 'a' }, instantOf(2))).toHaveLength(2)
  expect(historyWith(history, {}, instantOf(2))).toHaveLength(2)
})
