import { describe, expect, it } from 'vitest'
import { cutText, type SeenValues, valueTexts } from './fingerprint-values.ts'

type Component = keyof typeof valueTexts

const image = (what: string) => `data:image/png;base64,${what}`

describe('what was seen as text', () => {
  it.each<[Component, SeenValues, string]>([
    [
      'canvas',
      { canvas: { winding: true, geometry: image('g'), text: image('t') } },
      `true\n${image('g')}\n${image('t')}`,
    ],
    ['audio', { audio: 124.04347527516074 }, '124.04347527516074'],
    ['fonts', { fonts: ['Calibri', 'Arial'] }, 'Arial,Calibri'],
    ['screen', { screenResolution: [1920, 1080], colorDepth: 24 }, '1920x1080x24'],
    ['hardware_concurrency', { hardwareConcurrency: 8 }, '8'],
    ['device_memory', { deviceMemory: 0.5 }, '0.5'],
    ['time_zone', { timezone: 'Europe/Oslo' }, 'Europe/Oslo'],
    ['languages', { languages: [['nb'], ['nb', 'en']] }, 'nb,nb,en'],
  ])('of %s', (component, seen, text) => {
    expect(valueTexts[component](seen)).toBe(text)
  })

  it('names the graphics card and its limits, and nothing that comes with the browser’s version', () => {
    const webGlBasics = {
      version: 'WebGL 1.0',
      vendor: 'WebKit',
      vendorUnmasked: 'Google Inc. (NVIDIA)',
      renderer: 'WebKit WebGL',
      rendererUnmasked: 'ANGLE (NVIDIA)',
    }
    const parameters = [
      'MAX_TEXTURE_SIZE=3379=16384',
      'ALPHA=6406',
      'VERSION=7938=WebGL 1.0',
      'ALIASED_LINE_WIDTH_RANGE=33902=1,1',
    ]
    const webGlExtensions = { parameters, extensions: ['EXT_new'] }
    expect(valueTexts.webgl({ webGlBasics, webGlExtensions })?.split('\n')).toEqual([
      'WebKit',
      'Google Inc. (NVIDIA)',
      'WebKit WebGL',
      'ANGLE (NVIDIA)',
      'ALIASED_LINE_WIDTH_RANGE=33902=1,1',
      'MAX_TEXTURE_SIZE=3379=16384',
    ])
  })

  it('is the same whichever order the browser gives it in', () => {
    const webGlBasics = { vendor: 'a', renderer: 'b' }
    const ways = [
      ['MAX_A=1=2', 'MAX_B=1=2'],
      ['MAX_B=1=2', 'MAX_A=1=2'],
    ]
    const texts = ways.map((parameters) => valueTexts.webgl({ webGlBasics, webGlExtensions: { parameters } }))
    expect(new Set(texts).size).toBe(1)
  })
})

describe('what a browser hides', () => {
  it.each<[Component, SeenValues]>([
    ['canvas', { canvas: { winding: true, geometry: 'skipped', text: 'skipped' } }],
    ['canvas', { canvas: { winding: true, geometry: 'unstable', text: 'unstable' } }],
    ['canvas', { canvas: { winding: false, geometry: 'unsupported', text: 'unsupported' } }],
    ['audio', { audio: -4 }],
    ['audio', { audio: Number.NaN }],
    ['webgl', { webGlBasics: -1, webGlExtensions: -1 }],
    ['fonts', { fonts: [] }],
    ['screen', { colorDepth: 24 }],
    ['screen', { screenResolution: [null, 1080], colorDepth: 24 }],
    ['hardware_concurrency', {}],
    ['hardware_concurrency', { hardwareConcurrency: 0 }],
    ['device_memory', { deviceMemory: undefined }],
    ['time_zone', { timezone: '' }],
    ['languages', { languages: [] }],
  ])('is no likeness: %s of %o is left out', (component, seen) => {
    expect(valueTexts[component](seen)).toBeNull()
  })
})

it('sends no more of a text than the server takes', () => {
  expect(cutText('x'.repeat(20_000))).toHaveLength(10_000)
  expect(cutText('short')).toBe('short')
})
