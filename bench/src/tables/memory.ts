import { markdownTable, number, ratio } from '../markdown.ts'
import { cachedSessionMemory } from '../memory/cached-session-memory.ts'
import { type MemoryUnderLoad, memoryUnderLoad, type Watched } from '../memory/memory-under-load.ts'
import type { Shown } from '../shown.ts'
import type { Table } from '../table.ts'

const mostBytes = 500
/** Growth of less than so much of the heap in an hour is called flat, when it cannot be told from none. */
const flatShare = 0.01
const leastMinutes = 30

export const memory: Table = {
  name: 'memory',
  needs: ['postgres'],
  async measure({ length, minutesUnderLoad }) {
    const count = length === 'short' ? 10_000 : 100_000
    const { heap, outside } = await cachedSessionMemory(count)
    process.stderr.write(`  ${Math.round(heap)} B of heap for each cached session\n`)
    const load = await memoryUnderLoad(minutesUnderLoad)
    return {
      title: 'Memory',
      text: `${number(count)} sessions in the cache, with browsers, addresses and places as they come: ${number(heap)} B of heap for each, and
${number(outside)} B of buffers outside of it.

${underLoadText(load)}`,
      shown: [
        {
          what: 'heap for each cached session',
          target: `at most ${mostBytes} B`,
          figure: `${number(heap + outside)} B`,
          isMet: heap + outside <= mostBytes,
        },
        flatShown(load),
      ],
    }
  },
}

function underLoadText({
  minutes,
  requestsPerSecond,
  share,
  busy,
  heap,
  rss,
  samples,
}: MemoryUnderLoad): string {
  const line = (name: string, { first, last, slope }: Watched) => ({
    name,
    cells: [
      megabytes(first),
      megabytes(last),
      `${megabytes(slope.perSecond * 3_600)} ± ${megabytes(slope.plusMinus * 3_600)}`,
    ],
  })
  const heads = ['at first, MB', 'at last, MB', 'slope, MB an hour']
  return `The guard in a server on PostgreSQL, with ${number(requestsPerSecond)} requests/s (${ratio(share)} of the most, its event loop busy ${ratio(busy)} of the
time), 100 sessions that come and 100 that go each second, and a cache that is full, for ${minutes.toFixed(1)} minutes. The first quarter is left out; the slope is that of least squares over
${samples} samples with its 95 % interval. \`npm run bench -- --only memory --hours 1\` watches for an hour.

${markdownTable(heads, [line('heap, after a collection', heap), line('resident', rss)])}`
}

/** Minutes say little of an hour, so they are not judged: the platform settles for longer. */
function flatShown({ minutes, heap }: MemoryUnderLoad): Shown {
  const { perSecond, plusMinus } = heap.slope
  const [hourly, least] = [perSecond * 3_600, (perSecond - plusMinus) * 3_600]
  const isFlat = least <= 0 || hourly <= heap.first * flatShare
  return {
    what: `memory under 70 % load for ${minutes.toFixed(minutes < 10 ? 1 : 0)} minutes`,
    target: minutes < leastMinutes ? 'flat, after an hour (`--hours 1`)' : 'flat',
    figure: `${megabytes(hourly)} ± ${megabytes(plusMinus * 3_600)} MB of heap an hour`,
    isMet: minutes < leastMinutes ? null : isFlat,
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
