/** What is written as lines of JSON. */
export interface NdjsonOptions<Line> {
  /** Aborted once nobody reads any more. What it rejects with breaks the answer off. */
  readonly run: (write: (line: Line) => void, signal: AbortSignal) => Promise<void>
  /** Called once, however it ends; null: as it should, or nobody reads any more. */
  readonly onEnd: (error: unknown) => void
}

const encoder = new TextEncoder()

/** `application/x-ndjson`, a line at a time, as it is found out. */
export function ndjsonStream<Line>({ run, onEnd }: NdjsonOptions<Line>): ReadableStream<Uint8Array> {
  const abort = new AbortController()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (line: Line): void => {
        if (!abort.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      run(write, abort.signal).then(
        () => {
          onEnd(null)
          if (!abort.signal.aborted) controller.close()
        },
        (error: unknown) => {
          onEnd(abort.signal.aborted ? null : error)
          if (!abort.signal.aborted) controller.error(error)
        },
      )
    },
    cancel() {
      abort.abort()
    },
  })
}
