import { afterEach, expect, it } from 'vitest'
import { type HttpServer, startHttpServer } from './http-server.ts'

const attachment = { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="a.csv"' }
const lines = { 'Content-Type': 'application/x-ndjson' }

let server: HttpServer | null = null
afterEach(() => server?.stop(0))

/** Answers with so many pieces, after which it fails. */
async function failingAfter(pieces: number, headers: Record<string, string>): Promise<unknown[]> {
  const errors: unknown[] = []
  let left = pieces
  const body = () =>
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setImmediate(resolve))
        if (left === 0) throw new Error('the row (ann) of the storage')
        left -= 1
        controller.enqueue(new TextEncoder().encode('a line\n'))
      },
    })
  server = await startHttpServer(
    { host: '127.0.0.1', port: 0 },
    {
      answerAtOnce: () => false,
      fetch: async () => new Response(body(), { headers }),
      onBrokenOff: (error) => errors.push(error),
    },
  )
  return errors
}

it.each([
  [1, attachment],
  [40, attachment],
  [40, lines],
])('an answer that fails after %i pieces is not whole, and says nothing of why', async (pieces, headers) => {
  const errors = await failingAfter(pieces, headers)
  let text = ''
  const asking = async (): Promise<void> => {
    const response = await fetch(server?.url ?? '')
    const decoder = new TextDecoder()
    for await (const piece of response.body ?? []) text += decoder.decode(piece)
  }
  await expect(asking()).rejects.toThrow()
  expect(text).not.toContain('ann')
  expect(errors).toEqual([new Error('the row (ann) of the storage')])
})
