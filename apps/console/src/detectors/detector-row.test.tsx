// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { addressOf, renderInRouter } from '../links/render-in-router.fake.tsx'
import { sampleDetector } from './detector-fixture.fake.ts'
import { DetectorRow } from './detector-row.tsx'

const { setDetector } = vi.hoisted(() => ({ setDetector: vi.fn() }))
vi.mock('../api/detectors.ts', () => ({ setDetector }))

const mode = (): HTMLSelectElement => screen.getByLabelText('Mode of Impossible travel')
const button = (name: string): HTMLElement | null => screen.queryByRole('button', { name })

async function show(): Promise<void> {
  renderInRouter(
    <QueryClientProvider client={new QueryClient()}>
      <DetectorRow detector={sampleDetector({ response: 'end-session' })} />
    </QueryClientProvider>,
  )
  await screen.findByText('Impossible travel')
}

beforeEach(() => vi.resetAllMocks())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('what is chosen holds only once it is set', async () => {
  setDetector.mockResolvedValue(sampleDetector())
  await show()
  expect(button('Set')).toBeNull()
  fireEvent.change(mode(), { target: { value: 'enforce' } })
  expect(setDetector).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('button', { name: 'Set' }))
  expect(setDetector).toHaveBeenCalledExactlyOnceWith('impossible-travel', {
    mode: 'enforce',
    response: 'end-session',
  })
  await waitFor(() => expect(button('Set')).toBeNull())
})

it('what is chosen can be left, and the focus stays in its place', async () => {
  await show()
  fireEvent.change(mode(), { target: { value: 'enforce' } })
  const keep = screen.getByRole('button', { name: 'Keep as it is' })
  keep.focus()
  fireEvent.click(keep)
  expect([mode().value, button('Set')]).toEqual(['observe', null])
  expect(setDetector).not.toHaveBeenCalled()
  const group = screen.getByRole('group', { name: 'Setting of Impossible travel' })
  await waitFor(() => expect(document.activeElement).toBe(group))
})

it('what is refused is told, and can be tried again', async () => {
  setDetector.mockRejectedValue(new Error('broken'))
  await show()
  fireEvent.change(mode(), { target: { value: 'off' } })
  fireEvent.click(screen.getByRole('button', { name: 'Set' }))
  await screen.findByRole('alert')
  expect([mode().value, button('Set')?.textContent]).toEqual(['off', 'Set'])
})

it('leads to the alerts that are open, and not from the number of all', async () => {
  await show()
  const links = screen.getAllByRole('link', { name: /of Impossible travel/ })
  expect(links.map((link) => [link.textContent, addressOf(link)])).toEqual([
    ['Open ones of Impossible travel', '/admin/alerts?detector=impossible-travel'],
  ])
  expect(screen.getByText('14 alerts in 30 days, 2 false alarms (14%)').closest('a')).toBeNull()
})
