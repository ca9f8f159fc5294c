// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import type { OverviewResponse } from 'latchkey/client'
import { afterEach, expect, it, vi } from 'vitest'
import { renderInRouter, addressOf as target } from '../links/render-in-router.fake.tsx'
import { sampleOverview } from './overview-fixture.fake.ts'
import { Overview } from './overview-page.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function show(overview: OverviewResponse = sampleOverview()): Promise<void> {
  renderInRouter(<Overview overview={overview} />)
  await screen.findByText('Active now')
}

it('leads from each number to what is behind it', async () => {
  await show()
  const [from, until] = ['2026-11-27T13:00:00.000Z', '2026-11-28T13:00:00.000Z']
  expect(target(screen.getByRole('link', { name: '12,408' }))).toContain('filter=state:live')
  expect(target(screen.getByRole('link', { name: '3,212' }))).toContain(`created:>=${from} created:<${until}`)
  expect(target(screen.getByRole('link', { name: '3,050' }))).toMatch(/^\/admin\/audit\?.*session\.ended/)
  expect(target(screen.getByRole('link', { name: '14' }))).toBe('/admin/alerts')
  expect(target(screen.getByRole('link', { name: /Critical/ }))).toBe('/admin/alerts?severity=critical')
  expect(target(screen.getByRole('link', { name: 'other@example.com' }))).toBe('/admin/users/usr_2')
  expect(target(screen.getByRole('link', { name: 'Mobile Safari' }))).toContain('browser:"Mobile Safari"')
  expect(target(screen.getByRole('link', { name: 'Norway' }))).toContain('country:NO')
})

it('has no link at a reason of endings, and one to all of them', async () => {
  await show()
  const reasons = screen.getByRole('list', { name: 'Why sessions ended' })
  expect(within(reasons).getAllByRole('listitem')).not.toEqual([])
  expect(within(reasons).queryAllByRole('link')).toEqual([])
  expect(target(screen.getByRole('link', { name: 'All endings' }))).toMatch(
    /^\/admin\/audit\?.*session\.ended/,
  )
})

it('has each hour in a table, with the sessions behind it', async () => {
  await show()
  const figure = screen.getByRole('figure', { name: 'Sessions created and ended per hour' })
  expect(within(figure).getByRole('img').getAttribute('aria-label')).toMatch(/Signed in: [\d,]+, most at/)
  fireEvent.click(within(figure).getByRole('button', { name: /^Show as table/ }))
  const rows = within(figure).getAllByRole('row')
  expect(rows).toHaveLength(49)
  const [newest] = within(rows[1] as HTMLElement).getAllByRole('link')
  expect(target(newest as HTMLElement)).toContain(
    'created:>=2026-11-28T12:00:00.000Z created:<2026-11-28T13:00:00.000Z',
  )
})

it('says that numbers are behind where that is worth saying', async () => {
  await show(sampleOverview({ events_behind: 1240 }))
  expect(screen.getByText(/behind by 1,240 events/)).toBeDefined()
  cleanup()
  await show(sampleOverview({ events_behind: 3 }))
  expect(screen.queryByText(/behind by/)).toBeNull()
})

it('says where nobody has signed in yet', async () => {
  const sums = { created: 0, ended: 0, ended_by_reason: {}, verified: 0, refused: 0 }
  await show(
    sampleOverview({
      active_sessions: 0,
      last_24_hours: sums,
      hours: [],
      open_alerts: { total: 0, by_severity: {}, newest: [] },
    }),
  )
  expect(screen.getByText('No sessions yet')).toBeDefined()
  expect(screen.queryByText('Devices')).toBeNull()
})
