import { hostname } from 'node:os'
import { type EndingReceipt, inSeconds, type LeaseChange, type LeaseLoss, type Sessions } from 'latchkey'
import type { Logger } from 'pino'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** In seconds: from nodes on one machine to a lease that is waited out. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** What the cache of this process has to do with others, told by `createSessions` and kept for `/metrics` and the log. */
export interface CoherenceMetrics {
  readonly onConfirmed: (receipt: EndingReceipt) => void
  readonly onLeaseChange: (change: LeaseChange) => void
  /** Adds everything to what `/metrics` shows. */
  showIn(registry: Registry, sessions: Pick<Sessions, 'getCacheState'>): void
}

/** Why a node reads the database, as its log says it. */
const reasons: Readonly<Record<LeaseLoss, string>> = {
  'connection-lost': 'the connection that hears of endings was lost',
  'not-renewed': 'the lease was not renewed in time: the database or this process is slow',
  fenced: 'another node fenced it, since it did not confirm an ending in time',
  closed: 'it is about to end',
}

export function coherenceMetrics(logger: Logger): CoherenceMetrics {
  const { durations, outlasted, losses } = createCounters()
  return {
    onConfirmed: ({ duration, fenced }) => {
      durations.observe(inSeconds(duration))
      outlasted.inc(fenced)
      if (fenced > 0) logger.warn({ fenced, duration }, 'an ending waited for nodes that did not answer')
    },
    onLeaseChange: (change) => {
      if (change.kind === 'over') losses.inc({ reason: change.reason })
      logLeaseChange(logger, change)
    },
    showIn: (registry, sessions) => {
      for (const metric of [durations, outlasted, losses]) registry.registerMetric(metric)
      showState(registry, sessions)
    },
  }
}

/** As `latchkey doctor` shows it. */
const nodeName = `${hostname()}:${process.pid}`

function logLeaseChange(logger: Logger, change: LeaseChange): void {
  if (change.kind === 'held') {
    logger.info({ node: change.nodeId, name: nodeName }, 'answers from the cache of sessions')
    return
  }
  const level = change.reason === 'closed' ? 'info' : 'warn'
  logger[level](
    { reason: change.reason },
    `reads the database instead of the cache: ${reasons[change.reason]}`,
  )
}

interface Counters {
  readonly durations: Histogram
  readonly outlasted: Counter
  readonly losses: Counter<'reason'>
}

/** In no registry yet: they count from before there is one. */
function createCounters(): Counters {
  return {
    durations: new Histogram({
      name: 'latchkey_confirmation_duration_seconds',
      help: 'From the commit of a change to the moment at which no other node answers as before.',
      buckets,
      registers: [],
    }),
    outlasted: new Counter({
      name: 'latchkey_nodes_outlasted_total',
      help: 'Nodes that did not confirm a change of this one in time, were fenced, and whose leases were waited out.',
      registers: [],
    }),
    losses: new Counter({
      name: 'latchkey_lease_losses_total',
      help: 'How often this node lost the right to answer from its cache, by reason.',
      labelNames: ['reason'],
      registers: [],
    }),
  }
}

/** Read when somebody looks. */
function showState(registry: Registry, sessions: Pick<Sessions, 'getCacheState'>): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  const state = () => sessions.getCacheState()
  gauge('latchkey_cache_sessions', 'Sessions in the cache.', () => state().sessions)
  gauge(
    'latchkey_cache_current',
    '1 while the cache may answer; 0: each verification reads the database.',
    () => (state().lease === 'not-held' ? 0 : 1),
  )
  gauge(
    'latchkey_confirmations_waiting',
    'Changes that other nodes have not confirmed yet.',
    () => state().unconfirmed,
  )
  gauge(
    'latchkey_activity_waiting',
    'Uses of sessions that wait to be written.',
    () => state().activityWaiting,
  )
  showAnswers(registry, state)
}

function showAnswers(registry: Registry, state: () => ReturnType<Sessions['getCacheState']>): void {
  new Counter({
    name: 'latchkey_cache_answers_total',
    help: 'Verifications answered from the cache, and those that had to read the database.',
    labelNames: ['from'],
    registers: [registry],
    collect() {
      const { answers, loads } = state()
      this.reset()
      this.inc({ from: 'cache' }, answers)
      this.inc({ from: 'storage' }, loads)
    },
  })
}
