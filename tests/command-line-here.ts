import { runCommandLine } from '../packages/server/src/command-line/program.ts'

export interface EndedHere {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** As `runCommand`, in this process, which is faster: for commands that come to an end, and starts that are refused. */
export async function runCommandHere(
  folder: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<EndedHere> {
  let [stdout, stderr] = ['', '']
  const context = {
    stdout: (line: string) => {
      stdout += `${line}\n`
    },
    stderr: (line: string) => {
      stderr += `${line}\n`
    },
    isTerminal: false,
    environment: settings,
    workingDirectory: folder,
  }
  const status = await runCommandLine(context, words)
  return { status, stdout, stderr }
}
