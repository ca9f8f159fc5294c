import type { SessionsResponse } from 'latchkey/client'
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

/** Signs in through the page and gives back the cookies: one session serves all pictures. */
export async function signInOnce(
  browser: Browser,
  url: string,
  credentials: { readonly email: string; readonly password: string },
): Promise<StorageState> {
  const context = await browser.newContext({
    userAgent,
    extraHTTPHeaders: { 'x-forwarded-for': address, ...clientHints },
  })
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(credentials.email)
  await page.getByLabel('Password', { exact: true }).fill(credentials.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/settings/security')
  await endEarlierRuns(context.request, url)
  const state = await context.storageState()
  await context.close()
  return state
}

/** A run that was broken off has left its session behind, which would stand beside this one in the pictures. */
async function endEarlierRuns(request: APIRequestContext, url: string): Promise<void> {
  const path = `${url}/api/v1/security/sessions`
  const { sessions } = (await (await request.get(path)).json()) as SessionsResponse
  for (const session of sessions) {
    if (session.is_current || session.ip_address !== address) continue
    await request.delete(`${path}/${session.id}`, { headers: { origin: url }, failOnStatusCode: true })
  }
}

/** So that the next pictures do not show the sessions of these. */
export async function signOut(browser: Browser, url: string, state: StorageState): Promise<void> {
  const context = await browser.newContext({ storageState: state })
  await context.request.post(`${url}/api/v1/auth/logout`, {
    headers: { origin: url },
    failOnStatusCode: true,
  })
  await context.close()
}
