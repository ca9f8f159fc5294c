import { type ChildProcess, fork, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Another process of the bench, which answers each message with one. */
export interface Child {
  readonly process: ChildProcess
  ask(message: Serializable): Promise<unknown>
  /** Lets it go and waits until it has gone. */
  close(): Promise<void>
}

const running = new Set<ChildProcess>()

/** For a run that failed: what it leaves behind would complain about databases that are gone. */
export function killChildren(): void {
  for (const child of running) {
    // One may be paused, and some have a process of their own to end.
    child.kill('SIGCONT')
    child.kill('SIGTERM')
  }
}

/** Starts a file of `src/`; resolves with what it says first. */
export async function startChild(
  file: string,
  words: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<{ readonly child: Child; readonly said: unknown }> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const started = fork(path, words, {
    execArgv: ['--conditions=latchkey-source', '--no-warnings', ...flags],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  running.add(started)
  started.once('exit', () => running.delete(started))
  const said = await nextMessage(started, file)
  const child: Child = {
    process: started,
    ask(message) {
      const answer = nextMessage(started, file)
      started.send(message)
      return answer
    },
    async close() {
      if (started.exitCode !== null || started.signalCode !== null) return
      started.disconnect()
      await once(started, 'exit')
    },
  }
  return { child, said }
}

/** One that dies, by a wrong answer above all, ends the whole run: nothing of it counts. */
function nextMessage(child: ChildProcess, file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`${file} ended with ${code}.`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
