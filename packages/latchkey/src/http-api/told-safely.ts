/** The listener, made harmless: one that keeps logs and fails must not take the answer with it. It becomes a warning. */
export function toldSafely<Told extends readonly unknown[]>(
  listener: ((...told: Told) => void) | undefined,
): (...told: Told) => void {
  return (...told) => {
    try {
      listener?.(...told)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }
}
