import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idOfToken } from './coherence-history.ts'
import type { NodeAnswer } from './node-commands.ts'
import type { NodeProcess } from './node-process.ts'
import { seededRandom } from './seeded-random.ts'
import { type TortureCluster, tortureCluster } from './torture-cluster.ts'

let cluster: TortureCluster
/** All is well with this one: it ends sessions. */
let sound: NodeProcess
/** This one suffers. */
let victim: NodeProcess

beforeAll(async () => {
  cluster = await tortureCluster(2, seededRandom(1))
  const [first, second] = cluster.nodes
  if (!first || !second) throw new Error('there are two nodes')
  sound = first
  victim = second
})

afterAll(() => cluster?.dispose())

/** Both nodes hear one another, and nobody who is gone has to be waited for. */
beforeEach(async () => {
  for (const { proxy } of cluster.nodes) proxy.suffer()
  for (const node of cluster.nodes) {
    await until(async () => {
      const calm = await end(node, await newToken(sound))
      return calm?.kind === 'end' && calm.confirmed === 1 && calm.fenced === 0
    })
  }
})

/** The suite's time limit is the only one: how long it takes is no concern of a test. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(20)
}

async function newToken(node: NodeProcess): Promise<string> {
  for (;;) {
    const created = await node.ask({ kind: 'create', userId: 'user-1', replaces: null, limit: null })
    if (created?.kind === 'create') return created.token
    await wait(20)
  }
}

const verify = (node: NodeProcess, token: string): Promise<NodeAnswer | null> =>
  node.ask({ kind: 'verify', token })

const end = (node: NodeProcess, token: string): Promise<NodeAnswer | null> =>
  node.ask({ kind: 'end', id: idOfToken(token) })

/** A session that the node accepts without asking the database. */
async function cachedToken(node: NodeProcess): Promise<string> {
  const token = await newToken(sound)
  await untilCached(node, token)
  return token
}

function untilCached(node: NodeProcess, token: string): Promise<void> {
  return until(async () => {
    const answer = await verify(node, token)
    return answer?.kind === 'verify' && answer.answer === 'accepted' && answer.isCached
  })
}

/** What the node says as soon as it says anything. */
async function answered(node: NodeProcess, token: string): Promise<NodeAnswer | null> {
  let answer: NodeAnswer | null = null
  await until(async () => {
    answer = await verify(node, token)
    return answer?.kind === 'verify'
  })
  return answer
}

const readAndAccepted = { kind: 'verify', answer: 'accepted', isCached: false }
const refused = { kind: 'verify', answer: 'revoked' }
const failed = { kind: 'failed', isRetryable: true }
const ended = { kind: 'end', isEnded: true }
const outlasted = { ...ended, confirmed: 0, fenced: 1 }

it('a node confirms an ending and refuses the session from then on', async () => {
  await until(async () => {
    const token = await cachedToken(victim)
    const ended = await end(sound, token)
    expect(await answered(victim, token)).toMatchObject(refused)
    // A machine that is busy for a quarter of a second has the node fenced.
    return ended?.kind === 'end' && ended.confirmed === 1
  })
})

describe('a paused node', () => {
  it('is fenced and outlasted, and refuses what ended meanwhile as soon as it wakes', async () => {
    const token = await cachedToken(victim)
    victim.pause()
    expect(await end(sound, token)).toMatchObject(outlasted)
    const answer = verify(victim, token)
    victim.resume()
    // Its connections may have been given up meanwhile: then it says so and reads on new ones.
    expect(await answer).not.toMatchObject({ answer: 'accepted' })
    expect(await answered(victim, token)).toMatchObject(refused)
    await cachedToken(victim)
  })
})

describe('a killed node', () => {
  it('is waited for once', async () => {
    const [token, another] = [await cachedToken(victim), await newToken(sound)]
    await victim.kill()
    expect(await end(sound, token)).toMatchObject(outlasted)
    await until(async () => {
      const again = await end(sound, another)
      return again?.kind === 'end' && again.fenced === 0
    })
    await victim.start()
    expect(await answered(victim, token)).toMatchObject(refused)
  })
})

describe.each(['hang', 'reset'] as const)('a bus that is cut by a %s, with the database there', (kind) => {
  it('leaves verifying and ending to the database, and the cache returns afterwards', async () => {
    const [token, kept, own] = [
      await cachedToken(victim),
      await cachedToken(victim),
      await cachedToken(sound),
    ]
    victim.proxy.suffer({ kind, direction: 'both', on: 'listening' })
    expect(await end(sound, token)).toMatchObject(outlasted)
    expect(await answered(victim, token)).toMatchObject(refused)
    expect(await answered(victim, kept)).toMatchObject(readAndAccepted)

    // It cannot hear the confirmation of the other one: it has to wait out that one's lease.
    expect(await end(victim, own)).toMatchObject(outlasted)
    expect(await answered(sound, own)).toMatchObject(refused)

    victim.proxy.suffer()
    await untilCached(victim, kept)
  })
})

describe('a database that hangs', () => {
  it('leaves cached answers until the lease is over, then failures that can be tried again', async () => {
    const [token, kept] = [await cachedToken(victim), await cachedToken(victim)]
    await until(async () => {
      victim.proxy.suffer()
      await untilCached(victim, kept)
      victim.proxy.suffer({ kind: 'hang', direction: 'both', on: 'all' })
      const answer = await verify(victim, kept)
      return answer?.kind === 'verify' && answer.isCached
    })
    const ownEnding = end(victim, kept)
    expect(await end(sound, token)).toMatchObject(outlasted)
    expect(await verify(victim, token)).toMatchObject(failed)
    expect(await verify(victim, kept)).toMatchObject(failed)
    expect(await ownEnding).toMatchObject(failed)

    victim.proxy.suffer()
    expect(await answered(victim, token)).toMatchObject(refused)
    await cachedToken(victim)
  })
})

describe('an ending whose answer is lost', () => {
  it('fails, and is acknowledged when it is tried again', async () => {
    const token = await cachedToken(victim)
    sound.proxy.suffer({ kind: 'cut-answer', on: 'others' })
    expect(await end(sound, token)).toMatchObject(failed)
    sound.proxy.suffer()
    await until(async () => (await end(sound, token))?.kind === 'end')
    expect(await answered(victim, token)).toMatchObject(refused)
  })
})

describe('a database that crashes', () => {
  it('has lost nothing that was acknowledged, and the caches return', async () => {
    const [token, kept] = [await cachedToken(victim), await cachedToken(victim)]
    expect(await end(sound, token)).toMatchObject(ended)
    await cluster.database.crash()
    await cluster.database.start()
    for (const node of cluster.nodes) {
      expect(await answered(node, token)).toMatchObject(refused)
      await untilCached(node, kept)
    }
  })
})
