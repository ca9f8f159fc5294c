import { Agent, get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { MeasuredServer } from '../servers/measured-server.ts'

/** Asks so many times a second, whatever the answers take; the milliseconds of each, from when it was sent. */
export async function steadyLoad(
  { port, path, headers }: MeasuredServer,
  perSecond: number,
  seconds: number,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true })
  const waiting: Promise<number>[] = []
  const start = performance.now()
  const count = perSecond * seconds
  while (waiting.length < count) {
    const due = start + (waiting.length * 1_000) / perSecond
    if (due > performance.now()) await setTimeout(1)
    else waiting.push(answered({ port, path, headers, agent }, performance.now()))
  }
  const taken = await Promise.all(waiting)
  agent.destroy()
  return taken
}

function answered(
  options: { port: number; path: string; headers: Readonly<Record<string, string>>; agent: Agent },
  began: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', ...options }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`Answered with ${response.statusCode}`))
      response.resume().on('end', () => resolve(performance.now() - began))
    })
    request.on('error', reject)
  })
}
