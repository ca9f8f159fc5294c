/** A file of data that cannot be used. The message begins with its path and says what is wrong with it. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile'
  readonly path: string
  constructor(path: string, reason: string, options: ErrorOptions = {}) {
    super(`${path} ${reason}`, options)
    this.path = path
  }
}
