import type { AlertOnWire, AlertStateOnWire } from 'latchkey/client'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { ApiError } from '../api/api-error.ts'
import { Outdated } from '../live/outdated.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { SeverityBadge } from '../severity/severity-badge.tsx'
import { AlertButtons } from './alert-buttons.tsx'
import { AlertFacts } from './alert-facts.tsx'
import { AlertNotes } from './alert-notes.tsx'
import { aboutWhom, stateName } from './alert-words.ts'
import { Evidence } from './evidence.tsx'
import type { AlertActions } from './use-alert-actions.ts'
import { useAlert } from './use-alerts.ts'

interface AlertDetailProps {
  id: string
  /** As the list has it. */
  known: AlertOnWire | undefined
  actions: AlertActions
  headingRef: RefObject<HTMLHeadingElement | null>
  noteRef: RefObject<HTMLTextAreaElement | null>
  setState: (alert: AlertOnWire, state: AlertStateOnWire) => Promise<void>
  onClose: () => void
}

/** One alert, with all that is known of it and all that can be made of it. */
export function AlertDetail(props: AlertDetailProps): ReactNode {
  const { id, known, actions, headingRef, onClose } = props
  const result = useAlert(id, known)
  const { error, refetch } = result
  const isGone = error instanceof ApiError && error.status === 404
  const alert = isGone ? undefined : result.data
  return (
    <section
      aria-labelledby="alert"
      className="rounded-xl border border-line bg-surface p-4 shadow-raised sm:p-5 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto"
    >
      <Button size="small" look="quiet" className="-ml-2 mb-2" onClick={onClose}>
        <ArrowLeft aria-hidden className="size-4" />
        Back to the list
      </Button>
      {actions.failure ? (
        <div className="mb-3 lg:hidden">
          <Notice look="danger">{actions.failure}</Notice>
        </div>
      ) : null}
      <div className="mb-3 empty:hidden">
        {alert ? <Outdated what="The alert" results={[result]} /> : null}
      </div>
      {alert ? <Found {...props} alert={alert} /> : null}
      {alert ? null : <NotThere headingRef={headingRef} error={error} retry={() => void refetch()} />}
    </section>
  )
}

interface NotThereProps extends Pick<AlertDetailProps, 'headingRef'> {
  error: Error | null
  retry: () => void
}

function NotThere({ headingRef, error, retry }: NotThereProps): ReactNode {
  const again = (
    <button type="button" className="font-medium underline underline-offset-4" onClick={retry}>
      Try again
    </button>
  )
  return (
    <>
      <h2 ref={headingRef} id="alert" tabIndex={-1} className="sr-only">
        Alert
      </h2>
      {error ? (
        <Notice look="danger" role="alert" action={again}>
          The alert could not be loaded. {error.message}
        </Notice>
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </>
  )
}

function Found(props: AlertDetailProps & { alert: AlertOnWire }): ReactNode {
  const { alert, headingRef, noteRef, actions } = props
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SeverityBadge severity={alert.severity} />
        <Badge>{stateName(alert.state)}</Badge>
        {alert.attack.map((technique) => (
          <Badge key={technique}>ATT&CK {technique}</Badge>
        ))}
      </div>
      <h2 ref={headingRef} id="alert" tabIndex={-1} className="mt-2 text-lg/6 font-semibold wrap-anywhere">
        {alert.title}
        <span className="font-normal text-muted"> · {aboutWhom(alert)}</span>
      </h2>
      <p className="mt-1.5 text-[0.9375rem]/6 text-pretty wrap-anywhere">{alert.reason}</p>
      <AlertButtons {...props} />
      <AlertFacts alert={alert} />
      <Evidence alert={alert} />
      <AlertNotes alert={alert} fieldRef={noteRef} add={(note) => actions.change(alert, { note })} />
    </>
  )
}
