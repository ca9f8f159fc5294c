import type { DevicesResponse, SessionsResponse } from 'latchkey/client'
import type { APIRequestContext, Browser, BrowserContextOptions } from 'playwright-core'

export type StorageState = NonNullable<BrowserContextOptions['storageState']>

/** A browser that people have, in place of the one that takes the pictures. */
const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'

/** What that browser says besides; the one that takes the pictures would give its own name. */
const clientHints = {
  'sec-ch-ua': '"Microsoft Edge";v="142", "Chromium";v="142"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Windows"',
  'sec-ch-ua-platform-version': '"19.0.0"',
}

/** Where that browser is; nobody whom `latchkey demo` makes up for these accounts is there. */
const address = '203.0.113.24'

/** What each request of it looks like: another browser in its sessions would be an alert, and stand in the pictures. */
export const visitor: BrowserContextOptions = {
  userAgent,
  extraHTTPHeaders: { 'x-forwarded-for': address, ...clientHints },
}

const security = '/api/v1/security'

/** Signs in through the page and gives back the cookies: one session serves all pictures. */
export async function signInOnce(
  browser: Browser,
  url: string,
  credentials: { readonly email: string; readonly password: string },
): Promise<StorageState> {
  const context = await browser.newContext(visitor)
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(credentials.email)
  await page.getByLabel('Password', { exact: true }).fill(credentials.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // The first page of their role.
  await page.waitForURL(/\/(admin\/overview|settings\/security)$/)
  await endEarlierRuns(context.request, url)
  const state = await context.storageState()
  await context.close()
  return state
}

/** A run that was broken off has left its session and its device behind, which would stand beside these in the pictures. */
async function endEarlierRuns(request: APIRequestContext, url: string): Promise<void> {
  const { sessions } = (await (await request.get(`${url}${security}/sessions`)).json()) as SessionsResponse
  for (const session of sessions) {
    if (session.is_current || session.ip_address !== address) continue
    await forget(request, url, session.device_id)
  }
}

/** So that the next pictures show neither the sessions of these nor their devices. */
export async function leave(browser: Browser, url: string, state: StorageState): Promise<void> {
  const context = await browser.newContext({ ...visitor, storageState: state })
  const answer = await context.request.get(`${url}${security}/devices`)
  const { devices } = (await answer.json()) as DevicesResponse
  await forget(context.request, url, devices.find((device) => device.is_current)?.id ?? null)
  await context.close()
}

/** Its sessions end with it. */
async function forget(request: APIRequestContext, url: string, deviceId: string | null): Promise<void> {
  if (deviceId === null) return
  await request.delete(`${url}${security}/devices/${deviceId}`, {
    headers: { origin: url },
    failOnStatusCode: true,
  })
}
