import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const sessions = 100_000
/** In milliseconds. A quiet machine takes some seconds. */
const timeLimit = 180_000
/** What the option `cacheSize` says of itself. */
const mostBytes = 500

/**
 * A process of its own, so that nothing but the cache is weighed. Each session is read as a storage would read
 * it: strings and objects of its own. Half as many again as there is room for pass through.
 */
const script = `
  const at = (path) => import(new URL(path, ${JSON.stringify(new URL('.', import.meta.url).href)}))
  const { SessionCache } = await at('./session-cache.ts')
  const { newSessionId, shardOfUser } = await at('../model/session-token.ts')
  const { userAgentSignal } = await at('../signals/user-agent.ts')
  const { newDeviceId } = await at('../model/device.ts')
  const { unknownDevice } = await at('../model/device-info.ts')
  const { randomBytes, randomUUID } = await import('node:crypto')

  const systems = ['Windows NT 10.0; Win64; x64', 'Macintosh; Intel Mac OS X 10_15_7', 'X11; Linux x86_64']
  const userAgent = (kind) =>
    'Mozilla/5.0 (' + systems[kind % 3] + ') AppleWebKit/537.36 (KHTML, like Gecko) Chrome/' +
    (60 + Math.floor(kind / 3)) + '.0.0.0 Safari/537.36'
  const place = (kind) => ({
    country: 'NO', region: 'Region ' + (kind % 20), city: 'City ' + kind, latitude: kind / 100, longitude: kind / 50,
    accuracyRadius: 20, network: { asn: 64496 + (kind % 15), name: 'Network ' + (kind % 15), kind: 'isp' },
  })
  const copy = (value) => JSON.parse(JSON.stringify(value))
  function read(index) {
    const facts = { userAgent: userAgent(index % 300), clientHints: null, ipAddress: null }
    const userId = randomUUID()
    const now = Date.now() + index
    return {
      id: copy(newSessionId(userId)), shard: shardOfUser(userId), userId, secretHash: randomBytes(32), version: 1,
      createdAt: now, lastAccessedAt: now + 1_000, expiresAt: now + 2_592_000_000, lifetime: null,
      authenticatedAt: now, amr: copy(['pwd', 'otp']), roles: copy(['member']), deviceTrust: 'untrusted', stage: 'complete',
      idleTimeout: null, challengedAt: null, rotation: null, notBefore: null, invalidatedAt: null, endReason: null, endedBy: null,
      deviceInfo: copy({ ...unknownDevice, ...userAgentSignal.sense(facts) }),
      deviceId: copy(newDeviceId(userId)), place: copy(place(index % 500)), addressKey: copy('203.0.113.' + (index % 256)),
      ipAddress: copy('203.0.113.' + (index % 256)), userAgent: copy(facts.userAgent),
    }
  }
  function weigh() {
    gc()
    gc()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  function fill(cache, count) {
    for (let index = 0; index < count; index += 1) {
      const record = read(index)
      cache.finishLoad(cache.startLoad(record.id, record.createdAt), record)
      cache.get(record.id)
    }
  }
  fill(new SessionCache(${sessions}), 2_000)
  const before = weigh()
  const cache = new SessionCache(${sessions})
  fill(cache, ${sessions})
  const full = (weigh() - before) / cache.size
  fill(cache, ${sessions / 2})
  const lasting = (weigh() - before) / cache.size
  const size = cache.size
  cache.clear()
  console.log(JSON.stringify({ size, full, lasting, emptied: (weigh() - before) / size }))
`

it(
  'a session in the cache takes 500 B at most, also when many have come and gone',
  async () => {
    const options = ['--expose-gc', '--conditions=latchkey-source', '--input-type=module', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, options)
    const weighed: unknown = JSON.parse(stdout)
    expect(weighed).toMatchObject({ size: sessions })
    const { full, lasting, emptied } = weighed as Readonly<Record<'full' | 'lasting' | 'emptied', number>>
    expect(full).toBeLessThanOrEqual(mostBytes)
    expect(lasting).toBeLessThanOrEqual(mostBytes)
    expect(emptied).toBeLessThan(mostBytes / 20)
    // Far less would mean that nothing was weighed.
    expect(full).toBeGreaterThan(mostBytes / 4)
  },
  timeLimit,
)
