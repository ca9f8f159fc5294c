import { type Finding, failed, ok, warning } from './finding.ts'

/** What is seen of the master secret and of where it lies, without making anything. */
export interface KeyFacts {
  readonly secret:
    | { readonly kind: 'configured' }
    | { readonly kind: 'absent'; readonly path: string }
    /** There, and of no use: `reason` is the sentence that the start would end with. */
    | { readonly kind: 'unusable'; readonly reason: string }
    | { readonly kind: 'file'; readonly path: string; readonly mode: number }
  /** Null when it does not exist. */
  readonly dataDirectory: { readonly path: string; readonly mode: number } | null
}

/** This node's secret beside the one that the database was used with; null: the database does not know. */
export type SecretComparison = 'same' | 'another' | 'unused' | null

/** The bits that let anybody but the owner in. */
const forOthers = 0o077
/** Those that let anybody else put another file in the place of one. */
const changeableByOthers = 0o022

/** `comparison`: with the secret that the database was used with. */
export function checkKeys(facts: KeyFacts, comparison: SecretComparison = null): Finding {
  const { secret, dataDirectory } = facts
  if (secret.kind === 'unusable') {
    return failed(
      'keys',
      secret.reason,
      'The program does not start until this is mended; it never overwrites a key.',
    )
  }
  if (comparison === 'another') return anotherSecret(secret)
  if (secret.kind === 'absent') {
    return warning(
      'keys',
      `There is no key file ${secret.path} yet.`,
      'The first start (latchkey serve or latchkey migrate) makes one. If there was one, restore it from the backup before you start.',
    )
  }
  if (secret.kind === 'file' && (secret.mode & forOthers) !== 0) {
    return failed(
      'keys',
      `Others can read the key file ${secret.path} (mode ${octal(secret.mode)}).`,
      `chmod 600 ${secret.path}`,
    )
  }
  if (dataDirectory && (dataDirectory.mode & forOthers) !== 0) return openFolder(dataDirectory)
  return secret.kind === 'configured'
    ? ok('keys', 'The master secret comes from LATCHKEY_SECRET.')
    : ok('keys', `The key file ${secret.path} is readable for its owner only.`)
}

/** What is in it is its owner's alone; whoever may change the folder can put another file in its place. */
function openFolder({ path, mode }: { readonly path: string; readonly mode: number }): Finding {
  const isChangeable = (mode & changeableByOthers) !== 0
  const judged = isChangeable ? failed : warning
  const saw = `Others can ${isChangeable ? 'change files in' : 'look into'} the data folder ${path} (mode ${octal(mode)}).`
  return judged('keys', saw, `chmod 700 ${path}`)
}

function anotherSecret(secret: KeyFacts['secret']): Finding {
  return failed(
    'keys',
    secret.kind === 'absent'
      ? `There is no key file ${secret.path}, and the database was used with a master secret.`
      : 'The master secret of this node is not that of the database, which other nodes use.',
    'Set LATCHKEY_SECRET to the same on every node, or copy the key file of another one. Where it is lost, latchkey migrate --adopt-secret puts the one of this node in its place.',
  )
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0')
}
