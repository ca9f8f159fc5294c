import type { PlaceData } from '../ports/place-source.ts'
import { dataOf, type PlaceFiles, watchedOf } from './place-files.ts'
import { UnusableFile } from './unusable-file.ts'

/** What came of looking for files that have changed. */
export interface PlaceReload {
  /** Files that are in use now in the place of what was there before. */
  readonly changed: readonly string[]
  /** What is wrong with those that could not be used, each beginning with its path; what they held before is in use still. */
  readonly failures: readonly string[]
  /** Everything that is in use now. */
  readonly data: readonly PlaceData[]
}

/** `settled`: files that are being written are left for the next time. Never rejects. */
export async function reloadPlaceFiles(
  files: PlaceFiles,
  which: 'changed' | 'settled',
): Promise<PlaceReload> {
  const changed: string[] = []
  const failures: string[] = []
  // One after the other: while a file is read, what it replaces is in memory as well.
  for (const watched of watchedOf(files)) {
    try {
      if (which === 'settled' && !(await watched.hasSettledChange())) continue
      if ((await watched.refresh()) === 'changed') changed.push(...watched.paths)
    } catch (error) {
      failures.push(
        error instanceof UnusableFile ? error.message : `${watched.paths.join(', ')} cannot be read`,
      )
    }
  }
  return { changed, failures, data: dataOf(files) }
}
