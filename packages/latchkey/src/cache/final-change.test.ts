import { beforeEach, describe, expect, it } from 'vitest'
import { milliseconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { SessionSelection } from '../model/session-filter.ts'
import { type Coherence, finalChange } from './coherence.ts'
import type { EndingReceipt } from './confirmations.ts'

const selection: SessionSelection = { kind: 'user', userId: '42', except: null }
const receipt: EndingReceipt = { confirmed: 2, fenced: 0, duration: milliseconds(3) }

let steps: string[]
let settling: PromiseWithResolvers<EndingReceipt>
let coherence: Coherence

beforeEach(() => {
  steps = []
  settling = Promise.withResolvers()
  coherence = {
    isCurrent: () => true,
    drop: () => steps.push('dropped'),
    watch() {
      steps.push('watched')
      return () => {
        steps.push('waited for')
        return settling.promise
      }
    },
    open: async () => undefined,
    close: async () => undefined,
    state: () => ({ lease: 'held', nodeId: null, unconfirmed: 0 }),
  }
})

async function change(): Promise<string> {
  steps.push('changed')
  return 'done'
}

describe('a final change', () => {
  it('is watched, made, dropped here and waited for everywhere, in this order, and answered last', async () => {
    const answered = finalChange(coherence, selection, change).then((outcome) => {
      steps.push('answered')
      return outcome
    })
    await nextTurn()
    expect(steps).toEqual(['watched', 'changed', 'dropped', 'waited for'])
    settling.resolve(receipt)
    expect(await answered).toEqual({ result: 'done', receipt })
    expect(steps.at(-1)).toBe('answered')
  })

  it('that failed may have been made: what it was about is dropped, and nothing is waited for', async () => {
    const away = new Error('away')
    await expect(finalChange(coherence, selection, () => Promise.reject(away))).rejects.toBe(away)
    expect(steps).toEqual(['watched', 'dropped'])
  })

  it('is not acknowledged when it cannot be found out whether it is final', async () => {
    const away = new Error('away')
    settling.reject(away)
    await expect(finalChange(coherence, selection, change)).rejects.toBe(away)
  })
})
