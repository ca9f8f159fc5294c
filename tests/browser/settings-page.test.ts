import { expect, it } from 'vitest'
import { administrator, type RunningProgram, startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { signedIn, Visitor } from '../visitor.ts'
import { administeredForThisFile, forgetAdministrator } from './administered-program.ts'
import {
  browserForThisFile,
  confirm,
  expectAccessible,
  expectRows,
  looks,
  sessionRows,
  signIn,
} from './console-page.ts'

const open = browserForThisFile()
const administered = administeredForThisFile()
const account = { email: 'ada@example.com', password: 'a long enough password' }

/** Somebody signs in on another device. */
async function signInElsewhere(program: RunningProgram, who = account): Promise<Visitor> {
  const visitor = new Visitor(program.url)
  const answer = await visitor.send('POST', '/api/v1/auth/login', who, {
    'user-agent':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  })
  expect(answer.status, answer.text).toBe(200)
  return visitor
}

it.each(looks)(
  '$name: from the set-up link through every way of ending to the sign-in page',
  async (look) => {
    const program = await startProgram(temporaryFolder())
    const link = /https?:\/\/\S+\/setup#token=[\w.-]+/.exec(program.stdout())?.[0] ?? ''
    const page = await open(look)
    await page.goto(link)
    await page.getByRole('heading', { name: 'Create the administrator' }).waitFor()
    expect(page.url()).not.toContain('token=')
    await expectAccessible(page)
    await page.getByLabel('Email').fill(account.email)
    await page.getByLabel('Password', { exact: true }).fill(account.password)
    await page.getByRole('button', { name: 'Create administrator' }).click()

    await page.waitForURL('**/admin/overview')
    await page.goto(`${program.url}/settings/security`)
    await expectRows(page, 1)
    await sessionRows(page).getByText('This device').waitFor()
    await page.getByText('Updates as it happens').waitFor()
    await expectAccessible(page)

    const first = await signInElsewhere(program)
    await expectRows(page, 2)
    await page.getByRole('heading', { name: /Active sessions 2/ }).waitFor()
    await page.getByRole('button', { name: /^End session: Safari/ }).click()
    await page
      .getByRole('alertdialog', { name: 'End this session?' })
      .getByText('signed out at once')
      .waitFor()
    await expectAccessible(page)
    await confirm(page, 'End session')
    await expectRows(page, 1)
    expect((await first.send('GET', '/api/v1/security/sessions')).status).toBe(401)

    const second = await signInElsewhere(program)
    const third = await signInElsewhere(program)
    await expectRows(page, 3)
    await page.getByRole('button', { name: 'End all others' }).click()
    await confirm(page, 'End 2 sessions')
    await expectRows(page, 1)
    for (const one of [second, third])
      expect((await one.send('GET', '/api/v1/security/sessions')).status).toBe(401)

    const fourth = await signInElsewhere(program)
    await expectRows(page, 2)
    await fourth.send('POST', '/api/v1/auth/logout')
    await expectRows(page, 1)

    const fifth = await signInElsewhere(program)
    await expectRows(page, 2)
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page
      .getByRole('alertdialog', { name: 'Sign out everywhere?' })
      .getByText('Your 2 sessions end at once')
      .waitFor()
    await confirm(page, 'Sign out everywhere')
    await page.waitForURL('**/sign-in**')
    await page.getByText('All your sessions have ended, this one included.').waitFor()
    expect((await fifth.send('GET', '/api/v1/security/sessions')).status).toBe(401)
    await expectAccessible(page)
  },
)

it('a wrong password says so, and says the same of an account that does not exist', async () => {
  const program = await forgetAdministrator(administered())
  const page = await open()
  await page.goto(program.url)
  await page.waitForURL('**/sign-in**')
  await signIn(page, { email: administrator.email, password: 'something else entirely' })
  const said = await page.getByRole('alert').first().textContent()
  await signIn(page, { email: 'nobody@example.com', password: 'something else entirely' })
  await expect.poll(async () => page.getByRole('alert').first().textContent()).toBe(said)
  await expectAccessible(page)
})

it('a tab whose session is ended elsewhere goes to the sign-in page at once and says why', async () => {
  const program = await forgetAdministrator(administered())
  const page = await open()
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  await page.getByText('Updates as it happens').waitFor()

  const elsewhere = await signedIn(program)
  const ended = await elsewhere.send('DELETE', '/api/v1/security/sessions?scope=others')
  expect(ended.body).toMatchObject({ revoked_count: 1, current: 'kept' })
  await page.waitForURL('**/sign-in**')
  await page.getByText(/This session was ended from another device/).waitFor()
  await expectAccessible(page)
  await signIn(page, administrator)
  await page.waitForURL('**/settings/security')
})

it('when the stream cannot be had, the page asks again and again, and still sees what changes', async () => {
  const program = await forgetAdministrator(administered())
  const page = await open()
  await page.route('**/sessions/events', (route) => route.abort())
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  await page.getByText('Updates every 15 seconds').waitFor()
  const elsewhere = await signInElsewhere(program, administrator)
  await expectRows(page, 2)
  await elsewhere.send('POST', '/api/v1/auth/logout')
  await expectRows(page, 1)
})

it('by keyboard alone: signed in, a session ended, the focus never lost', async () => {
  const program = await forgetAdministrator(administered())
  const page = await open()
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    })
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (name.test(await focused())) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not come to ${name}; it stands at '${await focused()}'.`)
  }
  await page.goto(`${program.url}/settings/security`)
  await page.getByLabel('Email').waitFor()
  await page.keyboard.type(administrator.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(administrator.password)
  await page.keyboard.press('Enter')
  await expectRows(page, 1)
  await signInElsewhere(program, administrator)
  await expectRows(page, 2)

  await tabTo(/^End session: Safari/)
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await expect.poll(focused).toMatch(/^End session: Safari/)

  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').waitFor()
  await tabTo(/^End session$/)
  await page.keyboard.press('Enter')
  await expectRows(page, 1)
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})

it('an account without sessions of others offers no way to end them', async () => {
  const program = await forgetAdministrator(administered())
  const page = await open()
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  expect(await page.getByRole('button', { name: 'End all others' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Sign out everywhere' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Sign out of this device' }).click()
  await confirm(page, 'Sign out')
  await page.getByText('You are signed out.').waitFor()
})

it('a list that cannot be loaded says so, and comes when it is asked for again', async () => {
  const program = await forgetAdministrator(administered())
  const page = await open()
  await page.goto(`${program.url}/settings/security`)
  const list = '**/api/v1/security/sessions'
  await page.route(list, (route) => route.fulfill({ status: 503, body: '' }))
  await signIn(page, administrator)
  await page.getByRole('alert').getByText('Your sessions could not be loaded').waitFor()
  await expectAccessible(page)
  await page.unroute(list)
  await page.getByRole('button', { name: 'Try again' }).first().press('Enter')
  await expectRows(page, 1)
  const focused = page.locator(':focus')
  await expect.poll(() => focused.textContent()).toMatch(/^Active sessions/)
})
