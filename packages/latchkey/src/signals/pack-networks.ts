import { createReadStream } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { AddressRanges } from './address-ranges.ts'
import { NetworkNames } from './network-names.ts'
import { NetworkRows } from './network-rows.ts'
import { packWords } from './packed-words.ts'
import { UnusableFile } from './unusable-file.ts'

/** What the thread answers. */
type Answer =
  | { readonly packed: Uint32Array<ArrayBuffer> }
  | { readonly path: string; readonly reason: string }

/** Told to the thread, so that another program's thread that loads this file does nothing. */
const task = 'latchkey: pack networks'

/**
 * Reads tables with one range a line: first and last address as whole numbers, the number of the network, its name
 * (`3221225984,3221226239,64500,"Example, Inc."`), in the order of addresses. In a thread, whose memory goes with it.
 */
export function packNetworks(paths: readonly string[]): Promise<Uint32Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { task, paths } })
    worker.once('message', (answer: Answer) => {
      if ('packed' in answer) resolve(answer.packed)
      else reject(new UnusableFile(answer.path, answer.reason))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new UnusableFile(paths[0] ?? '', 'could not be read')))
  })
}

async function pack(paths: readonly string[]): Promise<Answer> {
  const ranges = new AddressRanges()
  const names = new NetworkNames()
  const indexes = new Map<number, number>()
  for (const path of paths) {
    const rows = new NetworkRows(({ first, last, asn, bytes, nameStart, nameEnd }) => {
      const index = indexes.get(asn) ?? names.add(asn, bytes, nameStart, nameEnd)
      indexes.set(asn, index)
      return ranges.add(first, last, index)
    })
    try {
      for await (const chunk of createReadStream(path)) rows.take(chunk as Buffer)
    } catch (error) {
      return { path, reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})` }
    }
    rows.end()
    if (rows.fault !== null) return { path, reason: `has a line ${rows.fault} that is no range of a network` }
    if (rows.size === 0) return { path, reason: 'holds no networks' }
  }
  return { packed: packWords([...ranges.rows(), ...names.rows()]) }
}

const given = workerData as { readonly task?: string; readonly paths?: readonly string[] } | null
if (!isMainThread && given?.task === task) {
  const answer = await pack(given.paths ?? [])
  parentPort?.postMessage(answer, 'packed' in answer ? [answer.packed.buffer] : [])
}
