import { hash, randomBytes } from 'node:crypto'
import { after, type Clock, hours, type NewSessionEvent } from 'latchkey'
import { plainEvent } from 'latchkey/ports'
import { type Account, type AccountRole, newAccountId, type StoredAccount } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { normaliseEmail } from './email-address.ts'
import { type Origin, unattended } from './origin.ts'
import {
  type PasswordChange,
  type PasswordChangeOutcome,
  type PasswordChanging,
  type ProvedPassword,
  provedPassword,
  replacePassword,
} from './password-change.ts'
import { argon2Hasher, type PasswordHasher } from './password-hasher.ts'
import { normalisePassword, passwordFault } from './password-rules.ts'

export type AccountField = 'email' | 'password'

export type CreateAccountOutcome =
  | { readonly kind: 'created'; readonly account: Account }
  | { readonly kind: 'email-taken' }
  /** `message` completes a sentence that begins with the field's name. */
  | { readonly kind: 'invalid'; readonly field: AccountField; readonly message: string }

export type SetupOutcome = CreateAccountOutcome | { readonly kind: 'unavailable' }

export type AdministratorOutcome = CreateAccountOutcome | { readonly kind: 'exists' }

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** An account whose password somebody knew. */
export interface ProvedAccount {
  readonly account: Account
  readonly password: ProvedPassword
}

/** Everything that can be done with the program's own accounts. */
export interface Accounts {
  /** Default of `origin`: the program itself. */
  create(
    account: Credentials & { readonly role: AccountRole },
    origin?: Origin,
  ): Promise<CreateAccountOutcome>
  /**
   * The account, when the password is its own and it is not disabled; null otherwise, after the same work whether there
   * is one or not.
   */
  authenticate(credentials: Credentials): Promise<ProvedAccount | null>
  /** As `authenticate`, of an account that is known. */
  confirm(accountId: string, password: string): Promise<ProvedPassword | null>
  /** Another password for an account, whatever it was before; null where there is no such account. */
  setPassword(accountId: string, next: string, change: PasswordChange): Promise<PasswordChangeOutcome | null>
  find(id: string): Promise<Account | null>
  /** By the address as somebody wrote it. */
  findByEmail(email: string): Promise<Account | null>
  list(): Promise<readonly Account[]>
  /** Ids of accounts whose address contains the text, at most 100. */
  searchIds(text: string): Promise<readonly string[]>
  /** Addresses by account id, for those that exist. */
  emailsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Makes the administrator that was configured; `exists` when there is any already, who is left alone. */
  ensureAdministrator(credentials: Credentials): Promise<AdministratorOutcome>
  /** A new one-time token in the place of any earlier one; null when there is an administrator. */
  openSetup(): Promise<string | null>
  isSetupOpen(): Promise<boolean>
  /** Makes the first administrator with the token of the link, which is used up by it. */
  setUp(token: string, credentials: Credentials, request?: string | null): Promise<SetupOutcome>
}

export interface AccountsOptions {
  readonly store: AccountStore
  readonly clock: Clock
  /** Default: argon2id. */
  readonly hasher?: PasswordHasher
  /** Whether a user may not sign in. Asked at each try, also for accounts that do not exist. Default: nobody is disabled. */
  readonly isDisabled?: (userId: string) => Promise<boolean>
}

/** Long enough to find the terminal again, short enough that a forgotten log is no way in. */
const setupLinkLifetime = hours(24)

const mostListed = 10_000

/** An id of the form that accounts have, and that none has. */
const nobody = 'usr_000000000000000000000000'

export function createAccounts(options: AccountsOptions): Accounts {
  const { store, hasher = argon2Hasher() } = options
  const byEmail = async (email: string): Promise<StoredAccount | null> => {
    const normal = normaliseEmail(email)
    return normal === null ? null : store.findByEmail(normal)
  }
  const changing = { ...options, hasher }
  const proved = provingBy(changing)
  return {
    create: async ({ role, ...credentials }, origin = unattended) => {
      const drafted = await draft(options, hasher, credentials, role)
      if (drafted.kind === 'invalid') return drafted
      const { account } = drafted
      return (await store.insert(account, createdEvent(account, origin)))
        ? created(account)
        : { kind: 'email-taken' }
    },
    authenticate: async ({ email, password }) => proved(await byEmail(email), password),
    confirm: async (accountId, password) =>
      (await proved(await store.find(accountId), password))?.password ?? null,
    setPassword: async (accountId, next, change) => {
      const account = await store.find(accountId)
      return account && replacePassword(changing, account, next, change)
    },
    findByEmail: async (email) => {
      const account = await byEmail(email)
      return account && withoutHash(account)
    },
    find: async (id) => {
      const account = await store.find(id)
      return account && withoutHash(account)
    },
    list: async () => (await store.list(mostListed)).map(withoutHash),
    searchIds: (text) => store.searchIds(text.trim().toLowerCase(), 100),
    emailsOf: (ids) => store.emailsOf(ids),
    ...administratorSetup(options, hasher),
  }
}

