// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { meQuery } from '../api/me-query.ts'
import { PasswordDialog } from './password-dialog.tsx'

const changed = {
  user: { id: 'usr_1', email: 'ada@example.com', role: 'user' },
  session: { id: 'ses_a' },
  revoked_count: 2,
}

let answers: Response[]
const asked: unknown[] = []
const onChanged = vi.fn()
const onClose = vi.fn()
let client: QueryClient

beforeEach(() => {
  answers = []
  asked.length = 0
  client = new QueryClient()
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([`${init.method} ${path}`, JSON.parse(String(init.body))])
    return answers.shift() ?? Response.json({}, { status: 500 })
  })
  render(
    <QueryClientProvider client={client}>
      <PasswordDialog
        isOpen
        email="ada@example.com"
        onChanged={onChanged}
        onClose={onClose}
        onReturnFocus={() => {}}
      />
    </QueryClientProvider>,
  )
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

function problem(status: number, code: string, more: object = {}, headers: Record<string, string> = {}) {
  return Response.json({ title: 'No', status, detail: 'No.', code, ...more }, { status, headers })
}

const current = () => screen.getByLabelText<HTMLInputElement>('Current password')
const next = () => screen.getByLabelText<HTMLInputElement>('New password')
const noteOf = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent

async function give(...given: Response[]): Promise<void> {
  answers = given
  fireEvent.change(current(), { target: { value: 'the old password' } })
  fireEvent.change(next(), { target: { value: 'the new password' } })
  await act(async () => void fireEvent.submit(current()))
}

it('begins in the field of the current password, and says what the new one needs', () => {
  expect(document.activeElement).toBe(current())
  expect(noteOf(next())).toBe('At least 15 characters; a few words will do.')
  expect(next().minLength).toBe(15)
  expect([current().autocomplete, next().autocomplete]).toEqual(['current-password', 'new-password'])
})

it('changes it and ends the other sessions, unless they are to go on', async () => {
  await give(Response.json(changed))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(onChanged).toHaveBeenCalledWith(changed)
  expect(client.getQueryData(meQuery.queryKey)).toEqual({ user: changed.user, session: changed.session })
  const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Sign out my other sessions' })
  expect(box.checked).toBe(true)
  fireEvent.click(box)
  await give(Response.json(changed))
  const body = { current_password: 'the old password', new_password: 'the new password' }
  expect(asked).toEqual([
    ['POST /api/v1/auth/password', { ...body, end_other_sessions: true }],
    ['POST /api/v1/auth/password', { ...body, end_other_sessions: false }],
  ])
})

it('says at the current password that it is wrong, and selects it', async () => {
  await give(problem(401, 'invalid-credentials', { field: 'current_password' }))
  expect((await screen.findByRole('alert')).textContent).toBe('The current password is wrong.')
  expect(noteOf(current())).toBe('The current password is wrong.')
  expect(document.activeElement).toBe(current())
  expect(current().selectionEnd).toBe('the old password'.length)
  expect(onClose).not.toHaveBeenCalled()
})

it('says at the new password why it was refused', async () => {
  const detail = 'new_password: is too well known.'
  await give(problem(422, 'invalid-input', { field: 'new_password', detail }))
  expect((await screen.findByRole('alert')).textContent).toBe('The new password is too well known.')
  expect(document.activeElement).toBe(next())
})

it('says how long to wait after too many attempts, and makes none before', async () => {
  await give(problem(429, 'too-many-attempts', {}, { 'retry-after': '40' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Try again in 40 seconds')
  await give(Response.json(changed))
  expect(asked).toHaveLength(1)
})

it('says how far it came where the database went away', async () => {
  const detail = 'The password was changed, but sessions may go on.'
  await give(problem(503, 'storage-unavailable', { detail }))
  expect((await screen.findByRole('alert')).textContent).toBe(detail)
})
