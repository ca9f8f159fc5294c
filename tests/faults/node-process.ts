import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FaultProxy } from './fault-proxy.ts'
import type { NodeAnswer, NodeCommand, NodeMessage, NodeQuestion, NodeRequest } from './node-commands.ts'

const script = fileURLToPath(new URL('./coherence-node.ts', import.meta.url))

/** A paused node would not notice that its parent has gone. */
const living = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

/** A node as its parent sees it, over all its lives. */
export class NodeProcess {
  readonly name: string
  readonly proxy: FaultProxy
  isReady = false
  #lives = 0
  #child: ChildProcess | null = null
  #number = 0
  readonly #asked = new Map<number, (answer: NodeAnswer | null) => void>()

  constructor(name: string, proxy: FaultProxy) {
    this.name = name
    this.proxy = proxy
  }

  /** Which of its lives it is in: a killed node that is started again is another one. */
  get life(): string {
    return this.#lives === 1 ? this.name : `${this.name}, life ${this.#lives}`
  }

  /** Questions without an answer so far. */
  get waiting(): number {
    return this.#asked.size
  }

  /** Resolves when it can be asked; rejects when it ends before. */
  async start(): Promise<void> {
    this.#lives += 1
    const child = fork(script, [String(this.proxy.port)], {
      execArgv: ['--conditions=latchkey-source'],
      env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child = child
    living.add(child)
    child.on('error', () => {})
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (message: NodeMessage) => {
        if (message.kind === 'ready') resolve()
        else this.#answered(message.number, message.answer)
      })
      child.on('exit', (code, signal) => {
        this.#ended(child)
        reject(new Error(`${this.name} ended with ${code ?? signal}`))
      })
    })
    await ready
    this.isReady = true
  }

  /** What it answers; null when it dies before it does. */
  ask(command: NodeCommand | NodeQuestion): Promise<NodeAnswer | null> {
    const child = this.#child
    if (child === null || !child.connected) return Promise.resolve(null)
    this.#number += 1
    const request: NodeRequest = { number: this.#number, command }
    return new Promise((resolve) => {
      this.#asked.set(request.number, resolve)
      child.send(request, (error) => {
        if (error) this.#answered(request.number, null)
      })
    })
  }

  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (child === null) return
    this.isReady = false
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  #answered(number: number, answer: NodeAnswer | null): void {
    const resolve = this.#asked.get(number)
    this.#asked.delete(number)
    resolve?.(answer)
  }

  #ended(child: ChildProcess): void {
    living.delete(child)
    if (this.#child !== child) return
    this.#child = null
    this.isReady = false
    for (const number of [...this.#asked.keys()]) this.#answered(number, null)
  }
}
