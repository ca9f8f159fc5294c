import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A load balancer as small as one can be: it asks each back end whether it is ready, and repeats nothing that was sent. */
export interface SmallProxy {
  readonly url: string
  /** Resolves when the back end says that it is ready. */
  add(url: string): Promise<void>
  /** Resolves when the back end says that it is not ready, or does not answer. */
  untilUnready(url: string): Promise<void>
  /** Requests that no answer came to. */
  readonly lost: readonly string[]
  close(): Promise<void>
}

interface BackEnd {
  readonly url: string
  isReady: boolean
}

/** In milliseconds. */
const askEvery = 25

export async function smallProxy(): Promise<SmallProxy> {
  const agent = new Agent({ keepAlive: true })
  const lost: string[] = []
  const pool = new BackEnds()
  const server = createServer((incoming, outgoing) => {
    const chosen = pool.next()
    if (chosen) forward(chosen, { incoming, outgoing, agent, lost })
    else refuse(outgoing, lost, 'nobody is ready')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost,
    add: (url) => pool.add(url),
    untilUnready: (url) => pool.untilUnready(url),
    async close() {
      pool.close()
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Those that requests may go to, each asked again and again. */
class BackEnds {
  readonly #all: BackEnd[] = []
  #turn = 0
  #isClosed = false

  next(): string | undefined {
    const ready = this.#all.filter(({ isReady }) => isReady)
    this.#turn += 1
    return ready[this.#turn % ready.length]?.url
  }

  async add(url: string): Promise<void> {
    const backEnd = { url, isReady: false }
    this.#all.push(backEnd)
    void this.#ask(backEnd)
    while (!backEnd.isReady) await wait(askEvery)
  }

  async untilUnready(url: string): Promise<void> {
    while (this.#all.some((backEnd) => backEnd.url === url && backEnd.isReady)) await wait(askEvery)
  }

  close(): void {
    this.#isClosed = true
  }

  async #ask(backEnd: BackEnd): Promise<void> {
    while (!this.#isClosed && this.#all.includes(backEnd)) {
      const answer = await fetch(`${backEnd.url}/readyz`).catch(() => null)
      backEnd.isReady = answer?.ok === true
      if (answer === null) this.#all.splice(this.#all.indexOf(backEnd), 1)
      await wait(askEvery)
    }
  }
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly agent: Agent
  readonly lost: string[]
}

function forward(url: string, { incoming, outgoing, agent, lost }: Exchange): void {
  const { method, headers } = incoming
  const onward = request(`${url}${incoming.url}`, { method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    answer.on('error', () => outgoing.destroy())
  })
  onward.on('error', (error) => refuse(outgoing, lost, `${method} ${incoming.url}: ${error.message}`))
  incoming.pipe(onward)
}

function refuse(outgoing: ServerResponse, lost: string[], reason: string): void {
  lost.push(reason)
  if (outgoing.headersSent) outgoing.destroy()
  else outgoing.writeHead(502).end()
}
