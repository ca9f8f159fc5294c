import type { StartedStore } from './started-store.ts'

/** Something that an attacker, or bad luck, does to a running program, and what is to happen. */
export interface SecurityCase {
  /**
   * What happens, as a sentence behind its number. Requirements that it shows stand at the end, as they are named in
   * `docs/security/requirements.json`: `[ASVS 7.2.4]`.
   */
  readonly name: string
  /** Rejects where something else happens. The store is shared: users and addresses are to be new ones. */
  run(store: StartedStore): Promise<void>
}
