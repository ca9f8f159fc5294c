import { expect, it, vi } from 'vitest'
import { type TemporaryProgram, temporaryProgram } from '../testing/temporary-program.ts'
import { keepAccountsApart } from './keep-accounts-apart.ts'

// A password is really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

async function administratorOf({ program }: TemporaryProgram): Promise<string> {
  const made = await program.accounts.create({
    email: 'root@example.com',
    role: 'admin',
    password: 'correct horse battery',
  })
  return made.kind === 'created' ? made.account.id : ''
}

it('no API key signs anybody in to the program itself, and users of the host as before', async () => {
  await using temporary = await temporaryProgram()
  const administrator = await administratorOf(temporary)
  const { apiKeys, sessions } = temporary.program
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

it('no API key locks an account of the program out, or gives its session another token', async () => {
  await using temporary = await temporaryProgram()
  const userId = await administratorOf(temporary)
  const { accounts } = temporary.program
  const sessions = keepAccountsApart(temporary.program.sessions, accounts)
  const { session, token } = await sessions.createSession({ userId })
  const by = 'service:shop'
  const changes = [
    () => sessions.disableUser(userId, { by }),
    () => sessions.enableUser(userId, { by }),
    () => sessions.setCutOff({ kind: 'user', userId }, { by }),
    () => sessions.setCutOff({ kind: 'everybody' }, { by }),
    () => sessions.renewSession(session.id, { amr: ['otp'], by }),
    () => sessions.renewSession(session.id, { amr: [], roles: ['owner'], cause: 'privilege-change', by }),
  ]
  for (const change of changes) await expect(change()).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await sessions.verifySession(token)).toMatchObject({ active: true, session: { roles: [], amr: [] } })
})

it('an API key does all of that to users of the host, and the program to its own accounts', async () => {
  await using temporary = await temporaryProgram()
  const userId = await administratorOf(temporary)
  const sessions = keepAccountsApart(temporary.program.sessions, temporary.program.accounts)
  const [one, own] = [
    await sessions.createSession({ userId: '42' }),
    await sessions.createSession({ userId }),
  ]
  const by = 'service:shop'
  const renewed = await sessions.renewSession(one.session.id, { amr: ['otp'], by })
  expect(renewed?.session.amr).toEqual(['otp'])
  expect(await sessions.disableUser('42', { by })).toBe(1)
  expect(await sessions.enableUser('42', { by })).toBe(true)
  expect(await sessions.disableUser(userId, { by: 'command-line' })).toBe(1)
  expect((await sessions.verifySession(own.token)).active).toBe(false)
})

it('everything else of the sessions passes through', async () => {
  await using temporary = await temporaryProgram()
  const { sessions, accounts } = temporary.program
  expect(Object.keys(keepAccountsApart(sessions, accounts)).sort()).toEqual(Object.keys(sessions).sort())
})
