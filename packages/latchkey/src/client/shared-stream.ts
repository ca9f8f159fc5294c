import type { EventStream } from './surroundings.ts'

type Listener = (event: { readonly data?: unknown }) => void

/**
 * Opens streams that are all one underneath, which closes with the last of them. Browsers allow six connections
 * to an HTTP/1.1 server; with a stream for each list two tabs of a page could use them up.
 */
export function sharedStream(open: () => EventStream): () => EventStream {
  let current: OneForMany | null = null
  return () => {
    if (current === null || current.isOver) current = new OneForMany(open())
    return current.join()
  }
}

class OneForMany {
  isOver = false
  readonly #stream: EventStream
  readonly #members = new Map<EventStream, Map<string, Listener[]>>()
  readonly #types = new Set<string>()
  #isOpen = false

  constructor(stream: EventStream) {
    this.#stream = stream
    this.#listen('open')
    this.#listen('error')
  }

  join(): EventStream {
    const member: EventStream = {
      addEventListener: (type, listener) => this.#add(member, type, listener),
      close: () => this.#leave(member),
    }
    this.#members.set(member, new Map())
    return member
  }

  #add(member: EventStream, type: string, listener: Listener): void {
    const listeners = this.#members.get(member)
    if (!listeners) return
    listeners.set(type, [...(listeners.get(type) ?? []), listener])
    this.#listen(type)
    // Who comes later has missed that it opened.
    if (type === 'open' && this.#isOpen) {
      queueMicrotask(() => {
        if (this.#isOpen && this.#members.has(member)) listener({})
      })
    }
  }

  #listen(type: string): void {
    if (this.#types.has(type)) return
    this.#types.add(type)
    this.#stream.addEventListener(type, (event) => {
      if (this.isOver) return
      if (type === 'open') this.#isOpen = true
      if (type === 'error') this.#end()
      for (const listeners of [...this.#members.values()]) {
        for (const listener of listeners.get(type) ?? []) listener(event)
      }
    })
  }

  #leave(member: EventStream): void {
    if (this.#members.delete(member) && this.#members.size === 0) this.#end()
  }

  #end(): void {
    if (this.isOver) return
    this.isOver = true
    this.#isOpen = false
    this.#stream.close()
  }
}
