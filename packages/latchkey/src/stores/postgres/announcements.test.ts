import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newDeviceId } from '../../model/device.ts'
import type { ChangedSessions } from '../../model/session-filter.ts'
import { newSessionId } from '../../model/session-token.ts'
import type { BusEars } from '../../ports/invalidation-bus.ts'
import { Announcer, readAnnouncement, readConfirmation } from './announcements.ts'

const selection = fc.oneof(
  fc
    .string({ maxLength: 400, unit: 'binary' })
    .map((userId): ChangedSessions => ({ kind: 'user', userId, except: null })),
  fc.string().map((user): ChangedSessions => ({ kind: 'session', id: newSessionId(user), userId: null })),
  fc.constant<ChangedSessions>({ kind: 'everybody' }),
)

it('brings every selection, in messages that PostgreSQL takes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(selection, { minLength: 1, maxLength: 300 }), async (selections) => {
      const messages = await new Announcer().change(async (announce) => announce(selections))
      expect(messages.every((message) => Buffer.byteLength(message) < 8_000)).toBe(true)
      expect(messages.flatMap((message) => readAnnouncement(message)?.selections ?? [])).toEqual(selections)
    }),
  )
})

it('tells of a device as its user, whose sessions are read again', async () => {
  const device: ChangedSessions = { kind: 'device', userId: 'ada', deviceId: newDeviceId('ada') }
  const [message] = await new Announcer().change(async (announce) => announce([device]))
  expect(readAnnouncement(message ?? '')?.selections).toEqual([one])
})

it.each(['{"kind":"tenant"}', '"tenant:7"', '7', 'null', '[]', '[7]'])(
  'takes %s, which a newer version may say, for everybody, and the rest of the message for what it is',
  (unknown) => {
    const read = readAnnouncement(`["node",1,[${unknown},["ada"]]]`)
    expect(read?.selections).toEqual([{ kind: 'everybody' }, one])
  },
)

it('tells of everybody as of a session that there is not, for those who know nothing else', async () => {
  const [message] = await new Announcer().change(async (announce) => announce([{ kind: 'everybody' }]))
  expect(JSON.parse(message ?? '')[2]).toEqual(['everybody'])
})

interface Told {
  readonly ears: BusEars
  readonly log: string[]
}

function told(): Told {
  const log: string[] = []
  const ignore = (): void => undefined
  const ears: BusEars = {
    hearing: ignore,
    lost: ignore,
    invalidated: ignore,
    confirmed: ignore,
    announcing: (number) => log.push(`announcing ${number}`),
    committed: (number) => log.push(`committed ${number}`),
    abandoned: (number) => log.push(`abandoned ${number}`),
  }
  return { ears, log }
}

const one: ChangedSessions = { kind: 'user', userId: 'ada', except: null }

it('says that a change is on its way, and then that it is committed', async () => {
  const { ears, log } = told()
  const announcer = new Announcer()
  announcer.tell(ears)
  await announcer.change(async (announce) => announce([one]))
  expect(log).toEqual(['announcing 1', 'committed 1'])
})

it('lets nobody wait for a change that failed, nor for the attempt before the one that was made', async () => {
  const { ears, log } = told()
  const announcer = new Announcer()
  announcer.tell(ears)
  const failing = announcer.change(async (announce) => {
    announce([one])
    throw new Error('the database is away')
  })
  await expect(failing).rejects.toThrow('away')
  await announcer.change(async (announce) => {
    announce([one])
    announce([one])
  })
  await announcer.change(async (announce) => {
    announce([one])
    expect(announce([])).toEqual([])
  })
  expect(log).toEqual([
    'announcing 1',
    'abandoned 1',
    'announcing 2',
    'abandoned 2',
    'announcing 3',
    'committed 3',
    'announcing 4',
    'abandoned 4',
  ])
})

it.each(['', 'null', '{}', '[]', '[1,2,3]', '["a","b",[]]', '["a",1,2]', 'not json'])(
  'takes %j for no announcement and for no confirmation',
  (message) => {
    expect(readAnnouncement(message)).toBeNull()
    expect(readConfirmation(message)).toBeNull()
  },
)
