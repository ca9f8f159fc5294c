/** What is sent to a client, as far as it can be cut off. */
interface Outgoing {
  destroy(): unknown
}

/** Whether an answer is made while it is sent, so that something may go wrong when its head is out already. */
function isMadeWhileSent({ headers }: Pick<Response, 'headers'>): boolean {
  return (
    headers.has('content-disposition') ||
    headers.get('content-type')?.startsWith('application/x-ndjson') === true
  )
}

/**
 * The same answer, of which the connection is cut where its body fails: the client sees that it is not whole. The web server
 * would write what went wrong into the body, end that as if it were whole, and print the error past the log.
 */
export function breakingOff(
  response: Response,
  outgoing: Outgoing,
  onBrokenOff: (error: unknown) => void,
): Response {
  if (!isMadeWhileSent(response) || response.body === null) return response
  const { body, status, headers } = response
  const reader = body.getReader()
  const whole = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          onBrokenOff(error)
          outgoing.destroy()
          controller.close()
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read before the client takes it.
    { highWaterMark: 0 },
  )
  return new Response(whole, { status, headers })
}
