/** The program cannot begin to answer. The message says why in one sentence, and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
