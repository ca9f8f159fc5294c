import { expect, it } from 'vitest'
import { administrator, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { browserForThisFile, expectRows, type Look, sessionRows, signIn } from './console-page.ts'
import {
  androidPhone,
  androidPhoneWithoutHints,
  currentMac,
  emulate,
  macWithoutHints,
  windows10,
  windows11,
  windowsWithoutHints,
} from './emulated-device.ts'

const open = browserForThisFile()
const desktop: Look = { name: 'desktop, light', width: 1280, colorScheme: 'light' }
const phone: Look = { name: 'phone, light', width: 390, colorScheme: 'light' }

it.each([
  { device: windows11, look: desktop, line: /Chrome on Windows 11/, not: /Windows 10/ },
  { device: windows10, look: desktop, line: /Chrome on Windows 10/, not: /Windows 11/ },
  { device: windowsWithoutHints, look: desktop, line: /Chrome on Windows(?! \d)/, not: /Windows \d/ },
  { device: currentMac, look: desktop, line: /Chrome on macOS 26/, not: /10\.15/ },
  { device: macWithoutHints, look: desktop, line: /Chrome on macOS(?! \d)/, not: /10\.15|Catalina/ },
  { device: androidPhone, look: phone, line: /Android phone · Chrome/, not: /Linux/ },
  { device: androidPhoneWithoutHints, look: phone, line: /Android phone · Chrome/, not: /Linux|Android 10/ },
])('a first sign-in shows the right line: $line, from $device.hints', async ({ device, look, line, not }) => {
  const program = await startAdministered(temporaryFolder())
  const page = await open(look)
  await emulate(page, device)
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  const text = (await sessionRows(page).textContent()) ?? ''
  expect(text).toMatch(line)
  expect(text).not.toMatch(not)
})
