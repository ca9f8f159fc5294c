import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function logged(error: unknown): Record<string, unknown> {
  const lines: string[] = []
  createLogger('info', { write: (line) => void lines.push(line) }).error({ err: error }, 'failed')
  return JSON.parse(lines.join(''))
}

it('an error is logged with its message, its code and where it came from, and with nothing that its driver adds', () => {
  const refused = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ada@example.com) already exists.',
    where: 'SQL statement of 192.0.2.77',
    parameters: ['192.0.2.77'],
  })
  const { err } = logged(new Error('The storage failed.', { cause: refused }))
  expect(err).toEqual({
    type: 'Error',
    message: 'The storage failed.: duplicate key',
    stack: expect.stringContaining('logger.test'),
  })
  expect(JSON.stringify(logged(refused))).not.toMatch(/ada@|192\.0\.2/)
  expect(logged(refused)['err']).toMatchObject({ code: '23505', message: 'duplicate key' })
})

it('what is thrown and is no error is logged by its kind only', () => {
  expect(logged('192.0.2.77')).toMatchObject({ err: { type: 'string' } })
})
