import { expect, it } from 'vitest'
import { linesOf } from './lines-of.ts'

async function read(...chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = []
  for await (const line of linesOf(streamOf(chunks))) lines.push(line)
  return lines
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

it('gives lines whole, wherever they were cut on their way', async () => {
  expect(await read(bytes('{"a":'), bytes('1}\n{"b":2}'), bytes('\n'))).toEqual(['{"a":1}', '{"b":2}'])
})

it('knows a letter again that was cut in two', async () => {
  const whole = bytes('Tromsø\n')
  expect(await read(whole.slice(0, 6), whole.slice(6))).toEqual(['Tromsø'])
})

it('gives a last line that no line break ends, and no empty one', async () => {
  expect(await read(bytes('a\n\n'), bytes('b'))).toEqual(['a', 'b'])
  expect(await read()).toEqual([])
})

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}
