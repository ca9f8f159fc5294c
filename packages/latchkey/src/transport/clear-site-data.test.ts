import { expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { clearedAtSignOut, clearSiteDataHeaders } from './clear-site-data.ts'

it('signing out clears what pages keep, and leaves the cookie that makes the browser a known device', () => {
  expect(clearSiteDataHeaders(clearedAtSignOut)).toEqual({ 'Clear-Site-Data': '"cache", "storage"' })
})

it('an application may clear more, less or nothing', () => {
  expect(clearSiteDataHeaders(['cookies'])).toEqual({ 'Clear-Site-Data': '"cookies"' })
  expect(clearSiteDataHeaders([])).toEqual({})
  expect(() => clearSiteDataHeaders(['"*"' as never])).toThrow(LatchkeyError)
})
