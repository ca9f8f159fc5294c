import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'
import { administrator, type RunningProgram, startSharedProgram } from '../running-program.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'
import { signedIn } from '../visitor.ts'

/** One program for a file of tests, with an administrator; returns what has it once it runs. */
export function administeredForThisFile(
  settings: Readonly<Record<string, string>> = {},
): () => RunningProgram {
  const folder = unownedTemporaryFolder()
  let program: RunningProgram | null = null
  beforeAll(async () => {
    program = await startSharedProgram(folder, {
      LATCHKEY_ADMIN_EMAIL: administrator.email,
      LATCHKEY_ADMIN_PASSWORD: administrator.password,
      ...settings,
    })
  })
  afterAll(async () => {
    await program?.end('SIGTERM')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return () => {
    if (program === null) throw new Error('The program has not been started yet.')
    return program
  }
}

/** The administrator has no session and no device any more, as in a program that was just started. */
export async function forgetAdministrator(program: RunningProgram): Promise<RunningProgram> {
  const visitor = await signedIn(program)
  const { body } = await visitor.send('GET', '/api/v1/security/devices')
  const ids: string[] = []
  // Its own device comes last: with it goes the session that asks.
  for (const { id, is_current: isCurrent } of body.devices) isCurrent ? ids.push(id) : ids.unshift(id)
  for (const id of ids) {
    const forgotten = await visitor.send('DELETE', `/api/v1/security/devices/${id}`)
    expect(forgotten.status, forgotten.text).toBe(200)
  }
  return program
}
