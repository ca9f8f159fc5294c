import { randomBytes } from 'node:crypto'
import type { Instant } from 'latchkey'

export const accountRoles = ['user', 'admin'] as const

export type AccountRole = (typeof accountRoles)[number]

/** Someone who can sign in to the program itself. The `userId` of their sessions is the account's id. */
export interface Account {
  /** `usr_…` */
  readonly id: string
  /** As `normaliseEmail` writes it; no two accounts share one. */
  readonly email: string
  readonly role: AccountRole
  readonly createdAt: Instant
}

/** An account with what proves it. It does not leave this folder. */
export interface StoredAccount extends Account {
  /** Argon2id in PHC form. */
  readonly passwordHash: string
}

export function newAccountId(): string {
  return `usr_${randomBytes(12).toString('hex')}`
}
