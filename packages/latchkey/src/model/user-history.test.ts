import { expect, it } from 'vitest'
import { noHistory, readHistory } from './user-history.ts'

it('a history that an earlier version wrote reads as one that knows nothing of what that one did not know', () => {
  const { hidden: _hidden, clients: _clients, ...earlier } = { ...noHistory('ann'), signIns: 3 }
  expect(readHistory(JSON.stringify(earlier))).toEqual({ ...noHistory('ann'), signIns: 3 })
})

it('a history reads as it was written', () => {
  const thing = { key: 'vpn', firstAt: 1, lastAt: 2, times: 3, confirmed: true }
  const history = { ...noHistory('ann'), hidden: [thing], clients: [{ ...thing, key: 'Chrome on Windows' }] }
  expect(readHistory(JSON.stringify(history))).toEqual(history)
})
