import assert from 'node:assert/strict'
import { after, hours, seconds } from '../../foundation/time.ts'
import type { CutOffScope } from '../../model/cut-off.ts'
import type { ChangedSessions } from '../../model/session-filter.ts'
import type { BusEars, InvalidationBus, Membership } from '../../ports/invalidation-bus.ts'
import type { NodeRegistry } from '../../ports/node-registry.ts'
import type { InsertPlan } from '../../ports/session-store.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  completing,
  cutOffAt,
  digestOf,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  plainly,
  renewedAt,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
} from './sample-session.ts'

/** What one storage heard, and ways to wait for more. */
interface Hearing {
  readonly membership: Membership
  readonly heard: (readonly ChangedSessions[])[]
  /** Numbers of this storage's own changes. */
  readonly committed: number[]
  readonly confirmed: { readonly number: number; readonly nodeId: string }[]
  /** Resolves when the condition holds, looked at after each thing that is heard. */
  until(condition: () => boolean): Promise<void>
}

interface Announced {
  readonly bus: InvalidationBus
  readonly nodes: NodeRegistry
}

function announcedOf(storage: Storage): Announced | null {
  return storage.sharing.kind === 'announced' ? storage.sharing : null
}

/** Confirms everything, in the name of `nodeId`, once it has looked at the storage. */
async function listen(bus: InvalidationBus, nodeId: string, look?: () => void): Promise<Hearing> {
  const membership = Promise.withResolvers<Membership>()
  const waiting = new Set<() => void>()
  const heard: (readonly ChangedSessions[])[] = []
  const committed: number[] = []
  const confirmed: { number: number; nodeId: string }[] = []
  const notice = (): void => {
    for (const look of [...waiting]) look()
  }
  const ears: BusEars = {
    hearing: (found) => membership.resolve(found),
    lost: () => undefined,
    invalidated(selections, confirm) {
      heard.push(selections)
      look?.()
      confirm(nodeId)
      notice()
    },
    announcing: () => undefined,
    committed: (number) => void committed.push(number),
    abandoned: () => undefined,
    confirmed(number, by) {
      confirmed.push({ number, nodeId: by })
      notice()
    },
  }
  await bus.join(ears)
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { membership: await membership.promise, heard, committed, confirmed, until }
}

/** Its name, how it is made, and what may be announced: the id of a session or of a user. */
type Change = readonly [name: string, make: () => Promise<unknown>, ...subjects: string[]]

/** By name: a change after which caches may not answer as before, and what it is about. */
async function changesOf(storage: Storage): Promise<readonly Change[]> {
  const { sessions } = storage
  const [one, two, three, four] = ['ada', 'ada', 'bob', 'eve'].map((user) => sampleSession(user))
  if (!one || !two || !three || !four) throw new Error('four are made')
  for (const record of [one, two, three, four]) await sessions.insert(record, plainly)
  const next = sampleSession('bob')
  const claimed = { ...claiming('key', 'request'), replaces: next.id }
  const late = after(noon, hours(10_000))
  return [
    ...(await changesOnDevice(storage)),
    ...(await changesByCutOffs(storage)),
    ...(await changesAtLimit(storage)),
    ...(await changesOfPending(storage)),
    [
      'an ending',
      () => sessions.invalidate({ kind: 'session', id: one.id, userId: null }, revokedAt(noon)),
      one.id,
    ],
    [
      'an ending that finds nothing',
      () => sessions.invalidate({ kind: 'session', id: one.id, userId: null }, revokedAt(noon)),
      one.id,
    ],
    [
      'the ending of a user',
      () => sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon)),
      'ada',
    ],
    ['a renewal', () => sessions.replace({ ...three, version: 2 }, renewedAt(noon)), three.id],
    [
      'a session that takes the place of another',
      () => sessions.insert(next, { ...plainly, replaces: three.id }),
      three.id,
    ],
    ['a creation with a key', () => sessions.insert(sampleSession('bob'), claimed), next.id],
    ['its repetition', () => sessions.insert(sampleSession('bob'), claimed), next.id],
    ['a cleanup', () => sessions.cleanup(boundsAt(late), late, 100), four.id],
    ['a forgetting', () => sessions.forgetUser('ada', changedAt(noon), digestOf), 'ada'],
  ]
}

