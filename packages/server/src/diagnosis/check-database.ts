import { type Finding, failed, ok, warning } from './finding.ts'

/** What stands in the way: each is mended in another way. */
export type Obstacle = 'damaged' | 'locked' | 'out-of-reach' | 'in-memory'

const mends: Readonly<Record<Obstacle, string>> = {
  damaged: 'Stop the server, keep a copy of the file, and restore the last backup.',
  locked:
    'Wait until whatever holds it (a backup, a copy, an SQL shell) is done, and try again. The file itself is not damaged.',
  'out-of-reach':
    'Run this as the user that owns the file, and see that its disk is there and has room. The file itself need not be damaged.',
  'in-memory': 'Name a file in LATCHKEY_DATABASE_URL, so that sessions outlast the server.',
}

/** What opening the database for reading came to. */
export type DatabaseFacts =
  | { readonly kind: 'absent'; readonly path: string }
  /** `reason`: a sentence without SQL. */
  | { readonly kind: 'unusable'; readonly path: string; readonly reason: string; readonly obstacle: Obstacle }
  | { readonly kind: 'not-migrated'; readonly path: string }
  | { readonly kind: 'too-new'; readonly path: string }
  /** `isWritable`: whether the one who asks may write to the file and its folder, where the log of changes stands. */
  | { readonly kind: 'ready'; readonly path: string; readonly isWritable: boolean }

export function checkDatabase(facts: DatabaseFacts): Finding {
  switch (facts.kind) {
    case 'ready':
      return facts.isWritable
        ? ok('database', `${facts.path} can be read and written and has the schema that this version needs.`)
        : warning(
            'database',
            `${facts.path} can be read, but this user may not write to it or to its folder.`,
            'Run this as the user that the server runs as. If that is this one, give it the right to write to both.',
          )
    case 'absent':
      return failed(
        'database',
        `There is no database at ${facts.path}.`,
        'latchkey serve or latchkey migrate makes it. If there should be one, see whether LATCHKEY_DATABASE_URL names it (latchkey config) and whether you are in the right folder.',
      )
    case 'not-migrated':
      return failed(
        'database',
        `${facts.path} does not have the schema that this version needs.`,
        'latchkey migrate brings it up to date; latchkey serve does so when it starts.',
      )
    case 'too-new':
      return failed(
        'database',
        `${facts.path} was written by a newer version of Latchkey.`,
        'Install that version again; an older one cannot read it, and changes nothing in it.',
      )
    case 'unusable':
      return failed('database', `${facts.path} cannot be used: ${facts.reason}`, mends[facts.obstacle])
  }
}
