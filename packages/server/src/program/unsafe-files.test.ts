import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { settingsIn, temporaryFolder } from '../testing/temporary-program.ts'
import { refuseReadableKeys } from './unsafe-files.ts'

const secret = Buffer.alloc(32, 7).toString('base64')

async function refusal(
  modes: { readonly folder: number; readonly key?: number },
  environment: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  await using folder = await temporaryFolder()
  const data = join(folder.path, '.latchkey')
  await mkdir(data)
  if (modes.key !== undefined) {
    await writeFile(join(data, 'secret'), secret)
    await chmod(join(data, 'secret'), modes.key)
  }
  await chmod(data, modes.folder)
  try {
    refuseReadableKeys(await settingsIn(folder, environment))
    return null
  } catch (error) {
    return (error as Error).message.replaceAll(folder.path, '')
  }
}

it('what only its owner can read is used, and what is not there yet', async () => {
  expect(await refusal({ folder: 0o700, key: 0o600 })).toBeNull()
  expect(await refusal({ folder: 0o700, key: 0o400 })).toBeNull()
  expect(await refusal({ folder: 0o700 })).toBeNull()
  await using folder = await temporaryFolder()
  expect(refuseReadableKeys(await settingsIn(folder))).toBeUndefined()
})

it.each([0o640, 0o604, 0o620, 0o610, 0o644])('a key file of mode %o is refused', async (key) => {
  const mode = key.toString(8).padStart(4, '0')
  expect(await refusal({ folder: 0o700, key })).toBe(
    `Others can read the key file /.latchkey/secret (mode ${mode}); chmod 600 /.latchkey/secret.`,
  )
})

it.each([0o750, 0o705, 0o755])(
  'a data folder of mode %o, as volumes are mounted, is used',
  async (folder) => {
    expect(await refusal({ folder, key: 0o600 })).toBeNull()
  },
)

it.each([0o770, 0o702, 0o720, 0o777])('a data folder of mode %o is refused', async (folder) => {
  expect(await refusal({ folder, key: 0o600 })).toMatch(
    /^Others can change files in the data folder \/\.latchkey \(mode 07\d\d\); chmod 700 \/\.latchkey, or/,
  )
})

it('a data folder with neither keys nor a database in it may be open', async () => {
  const elsewhere = { LATCHKEY_SECRET: secret, LATCHKEY_DATABASE_URL: 'file:./other.db' }
  expect(await refusal({ folder: 0o777 }, elsewhere)).toBeNull()
  expect(await refusal({ folder: 0o777 }, { LATCHKEY_SECRET: secret })).toContain('data folder')
})
