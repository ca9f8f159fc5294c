import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { newDeviceId } from '../model/device.ts'
import { type FingerprintHashes, fingerprintComponents } from '../model/fingerprint.ts'
import {
  fingerprintSimilarity,
  resemblanceOf,
  resemblanceThreshold,
  similarityToHistory,
} from './fingerprint-similarity.ts'

/** Few values, so that two often have one in common. */
const hashes: fc.Arbitrary<FingerprintHashes> = fc.record(
  Object.fromEntries(fingerprintComponents.map((component) => [component, fc.constantFrom('a', 'b', 'c')])),
  { requiredKeys: [] },
)
const complete = Object.fromEntries(fingerprintComponents.map((component) => [component, component]))
const changed = (...components: (keyof FingerprintHashes)[]): FingerprintHashes => ({
  ...complete,
  ...Object.fromEntries(components.map((component) => [component, 'another'])),
})
const without = (...components: (keyof FingerprintHashes)[]): FingerprintHashes =>
  Object.fromEntries(Object.entries(complete).filter(([name]) => !components.some((gone) => gone === name)))

describe('the similarity of two fingerprints', () => {
  it('is from 0 to 1, the same from either side, and 1 between equals', () => {
    fc.assert(
      fc.property(hashes, hashes, (a, b) => {
        const similarity = fingerprintSimilarity(a, b)
        expect(fingerprintSimilarity(b, a)).toBe(similarity)
        expect([null, 1]).toContain(fingerprintSimilarity(a, a))
        if (similarity !== null) expect(Math.min(Math.max(similarity, 0), 1)).toBe(similarity)
      }),
    )
    expect(fingerprintSimilarity(complete, complete)).toBe(1)
  })

  it('grows when one more component that both have is the same', () => {
    fc.assert(
      fc.property(hashes, hashes, fc.constantFrom(...fingerprintComponents), (a, b, component) => {
        fc.pre(a[component] !== undefined && b[component] !== undefined && a[component] !== b[component])
        const before = fingerprintSimilarity(a, b)
        fc.pre(before !== null)
        const closer = { ...a, [component]: b[component] }
        expect(fingerprintSimilarity(closer, b)).toBeGreaterThan(before ?? 1)
      }),
    )
  })

  it.each([
    ['is drawn differently by an update', ['canvas', 'webgl']],
    ['has one font more', ['fonts']],
    ['sounds differently', ['audio']],
    ['is in another time zone', ['time_zone']],
    ['is on another screen', ['screen']],
    ['has another language first', ['languages']],
  ] as const)('is that of one browser when it %s', (_what, components) => {
    expect(fingerprintSimilarity(complete, changed(...components))).toBeGreaterThanOrEqual(
      resemblanceThreshold,
    )
  })

  it.each([
    ['another browser on the same machine', ['canvas', 'audio', 'webgl', 'device_memory']],
    ['another machine of the same person', ['canvas', 'audio', 'webgl', 'fonts', 'screen']],
    [
      'a browser that shares the time zone and the languages',
      ['canvas', 'audio', 'fonts', 'screen', 'webgl'],
    ],
  ] as const)('is not that of one browser for %s', (_what, components) => {
    expect(fingerprintSimilarity(complete, changed(...components))).toBeLessThan(resemblanceThreshold)
  })

  it('compares what both have only, and says nothing where that is little', () => {
    expect(fingerprintSimilarity(complete, without('canvas', 'audio'))).toBe(1)
    expect(fingerprintSimilarity(without('canvas'), { ...without('audio'), webgl: 'another' })).toBeLessThan(
      1,
    )
    expect(fingerprintSimilarity(complete, without('fonts', 'canvas', 'audio', 'languages'))).toBeNull()
    expect(fingerprintSimilarity(complete, {})).toBeNull()
    expect(fingerprintSimilarity({}, {})).toBeNull()
  })
})

describe('over a history', () => {
  const history = [changed('canvas', 'webgl', 'audio'), changed('canvas')].map((each, at) => ({
    seenAt: instantOf(at),
    hashes: each,
  }))

  it('the best counts', () => {
    expect(similarityToHistory(complete, history)).toBe(fingerprintSimilarity(complete, changed('canvas')))
    expect(similarityToHistory(complete, [...history].reverse())).toBe(similarityToHistory(complete, history))
    expect(similarityToHistory(complete, [])).toBeNull()
    expect(similarityToHistory({}, history)).toBeNull()
  })

  it('the device that is most alike is named with a confidence, and none below the threshold', () => {
    const [far, near, same] = [newDeviceId('42'), newDeviceId('42'), newDeviceId('42')]
    const device = (id: typeof far, ...seen: FingerprintHashes[]) => ({
      id,
      fingerprints: seen.map((each) => ({ seenAt: instantOf(0), hashes: each })),
    })
    const unlike = device(far, changed('fonts', 'canvas', 'audio'))
    const alike = device(near, changed('fonts', 'canvas', 'audio'), changed('canvas', 'webgl'))
    expect(resemblanceOf(complete, [unlike, alike])).toEqual({ deviceId: near, confidence: 0.73 })
    expect(resemblanceOf(complete, [alike, device(same, complete)])).toEqual({
      deviceId: same,
      confidence: 1,
    })
    expect(resemblanceOf(complete, [unlike, device(same)])).toBeNull()
    expect(resemblanceOf(complete, [])).toBeNull()
  })
})
