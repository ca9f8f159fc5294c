/**
 * A setting that cannot be used. The message names it and says what is wrong, and never holds the value of a
 * secret. Status 2: it was written wrongly. Status 1: it is well written and what it names cannot be used.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly exitStatus: 1 | 2

  constructor(message: string, options: ErrorOptions & { readonly exitStatus?: 1 | 2 } = {}) {
    super(message, options)
    this.exitStatus = options.exitStatus ?? 2
  }
}