type Proving = (account: StoredAccount | null, password: string) => Promise<ProvedAccount | null>

function provingBy(options: AccountsOptions & PasswordChanging): Proving {
  return async (account, password) => {
    const isDisabled = (await options.isDisabled?.(account?.id ?? nobody)) ?? false
    const passwordHash = account?.passwordHash ?? null
    const matches = await options.hasher.verify(passwordHash, normalisePassword(password))
    if (account === null || !matches || isDisabled) return null
    return { account: withoutHash(account), password: provedPassword(options, account, password) }
  }
}

type SetupOperations = 'ensureAdministrator' | 'openSetup' | 'isSetupOpen' | 'setUp'

function administratorSetup(
  options: AccountsOptions,
  hasher: PasswordHasher,
): Pick<Accounts, SetupOperations> {
  const { store, clock } = options
  return {
    ensureAdministrator: async (credentials) => {
      if (await store.hasAdministrator()) return { kind: 'exists' }
      const drafted = await draft(options, hasher, credentials, 'admin')
      if (drafted.kind === 'invalid') return drafted
      const event = createdEvent(drafted.account, unattended)
      const kind = await store.insertFirstAdministrator(drafted.account, event)
      return kind === 'created' ? created(drafted.account) : { kind }
    },
    openSetup: async () => {
      const token = randomBytes(32).toString('base64url')
      const expiresAt = after(clock.now(), setupLinkLifetime)
      return (await store.replaceSetupLink({ tokenHash: hashToken(token), expiresAt })) ? token : null
    },
    isSetupOpen: () => store.isSetupLinkOpen(null, clock.now()),
    setUp: async (token, credentials, request = null) => {
      const tokenHash = hashToken(token)
      // Asked before the password is hashed, so that guessing tokens costs the guesser more than the program.
      if (!(await store.isSetupLinkOpen(tokenHash, clock.now()))) return { kind: 'unavailable' }
      const drafted = await draft(options, hasher, credentials, 'admin')
      if (drafted.kind === 'invalid') return drafted
      const { account } = drafted
      const event = createdEvent(account, { by: `user:${account.id}`, request })
      const kind = await store.claimSetupLink(tokenHash, account, clock.now(), event)
      return kind === 'created' ? created(account) : { kind }
    },
  }
}

/** Says nothing of the address: that stands in the account, and goes with it. */
function createdEvent({ id, role, createdAt }: StoredAccount, { by, request }: Origin): NewSessionEvent {
  return plainEvent({
    type: 'account.created',
    at: createdAt,
    userId: id,
    actor: by,
    request,
    after: { role },
  })
}

type Draft =
  | { readonly kind: 'ready'; readonly account: StoredAccount }
  | Extract<CreateAccountOutcome, { readonly kind: 'invalid' }>

async function draft(
  { clock }: AccountsOptions,
  hasher: PasswordHasher,
  credentials: Credentials,
  role: AccountRole,
): Promise<Draft> {
  const email = normaliseEmail(credentials.email)
  if (email === null) return { kind: 'invalid', field: 'email', message: 'must be an e-mail address' }
  const fault = passwordFault(credentials.password, email)
  if (fault !== null) return { kind: 'invalid', field: 'password', message: fault }
  const passwordHash = await hasher.hash(normalisePassword(credentials.password))
  return { kind: 'ready', account: { id: newAccountId(), email, role, passwordHash, createdAt: clock.now() } }
}

function created(account: StoredAccount): { readonly kind: 'created'; readonly account: Account } {
  return { kind: 'created', account: withoutHash(account) }
}

function withoutHash({ passwordHash: _passwordHash, ...account }: StoredAccount): Account {
  return account
}

function hashToken(token: string): Uint8Array {
  return hash('sha256', token, 'buffer')
}
