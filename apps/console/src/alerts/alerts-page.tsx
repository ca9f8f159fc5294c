import { Keyboard } from 'lucide-react'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { PageHeading } from '../layout/page-heading.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { useLiveReports } from '../live/use-live-reports.ts'
import { Button } from '../primitives/button.tsx'
import { useOpener } from '../primitives/use-opener.ts'
import { AlertFilterBar } from './alert-filter-bar.tsx'
import { AlertTabs } from './alert-tabs.tsx'
import { Inbox } from './inbox.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { useAlertSearch, useAlerts } from './use-alerts.ts'

const liveKeys = [['alerts'], ['alert']]

/** Administration → Alerts. */
export function AlertsPage(): ReactNode {
  const searchState = useAlertSearch()
  const result = useAlerts(searchState.search)
  const live = useLiveReports(liveKeys)
  const keys = useKeysDialog()
  const { state = 'open', alert } = searchState.search
  return (
    <div className="mx-auto max-w-6xl space-y-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <PageHeading title="Alerts">
          What detectors found odd. Findings that are one matter are one alert.
        </PageHeading>
        <div className="flex items-center gap-4">
          <LiveMark state={live} />
          <Button size="small" onClick={keys.show}>
            <Keyboard aria-hidden className="size-4" />
            Keys
          </Button>
        </div>
      </div>
      <div className={`space-y-4 ${alert ? 'max-lg:hidden' : ''}`}>
        <AlertTabs
          state={state}
          counts={result.data?.counts ?? null}
          onChange={(next) => searchState.change({ state: next })}
        />
        <AlertFilterBar searchState={searchState} />
      </div>
      <Inbox searchState={searchState} result={result} showKeys={keys.show} />
      <KeysDialog {...keys.dialog} />
    </div>
  )
}

/** Opened by a button and by a key: the focus returns to where it was. */
function useKeysDialog(): { show: () => void; dialog: ComponentProps<typeof KeysDialog> } {
  const [keys, setKeys] = useState<'shown' | 'hidden'>('hidden')
  const { remember, returnFocus } = useOpener(() => document.getElementById('alerts')?.focus())
  function show(): void {
    remember()
    setKeys('shown')
  }
  const dialog = {
    isOpen: keys === 'shown',
    onClose: () => setKeys('hidden'),
    onReturnFocus: returnFocus,
  }
  return { show, dialog }
}
