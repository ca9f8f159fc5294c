import { rmSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { requireChromium } from '../../tools/find-chromium.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'

export interface Look {
  readonly name: string
  readonly width: 1280 | 390
  readonly colorScheme: 'light' | 'dark'
}

export const looks: readonly Look[] = [
  { name: 'desktop, light', width: 1280, colorScheme: 'light' },
  { name: 'desktop, dark', width: 1280, colorScheme: 'dark' },
  { name: 'phone, light', width: 390, colorScheme: 'light' },
  { name: 'phone, dark', width: 390, colorScheme: 'dark' },
]

const desktop: Look = { name: 'desktop, light', width: 1280, colorScheme: 'light' }

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** One browser for a file of tests; returns what opens a page in a context of its own. */
export function browserForThisFile(): (look?: Look) => Promise<Page> {
  let browser: Browser
  const home = unownedTemporaryFolder()
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: requireChromium(),
      headless: true,
      // Chromium refuses its sandbox to the superuser, whom containers run as.
      chromiumSandbox: process.getuid?.() !== 0,
      args: flags,
      env: { ...process.env, HOME: home },
    })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })
  return (look = desktop) => openPage(browser, look)
}

async function openPage(browser: Browser, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 390 ? 844 : 800 },
    colorScheme: look.colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text())
  })
  onTestFinished(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })
  return page
}

/** No violation of any rule of axe, and nothing that is wider than the screen, once no colour is on its way. */
export async function expectAccessible(page: Page): Promise<void> {
  await transitionsOver(page)
  const { violations } = await axeOf(page).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(found, page.url()).toEqual([])
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect(overflow, `${page.url()} is wider than its window`).toBeLessThanOrEqual(0)
}

/** A button that changes with the theme or becomes usable has colours of between for a moment. */
async function transitionsOver(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame)
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })
}

/**
 * Every rule, in well under half of the time: what is in order is not listed with all its elements, and no second page
 * is opened for what frames of other origins say, of which there are none.
 */
function axeOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
}

export async function signIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The rows of Settings → Security. */
export function sessionRows(page: Page): Locator {
  return page.getByRole('list', { name: /Active sessions/ }).getByRole('listitem')
}

export async function expectRows(page: Page, count: number): Promise<void> {
  await expect.poll(() => sessionRows(page).count(), { timeout: 30_000 }).toBe(count)
}

/** Confirms what the dialog asks. */
export async function confirm(page: Page, action: string): Promise<void> {
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: action }).click()
  await dialog.waitFor({ state: 'detached' })
}
