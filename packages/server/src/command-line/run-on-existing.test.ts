import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { trialCommandLine } from './trial-command-line.fake.ts'

it.each([[['sessions', 'list']], [['sessions', 'revoke', '--user', 'ada']], [['cleanup']], [['selftest']]])(
  '%j makes no database where there is none, and says so',
  async (words) => {
    const empty = trialCommandLine()
    const { status, stdout, stderr } = await empty.run(...words)
    expect({ status, stdout }).toEqual({ status: 1, stdout: [] })
    expect(stderr[0]).toContain(`There is no database at ${empty.directory}`)
    expect(readdirSync(empty.directory)).toEqual([])
    empty.remove()
  },
)
