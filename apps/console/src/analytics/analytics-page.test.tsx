// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import type { AnalyticsGroup, AnalyticsResponse } from 'latchkey/client'
import { afterEach, expect, it, vi } from 'vitest'
import { addressOf, renderInRouter } from '../links/render-in-router.fake.tsx'
import { sampleAnalytics } from './analytics-fixture.fake.ts'
import { Report } from './analytics-page.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function show(
  changes: Partial<AnalyticsResponse> = {},
  group: AnalyticsGroup = 'device_type',
): Promise<void> {
  renderInRouter(<Report report={sampleAnalytics(changes)} group={group} />)
  await screen.findByText('Over time')
}

it('compares each value with the period before, and leads to its sessions', async () => {
  await show()
  const table = screen.getByRole('table', { name: 'Signed in, by device type' })
  const row = within(table).getByText('Phone').closest('tr')
  expect(row?.textContent).toBe('Phone1,19037%1,071+11%')
  expect(addressOf(within(table).getByRole('link', { name: 'Phone' }))).toContain('type:mobile')
})

it('counts what a filter leaves, says so, and keeps it in its links', async () => {
  await show({
    filter: 'country:NO',
    source: 'sessions',
    totals: { created: 77, ended: 5, ended_by_reason: {}, verified: null, refused: null },
  })
  expect(screen.getByText(/counted now from the sessions that are still on record/)).toBeDefined()
  expect(addressOf(screen.getByRole('link', { name: '77' }))).toContain('country:NO created:>=')
  expect(screen.getByText('Verified').parentElement?.textContent).toBe('Verified–Not known by filter')
})

it('says from when on numbers are complete', async () => {
  await show({ complete_from: '2026-11-27T00:00:00.000Z' })
  expect(screen.getByText(/Numbers are complete from .*2026/)).toBeDefined()
})

it('shows over time what is asked for', async () => {
  await show()
  fireEvent.change(screen.getByRole('combobox', { name: 'What is shown over time' }), {
    target: { value: 'group' },
  })
  const figure = screen.getByRole('figure', { name: 'Signed in, by device type' })
  expect(within(figure).getByRole('img').getAttribute('aria-label')).toMatch(/Desktop: [\d,]+.*; Phone: /)
})

it.each([
  ['sessions', 'Signed in', 'country:NO created:>='],
  ['group', 'Desktop', 'type:desktop'],
])('leads from each number over time to its sessions: %s', async (shown, series, filter) => {
  await show({ filter: 'country:NO' })
  fireEvent.change(screen.getByRole('combobox', { name: 'What is shown over time' }), {
    target: { value: shown },
  })
  const [toTable] = screen.getAllByRole('button', { name: /^Show as table/ })
  fireEvent.click(toTable as HTMLElement)
  const links = screen.getAllByRole('link', { name: new RegExp(`^${series}: `) })
  expect(addressOf(links[0] as HTMLElement)).toContain(filter)
  expect(addressOf(links[0] as HTMLElement)).toMatch(/created:>=\S+ created:<\S+$/)
  expect(screen.queryAllByRole('link', { name: /^Ended: / })).toEqual([])
})

it('of reasons it is endings that are shown, and nothing is compared that is not known', async () => {
  const groups = [{ value: 'logout', created: 5, created_before: null, filter: null }]
  await show({ groups, before: null }, 'reason')
  const row = within(screen.getByRole('table', { name: 'Ended, by end reason' })).getByText('Signed out')
  expect(row.closest('tr')?.textContent).toMatch(/5100%––$/)
  expect(screen.queryByText(/the period before/)).toBeNull()
  fireEvent.change(screen.getByRole('combobox', { name: 'What is shown over time' }), {
    target: { value: 'group' },
  })
  expect(screen.getByRole('figure', { name: 'Ended, by end reason' })).toBeDefined()
})

it('shows how many stay as a table, without what cannot be told yet', async () => {
  await show()
  fireEvent.click(screen.getByRole('button', { name: /^Show as table \(Sessions that were not over yet/ }))
  const rows = within(screen.getByRole('table', { name: 'Sessions that were not over yet' })).getAllByRole(
    'row',
  )
  expect(rows.map((row) => row.textContent)).toEqual([
    'AfterNot over',
    '1 h82%',
    '4 h55%',
    '8 h31%',
    '1 d18%',
    '2 d9%',
  ])
})
