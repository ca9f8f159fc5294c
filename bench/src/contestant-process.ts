import type { Contestant, Preparation, RoundRequest, RoundResult } from './contestant.ts'

const file = process.argv[2] ?? ''
const { prepare }: { prepare: Preparation } = await import(file)
const contestant = await prepare()

process.on('message', async ({ duration }: RoundRequest) => {
  const perSecond =
    'measure' in contestant ? await contestant.measure(duration) : await round(contestant, duration)
  const result: RoundResult = { perSecond }
  process.send?.(result)
})
process.on('disconnect', async () => {
  await contestant.close()
  process.exit(0)
})
process.send?.('ready')

/** Goes on in growing batches until the time is over, so that reading the clock costs nothing. */
async function round(measured: Contestant, duration: number): Promise<number> {
  const start = performance.now()
  let done = 0
  let batch = 16
  for (;;) {
    const before = performance.now()
    await measured.run(batch)
    done += batch
    const now = performance.now()
    if (now - start >= duration) return (done * 1_000) / (now - start)
    if (now - before < 20) batch *= 2
  }
}
