import type { Session, SessionEvent } from 'latchkey'
import { expect, it, vi } from 'vitest'
import { waitingTimers } from '../../mail/waiting-timers.fake.ts'
import { ChangeStreams, changeStreamsPerUser, gathering, heartbeat } from './change-streams.ts'

function trial() {
  const timers = waitingTimers()
  const sessions = new Map<string, Session>()
  const listeners = new Set<(event: SessionEvent) => void>()
  let begin: () => void = () => undefined
  const streams = new ChangeStreams(
    {
      subscribe: (receive, begun = () => undefined) => {
        listeners.add(receive)
        begin = begun
        return () => listeners.delete(receive)
      },
      getSession: async (id) => sessions.get(id) ?? null,
    },
    timers,
  )
  const abort = new AbortController()
  const open = (id: string, userId: string) => {
    const session = { id, userId, isActive: true, authenticatedAt: 1 } as Session
    sessions.set(id, session)
    return streams.open(session, abort.signal)
  }
  const happen = (userId: string | null, type = 'session.created') => {
    for (const listener of listeners) listener({ userId, type } as SessionEvent)
  }
  return { timers, sessions, listeners, open, happen, abort, begin: () => begin() }
}

/** What came until now; the end, too, where it is over. */
async function heard(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const read = await Promise.race([reader.read(), new Promise<null>((done) => setImmediate(done, null))])
    if (read === null) break
    if (read.done) {
      text += '<end>'
      break
    }
    text += new TextDecoder().decode(read.value)
  }
  reader.releaseLock()
  return text
}

const told = 'event: changed\ndata: {}\n\n'

it('tells many changes as one, and says nothing of them', async () => {
  const { open, happen, timers } = trial()
  const stream = open('ses_a', 'usr_1')
  for (let count = 0; count < 20; count += 1) happen(`customer-${count}`)
  timers.pass(gathering)
  if (stream === null) throw new Error('It was not opened.')
  expect(await heard(stream)).toBe(`retry: 3000\n\n${told}`)
  timers.pass(gathering)
  happen('customer-1')
  timers.pass(gathering)
  expect(await vi.waitFor(() => heard(stream))).toBe(told)
})

it.each(['session.ended', 'session.renewed'])('closes after %s of its own session', async (type) => {
  const { open, happen, timers, sessions, listeners } = trial()
  const stream = open('ses_a', 'usr_1') as ReadableStream<Uint8Array>
  const { userId } = sessions.get('ses_a') as Session
  const change = type === 'session.ended' ? { isActive: false } : { authenticatedAt: 2 }
  sessions.set('ses_a', { ...sessions.get('ses_a'), ...change } as Session)
  happen('customer-1')
  timers.pass(gathering)
  expect(await heard(stream)).toContain(told)
  happen(userId, type)
  timers.pass(gathering)
  expect(await heard(stream)).toBe('<end>')
  expect(listeners.size).toBe(0)
})

it('closes at the first heartbeat behind its deadline, and after a cut-off of everybody', async () => {
  for (const pass of ['heartbeat', 'cut-off'] as const) {
    const { open, happen, timers, sessions } = trial()
    const stream = open('ses_a', 'usr_1') as ReadableStream<Uint8Array>
    sessions.set('ses_a', { ...sessions.get('ses_a'), isActive: false } as Session)
    if (pass === 'cut-off') happen(null, 'cut-off.set')
    timers.pass(pass === 'cut-off' ? gathering : heartbeat)
    expect(await heard(stream), pass).toMatch(/<end>$/)
  }
})

it('tells of what another node may have changed before the log was followed', async () => {
  const { open, begin, timers, sessions } = trial()
  const [live, over] = [open('ses_a', 'usr_1'), open('ses_b', 'usr_2')] as ReadableStream<Uint8Array>[]
  sessions.set('ses_b', { ...sessions.get('ses_b'), isActive: false } as Session)
  begin()
  timers.pass(gathering)
  expect(await heard(live as ReadableStream<Uint8Array>)).toBe(`retry: 3000\n\n${told}`)
  expect(await heard(over as ReadableStream<Uint8Array>)).toBe('retry: 3000\n\n<end>')
})

it('listens to the log only while somebody listens to it', async () => {
  const { open, listeners, abort } = trial()
  open('ses_a', 'usr_1')
  open('ses_b', 'usr_2')
  expect(listeners.size).toBe(1)
  abort.abort()
  expect(listeners.size).toBe(0)
})

it('opens no more than a browser has tabs', () => {
  const { open } = trial()
  for (let count = 0; count < changeStreamsPerUser; count += 1) {
    expect(open(`ses_${count}`, 'usr_1')).not.toBeNull()
  }
  expect(open('ses_x', 'usr_1')).toBeNull()
  expect(open('ses_y', 'usr_2')).not.toBeNull()
})

it('cuts off who takes nothing', async () => {
  const { open, happen, timers, listeners } = trial()
  open('ses_a', 'usr_1')
  for (let count = 0; count < 70; count += 1) {
    happen('customer-1')
    timers.pass(gathering)
    await new Promise((done) => setImmediate(done))
  }
  expect(listeners.size).toBe(0)
})
