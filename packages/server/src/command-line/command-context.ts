/** What a command may touch of the process that runs it, so that a test can hand it something else. */
export interface CommandContext {
  /** Writes one line of results. */
  readonly stdout: (line: string) => void
  /** Writes one line for the person at the terminal: progress, warnings, what went wrong. */
  readonly stderr: (line: string) => void
  /** Whether a person is watching: progress may be drawn. */
  readonly isTerminal: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where `latchkey.config.ts` is looked for, and what relative paths are relative to. */
  readonly workingDirectory: string
}
