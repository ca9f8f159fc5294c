import { addressOf, openPlaceData } from './place-data.ts'
import type { PlaceDataCost } from './place-data-cost.ts'

/** What the data costs a process that has nothing else: started anew for each measurement. */
const [, , level = 'country', folder = ''] = process.argv

// What the code itself takes is there before.
await import('latchkey/signals')
globalThis.gc?.()
const before = process.memoryUsage().rss
const start = performance.now()
const places = await openPlaceData(level === 'city' ? 'city' : 'country', folder)
const milliseconds = performance.now() - start
for (let index = 0; index < 100; index += 1) places.locate(addressOf(index))
globalThis.gc?.()
const cost: PlaceDataCost = { resident: process.memoryUsage().rss - before, milliseconds }
places.close()
process.send?.(cost)
process.on('disconnect', () => process.exit(0))
