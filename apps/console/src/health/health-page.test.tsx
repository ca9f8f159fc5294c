// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { Tooltip } from 'radix-ui'
import { afterEach, expect, it } from 'vitest'
import { sampleHealth } from './health-fixture.fake.ts'
import { Health } from './health-page.tsx'
import { standingOf } from './standing.ts'

afterEach(cleanup)

function show(health = sampleHealth()): void {
  render(
    <Tooltip.Provider>
      <Health health={health} />
    </Tooltip.Provider>,
  )
}

it('is as well as the worst of its checks', () => {
  expect(standingOf([{ state: 'ok' }, { state: 'warning' }, { state: 'failed' }])).toBe('failed')
  expect(standingOf([{ state: 'ok' }, { state: 'warning' }])).toBe('warning')
  expect(standingOf([])).toBe('ok')
})

it('tells what is broken first, and how to mend it', () => {
  show()
  expect(screen.getByRole('status').textContent).toContain('Something is broken')
  const [first, second] = within(screen.getByRole('list', { name: 'What was looked at' })).getAllByRole(
    'listitem',
  )
  expect(first?.textContent).toMatch(/audit chain.*Failed.*Compare the log/s)
  expect(second?.textContent).toMatch(/addresses.*Warning.*LATCHKEY_TRUSTED_PROXIES/s)
})

it('tells what waits, and of detectors that none runs where that is so', () => {
  show(sampleHealth({ detectors: { position: null, behind: 0 } }))
  expect(screen.getByText('Sessions that wait for cleanup').parentElement?.textContent).toContain('240')
  expect(screen.getByText('Events not looked at by detectors').parentElement?.textContent).toContain(
    'No detector runs',
  )
})
