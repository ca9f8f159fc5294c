import type { Storage } from '../ports/storage.ts'

/** Comes between a caller and the storage: it may count, delay or refuse the call, or fail after it was made. */
export type Interceptor = <Result>(operation: string, call: () => Promise<Result>) => Promise<Result>

/** The storage with every operation of its ports (`sessions.find`, `events.read`, …) going through the interceptor. */
export function interceptedStorage(storage: Storage, intercept: Interceptor): Storage {
  const through = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key, target)
        if (typeof member !== 'function') return member
        return (...values: unknown[]) =>
          intercept(`${name}.${String(key)}`, async () => Reflect.apply(member, target, values))
      },
    })
  const { engine, liveFeed, sharing } = storage
  return {
    engine,
    liveFeed,
    sharing,
    sessions: through('sessions', storage.sessions),
    devices: through('devices', storage.devices),
    statistics: through('statistics', storage.statistics),
    events: through('events', storage.events),
    auditLinks: through('auditLinks', storage.auditLinks),
    cutOffs: through('cutOffs', storage.cutOffs),
    rollups: through('rollups', storage.rollups),
    alerts: through('alerts', storage.alerts),
    bulkEndings: through('bulkEndings', storage.bulkEndings),
    workClaims: through('workClaims', storage.workClaims),
    dataKeys: through('dataKeys', storage.dataKeys),
    sealedValues: through('sealedValues', storage.sealedValues),
    open: () => storage.open(),
    ping: () => intercept('ping', () => storage.ping()),
    close: () => storage.close(),
  }
}
