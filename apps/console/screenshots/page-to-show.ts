import type { Page } from 'playwright-core'

/** A page of the console in the state that a picture is taken of. */
export interface PageToShow {
  /** The first part of the file name. */
  readonly name: string
  readonly as: 'nobody' | 'user' | 'admin'
  /** Brings the page to where the picture is to be taken. */
  readonly show: (page: Page, url: string) => Promise<void>
}

export async function showRows(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('[data-row]').first().waitFor()
  await page.waitForLoadState('load')
}

/** Tables go on below the picture anyway: a lower one is a smaller file. */
export async function showTable(page: Page, address: string): Promise<void> {
  const size = page.viewportSize()
  if (size) await page.setViewportSize({ width: size.width, height: Math.min(size.height, 860) })
  await showRows(page, address)
  await page.getByText('Active now').waitFor()
}
