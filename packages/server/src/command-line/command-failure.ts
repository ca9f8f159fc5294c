/** 1: it could not be done. 2: it was asked for in the wrong way, and nothing was tried. */
export type FailureStatus = 1 | 2

/** Ends a command with one clear sentence on stderr and an exit status. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitStatus: FailureStatus

  constructor(message: string, exitStatus: FailureStatus = 1, options?: ErrorOptions) {
    super(message, options)
    this.exitStatus = exitStatus
  }
}
