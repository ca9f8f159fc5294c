import { LatchkeyError } from '../foundation/errors.ts'
import type { CutOffScope } from '../model/cut-off.ts'
import type { SessionRecord } from '../model/session.ts'
import type { ChangedSessions } from '../model/session-filter.ts'
import type { SessionId } from '../model/session-token.ts'
import type { CutOffStore } from '../ports/cut-off-store.ts'
import type { BusEars } from '../ports/invalidation-bus.ts'
import type { InsertPlan, SessionStore } from '../ports/session-store.ts'
import type { Storage } from '../ports/storage.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { BusUser, FakeBus } from './invalidation-bus.fake.ts'

/** How a change of a process goes wrong: its failure is heard of instead of its commit, or after it. */
export type Failure = 'before-commit' | 'after-commit'

const away = new LatchkeyError('storage-unavailable', 'the storage is away')

/** Makes the changes of one process in the database that all share. */
class Announcing {
  readonly #bus: FakeBus
  readonly #user: BusUser
  readonly #database: Pick<Storage, 'sessions' | 'cutOffs'>
  ears: BusEars | null = null
  nextFailure: Failure | null = null
  #last = 0

  constructor(bus: FakeBus, user: BusUser, database: Pick<Storage, 'sessions' | 'cutOffs'>) {
    this.#bus = bus
    this.#user = user
    this.#database = database
  }

  /** The commit and the announcement are one: nothing comes between them. */
  async change<Result>(
    call: (store: SessionStore, cutOffs: CutOffStore) => Promise<Result>,
    selectionsOf: (result: Result) => readonly ChangedSessions[],
  ): Promise<Result> {
    this.#last += 1
    const [failure, number] = [this.nextFailure, this.#last]
    this.nextFailure = null
    this.ears?.announcing(number)
    await this.#bus.delay(`${this.#user.name} asks for change ${number}`)
    try {
      if (failure === 'before-commit') throw away
      const result = await call(this.#database.sessions, this.#database.cutOffs)
      const selections = selectionsOf(result)
      if (selections.length > 0) this.#bus.announce({ from: this.#user.name, number, selections })
      await this.#bus.delay(`${this.#user.name} is told of change ${number}`)
      await this.#user.awake()
      if (failure === 'after-commit') throw away
      if (selections.length > 0) this.ears?.committed(number)
      else this.ears?.abandoned(number)
      await this.#bus.delay(`${this.#user.name} has made change ${number}`)
      return result
    } catch (thrown) {
      this.ears?.abandoned(number)
      throw thrown
    }
  }
}

/** A process's own view of a database that all share, whose changes are announced as they are committed. */
export class AnnouncedStorage {
  readonly storage: Storage
  readonly #announcing: Announcing

  constructor(bus: FakeBus, user: BusUser, database: Storage) {
    this.#announcing = new Announcing(bus, user, database)
    const waiting = interceptedStorage(database, async (operation, call) => {
      await bus.delay(`${user.name} asks for ${operation}`)
      const result = await call()
      await bus.delay(`${user.name} is told of ${operation}`)
      await user.awake()
      return result
    })
    const toBus = bus.busOf(user)
    const join = (ears: BusEars): Promise<void> => {
      this.#announcing.ears = ears
      return toBus.join(ears)
    }
    this.storage = {
      ...waiting,
      sessions: announcingStore(waiting.sessions, this.#announcing),
      cutOffs: {
        ...waiting.cutOffs,
        set: (cutOff, origin) =>
          this.#announcing.change(
            (_sessions, cutOffs) => cutOffs.set(cutOff, origin),
            () => [changedByCutOff(cutOff.scope)],
          ),
      },
      sharing: { kind: 'announced', bus: { join }, nodes: bus.registryOf(user) },
      open: async () => undefined,
      close: async () => undefined,
    }
  }

  /** The next change of this process fails. */
  failNext(failure: Failure): void {
    this.#announcing.nextFailure = failure
  }
}

function announcingStore(store: SessionStore, announcing: Announcing): SessionStore {
  const session = (id: SessionId): ChangedSessions[] => [{ kind: 'session', id, userId: null }]
  const { touch, tighten, find, list, count, forget, fade } = store
  return {
    ...{ touch, tighten, find, list, count, forget, fade },
    insert(record, plan) {
      const selections = whatGivesWay(record, plan)
      if (selections.length === 0) return store.insert(record, plan)
      return announcing.change(
        (changed) => changed.insert(record, plan),
        () => selections,
      )
    },
    replace: (next, replacing) =>
      announcing.change(
        (changed) => changed.replace(next, replacing),
        () => session(next.id),
      ),
    invalidate: (selection, ending) =>
      announcing.change(
        (changed) => changed.invalidate(selection, ending),
        () => [selection],
      ),
    cleanup: (bounds, at, limit) =>
      announcing.change(
        (changed) => changed.cleanup(bounds, at, limit),
        (ended) => ended.flatMap(({ id }) => session(id)),
      ),
    forgetUser: (userId, origin, digestOf) =>
      announcing.change(
        (changed) => changed.forgetUser(userId, origin, digestOf),
        () => [{ kind: 'user', userId, except: null }],
      ),
  }
}

function changedByCutOff(scope: CutOffScope): ChangedSessions {
  return scope.kind === 'user' ? { ...scope, except: null } : scope
}

/** Told of whether or not there is anything: somebody else's ending of it may be on its way to the others. */
function whatGivesWay({ userId }: SessionRecord, plan: InsertPlan): readonly ChangedSessions[] {
  const { device, limit, completes } = plan
  const endsEarlier = device?.knowledge === 'known' && device.sessions === 'end-earlier'
  const mayEndOthers = limit !== null && limit.atLimit !== 'reject'
  if (endsEarlier || mayEndOthers || completes !== null) return [{ kind: 'user', userId, except: null }]
  return plan.replaces === null ? [] : [{ kind: 'session', id: plan.replaces, userId: null }]
}
