/** An operation of the OpenAPI document, as it may be called. */
export interface Endpoint {
  readonly method: string
  /** With something of the right kind in the place of its parameters. */
  readonly path: string
  /** The names of the schemes of which one is asked for; none: for everybody. */
  readonly schemes: readonly string[]
}

interface Operation {
  readonly security?: readonly Readonly<Record<string, unknown>>[]
}

/** Nobody's, and of the right shape. */
const placeholders: Readonly<Record<string, string>> = {
  session_id: `ses_${'a'.repeat(24)}`,
  device_id: `dev_${'a'.repeat(24)}`,
  user_id: 'nobody-at-all',
}

/** Every operation of the document, so that one that is new is covered by itself. Streams do not end, and are left out. */
export function endpointsOf(document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}): readonly Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(() => !path.endsWith('/events'))
      .map(([method, { security = [] }]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{([^}]+)\}/g, (_, name: string) => placeholders[name] ?? 'x'),
        schemes: security.flatMap((one) => Object.keys(one)),
      })),
  )
}
