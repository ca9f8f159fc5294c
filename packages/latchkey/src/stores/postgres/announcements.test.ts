import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newDeviceId } from '../../model/device.ts'
import type { SessionSelection } from '../../model/session-filter.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { BusEars } from '../../ports/invalidation-bus.ts'
import { Announcer, readAnnouncement, readConfirmation } from './announcements.ts'

const selection = fc.oneof(
  fc
    .string({ maxLength: 400, unit: 'binary' })
    .map((userId): SessionSelection => ({ kind: 'user', userId, except: null })),
  fc.uuid().map((id): SessionSelection => ({ kind: 'session', id: id as SessionId, userId: null })),
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
  const device: SessionSelection = { kind: 'device', userId: 'ada', deviceId: newDeviceId('ada') }
  const [message] = await new Announcer().change(async (announce) => announce([device]))
  expect(readAnnouncement(message ?? '')?.selections).toEqual([one])
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

const one: SessionSelection = { kind: 'user', userId: 'ada', except: null }

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
