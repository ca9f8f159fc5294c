import { expect, it } from 'vitest'
import { type Afterwards, faultsOfHistory, type HistoryEntry } from './kill-history.ts'

const created: HistoryEntry = { kind: 'created', id: 'a' }
const sent: HistoryEntry = { kind: 'end-sent', id: 'a' }
const ended: HistoryEntry = { kind: 'ended', id: 'a' }
const found = (state: Afterwards): ReadonlyMap<string, Afterwards> => new Map([['a', state]])

it.each<[string, HistoryEntry[], Afterwards]>([
  ['a session that lives on', [created], 'live'],
  ['a session that was ended', [created, sent, ended], 'ended'],
  ['an ending without an answer that happened', [created, sent], 'ended'],
  ['an ending without an answer that did not happen', [created, sent], 'live'],
])('%s is no fault', (_what, history, state) => {
  expect(faultsOfHistory(history, found(state))).toEqual([])
})

it.each<[string, HistoryEntry[], Afterwards, string]>([
  ['an acknowledged session that is gone', [created], 'unknown', 'a was acknowledged and is gone'],
  ['an ended session that is gone', [created, sent, ended], 'unknown', 'a was acknowledged and is gone'],
  ['an acknowledged ending that is undone', [created, sent, ended], 'live', 'a was ended and lives again'],
  ['a session that ended by itself', [created], 'ended', 'a has ended and nobody asked for it'],
  ['one session for two callers', [created, created], 'live', 'a was created twice'],
])('%s is found', (_what, history, state, fault) => {
  expect(faultsOfHistory(history, found(state))).toEqual([fault])
})

it('a session that nobody asked about afterwards counts as gone', () => {
  expect(faultsOfHistory([created], new Map())).toHaveLength(1)
})
