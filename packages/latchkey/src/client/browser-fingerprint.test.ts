// @vitest-environment jsdom
import { hashComponents } from '@fingerprintjs/fingerprintjs'
import { afterEach, expect, it, vi } from 'vitest'
import { browserFingerprint } from './browser-fingerprint.ts'

const audio = 124.5
const fake = vi.hoisted(() => ({ sources: {} as Record<string, () => unknown> }))

vi.mock('@fingerprintjs/fingerprintjs', async (importActual) => ({
  ...(await importActual<object>()),
  sources: new Proxy({}, { get: (_target, key) => fake.sources[String(key)] ?? (() => undefined) }),
}))

afterEach(() => {
  fake.sources = {}
  vi.unstubAllGlobals()
})

const soon = async () => {}

it('leaves out what throws, what rejects and what is not there', async () => {
  fake.sources = {
    timezone: () => 'Europe/Oslo',
    languages: () => {
      throw new Error('not today')
    },
    fonts: () => Promise.reject(new Error('no body')),
    hardwareConcurrency: () => 8,
  }
  expect(await browserFingerprint(soon)).toEqual({ time_zone: 'Europe/Oslo', hardware_concurrency: '8' })
})

it('takes each in an idle moment of its own', async () => {
  const steps: string[] = []
  fake.sources = {
    timezone: () => void steps.push('time zone'),
    canvas: () => void steps.push('canvas'),
    webGlBasics: () => void steps.push('webgl'),
  }
  await browserFingerprint(async () => void steps.push('idle'))
  expect(steps.join(' ')).toBe('idle idle idle time zone idle idle idle idle idle canvas idle webgl')
})

it('leaves out what does not come in time', async () => {
  vi.useFakeTimers()
  fake.sources = { fonts: () => new Promise(() => {}), deviceMemory: () => 8 }
  const taken = browserFingerprint(soon)
  await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()
  expect(await taken).toEqual({ device_memory: '8' })
})

it('gives away pictures and sounds as a digest only', async () => {
  const picture = 'data:image/png;base64,AAAA'
  fake.sources = { audio: () => audio, canvas: () => ({ winding: true, geometry: picture, text: picture }) }
  const components = await browserFingerprint(soon)
  expect(components.canvas).toMatch(/^[0-9a-f]{64}$/)
  expect(components.audio).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(components)).not.toContain(String(audio))
  expect(await browserFingerprint(soon)).toEqual(components)
})

it('makes another digest where the page is in no secure context', async () => {
  vi.stubGlobal('crypto', {})
  fake.sources = { audio: () => audio }
  const { audio: digest } = await browserFingerprint(soon)
  expect(digest).toBe(hashComponents({ text: { value: String(audio), duration: 0 } }))
})
