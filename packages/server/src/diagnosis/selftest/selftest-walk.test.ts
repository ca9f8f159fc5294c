import { createSessions, type Sessions, seconds } from 'latchkey'
import { memoryStorage } from 'latchkey/memory'
import { fakeClock } from 'latchkey/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SelftestStep, walkSelftest } from './selftest-walk.ts'

const clock = fakeClock()
let sessions: Sessions
let steps: SelftestStep[]

beforeEach(async () => {
  sessions = await createSessions({ storage: memoryStorage(), clock, cleanup: 'by-command' })
  steps = []
  await sessions.createSession({ userId: 'ada' })
})
afterEach(() => sessions.close())

function walk(subjectSessions: Sessions, abortion = new AbortController(), abortAfter?: string) {
  return walkSelftest({
    subject: {
      sessions: subjectSessions,
      userId: 'selftest-1',
      waitASecond: async () => {
        clock.advance(seconds(2))
        abortion.signal.throwIfAborted()
      },
      made: [],
    },
    monotonic: clock.monotonic,
    signal: abortion.signal,
    onStep: (step) => {
      steps.push(step)
      if (step.step === abortAfter) abortion.abort()
    },
  })
}

async function nothingIsLeft(): Promise<void> {
  expect(await sessions.countSessions({ userId: 'selftest-1' })).toBe(0)
  expect(await sessions.getTotals()).toMatchObject({ created: 1, active: 1 })
  expect(steps.at(-1)).toMatchObject({ step: 'forget', status: 'ok' })
}

describe('the selftest', () => {
  it('walks through every step, says what it saw, and leaves nothing behind', async () => {
    expect(await walk(sessions)).toBe('passed')
    expect(steps.map(({ step }) => step)).toEqual([
      ...['create', 'list', 'count', 'analytics', 'activity', 'end one', 'end all', 'cleanup', 'forget'],
    ])
    expect(steps.every(({ status, saw }) => status === 'ok' && saw !== '')).toBe(true)
    expect(steps.find(({ step }) => step === 'cleanup')?.duration_ms).toBe(2_000)
    await nothingIsLeft()
  })

  const wrong: Readonly<Record<string, Partial<Sessions>>> = {
    list: { getActiveSessionsByUser: async () => [] },
    count: { getSessionCountByUser: async () => 7 },
    activity: { verifySession: async () => ({ active: false, reason: 'unknown' }) },
    'end one': { invalidateSession: async () => false },
    'end all': { invalidateAllUserSessions: async () => 0 },
    cleanup: { cleanupExpiredSessions: async () => 0 },
  }

  it.each(Object.keys(wrong))('fails at %s when that does not do its work, and cleans up', async (step) => {
    expect(await walk({ ...sessions, ...wrong[step] })).toBe('failed')
    expect(steps.at(-2)).toMatchObject({ step, status: 'failed' })
    await nothingIsLeft()
  })

  it('fails at a step that throws, with the reason', async () => {
    const broken = {
      ...sessions,
      getSessionAnalytics: async () => {
        throw new Error('the disk is gone')
      },
    }
    expect(await walk(broken)).toBe('failed')
    expect(steps.at(-2)).toMatchObject({
      step: 'analytics',
      status: 'failed',
      saw: 'it threw: the disk is gone',
    })
    expect(await sessions.countSessions({ userId: 'selftest-1' })).toBe(0)
  })

  it('fails when it leaves something behind', async () => {
    expect(await walk({ ...sessions, forgetUser: async () => 0 })).toBe('failed')
    expect(steps.at(-1)).toMatchObject({ step: 'forget', status: 'failed' })
  })

  it.each(['create', 'activity'])('stops when it is interrupted after %s, and cleans up', async (step) => {
    expect(await walk(sessions, new AbortController(), step)).toBe('interrupted')
    expect(steps.at(-2)).toMatchObject({ step, status: 'ok' })
    await nothingIsLeft()
  })

  it('stops when it is interrupted while it waits', async () => {
    expect(await walk(sessions, new AbortController(), 'end all')).toBe('interrupted')
    await nothingIsLeft()
  })
})
