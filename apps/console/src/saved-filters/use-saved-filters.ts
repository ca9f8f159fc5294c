import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SavedFiltersResponse } from 'latchkey/client'
import { deleteSavedFilter, fetchSavedFilters, saveFilter } from '../api/bulk-endings.ts'
import { announce } from '../primitives/announcer.tsx'

const queryKey = ['saved-filters']

export interface SavedFiltersState {
  readonly result: UseQueryResult<SavedFiltersResponse>
  /** Takes the place of one of that name. */
  readonly save: (name: string, filter: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  /** Saves it under another name and deletes it under the one before. */
  readonly rename: (name: string, next: string, filter: string) => Promise<void>
}

/** The filters that this administrator has given a name. */
export function useSavedFilters(): SavedFiltersState {
  const client = useQueryClient()
  const result = useQuery({ queryKey, queryFn: fetchSavedFilters, staleTime: 60_000 })
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey })

  async function save(name: string, filter: string): Promise<void> {
    await saveFilter(name, filter)
    await changed()
    announce(`Saved as ${name}.`)
  }
  async function remove(name: string): Promise<void> {
    await deleteSavedFilter(name)
    await changed()
    announce(`Deleted ${name}.`)
  }
  async function rename(name: string, next: string, filter: string): Promise<void> {
    if (next === name) return
    await saveFilter(next, filter)
    await deleteSavedFilter(name)
    await changed()
    announce(`${name} is now called ${next}.`)
  }
  return { result, save, remove, rename }
}
