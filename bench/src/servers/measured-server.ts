/** What a server of the comparison tells its parent once it listens. */
export interface MeasuredServer {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** What each answer must hold, in its body or in the header of that name. */
  readonly expected: { readonly header: string | null; readonly text: string }
}

export function listening(server: MeasuredServer): void {
  process.send?.(server)
  process.on('disconnect', () => process.exit(0))
}
