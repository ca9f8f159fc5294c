import { describe, expect, it } from 'vitest'
import { FakeCalls, FakePage, ready, setUp } from './live-list.fake.ts'
import { LiveSessionsWatch } from './live-sessions-watch.ts'

describe('without a stream', () => {
  it('polls every 15 seconds in the background', async () => {
    const { calls, watch, page } = setUp('no-stream')
    watch.subscribe(() => {})
    expect(watch.getSnapshot().live).toBe('polling')
    await calls.next().answer(['ses_a'])
    page.fire(15_000)
    const poll = calls.next()
    expect(poll.activity).toBe('background')
    await poll.answer(['ses_a', 'ses_b'])
    expect(page.delays()).toEqual([15_000])
  })

  it('does not poll while nobody can see it', async () => {
    const { calls, watch, page } = setUp('no-stream')
    watch.subscribe(() => {})
    await calls.next().answer(['ses_a'])
    page.show(false)
    page.fire(15_000)
    expect(calls.pending).toEqual([])
    page.show(true)
    expect(calls.pending).toHaveLength(1)
  })

  it('polls when a stream breaks, tries again at growing intervals, and stops polling when it is back', async () => {
    const { calls, watch, page, stream, streams } = await ready()
    stream().emit('error')
    expect(stream().isClosed).toBe(true)
    expect(watch.getSnapshot().live).toBe('polling')
    await calls.next().answer(['ses_a', 'ses_b'])
    expect(page.delays()).toEqual([500, 15_000])
    page.fire(500)
    stream().emit('error')
    await calls.next().answer(['ses_a', 'ses_b'])
    expect(page.delays()).toEqual([1_000, 15_000])
    page.fire(1_000)
    stream().emit('open')
    expect(streams).toHaveLength(3)
    expect(watch.getSnapshot().live).toBe('stream')
    await calls.next().answer(['ses_a', 'ses_b'])
    expect(page.delays()).toEqual([10_000])
  })

  it('starts with the shortest delay again only after a stream has held', async () => {
    const { calls, page, stream } = await ready()
    stream().emit('error')
    page.fire(500)
    stream().emit('open')
    stream().emit('error')
    expect(page.delays()).toEqual([1_000, 15_000])
    page.fire(1_000)
    stream().emit('open')
    page.fire(10_000)
    stream().emit('error')
    expect(page.delays()).toEqual([500, 15_000])
    await calls.next().answer(['ses_a'])
  })

  it('polls when a stream cannot even be made', async () => {
    const page = new FakePage()
    const watch = new LiveSessionsWatch(
      new FakeCalls(),
      () => {
        throw new Error('refused')
      },
      { surroundings: page },
    )
    watch.subscribe(() => {})
    expect(watch.getSnapshot().live).toBe('polling')
    expect(page.delays()).toEqual([500, 15_000])
  })
})

describe('a hidden page', () => {
  it('gives its stream back after a minute and has everything again when it is shown', async () => {
    const { calls, watch, page, stream, streams } = await ready()
    page.fire(10_000)
    page.show(false)
    expect(stream().isClosed).toBe(false)
    page.fire(60_000)
    expect(stream().isClosed).toBe(true)
    expect(watch.getSnapshot().live).toBe('off')
    expect(page.delays()).toEqual([])
    page.show(true)
    expect(streams).toHaveLength(2)
    expect(calls.pending).toHaveLength(1)
  })

  it('keeps its stream through a short look at another tab', async () => {
    const { calls, page, stream, streams } = await ready()
    page.fire(10_000)
    page.show(false)
    page.show(true)
    expect(page.delays()).toEqual([])
    expect(stream().isClosed).toBe(false)
    expect(streams).toHaveLength(1)
    await calls.next().answer(['ses_a', 'ses_b'])
  })
})
