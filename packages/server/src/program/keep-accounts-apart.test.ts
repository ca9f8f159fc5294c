import { expect, it, vi } from 'vitest'
import { temporaryProgram } from '../testing/temporary-program.ts'

// A password is really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

it('no API key signs anybody in to the program itself, and users of the host as before', async () => {
  await using temporary = await temporaryProgram()
  const { accounts, apiKeys, sessions } = temporary.program
  const made = await accounts.create({
    email: 'root@example.com',
    role: 'admin',
    password: 'correct horse battery',
  })
  const administrator = made.kind === 'created' ? made.account.id : ''
  const { key } = await apiKeys.create('shop')
  const signIn = (user_id: string) =>
    temporary.send('POST', '/api/v1/sessions', {
      headers: { Authorization: `Bearer ${key}` },
      body: { user_id },
    })
  const refused = await signIn(administrator)
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ field: 'user_id' })
  expect(await sessions.getSessionCountByUser(administrator)).toBe(0)
  expect((await signIn('usr_of_the_host')).status).toBe(201)
})