async function changesOnDevice({ sessions }: Storage): Promise<readonly Change[]> {
  const device = sampleDevice('dan')
  const [earlier, newer] = [sessionOn(device), sessionOn(device)]
  await sessions.insert(earlier, onDevice(device))
  const selection = { kind: 'device', userId: 'dan', deviceId: device.id } as const
  const signIn = (plan: InsertPlan) => () => sessions.insert(sessionOn(device), plan)
  const keyed = { ...onDevice(device), idempotency: claiming('device', 'request').idempotency }
  const forgotten = sampleDevice('dan')
  return [
    ['a sign-in on a device', () => sessions.insert(newer, onDevice(device)), earlier.id, 'dan'],
    ['the ending of a device', () => sessions.invalidate(selection, revokedAt(noon)), newer.id, 'dan'],
    ['a sign-in on a device on which nothing is live', signIn(onDevice(device)), 'dan'],
    ['one with a key', signIn(keyed), 'dan'],
    ['its repetition, after which something else was live', signIn(keyed), 'dan'],
    [
      'a sign-in on a device that was forgotten, after whose ending nothing is live',
      () => sessions.insert(sessionOn(forgotten), onDevice(forgotten)),
      'dan',
    ],
  ]
}

async function changesByCutOffs({ sessions, cutOffs }: Storage): Promise<readonly Change[]> {
  const device = sampleDevice('fay')
  await sessions.insert(sessionOn(device), onDevice(device))
  await sessions.insert(sampleSession('fay'), plainly)
  const set = (scope: CutOffScope) => () => cutOffs.set(cutOffAt(scope, noon), changedAt(noon))
  const earlier = hoursAfterNoon(-1)
  const everybody = cutOffAt({ kind: 'everybody' }, earlier)
  return [
    ['the cut-off of a device', set({ kind: 'device', userId: 'fay', deviceId: device.id }), 'fay'],
    ['the cut-off of a user', set({ kind: 'user', userId: 'fay' }), 'fay'],
    ['one that changes nothing', set({ kind: 'user', userId: 'fay' }), 'fay'],
    ['the cut-off of everybody', () => cutOffs.set(everybody, changedAt(noon)), '*'],
    ['one of everybody that changes nothing', () => cutOffs.set(everybody, changedAt(noon)), '*'],
  ]
}

async function changesAtLimit({ sessions }: Storage): Promise<readonly Change[]> {
  const [old, next, newest] = [0, 1, 2].map((hour) =>
    sampleSession('gil', { createdAt: hoursAfterNoon(hour) }),
  )
  if (!old || !next || !newest) throw new Error('three are made')
  await sessions.insert(old, plainly)
  const keyed = { ...limitedTo(1, 'end-oldest'), idempotency: claiming('limit', 'request').idempotency }
  return [
    ['a sign-in at a limit', () => sessions.insert(next, limitedTo(1, 'end-oldest')), old.id, 'gil'],
    ['one with a key', () => sessions.insert(newest, keyed), next.id, 'gil'],
  ]
}

async function changesOfPending({ sessions }: Storage): Promise<readonly Change[]> {
  const pending = sampleSession('hal', { stage: 'pending' })
  await sessions.insert(pending, plainly)
  const complete = () => sessions.insert(sampleSession('hal'), completing(pending))
  return [['a completion', complete, pending.id, 'hal']]
}

function isAbout(changed: readonly ChangedSessions[], subjects: readonly string[]): boolean {
  return changed.some((selection) => subjectsOf(selection).some((subject) => subjects.includes(subject)))
}

function subjectsOf(selection: ChangedSessions): readonly string[] {
  if (selection.kind === 'everybody') return ['*']
  if (selection.kind === 'sessions') return selection.sessions.map(({ id }) => id)
  return [selection.kind === 'session' ? selection.id : selection.userId]
}

