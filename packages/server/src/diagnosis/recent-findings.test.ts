import type { Session } from 'latchkey'
import { seconds } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { expect, it } from 'vitest'
import { recentFindings } from './recent-findings.ts'

/** A program whose newest sessions come from these addresses; `asked` are the filters and limits that it was asked by. */
function programWith(addresses: readonly string[]) {
  const asked: unknown[] = []
  const program = {
    addresses,
    asked,
    isAway: false,
    sessions: {
      async listSessions(filter: object, { limit }: { limit: number }) {
        asked.push({ ...filter, limit })
        if (program.isAway) throw new Error('away')
        return { items: program.addresses.map((ipAddress) => ({ ipAddress }) as Session), next: null }
      },
    },
    settings: { trustedProxies: [], publicUrl: 'https://app.example.com', host: '127.0.0.1' },
  }
  return program
}

type Asked = Parameters<typeof recentFindings>[0]
const tenOf = (address: string) => Array.from({ length: 10 }, () => address)

it('warns when the newest live sessions all come from one private address', async () => {
  const program = programWith(tenOf('10.0.0.1'))
  const findings = await recentFindings(program as unknown as Asked, fakeClock())()
  expect(findings).toMatchObject([{ check: 'addresses', status: 'warning' }])
  expect(program.asked).toEqual([{ state: 'live', limit: 50 }])
})

it('says nothing where all is well', async () => {
  const program = programWith([...tenOf('10.0.0.1'), '198.51.100.7'])
  expect(await recentFindings(program as unknown as Asked, fakeClock())()).toEqual([])
})

it('looks once a minute, however many ask', async () => {
  const [program, clock] = [programWith(tenOf('10.0.0.1')), fakeClock()]
  const findings = recentFindings(program as unknown as Asked, clock)
  await Promise.all([findings(), findings()])
  clock.advance(seconds(59))
  program.addresses = []
  expect(await findings()).toHaveLength(1)
  expect(program.asked).toHaveLength(1)
  clock.advance(seconds(1))
  expect(await findings()).toEqual([])
  expect(program.asked).toHaveLength(2)
})

it('does not remember that it could not look', async () => {
  const program = programWith(tenOf('10.0.0.1'))
  const findings = recentFindings(program as unknown as Asked, fakeClock())
  program.isAway = true
  await expect(findings()).rejects.toThrow('away')
  program.isAway = false
  expect(await findings()).toHaveLength(1)
})
