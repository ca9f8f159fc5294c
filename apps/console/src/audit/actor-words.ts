const kinds: Readonly<Record<string, string>> = {
  user: 'User',
  admin: 'Administrator',
  service: 'Application',
}

const alone: Readonly<Record<string, string>> = {
  'command-line': 'Command line',
  system: 'Latchkey itself',
}

interface ActorWords {
  readonly who: string
  /** Null where there is but one. */
  readonly id: string | null
}

/** `Administrator` with `usr_1`, `Command line` with nothing. */
export function actorWords(actor: string): ActorWords {
  const [kind = '', ...rest] = actor.split(':')
  const who = kinds[kind]
  return who === undefined || rest.length === 0
    ? { who: alone[actor] ?? actor, id: null }
    : { who, id: rest.join(':') }
}

/** `Administrator ann@example.com`, or with the id where nobody knows more; `Command line`. */
export function actorText(actor: string, label: string | null): string {
  const { who, id } = actorWords(actor)
  return id === null ? who : `${who} ${label ?? id}`
}
