import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { browserForThisFile, expectAccessible } from '../browser/console-page.ts'
import { type PackedProject, packedProject, run, tsc } from '../consumers/packed-project.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import {
  examples,
  expectLedToSignIn,
  type RunningExample,
  signedInTo,
  startExample,
} from './running-example.ts'

let packed: PackedProject
const open = browserForThisFile()

beforeAll(() => {
  packed = packedProject()
  cpSync(examples, `${packed.folder}/examples`, { recursive: true })
})

afterAll(() => packed?.remove())

/** As somebody runs it who has copied it and installed the library from npm. */
function start(framework: string): Promise<RunningExample> {
  return startExample(`${packed.folder}/examples/${framework}/server.ts`, temporaryFolder(), [])
}

it.each(['fastify', 'hono'])('%s: it runs on the published library as it does here', async (framework) => {
  const { url } = await start(framework)
  const visitor = await signedInTo(url, 'ada')
  expect((await visitor.send('GET', '/')).status).toBe(200)
  expectLedToSignIn(await visitor.send('POST', '/sign-out'))
})

it('express: its plain page shows the sessions as they come and go, and ends them', async () => {
  const { url } = await start('express')
  const page = await open()
  await page.goto(url)
  await page.getByLabel('Name').fill('ada')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Hello, ada' }).waitFor()
  const items = page.getByRole('listitem')
  await page.getByText('(this one)').waitFor()

  const first = await signedInTo(url, 'ada')
  await items.filter({ hasText: 'Safari on macOS' }).waitFor()
  await expectAccessible(page)
  await items.getByRole('button', { name: 'End' }).click()
  // The page takes it off its list at once, and says when the server has confirmed it.
  await page.getByText('Done.').waitFor()
  await expect.poll(() => items.count(), { timeout: 30_000 }).toBe(1)
  expectLedToSignIn(await first.send('GET', '/'))

  const second = await signedInTo(url, 'ada')
  await expect.poll(() => items.count(), { timeout: 30_000 }).toBe(2)
  const confirmed = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'End the others' }).click()
  await confirmed
  expectLedToSignIn(await second.send('GET', '/'))

  const third = await signedInTo(url, 'ada')
  await third.send('DELETE', '/api/v1/security/sessions?scope=others')
  await page.waitForURL('**/sign-in')
})

it('react: Vite builds its page from the published library', () => {
  run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'examples/react'], packed.folder)
  expect(readdirSync(`${packed.folder}/examples/react/dist`)).toContain('index.html')
})

it('every example compiles against the published declarations', () => {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: ['node'],
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  }
  writeFileSync(
    `${packed.folder}/tsconfig.json`,
    JSON.stringify({ compilerOptions, include: ['examples'], exclude: ['examples/react/dist'] }),
  )
  expect(run(process.execPath, [tsc, '-p', 'tsconfig.json', '--pretty', 'false'], packed.folder)).toBe('')
})
