// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { AuditEntry } from 'latchkey/client'
import { Tooltip } from 'radix-ui'
import { afterEach, expect, it, vi } from 'vitest'
import { ActivityEntry } from './activity-entry.tsx'
import { sampleEntry } from './audit-entry-fixture.fake.ts'

afterEach(cleanup)

function show(changes: Partial<AuditEntry>): () => void {
  const onChangePassword = vi.fn()
  render(
    <Tooltip.Provider>
      <ActivityEntry
        entry={sampleEntry(changes)}
        device={null}
        isHere={false}
        onChangePassword={onChangePassword}
      />
    </Tooltip.Provider>,
  )
  return onChangePassword
}

it('leads from the advice to change the password to where that is done', () => {
  const onChangePassword = show({ type: 'sign-in.failed' })
  expect(screen.getByRole('listitem').textContent).toMatch(/recognise and change your password\.$/)
  fireEvent.click(screen.getByRole('button', { name: 'change your password' }))
  expect(onChangePassword).toHaveBeenCalledOnce()
})

it('asks nobody to change it where all is well', () => {
  show({ type: 'account.password-changed' })
  expect(screen.getByRole('listitem').textContent).toContain('Your password was changed')
  expect(screen.queryByRole('button')).toBeNull()
})
