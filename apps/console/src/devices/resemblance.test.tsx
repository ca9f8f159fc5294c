// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import type { UserDevice } from 'latchkey/client'
import { afterEach, expect, it } from 'vitest'
import { sampleDevice } from './device-fixture.fake.ts'
import { Resemblance } from './resemblance.tsx'

const resembles = { device_id: 'dev_b', confidence: 0.869 }

afterEach(cleanup)

function shown(device: UserDevice, other: UserDevice | null): string | null {
  return render(<Resemblance device={device} find={() => other} />).container.textContent
}

it('names the other device and how much', () => {
  const other = sampleDevice({ id: 'dev_b', name: 'Old laptop' })
  expect(shown(sampleDevice({ resembles }), other)).toBe('Resembles Old laptop (87\u00a0%)')
})

it('says so where the other one is not on record any more, and nothing where it resembles none', () => {
  expect(shown(sampleDevice({ resembles }), null)).toBe('Resembles a device that was forgotten (87\u00a0%)')
  expect(shown(sampleDevice(), null)).toBe('')
})
