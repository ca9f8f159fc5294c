/** Texts as the body of an answer: the next one is made when the client has taken the one before it, and none after it has gone. */
export function streamOf(
  texts: AsyncGenerator<string, void> | Generator<string, void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    // What throws here breaks the answer off: a client that counts on its end sees that it is not whole.
    async pull(controller) {
      const { value, done } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return()
    },
  })
}
