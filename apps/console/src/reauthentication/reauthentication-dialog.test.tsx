// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { request } from '../api/request.ts'
import { standingQuestion } from './reauthentication.ts'
import { ReauthenticationDialog } from './reauthentication-dialog.tsx'

const required = {
  title: 'Sign in again',
  status: 403,
  detail: 'Too long ago.',
  code: 'reauthentication-required',
}
const proved = { user: { id: 'usr_1', email: 'ada@example.com', role: 'admin' }, session: {} }

/** What the server answers, one after the other; what it was asked stands in `asked`. */
let answers: Response[]
const asked: string[] = []

beforeEach(() => {
  answers = []
  asked.length = 0
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`)
    return answers.shift() ?? Response.json({}, { status: 500 })
  })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <button type="button">Opener</button>
      <ReauthenticationDialog email="ada@example.com" />
    </QueryClientProvider>,
  )
  screen.getByText('Opener').focus()
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ ...required, status, code }, { status, headers })
}

/** Something that needs a recent sign-in is asked for, and the dialog comes up. */
async function interrupted(...more: Response[]): Promise<{ readonly call: Promise<unknown> }> {
  answers = [Response.json(required, { status: 403 }), ...more]
  const call = request('DELETE', '/api/v1/admin/sessions/ses_a')
  call.catch(() => undefined)
  await screen.findByRole('dialog', { name: 'Confirm that it is you' })
  return { call }
}

const field = () => screen.getByLabelText<HTMLInputElement>('Password')

async function give(password: string): Promise<void> {
  fireEvent.change(field(), { target: { value: password } })
  await act(async () => void fireEvent.submit(field()))
}

it('begins in the password field and says whose password it is', async () => {
  await interrupted()
  expect(document.activeElement).toBe(field())
  expect(screen.getByRole('dialog').textContent).toContain('ada@example.com')
  fireEvent.keyDown(field(), { key: 'Escape' })
})

it('goes on with what was interrupted, and gives the focus back', async () => {
  const { call } = await interrupted(Response.json(proved), Response.json({ revoked: true }))
  await give('right')
  expect(await call).toEqual({ revoked: true })
  expect(asked).toEqual([
    'DELETE /api/v1/admin/sessions/ses_a',
    'POST /api/v1/auth/reauthenticate',
    'DELETE /api/v1/admin/sessions/ses_a',
  ])
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByText('Opener')))
})

it('stays and says so when the password is wrong, with the password selected', async () => {
  await interrupted(problem(401, 'invalid-credentials'))
  await give('wrong')
  expect((await screen.findByRole('alert')).textContent).toBe('The password is wrong.')
  expect(field().selectionEnd).toBe('wrong'.length)
  fireEvent.keyDown(field(), { key: 'Escape' })
})

it('says how long to wait after too many attempts, and makes none before', async () => {
  await interrupted(problem(429, 'too-many-attempts', { 'retry-after': '40' }))
  await give('again')
  expect((await screen.findByRole('alert')).textContent).toContain('Try again in 40 seconds')
  const before = asked.length
  await give('and again')
  expect(asked).toHaveLength(before)
  fireEvent.keyDown(field(), { key: 'Escape' })
})

it('is called off by Escape, and what was interrupted is refused', async () => {
  const { call } = await interrupted()
  fireEvent.keyDown(field(), { key: 'Escape' })
  await expect(call).rejects.toMatchObject({ code: 'reauthentication-required' })
  expect(asked).toHaveLength(1)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('is called off when its page goes away, and does not come up for whoever signs in next', async () => {
  const { call } = await interrupted()
  cleanup()
  await expect(call).rejects.toMatchObject({ code: 'reauthentication-required' })
  expect(standingQuestion()).toBeNull()
})

it('asks once for calls that meet, and lets a session that is over be found out by what was interrupted', async () => {
  answers = [Response.json(required, { status: 403 }), Response.json(required, { status: 403 })]
  const calls = ['a', 'b'].map((id) => request('DELETE', `/api/v1/admin/sessions/${id}`))
  const settled = Promise.allSettled(calls)
  await screen.findByRole('dialog')
  answers = Array.from({ length: 5 }, () => problem(401, 'unauthenticated'))
  await give('right')
  const outcomes = await settled
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.status)).toEqual([
    401, 401,
  ])
  expect(asked.filter((call) => call.endsWith('reauthenticate'))).toHaveLength(1)
})
