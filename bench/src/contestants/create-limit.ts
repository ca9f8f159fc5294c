import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import type { Preparation } from '../contestant.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** What the disk itself can do: 4 KiB appended and flushed, over and over. */
export const prepare: Preparation = async () => {
  const folder = temporaryFolder()
  const file = openSync(`${folder.path}/appended`, 'w')
  const page = Buffer.alloc(4_096, 1)
  return {
    run: async (times) => {
      for (let done = 0; done < times; done += 1) {
        if (writeSync(file, page) !== page.length) throw new Error('Short write')
        fdatasyncSync(file)
      }
    },
    close: async () => {
      closeSync(file)
      folder.remove()
    },
  }
}
