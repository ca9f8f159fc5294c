import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsIn, temporaryFolder } from '../testing/temporary-program.ts'
import { prepareDirectories } from './data-directory.ts'
import { masterSecret, secretFileName } from './master-secret.ts'

describe('the master secret', () => {
  it('is made on the first start for its owner only, and stays', async () => {
    await using folder = await temporaryFolder()
    const settings = await settingsIn(folder)
    prepareDirectories(settings)
    const secret = masterSecret(settings)
    expect(secret.byteLength).toBe(32)
    expect(masterSecret(settings)).toEqual(secret)
    expect((await stat(settings.dataDirectory)).mode & 0o777).toBe(0o700)
    expect((await stat(join(settings.dataDirectory, secretFileName))).mode & 0o777).toBe(0o600)
    expect(await readdir(settings.dataDirectory)).toEqual([secretFileName])
  })

  it('is the configured one where one is configured, and no file is made', async () => {
    await using folder = await temporaryFolder()
    const secret = new Uint8Array(48).fill(9)
    const settings = await settingsIn(folder, { LATCHKEY_SECRET: Buffer.from(secret).toString('base64') })
    prepareDirectories(settings)
    expect(masterSecret(settings)).toEqual(secret)
    expect(await readdir(settings.dataDirectory)).toEqual([])
  })

  it.each([
    ['a short file', Buffer.alloc(31, 1).toString('base64'), /damaged: it must hold at least 32 bytes/],
    ['a file that is no base64', 'not a key at all', /damaged: it must be base64/],
    ['an empty file', '', /damaged/],
  ])('refuses %s and does not write over it', async (_name, content, message) => {
    await using folder = await temporaryFolder()
    const settings = await settingsIn(folder)
    prepareDirectories(settings)
    const path = join(settings.dataDirectory, secretFileName)
    await writeFile(path, content)
    expect(() => masterSecret(settings)).toThrow(message)
    expect(await readFile(path, 'utf8')).toBe(content)
  })

  it('says so when its file cannot be read', async () => {
    await using folder = await temporaryFolder()
    const settings = await settingsIn(folder)
    await mkdir(join(settings.dataDirectory, secretFileName), { recursive: true })
    expect(() => masterSecret(settings)).toThrow(/cannot be read \(EISDIR\)/)
  })
})
