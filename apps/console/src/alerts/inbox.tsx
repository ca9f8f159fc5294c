import type { UseQueryResult } from '@tanstack/react-query'
import type { AlertOnWire, AlertsResponse } from 'latchkey/client'
import { type ReactNode, useMemo } from 'react'
import { Pager } from '../filters/pager.tsx'
import { Outdated } from '../live/outdated.tsx'
import { counted } from '../numbers/number-text.ts'
import { Notice } from '../primitives/notice.tsx'
import { AlertDetail } from './alert-detail.tsx'
import { inOrder } from './alert-search.ts'
import { ChosenAlerts } from './chosen-alerts.tsx'
import { NoAlerts, UnavailableAlerts } from './inbox-states.tsx'
import type { AlertSearchState } from './use-alerts.ts'
import { useInbox } from './use-inbox.ts'

interface InboxProps {
  searchState: AlertSearchState
  result: UseQueryResult<AlertsResponse>
  showKeys: () => void
}

const none: readonly AlertOnWire[] = []

const columns =
  'items-start gap-6 lg:grid lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)] xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]'

/** The list, and beside it the alert that is looked at; on narrow screens one of the two. */
export function Inbox({ searchState, result, showKeys }: InboxProps): ReactNode {
  const { state = 'open', alert: openId } = searchState.search
  const alerts = useMemo(() => inOrder(result.data?.alerts ?? none, state), [result.data, state])
  const work = useInbox(alerts, searchState, showKeys)
  return (
    <div className={openId === undefined ? '' : columns}>
      <InboxList searchState={searchState} result={result} alerts={alerts} work={work} />
      {openId === undefined ? null : (
        <AlertDetail
          key={openId}
          id={openId}
          known={alerts.find(({ id }) => id === openId)}
          actions={work.actions}
          headingRef={work.parts.detail}
          noteRef={work.parts.note}
          setState={work.setState}
          onClose={work.close}
        />
      )}
    </div>
  )
}

interface InboxListProps extends Omit<InboxProps, 'showKeys'> {
  alerts: readonly AlertOnWire[]
  work: ReturnType<typeof useInbox>
}

function InboxList({ searchState, result, alerts, work }: InboxListProps): ReactNode {
  const { search, turn } = searchState
  const { actions, parts } = work
  return (
    <section aria-labelledby="alerts" className={search.alert === undefined ? '' : 'max-lg:hidden'}>
      <h2 ref={parts.top} id="alerts" tabIndex={-1} className="sr-only">
        Alerts
      </h2>
      {actions.failure ? (
        <div className="mb-3">
          <Notice look="danger" role="alert">
            {actions.failure}
          </Notice>
        </div>
      ) : null}
      <div className="mb-3 empty:hidden">
        <Outdated what="The list" results={[result]} />
      </div>
      <ChosenAlerts
        alerts={result.isPending ? null : alerts}
        openId={search.alert ?? null}
        work={work}
        look={result.isPlaceholderData ? 'outdated' : 'current'}
      >
        {result.isLoadingError ? <UnavailableAlerts result={result} top={parts.top} /> : null}
        {result.data && alerts.length === 0 ? <NoAlerts searchState={searchState} top={parts.top} /> : null}
      </ChosenAlerts>
      <Pager
        cursor={search.cursor}
        nextCursor={result.data?.next_cursor ?? null}
        shown={counted(alerts.length, 'alert')}
        turn={(cursor, before) => void turn(cursor, before).then(() => parts.top.current?.focus())}
      />
    </section>
  )
}
