import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

export interface ToolResult {
  readonly status: number
  /** What it printed, both streams in order. */
  readonly output: string
}

/** Runs one of this repository's tools with this same runtime, in the folder `root`, and waits for its end. */
export function runTool(root: string, script: string, words: readonly string[]): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${packages}/${script}`, ...words], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => resolve({ status: code ?? 1, output }))
  })
}

/** Faults as a check reports them: nothing when the tool was content, otherwise its lines. */
export function faultsOf(result: ToolResult): readonly string[] {
  if (result.status === 0) return []
  return result.output.split('\n').filter((line) => line.trim() !== '')
}
