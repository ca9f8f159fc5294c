import { type PageToShow, showRows, showTable } from './page-to-show.ts'

/** The explorer's ways to act, alerts, detectors and retention. */
export const pagesOfAlerts: readonly PageToShow[] = [
  {
    name: 'admin-sessions-suggestions',
    as: 'admin',
    show: async (page, url) => {
      await showTable(page, `${url}/admin/sessions`)
      await page.getByRole('combobox', { name: 'Filter' }).fill('state:live browser:')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'admin-sessions-bulk',
    as: 'admin',
    show: async (page, url) => {
      await showTable(page, `${url}/admin/sessions?filter=type%3Amobile%20state%3Alive`)
      await page.getByRole('button', { name: /^End all/ }).click()
      await page.getByRole('dialog').getByLabel(/^Type/).waitFor()
    },
  },
  {
    name: 'admin-alerts',
    as: 'admin',
    show: async (page, url) => {
      await showRows(page, `${url}/admin/alerts`)
    },
  },
  {
    name: 'admin-alert',
    as: 'admin',
    show: async (page, url) => {
      await showRows(page, `${url}/admin/alerts`)
      await page.locator('[data-open]').first().click()
      await page.getByRole('heading', { name: 'Evidence' }).waitFor()
    },
  },
  {
    name: 'admin-detectors',
    as: 'admin',
    show: async (page, url) => {
      await page.goto(`${url}/admin/detectors`)
      await page.getByRole('heading', { name: 'Impossible travel' }).waitFor()
      await page.getByRole('heading', { name: 'Mutes' }).waitFor()
    },
  },
  {
    name: 'admin-detectors-backtest',
    as: 'admin',
    show: async (page, url) => {
      await page.goto(`${url}/admin/detectors`)
      await page.getByRole('button', { name: 'Backtest…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Mode of Impossible travel').selectOption('enforce')
      await dialog.getByRole('button', { name: 'Replay' }).click()
      await dialog.getByText('By detector').waitFor()
    },
  },
  {
    name: 'admin-retention',
    as: 'admin',
    show: async (page, url) => {
      await page.goto(`${url}/admin/policy`)
      await page
        .getByRole('heading', { name: 'Retention' })
        .evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
      await page.evaluate(() => window.scrollBy(0, -80))
    },
  },
  {
    name: 'settings-security-alert',
    as: 'user',
    show: async (page, url) => {
      // Nothing odd happens to this account in the demonstration.
      await page.route('**/api/v1/security/alerts', (route) =>
        route.fulfill({
          json: {
            alerts: [
              {
                id: 'shown-to-nobody',
                title: 'New country',
                severity: 'medium',
                reason: 'First sign-in from Germany, on a new device; 20 sign-ins before from Norway.',
                at: new Date(Date.now() - 3_600_000).toISOString(),
                session_id: null,
                session_active: true,
                device: 'Firefox on Linux',
                location: 'Berlin, Germany',
                answer: null,
                may_confirm: true,
              },
            ],
          },
        }),
      )
      await showRows(page, `${url}/settings/security`)
      await page.getByRole('heading', { name: 'Was this you?' }).waitFor()
      await page.getByText('Updates as it happens').waitFor()
    },
  },
  {
    name: 'alert-answer',
    as: 'nobody',
    show: async (page, url) => {
      // Links are in mails only.
      await page.route('**/api/v1/alert-answers', (route) =>
        route.fulfill({
          json: {
            title: 'New country',
            reason: 'First sign-in from Germany; Norway and Sweden are known.',
            at: '2026-11-24T04:00:00.000Z',
            device: 'Firefox on Linux',
            location: 'Berlin, Germany',
            answer: null,
          },
        }),
      )
      await page.goto(`${url}/alert-answer#token=shown-to-nobody`)
      await page.getByRole('button', { name: 'No, sign it out' }).waitFor()
    },
  },
]
