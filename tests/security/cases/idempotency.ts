import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Answer } from '../ask.ts'
import { newUser } from '../new-names.ts'
import { expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { askAsService, expectAccepted, expectOver } from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'

/** Sign-ins that are sent more than once. */
export const idempotencyCases: readonly SecurityCase[] = [
  {
    name: 'case 56: a sign-in that is sent fifty times with one key, at once and on two nodes, is one session with one token; another body under that key is a conflict',
    async run(store) {
      const [key, user] = [randomUUID(), newUser()]
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          create(store, key, { user_id: user }, index % 2 === 0 ? 0 : 1),
        ),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(answers.map(({ body }) => body.token)).size).toBe(1)
      const list = await askAsService(store, 'GET', `/api/v1/users/${user}/sessions`)
      expect(list.body.sessions).toHaveLength(1)
      for (const body of [
        { user_id: newUser() },
        { user_id: user, amr: ['otp'] },
        { user_id: user, pending: true },
      ])
        expectProblem(await create(store, key, body), 409, 'idempotency-conflict')
      await expectAccepted(store, answers[0]?.body.token)
    },
  },
  {
    name: 'case 56, regression 28: a sign-in that is sent again after its session ended brings that session back no more than any other does [ASVS 7.4.1]',
    async run(store) {
      const [key, user] = [randomUUID(), newUser()]
      const { body } = await create(store, key, { user_id: user })
      await askAsService(store, 'DELETE', `/api/v1/users/${user}/sessions`)
      const again = await create(store, key, { user_id: user })
      if (again.status === 201) expect(again.body.token).toBe(body.token)
      await expectOver(store, body.token)
      const list = await askAsService(store, 'GET', `/api/v1/users/${user}/sessions`)
      expect(list.body.sessions).toEqual([])
    },
  },
]

function create(store: StartedStore, key: string, body: object, node: 0 | 1 = 0): Promise<Answer> {
  return askAsService(store, 'POST', '/api/v1/sessions', body, { node, headers: { 'idempotency-key': key } })
}
