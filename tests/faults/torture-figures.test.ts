import { expect, it } from 'vitest'
import { faultsOfCoherence } from './coherence-checker.ts'
import type { Operation } from './coherence-history.ts'
import type { SufferedFault } from './fault-schedule.ts'
import { excerptOf } from './history-excerpt.ts'
import { create, end, firstToken, session, signIn, verify } from './history-sample.ts'
import { TortureFigures } from './torture-figures.ts'
import type { Round } from './torture-round.ts'

function roundOf(history: readonly Operation[], suffered: readonly SufferedFault[] = []): Round {
  const faults = faultsOfCoherence(history)
  return { startedAt: 0, history, suffered, faults, defects: [], unrecovered: [] }
}

const broken = [create([0, 1]), end([10, 20]), verify([21, 22], 'accepted'), verify([9, 9.5], null)]

it('counts what was done and what came of it', () => {
  const figures = new TortureFigures()
  figures.add(roundOf(broken))
  figures.add(roundOf([create([0, 1]), end([2, 3], null), verify([4, 5], 'revoked')]))
  expect(figures.verifies).toBe(3)
  expect(figures.endings).toBe(1)
  expect(figures.violations).toBe(1)
  figures.add(roundOf([signIn([0, 1], undefined, null), signIn([2, 3], 'ses_ab.x'), signIn([4, 5], null)]))
  expect(figures.lines().join('\n')).toContain('sign-ins 1 on known devices, 1 on new ones, 1 failed')
  expect(figures.lines().join('\n')).toContain('accepted 1, revoked 1, unknown 0, failed 1')
})

it('a defect and a node that does not come back are violations, too', () => {
  const figures = new TortureFigures()
  const defect = { kind: 'failed', code: 'unexpected', isRetryable: false, message: 'oh' } as const
  const round = { ...roundOf([]), defects: [defect], unrecovered: ['node-2'] }
  figures.add(round)
  expect(figures.violations).toBe(2)
  expect(excerptOf(round)).toEqual(['a defect: unexpected: oh', 'node-2 does not answer again'])
})

it('times endings in the quiet before the first fault, and those beside a paused node', () => {
  const pause = { kind: 'pause', on: 'node-2', startedAt: 1_000, endedAt: 4_000 }
  const figures = new TortureFigures()
  figures.add(roundOf([create([0, 1]), end([10, 17]), end([1_100, 3_400], 'nothing')], [pause]))
  expect(figures.lines().join('\n')).toContain('p50 7.0 ms, p99 7.0 ms (1); longest 2300 ms')
  expect(figures.lines().join('\n')).toContain('paused or killed 2300 ms')
})

it('shows the calls about the session at fault and the faults of that time, and no secret', () => {
  const pause = { kind: 'pause', on: 'node-2', startedAt: 5, endedAt: 30 }
  const lines = excerptOf(roundOf(broken, [pause]))
  expect(lines).toEqual([
    `${session}: accepted after its ending was acknowledged, seen 22 ms into the round`,
    '  0.0–1.0 node-1 create → created at 0 (token irst)',
    '  5.0–30.0 fault pause on node-2',
    '  9.0–9.5 node-1 verify → failed (token irst)',
    '  10.0–20.0 node-1 end → ended',
    '! 21.0–22.0 node-1 verify → accepted (token irst)',
  ])
  expect(lines.join('\n')).not.toContain(firstToken)
})
