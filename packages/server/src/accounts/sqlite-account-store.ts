import type { SQLOutputValue } from 'node:sqlite'
import type { Instant, NewSessionEvent } from 'latchkey'
import type { AccountRole, StoredAccount } from './account.ts'
import type { AccountStore, PasswordReplacement } from './account-store.ts'
import type { AccountsDatabase, Prepare } from './accounts-database.ts'
import { type AddEvent, addToAuditLog } from './sqlite-events.ts'

type Row = Record<string, SQLOutputValue>

/** Accounts in the program's SQLite file. */
export function sqliteAccountStore(
  database: AccountsDatabase,
  addEvent: AddEvent = addToAuditLog,
): AccountStore {
  return {
    insert: async (account, event) => database.write((prepare) => insert(prepare, account, event, addEvent)),
    find: async (id) =>
      database.read((prepare) => toAccount(prepare('SELECT * FROM accounts WHERE id = ?').get(id))),
    findByEmail: async (email) =>
      database.read((prepare) => toAccount(prepare('SELECT * FROM accounts WHERE email = ?').get(email))),
    list: async (limit) =>
      database.read((prepare) =>
        prepare('SELECT * FROM accounts ORDER BY created_at, id LIMIT ?')
          .all(limit)
          .flatMap((row) => toAccount(row) ?? []),
      ),
    searchIds: async (text, limit) =>
      database.read((prepare) =>
        prepare('SELECT id FROM accounts WHERE instr(email, ?) > 0 ORDER BY email LIMIT ?')
          .all(text, limit)
          .map((row) => String(row['id'])),
      ),
    emailsOf: async (ids) =>
      database.read((prepare) => {
        const rows = prepare(
          'SELECT id, email FROM accounts WHERE id IN (SELECT value FROM json_each(?))',
        ).all(JSON.stringify(ids))
        return new Map(rows.map((row) => [String(row['id']), String(row['email'])]))
      }),
    hasAdministrator: async () => database.read(hasAdministrator),
    replacePasswordHash: async (replacement, event) =>
      database.write((prepare) => replacePasswordHash(prepare, replacement, event, addEvent)),
    ...setupLinks(database, addEvent),
  }
}

type SetupMethods = 'replaceSetupLink' | 'isSetupLinkOpen' | 'claimSetupLink' | 'insertFirstAdministrator'

function setupLinks(database: AccountsDatabase, addEvent: AddEvent): Pick<AccountStore, SetupMethods> {
  return {
    replaceSetupLink: async (link) =>
      database.write((prepare) => {
        withdrawSetupLink(prepare)
        if (hasAdministrator(prepare)) return false
        prepare('INSERT INTO setup_links (only_one, token_hash, expires_at) VALUES (1, ?, ?)').run(
          link.tokenHash,
          link.expiresAt,
        )
        return true
      }),
    isSetupLinkOpen: async (tokenHash, now) => database.read((prepare) => isOpen(prepare, tokenHash, now)),
    claimSetupLink: async (tokenHash, administrator, now, event) =>
      database.write((prepare) => {
        if (!isOpen(prepare, tokenHash, now)) return 'unavailable'
        if (!insert(prepare, administrator, event, addEvent)) return 'email-taken'
        withdrawSetupLink(prepare)
        return 'created'
      }),
    insertFirstAdministrator: async (administrator, event) =>
      database.write((prepare) => {
        if (hasAdministrator(prepare)) return 'exists'
        if (!insert(prepare, administrator, event, addEvent)) return 'email-taken'
        withdrawSetupLink(prepare)
        return 'created'
      }),
  }
}

function insert(
  prepare: Prepare,
  account: StoredAccount,
  event: NewSessionEvent,
  addEvent: AddEvent,
): boolean {
  const { changes } = prepare(
    `INSERT INTO accounts (id, email, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (email) DO NOTHING`,
  ).run(account.id, account.email, account.role, account.passwordHash, account.createdAt)
  if (changes === 1) addEvent(prepare, event)
  return changes === 1
}

function replacePasswordHash(
  prepare: Prepare,
  { id, before, passwordHash }: PasswordReplacement,
  event: NewSessionEvent,
  addEvent: AddEvent,
): boolean {
  const { changes } = prepare('UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?').run(
    passwordHash,
    id,
    before,
  )
  if (changes === 1) addEvent(prepare, event)
  return changes === 1
}

function hasAdministrator(prepare: Prepare): boolean {
  return prepare("SELECT 1 FROM accounts WHERE role = 'admin' LIMIT 1").get() !== undefined
}

function withdrawSetupLink(prepare: Prepare): void {
  prepare('DELETE FROM setup_links').run()
}

/** Looking a token up by its hash tells nothing to who guesses: hashes of guesses say nothing of the token. */
function isOpen(prepare: Prepare, tokenHash: Uint8Array | null, now: Instant): boolean {
  const link = prepare(
    'SELECT 1 FROM setup_links WHERE expires_at > ?1 AND (?2 IS NULL OR token_hash = ?2)',
  ).get(now, tokenHash)
  return link !== undefined && !hasAdministrator(prepare)
}

function toAccount(row: Row | undefined): StoredAccount | null {
  if (!row) return null
  return {
    id: String(row['id']),
    email: String(row['email']),
    role: row['role'] as AccountRole,
    passwordHash: String(row['password_hash']),
    createdAt: Number(row['created_at']) as Instant,
  }
}
