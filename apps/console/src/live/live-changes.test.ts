import { expect, it, vi } from 'vitest'
import { LiveChanges } from './live-changes.ts'

/** A browser in which time passes when it is told to. */
function fakeBrowser(visibility: 'visible' | 'hidden' = 'visible') {
  const timers = new Set<{ at: number; run: () => void }>()
  const streams: { listeners: Map<string, () => void>; isOpen: boolean }[] = []
  let now = 0
  const page = { isVisible: visibility === 'visible', isSlow: false }
  let finish = (): void => {}
  const refresh = vi.fn((done: () => void) => {
    finish = done
    if (!page.isSlow) done()
  })
  const states: string[] = []
  const watch = new LiveChanges(
    {
      isVisible: () => page.isVisible,
      after: (delay, run) => {
        const timer = { at: now + delay, run }
        timers.add(timer)
        return () => timers.delete(timer)
      },
      open: () => {
        const stream = { listeners: new Map<string, () => void>(), isOpen: true }
        streams.push(stream)
        return {
          addEventListener: (type: string, listener: unknown) =>
            stream.listeners.set(type, listener as () => void),
          close: () => {
            stream.isOpen = false
          },
        }
      },
    },
    refresh,
    (state) => states.push(state),
  )
  return {
    refresh,
    states,
    streams,
    page,
    finish: () => finish(),
    watch,
    tell: (type: string) => streams.at(-1)?.listeners.get(type)?.(),
    pass: (time: number) => {
      now += time
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        if (timers.delete(timer)) timer.run()
      }
    },
  }
}

it('refreshes at once after a change, and once for all that come in the next two seconds', () => {
  const { refresh, tell, pass } = fakeBrowser()
  tell('open')
  expect(refresh).toHaveBeenCalledTimes(1)
  pass(2_000)
  expect(refresh).toHaveBeenCalledTimes(1)
  for (let count = 0; count < 50; count += 1) tell('changed')
  expect(refresh).toHaveBeenCalledTimes(2)
  pass(2_000)
  expect(refresh).toHaveBeenCalledTimes(3)
  pass(2_000)
  expect(refresh).toHaveBeenCalledTimes(3)
})

it('polls while there is no stream, tries again, and says which of the two it is', () => {
  const { refresh, tell, pass, states, streams } = fakeBrowser()
  tell('error')
  expect(states).toEqual(['polling'])
  expect(streams[0]?.isOpen).toBe(false)
  pass(5_000)
  expect(streams).toHaveLength(2)
  tell('error')
  pass(9_999)
  expect(streams).toHaveLength(2)
  pass(1)
  expect(streams).toHaveLength(3)
  expect(refresh).toHaveBeenCalledTimes(1)
  tell('open')
  expect(states.at(-1)).toBe('stream')
  pass(60_000)
  const before = refresh.mock.calls.length
  pass(60_000)
  expect(refresh).toHaveBeenCalledTimes(before)
})

it('asks for nothing anew before the last answer is there, and then for what it may have missed', () => {
  const { refresh, tell, pass, page, finish } = fakeBrowser()
  page.isSlow = true
  tell('open')
  tell('changed')
  pass(60_000)
  expect(refresh).toHaveBeenCalledTimes(1)
  finish()
  pass(2_000)
  expect(refresh).toHaveBeenCalledTimes(2)
})

it('leaves a page alone that nobody sees', () => {
  const { refresh, tell, page } = fakeBrowser()
  page.isVisible = false
  tell('open')
  tell('changed')
  expect(refresh).not.toHaveBeenCalled()
})

it('gives its stream back once nobody has seen the page for a minute, and has one again when somebody does', () => {
  const { refresh, tell, pass, page, watch, streams } = fakeBrowser()
  const turn = (isVisible: boolean): void => {
    page.isVisible = isVisible
    watch.turned()
  }
  tell('open')
  turn(false)
  pass(59_999)
  turn(true)
  turn(false)
  pass(59_999)
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([true])
  pass(1)
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([false])
  pass(3_600_000)
  expect(streams).toHaveLength(1)
  const before = refresh.mock.calls.length
  turn(true)
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([false, true])
  expect(refresh).toHaveBeenCalledTimes(before + 1)
})

it('a page that is opened behind others rests, too, also where its stream has failed', () => {
  const { tell, pass, streams } = fakeBrowser('hidden')
  tell('error')
  pass(60_000)
  const before = streams.length
  pass(3_600_000)
  expect(streams).toHaveLength(before)
  expect(streams.some(({ isOpen }) => isOpen)).toBe(false)
})

it('hears nothing any more once it is stopped', () => {
  const { refresh, tell, pass, watch, streams } = fakeBrowser()
  watch.stop()
  tell('changed')
  pass(60_000)
  expect(refresh).not.toHaveBeenCalled()
  expect(streams[0]?.isOpen).toBe(false)
})
