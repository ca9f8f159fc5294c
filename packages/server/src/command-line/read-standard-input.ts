import { text } from 'node:stream/consumers'

/** All of standard input without the line break at its end: what `printf %s` and `echo` give is the same. */
export async function readStandardInput(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '')
}