async function othersHearAndConfirm(one: Storage, two: Storage): Promise<void> {
  const [maker, hearer] = [announcedOf(one), announcedOf(two)]
  if (maker === null || hearer === null) return
  const changes = await changesOf(one)
  const making = await listen(maker.bus, 'one')
  const hearing = await listen(hearer.bus, 'two')
  for (const [name, change, ...subjects] of changes) {
    const [soFar, changesSoFar] = [hearing.heard.length, making.committed.length]
    await change()
    const numbers = making.committed.slice(changesSoFar)
    assert.ok(numbers.length > 0, `${name}: its maker is told that it is committed before it resolves`)
    await hearing.until(() => hearing.heard.slice(soFar).some((heard) => isAbout(heard, subjects)))
    for (const number of numbers) {
      await making.until(() => making.confirmed.some((by) => by.number === number && by.nodeId === 'two'))
    }
  }
  const ownConfirmations = making.confirmed.filter(({ nodeId }) => nodeId === 'one')
  assert.deepEqual(ownConfirmations, [], 'nobody confirms their own changes')
  assert.equal(making.heard.length, hearing.heard.length, 'its maker hears of each, too')
}

async function whatIsHeardIsCommitted(one: Storage, two: Storage): Promise<void> {
  const hearer = announcedOf(two)
  if (hearer === null) return
  const record = sampleSession('ada')
  await one.sessions.insert(record, plainly)
  let found: Promise<unknown> = Promise.resolve(null)
  const hearing = await listen(hearer.bus, 'two', () => {
    found = two.sessions.find(record.id).then((read) => read?.invalidatedAt)
  })
  await one.sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(noon))
  await hearing.until(() => hearing.heard.length > 0)
  assert.equal(await found, noon)
}

async function aLongEndingIsHeardWhole(one: Storage, two: Storage): Promise<void> {
  const hearer = announcedOf(two)
  if (hearer === null) return
  const records = Array.from({ length: 400 }, (_, index) => sampleSession(`user-${index}`))
  await Promise.all(records.map((record) => one.sessions.insert(record, plainly)))
  const hearing = await listen(hearer.bus, 'two')
  const late = after(noon, hours(10_000))
  const [ended, others] = await Promise.all([
    one.sessions.cleanup(boundsAt(late), late, 300),
    Promise.all(
      records.map(({ id }) =>
        one.sessions.invalidate({ kind: 'session', id, userId: null }, revokedAt(noon)),
      ),
    ),
  ])
  assert.equal(ended.length + others.flat().length, records.length)
  await hearing.until(() => records.every(({ id }) => hearing.heard.some((heard) => isAbout(heard, [id]))))
}

async function onlyNodesInForceRenew(one: Storage, two: Storage): Promise<void> {
  const [first, second] = [announcedOf(one), announcedOf(two)]
  if (first === null || second === null) return
  const { membership } = await listen(first.bus, 'one')
  await membership.register('node-a', [])
  assert.deepEqual(await membership.renew('node-a', seconds(600)), { isHeld: true, overdue: [] })
  assert.deepEqual(await second.nodes.fence(['node-a', 'nobody']), ['node-a'])
  assert.equal((await membership.renew('node-a', seconds(600))).isHeld, false)
  assert.deepEqual(
    (await second.nodes.nodes()).map(({ id, isFenced }) => [id, isFenced]),
    [['node-a', true]],
  )
  await membership.register('node-b', ['node-a'])
  assert.deepEqual(
    (await second.nodes.nodes()).map(({ id, isFenced }) => [id, isFenced]),
    [['node-b', false]],
  )
  await second.nodes.remove(['node-b'])
  assert.equal((await membership.renew('node-b', seconds(600))).isHeld, true, 'only fenced nodes are removed')
  await membership.register('node-c', [])
  assert.deepEqual((await membership.renew('node-c', seconds(-600))).overdue, ['node-b'])
  await membership.leave(['node-b', 'node-c'])
  assert.deepEqual(await second.nodes.nodes(), [])
}

/** Promises of a storage whose `sharing` is `announced`, put to two of them on the same data; others pass unasked. */
export const announcing: readonly [string, (one: Storage, two: Storage) => Promise<void>][] = [
  [
    'where changes are announced, others hear of each and its maker of their confirmations',
    othersHearAndConfirm,
  ],
  ['what is heard of is committed', whatIsHeardIsCommitted],
  ['an ending of hundreds is heard of whole', aLongEndingIsHeardWhole],
  ['a node that is fenced or has left renews no lease', onlyNodesInForceRenew],
]
