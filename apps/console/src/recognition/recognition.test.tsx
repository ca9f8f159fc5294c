// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { FingerprintStateResponse } from 'latchkey/client'
import { type ReactNode, useRef } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RecognitionNotice } from './recognition-notice.tsx'
import { useObservation } from './use-observation.ts'

const { getFingerprintState, observeDevice } = vi.hoisted(() => ({
  getFingerprintState: vi.fn(),
  observeDevice: vi.fn(),
}))
vi.mock('../api/session-service.ts', () => ({ sessionService: { getFingerprintState } }))
vi.mock('../layout/use-me.ts', () => ({ useMe: () => ({ user: { id: 'usr_1' } }) }))
vi.mock('latchkey/client', () => ({ observeDevice }))

const question = 'May we recognise this browser when its cookies are gone?'

function Page(): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useObservation()
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Your devices
      </h2>
      <RecognitionNotice heading={heading} />
    </>
  )
}

async function show(state: FingerprintStateResponse): Promise<void> {
  getFingerprintState.mockResolvedValue(state)
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page />
    </QueryClientProvider>,
  )
  await waitFor(() => expect(getFingerprintState).toHaveBeenCalled())
  await Promise.resolve()
}

beforeEach(() => {
  vi.resetAllMocks()
  observeDevice.mockResolvedValue('sent')
  localStorage.clear()
})
afterEach(cleanup)

describe('looking at this browser', () => {
  it('is done without a word where it is on, and where the user has agreed before', async () => {
    await show({ mode: 'on', taken_at: null })
    await waitFor(() => expect(observeDevice).toHaveBeenCalledTimes(1))
    cleanup()
    await show({ mode: 'consent', taken_at: '2026-11-24T04:00:00.000Z' })
    await waitFor(() => expect(observeDevice).toHaveBeenCalledTimes(2))
    expect(screen.queryByText(question)).toBeNull()
  })

  it('is not done where it is off', async () => {
    await show({ mode: 'off', taken_at: null })
    expect(screen.queryByText(question)).toBeNull()
    expect(observeDevice).not.toHaveBeenCalled()
  })

  it('waits for consent where that is wanted', async () => {
    await show({ mode: 'consent', taken_at: null })
    await screen.findByText(question)
    expect(observeDevice).not.toHaveBeenCalled()
    getFingerprintState.mockResolvedValue({ mode: 'consent', taken_at: '2026-11-24T04:00:00.000Z' })
    fireEvent.click(screen.getByRole('button', { name: 'Recognise this browser' }))
    await waitFor(() => expect(screen.queryByText(question)).toBeNull())
    expect(observeDevice).toHaveBeenCalledWith(expect.anything(), { consent: true })
  })

  it('stays undone after a no, which is remembered and can be taken back', async () => {
    await show({ mode: 'consent', taken_at: null })
    fireEvent.click(await screen.findByRole('button', { name: 'No, thank you' }))
    expect(screen.queryByText(question)).toBeNull()
    cleanup()
    await show({ mode: 'consent', taken_at: null })
    fireEvent.click(await screen.findByRole('button', { name: 'Reconsider' }))
    expect(screen.getByText(question)).toBeTruthy()
    expect(observeDevice).not.toHaveBeenCalled()
  })

  it('says so where it did not work, and asks on', async () => {
    observeDevice.mockResolvedValue('failed')
    await show({ mode: 'consent', taken_at: null })
    fireEvent.click(await screen.findByRole('button', { name: 'Recognise this browser' }))
    expect((await screen.findByRole('alert')).textContent).toContain('nothing was stored')
    expect(screen.getByText(question)).toBeTruthy()
  })
})
