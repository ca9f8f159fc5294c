import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RoundResult } from './contestant.ts'
import { median } from './median.ts'

export interface Entry {
  readonly name: string
  /** A file of `contestants/`. */
  readonly file: string
}

export interface Measured {
  readonly name: string
  /** The median of its rounds, in operations a second. */
  readonly perSecond: number
}

const processFile = fileURLToPath(new URL('contestant-process.ts', import.meta.url))

/** Lets the contestants take turns, so that whatever else the machine does meets them all; the first round warms up. */
export async function interleave(
  entries: readonly Entry[],
  rounds: { readonly count: number; readonly duration: number },
): Promise<Measured[]> {
  const running = await Promise.all(
    entries.map(async (entry) => ({ entry, child: await started(entry.file) })),
  )
  const results = new Map<string, number[]>()
  for (let round = 0; round <= rounds.count; round += 1) {
    for (const { entry, child } of running) {
      const { perSecond } = await oneRound(child, rounds.duration)
      if (round > 0) results.set(entry.name, [...(results.get(entry.name) ?? []), perSecond])
      process.stderr.write(`  ${entry.name}: ${Math.round(perSecond)}/s\n`)
    }
  }
  for (const { child } of running) {
    child.disconnect()
    await once(child, 'exit')
  }
  return entries.map(({ name }) => ({ name, perSecond: median(results.get(name) ?? []) }))
}

async function started(file: string): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(`contestants/${file}`, import.meta.url))
  const child = fork(processFile, [path], { execArgv: ['--conditions=latchkey-source', '--no-warnings'] })
  await answerOf(child)
  return child
}

async function oneRound(child: ChildProcess, duration: number): Promise<RoundResult> {
  const answer = answerOf(child)
  child.send({ duration })
  return (await answer) as RoundResult
}

/** A contestant that dies, by a wrong answer above all, ends the whole run: nothing of it counts. */
function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`A contestant ended with ${code}.`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
