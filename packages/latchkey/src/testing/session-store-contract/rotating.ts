import assert from 'node:assert/strict'
import { sha256 } from '../../foundation/bytes.ts'
import { minutes } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { RenewalCause } from '../../model/session-event.ts'
import type { PreviousToken, Rotation } from '../../model/token-rotation.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  changedAt,
  cutOffAt,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
  renewedAt,
  sampleSession,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function bytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seed + index * 37) % 256)
}

const previous: PreviousToken = {
  secretHash: bytes(32, 250),
  nonce: bytes(32, 3),
  succeededAt: null,
  authenticatedAt: hoursAfterNoon(-3),
  amr: ['pwd', 'é'],
  roles: ['reader', 'é'],
}

/** What a session may know of its earlier tokens, in every form. */
const rotations: readonly (Rotation | null)[] = [
  null,
  { issuedAt: noon, previous: null, retired: new Uint8Array() },
  { issuedAt: noon, previous, retired: bytes(8, 0) },
  {
    issuedAt: hoursAfterNoon(1),
    previous: { ...previous, nonce: null, succeededAt: hoursAfterNoon(2), amr: [] },
    retired: bytes(32 * 8, 255),
  },
]

/** Bytes as numbers: which kind of array holds them is a store's own business. */
function comparable(record: SessionRecord | null): unknown {
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) => {
      if (key === 'addressKey' || key === 'rangeKey') return null
      return value instanceof Uint8Array ? [...value] : value
    }),
  )
}

const factors = {
  roles: ['admin', 'x "y"'],
  deviceTrust: 'trusted',
  stage: 'pending',
  idleTimeout: minutes(15),
  challengedAt: hoursAfterNoon(3),
} as const

export const rotating: readonly StorageCase[] = [
  [
    'what a session may do, what it owes, its idle timeout and its earlier tokens are found as they were',
    async ({ sessions }) => {
      for (const rotation of rotations) {
        for (const fields of [{}, factors]) {
          const record = sampleSession('ada', { rotation, ...fields })
          await sessions.insert(record, plainly)
          assert.deepEqual(comparable(await sessions.find(record.id)), comparable(record))
          assert.ok((await sessions.find(record.id))?.rotation?.retired instanceof Uint8Array || !rotation)
        }
      }
      const listed = await sessions.list(queryAt(noon), { cursor: null, limit: 100 })
      assert.equal(listed.items.length, rotations.length * 2)
      for (const item of listed.items) {
        assert.deepEqual(comparable(item), comparable(await sessions.find(item.id)))
      }
    },
  ],
  [
    'a replace puts in the new secret with what is known of the old ones, and takes it away again',
    async ({ sessions }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      let version = 1
      for (const rotation of [...rotations, ...rotations.toReversed()]) {
        version += 1
        const fields = version % 2 === 0 ? factors : { roles: [], stage: 'complete' as const }
        const next: SessionRecord = {
          ...record,
          ...fields,
          rotation,
          version,
          secretHash: Uint8Array.from(sha256(`${version}`)),
          authenticatedAt: hoursAfterNoon(version),
          expiresAt: hoursAfterNoon(100 + version),
          lifetime: version % 2 === 0 ? minutes(10) : null,
        }
        assert.equal(await sessions.replace(next, renewedAt(noon, 'rotation')), true)
        assert.deepEqual(comparable(await sessions.find(record.id)), comparable(next))
      }
    },
  ],
  [
    'each renewal tells why, in which request and by whom; a confirmation tells nothing',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const position = await events.latest()
      const causes: readonly RenewalCause[] = [
        'rotation',
        'confirmation',
        'reauthentication',
        'confirmation',
        'privilege-change',
      ]
      for (const [index, cause] of causes.entries()) {
        const replacing = { ...renewedAt(noon, cause), by: 'admin:root', request: 'req-1' } as const
        assert.equal(await sessions.replace({ ...record, version: index + 2 }, replacing), true)
      }
      const told = (await events.read(position, 10)).map(({ type, actor, request, after }) => [
        type,
        actor,
        request,
        after,
      ])
      assert.deepEqual(
        told,
        ['rotation', 'reauthentication', 'privilege-change'].map((cause) => [
          'session.renewed',
          'admin:root',
          'req-1',
          { cause },
        ]),
      )
    },
  ],
  [
    'of fifty concurrent rotations of one token exactly one wins, and all find what it made',
    async ({ sessions, events }) => {
      const record = sampleSession('ada')
      await sessions.insert(record, plainly)
      const position = await events.latest()
      const attempts = Array.from(
        { length: 50 },
        (_, index): SessionRecord => ({
          ...record,
          version: 2,
          secretHash: bytes(32, index),
          rotation: {
            issuedAt: noon,
            previous: { ...previous, nonce: bytes(32, index) },
            retired: bytes(8, index),
          },
        }),
      )
      const found = await Promise.all(
        attempts.map(async (next) => {
          const won = await sessions.replace(next, renewedAt(noon, 'rotation'))
          return { won, read: await sessions.find(record.id) }
        }),
      )
      const winner = found.findIndex(({ won }) => won)
      assert.equal(found.filter(({ won }) => won).length, 1)
      for (const { read } of found) assert.deepEqual(comparable(read), comparable(attempts[winner] ?? null))
      assert.equal((await events.read(position, 100)).length, 1)
    },
  ],
  [
    'a cut-off that a record was read with is not written with it',
    async ({ sessions, cutOffs }) => {
      const record = sampleSession('ada', { createdAt: hoursAfterNoon(2) })
      await sessions.insert({ ...record, notBefore: hoursAfterNoon(9) }, plainly)
      assert.equal((await sessions.find(record.id))?.notBefore, null)
      await sessions.replace({ ...record, version: 2, notBefore: hoursAfterNoon(9) }, renewedAt(noon))
      assert.equal((await sessions.find(record.id))?.notBefore, null)
      await cutOffs.set(cutOffAt({ kind: 'everybody' }, noon), changedAt(noon))
      await sessions.replace({ ...record, version: 3, notBefore: null }, renewedAt(noon))
      assert.equal((await sessions.find(record.id))?.notBefore, noon)
    },
  ],
]
