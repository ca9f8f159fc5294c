import type { Socket } from 'node:net'
import type { Affected, ProxyFault } from './fault-proxy.ts'

interface Surroundings {
  faults(): readonly ProxyFault[]
  random(): number
  onClosed(): void
}

/** One connection of a node to the database, by way of the proxy. */
export class ProxiedConnection {
  isListening = false
  readonly #client: Socket
  readonly #server: Socket
  readonly #surroundings: Surroundings
  readonly #requests: Way
  readonly #answers: Way
  /** The end of the last piece of request, since a word may be divided. */
  #lastWords = ''
  /** The sign-in is over: the database has been asked something. */
  #wasAsked = false
  #cutsNextAnswer = false

  constructor(client: Socket, server: Socket, surroundings: Surroundings) {
    this.#client = client
    this.#server = server
    this.#surroundings = surroundings
    this.#requests = new Way(server)
    this.#answers = new Way(client)
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', () => {})
    client.on('data', (piece) => this.#request(piece))
    server.on('data', (piece) => this.#answer(piece))
    // A closed connection closes behind what is still on its way: what hangs arrives late, from a node that gave it up.
    client.on('close', () => this.#closed(this.#requests))
    server.on('close', () => this.#closed(this.#answers))
    this.faultChanged()
  }

  /** Takes up the fault that holds now. */
  faultChanged(): void {
    const fault = this.#fault()
    this.#cutsNextAnswer = fault?.kind === 'cut-answer'
    if (fault?.kind === 'reset') {
      this.reset()
      return
    }
    const hangs = fault?.kind === 'hang' ? fault.direction : null
    this.#requests.hold(hangs === 'requests' || hangs === 'both')
    this.#answers.hold(hangs === 'answers' || hangs === 'both')
  }

  reset(): void {
    for (const socket of [this.#client, this.#server]) {
      if (socket.connecting || socket.destroyed) socket.destroy()
      else socket.resetAndDestroy()
    }
    this.#requests.abandon()
    this.#answers.abandon()
    this.#surroundings.onClosed()
  }

  #request(piece: Buffer): void {
    const text = piece.toString('latin1')
    const words = this.#lastWords + text
    const wasListening = this.isListening
    const wasAsked = this.#wasAsked
    // Each message of a signed-in client begins with a letter; the answer to a challenge is none of these.
    this.#wasAsked ||= /^[QPB]/.test(text)
    this.isListening ||= /LISTEN /i.test(words)
    this.#lastWords = words.slice(-8)
    if (this.#wasAsked !== wasAsked || this.isListening !== wasListening) this.faultChanged()
    this.#requests.send(piece, 0)
  }

  #answer(piece: Buffer): void {
    if (this.#cutsNextAnswer && this.#wasAsked) {
      this.reset()
      return
    }
    const fault = this.#fault()
    this.#answers.send(piece, fault?.kind === 'slow' ? this.#surroundings.random() * fault.mostDelay : 0)
  }

  /** It is there until both ends are closed: as long as one is, what hangs has to be let go once the fault is over. */
  #closed(way: Way): void {
    way.end()
    if (this.#client.closed && this.#server.closed) this.#surroundings.onClosed()
  }

  /** The first fault that is one of this connection's. */
  #fault(): ProxyFault | null {
    return this.#surroundings.faults().find(({ on }) => this.#isAffected(on)) ?? null
  }

  #isAffected(on: Affected): boolean {
    if (on === 'all') return true
    return on === 'listening' ? this.isListening : this.#wasAsked && !this.isListening
  }
}

/** One direction: keeps the order, whatever delays a piece. */
class Way {
  readonly #to: Socket
  readonly #waiting: { readonly piece: Buffer | null; readonly delay: number }[] = []
  #isHeld = false
  #timer: NodeJS.Timeout | null = null

  constructor(to: Socket) {
    this.#to = to
  }

  send(piece: Buffer | null, delay: number): void {
    this.#waiting.push({ piece, delay })
    this.#go()
  }

  end(): void {
    this.send(null, 0)
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.#go()
  }

  abandon(): void {
    this.#waiting.length = 0
    if (this.#timer) clearTimeout(this.#timer)
  }

  #go(): void {
    if (this.#timer !== null) return
    while (!this.#isHeld) {
      const [next] = this.#waiting
      if (next === undefined) return
      if (next.delay > 0) {
        this.#later(next.piece, next.delay)
        return
      }
      this.#waiting.shift()
      this.#pass(next.piece)
    }
  }

  #later(piece: Buffer | null, delay: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (this.#waiting[0]?.piece === piece) this.#waiting[0] = { piece, delay: 0 }
      this.#go()
    }, delay)
  }

  #pass(piece: Buffer | null): void {
    if (this.#to.destroyed) return
    if (piece === null) this.#to.end()
    else this.#to.write(piece)
  }
}
