/** The part of `EventSource` that is used, so that another implementation fits. */
export interface EventStream {
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void
  close(): void
}

/** `EventSource`, or what can stand in for it. */
export type EventStreamConstructor = new (url: string, init: { withCredentials: boolean }) => EventStream

/** What a live list needs of the page it runs in; tests bring their own and move it by hand. */
export interface Surroundings {
  /** Runs it once after that many milliseconds; returns what calls it off. */
  schedule(delay: number, run: () => void): () => void
  /** From 0 up to 1, for the jitter of retries. */
  random(): number
  /** Whether anybody can see the page. */
  isVisible(): boolean
  /** Told when the page is shown or hidden and when the network comes back. Returns what ends it. */
  onChange(listener: () => void): () => void
}

/** The browser's own. Outside of one, the page counts as always visible. */
export const browserSurroundings: Surroundings = {
  schedule(delay, run) {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
  isVisible: () => typeof document === 'undefined' || document.visibilityState !== 'hidden',
  onChange(listener) {
    if (typeof document === 'undefined') return () => {}
    document.addEventListener('visibilitychange', listener)
    window.addEventListener('online', listener)
    return () => {
      document.removeEventListener('visibilitychange', listener)
      window.removeEventListener('online', listener)
    }
  },
}
