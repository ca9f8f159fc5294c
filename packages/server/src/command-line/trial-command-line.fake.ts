import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from 'latchkey'
import { loadSettings } from '../configuration/load-settings.ts'
import { openProgram, type Program } from '../program/open-program.ts'
import { runCommandLine } from './program.ts'

/** What a command line came to. */
export interface Outcome {
  readonly status: number
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
}

/** For tests: the whole command line in a folder of its own, with an empty environment. */
export interface Trial {
  readonly directory: string
  run(...words: readonly string[]): Promise<Outcome>
  /** The one object that the command printed with `--json`. */
  json(...words: readonly string[]): Promise<Record<string, unknown>>
  /** Opens the database of the folder, hands it over and closes it. */
  withProgram<Result>(use: (program: Program) => Promise<Result>, clock?: Clock): Promise<Result>
  remove(): void
}

export function trialCommandLine(terminal: 'terminal' | 'pipe' = 'pipe'): Trial {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-trial-'))
  const surroundings = { environment: {}, workingDirectory: directory }

  async function run(...words: readonly string[]): Promise<Outcome> {
    const [stdout, stderr]: [string[], string[]] = [[], []]
    const context = {
      ...surroundings,
      stdout: (line: string) => stdout.push(line),
      stderr: (line: string) => stderr.push(line),
      isTerminal: terminal === 'terminal',
    }
    return { status: await runCommandLine(context, words), stdout, stderr }
  }

  return {
    directory,
    run,
    json: async (...words) => JSON.parse((await run(...words, '--json')).stdout.join('')),
    async withProgram(use, clock = systemClock) {
      const program = await openProgram(await loadSettings(surroundings), { clock })
      try {
        return await use(program)
      } finally {
        await program.close()
      }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
