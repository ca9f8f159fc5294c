import type { Instant, NewSessionEvent } from 'latchkey'
import type { AccountRole, StoredAccount } from './account.ts'
import type { AccountStore, PasswordReplacement } from './account-store.ts'
import { addToAuditLog } from './postgres-events.ts'
import { canBeStored, type PostgresStatements, type RunStatement } from './postgres-statements.ts'

/** As it comes from the driver, which brings a `bigint` as text. */
interface Row {
  readonly id: string
  readonly email: string
  readonly role: AccountRole
  readonly password_hash: string
  readonly created_at: string
}

/** Accounts in the program's tables of a PostgreSQL database. */
export function postgresAccountStore(statements: PostgresStatements): AccountStore {
  const { run, write } = statements
  const one = async (sql: string, value: string): Promise<StoredAccount | null> => {
    const [row] = canBeStored(value) ? await run<Row>(sql, value) : []
    return row ? toAccount(row) : null
  }
  return {
    // An administrator by command and one by the link come one after the other.
    insert: (account, event) => write((locked) => insert(locked, account, event)),
    find: (id) => one('SELECT * FROM accounts WHERE id = $1', id),
    findByEmail: (email) => one('SELECT * FROM accounts WHERE email = $1', email),
    list: async (limit) => {
      const rows = await run<Row>('SELECT * FROM accounts ORDER BY created_at, id LIMIT $1', limit)
      return rows.map(toAccount)
    },
    searchIds: async (text, limit) => {
      if (!canBeStored(text)) return []
      const rows = await run<Pick<Row, 'id'>>(
        'SELECT id FROM accounts WHERE strpos(email, $1) > 0 ORDER BY email LIMIT $2',
        text,
        limit,
      )
      return rows.map(({ id }) => id)
    },
    emailsOf: async (ids) => {
      const rows = await run<Pick<Row, 'id' | 'email'>>(
        'SELECT id, email FROM accounts WHERE id = ANY($1::text[])',
        ids.filter(canBeStored),
      )
      return new Map(rows.map(({ id, email }) => [id, email]))
    },
    hasAdministrator: () => hasAdministrator(run),
    replacePasswordHash: (replacement, event) =>
      write((locked) => replacePasswordHash(locked, replacement, event)),
    ...setupLinks(statements),
  }
}

type SetupMethods = 'replaceSetupLink' | 'isSetupLinkOpen' | 'claimSetupLink' | 'insertFirstAdministrator'

function setupLinks({ run, write }: PostgresStatements): Pick<AccountStore, SetupMethods> {
  return {
    replaceSetupLink: ({ tokenHash, expiresAt }) =>
      write(async (locked) => {
        await withdrawSetupLink(locked)
        if (await hasAdministrator(locked)) return false
        await locked(
          'INSERT INTO setup_links (only_one, token_hash, expires_at) VALUES (1, $1, $2)',
          tokenHash,
          expiresAt,
        )
        return true
      }),
    isSetupLinkOpen: (tokenHash, now) => isOpen(run, tokenHash, now),
    claimSetupLink: (tokenHash, administrator, now, event) =>
      write(async (locked) => {
        if (!(await isOpen(locked, tokenHash, now))) return 'unavailable'
        return firstAdministrator(locked, administrator, event)
      }),
    insertFirstAdministrator: (administrator, event) =>
      write(async (locked) => {
        if (await hasAdministrator(locked)) return 'exists'
        return firstAdministrator(locked, administrator, event)
      }),
  }
}

async function firstAdministrator(
  run: RunStatement,
  administrator: StoredAccount,
  event: NewSessionEvent,
): Promise<'created' | 'email-taken'> {
  if (!(await insert(run, administrator, event))) return 'email-taken'
  await withdrawSetupLink(run)
  return 'created'
}

async function insert(run: RunStatement, account: StoredAccount, event: NewSessionEvent): Promise<boolean> {
  const inserted = await run(
    `INSERT INTO accounts (id, email, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    account.id,
    account.email,
    account.role,
    account.passwordHash,
    account.createdAt,
  )
  if (inserted.length === 1) await addToAuditLog(run, event)
  return inserted.length === 1
}

async function replacePasswordHash(
  run: RunStatement,
  { id, before, passwordHash }: PasswordReplacement,
  event: NewSessionEvent,
): Promise<boolean> {
  if (!canBeStored(id)) return false
  const changed = await run(
    'UPDATE accounts SET password_hash = $1 WHERE id = $2 AND password_hash = $3 RETURNING id',
    passwordHash,
    id,
    before,
  )
  if (changed.length === 1) await addToAuditLog(run, event)
  return changed.length === 1
}

async function hasAdministrator(run: RunStatement): Promise<boolean> {
  return (await run("SELECT 1 FROM accounts WHERE role = 'admin' LIMIT 1")).length > 0
}

async function withdrawSetupLink(run: RunStatement): Promise<void> {
  await run('DELETE FROM setup_links')
}

/** One statement, so that link and administrator are of one moment. The hash of a guess says nothing of the token. */
async function isOpen(run: RunStatement, tokenHash: Uint8Array | null, now: Instant): Promise<boolean> {
  const links = await run(
    `SELECT 1 FROM setup_links WHERE expires_at > $1 AND ($2::bytea IS NULL OR token_hash = $2)
     AND NOT EXISTS (SELECT FROM accounts WHERE role = 'admin')`,
    now,
    tokenHash,
  )
  return links.length > 0
}

function toAccount(row: Row): StoredAccount {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    passwordHash: row.password_hash,
    createdAt: Number(row.created_at) as Instant,
  }
}
