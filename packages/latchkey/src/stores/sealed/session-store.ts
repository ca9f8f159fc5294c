import { networkOfAddress } from '../../foundation/address-network.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { InsertPlan, SessionStore } from '../../ports/session-store.ts'
import type { CallsUnderWay } from './calls-under-way.ts'
import { sealDevice } from './device-store.ts'
import type { Vault } from './vault.ts'

const table = 'user_sessions'

/** Sessions whose addresses and user agents another store keeps sealed. */
export function sealedSessionStore(
  inner: SessionStore,
  vault: Vault,
  { track }: CallsUnderWay,
): SessionStore {
  return {
    insert: (record, plan) =>
      track(async () => {
        const outcome = await inner.insert(await sealSession(vault, record), await sealPlan(vault, plan))
        if (outcome.kind !== 'repeated') return outcome
        return { kind: 'repeated', record: await openSession(vault, outcome.record) }
      }),
    find: (id) =>
      track(async () => {
        const stored = await inner.find(id)
        return stored === null ? null : openSession(vault, stored)
      }),
    replace: (next, replacing) => inner.replace(next, replacing),
    touch: (seen) => inner.touch(seen),
    tighten: (grants) => inner.tighten(grants),
    invalidate: (selection, ending) => inner.invalidate(selection, ending),
    list: (query, page) =>
      track(async () => {
        const { items, ...rest } = await inner.list(sealQuery(vault, query), page)
        return { ...rest, items: await Promise.all(items.map((stored) => openSession(vault, stored))) }
      }),
    count: (query) => inner.count(sealQuery(vault, query)),
    cleanup: (bounds, at, limit) => inner.cleanup(bounds, at, limit),
    forget: (endedBefore, limit) => inner.forget(endedBefore, limit),
    fade: (fact, from, before, limit) => inner.fade(fact, from, before, limit),
    forgetUser: (userId, origin, digestOf) => inner.forgetUser(userId, origin, digestOf),
  }
}

async function sealSession(vault: Vault, record: SessionRecord): Promise<SessionRecord> {
  return {
    ...record,
    ipAddress: await vault.seal(table, 'ipAddress', record.id, record.ipAddress),
    userAgent: await vault.seal(table, 'userAgent', record.id, record.userAgent),
    addressKey: vault.addressKey(record.addressKey),
    rangeKey: vault.addressKey(record.rangeKey),
  }
}

/** `addressKey` comes back as it was given, which is the address, and so does `rangeKey`, its network. */
async function openSession(vault: Vault, stored: SessionRecord): Promise<SessionRecord> {
  const ipAddress = await vault.open(table, 'ipAddress', stored.id, stored.ipAddress)
  const userAgent = await vault.open(table, 'userAgent', stored.id, stored.userAgent)
  return {
    ...stored,
    ipAddress,
    userAgent,
    addressKey: stored.addressKey === null ? null : ipAddress,
    rangeKey: stored.rangeKey === null || ipAddress === null ? null : networkOfAddress(ipAddress),
  }
}

async function sealPlan(vault: Vault, plan: InsertPlan): Promise<InsertPlan> {
  if (plan.device === null) return plan
  return { ...plan, device: { ...plan.device, record: await sealDevice(vault, plan.device.record) } }
}

export function sealQuery(vault: Vault, query: SessionQuery): SessionQuery {
  const { ipAddress, addressRange, search } = query
  return {
    ...query,
    ipAddress: vault.addressKey(ipAddress),
    addressRange: vault.addressKey(addressRange),
    search: search && { ...search, address: vault.addressKey(search.address) },
  }
}
