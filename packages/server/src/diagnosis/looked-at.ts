import { isLoopbackHost } from '../configuration/setting-formats.ts'
import type { Settings } from '../configuration/settings.ts'

/** How many of the newest sessions are looked at for their addresses: what was wrong last month does not matter. */
export const newestSessions = 50

/** Whether browsers reach the program at this machine only. */
export function isLocalOnly({ publicUrl, host }: Pick<Settings, 'publicUrl' | 'host'>): boolean {
  return isLoopbackHost(publicUrl === null ? host : new URL(publicUrl).hostname)
}
