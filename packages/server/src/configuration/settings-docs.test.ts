import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadSettings } from './load-settings.ts'
import { settingDefinitions, settingNames } from './setting-definitions.ts'

const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8')

interface Row {
  readonly variables: readonly string[]
  readonly preset: string
}

/** The table of settings: `| variables | default | meaning |`. */
const rows: readonly Row[] = [...page.matchAll(/^\| ([^|]*`[A-Z_]+`[^|]*) \| ([^|]*) \|/gm)].map(
  ([, variables = '', preset = '']) => ({
    variables: [...variables.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name),
    preset: preset.replaceAll('`', ''),
  }),
)

it('the page has a row for every variable, and no other', () => {
  const known = settingNames.flatMap((name) => settingDefinitions[name].variables)
  expect(rows.flatMap(({ variables }) => variables).sort()).toEqual([...known].sort())
})

it('the page gives the defaults that hold', async () => {
  const { origins } = await loadSettings({ environment: {}, workingDirectory: '/nonexistent' })
  for (const { variable, shown } of origins) {
    const row = rows.find(({ variables }) => variables.includes(variable))
    // What is in brackets says what holds where there is no default; the page says it in other words.
    if (!shown.startsWith('(')) expect([variable, row?.preset]).toEqual([variable, shown])
  }
})
