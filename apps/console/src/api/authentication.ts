import type { LoginResponse, MeResponse, PasswordResponse, SetupStateResponse } from 'latchkey/client'
import { request } from './request.ts'

export interface Credentials {
  readonly email: string
  readonly password: string
}

export function fetchMe(): Promise<MeResponse> {
  return request('GET', '/api/v1/auth/me')
}

export function signIn(credentials: Credentials): Promise<LoginResponse> {
  return request('POST', '/api/v1/auth/login', { body: { ...credentials } })
}

export function signOut(): Promise<unknown> {
  return request('POST', '/api/v1/auth/logout')
}

/** Proves again who is signed in; the session goes on under a new cookie. */
export function confirmPassword(password: string): Promise<LoginResponse> {
  return request('POST', '/api/v1/auth/reauthenticate', { body: { password } })
}

export interface NewPassword {
  readonly current: string
  readonly next: string
  /** The other sessions of the account. */
  readonly others: 'end' | 'keep'
}

/** The session goes on under a new cookie. */
export function changePassword({ current, next, others }: NewPassword): Promise<PasswordResponse> {
  return request('POST', '/api/v1/auth/password', {
    body: { current_password: current, new_password: next, end_other_sessions: others === 'end' },
  })
}

/** Whether an administrator can still be made with the set-up link. */
export async function isSetUpOpen(): Promise<boolean> {
  const answer = await request<SetupStateResponse>('GET', '/api/v1/auth/setup')
  return answer.open
}

export function setUp(token: string, credentials: Credentials): Promise<LoginResponse> {
  return request('POST', '/api/v1/auth/setup', { body: { token, ...credentials } })
}
