import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'

const door = fileURLToPath(new URL('../client.ts', import.meta.url))

/** Texts of the library that looks, each a part of it that no minifier changes. */
const traces = ['OfflineAudioContext', 'toDataURL', 'UNMASKED_RENDERER', 'mmMwWLliI0fiflO']
/** What could make a request, and addresses to make one to. */
const ways = /XMLHttpRequest|\bfetch\(|sendBeacon|WebSocket|importScripts|https?:\/\/|openfpcdn/

let chunks: readonly Rolldown.OutputChunk[]

/** All of the door, as a page's bundler makes it. */
beforeAll(async () => {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: door,
        preserveEntrySignatures: 'strict',
        output: { chunkFileNames: '[name].js' },
      },
    },
  })
  const bundle = (Array.isArray(output) ? output[0] : output) as Rolldown.RolldownOutput
  chunks = bundle.output.filter((part) => part.type === 'chunk')
}, 60_000)

function entry(): Rolldown.OutputChunk {
  const [found, ...more] = chunks.filter(({ isEntry }) => isEntry)
  if (!found || more.length > 0) throw new Error('not one entry')
  return found
}

function lazyChunks(): readonly Rolldown.OutputChunk[] {
  const early = new Set([entry().fileName, ...entry().imports])
  return chunks.filter(({ fileName }) => !early.has(fileName))
}

describe('a page that imports the client', () => {
  it('has nothing of what looks at browsers in its first code', () => {
    const late = new Set(lazyChunks().map(({ fileName }) => fileName))
    const code = chunks.filter(({ fileName }) => !late.has(fileName)).map((chunk) => chunk.code)
    for (const trace of traces) expect(code.join('\n')).not.toContain(trace)
  })

  it('loads it as one chunk of less than 20 KB, library included', () => {
    expect(lazyChunks().map(({ fileName }) => fileName)).toEqual(['browser-fingerprint.js'])
    const code = lazyChunks()[0]?.code ?? ''
    for (const trace of traces) expect(code).toContain(trace)
    expect(gzipSync(code).byteLength).toBeLessThan(20_000)
  })

  it('finds no way in it to make a request', () => {
    expect(lazyChunks()[0]?.code).not.toMatch(ways)
  })
})
