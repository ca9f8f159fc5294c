import type { DetectorOnWire } from 'latchkey/client'
import { type ReactNode, useRef, useState } from 'react'
import { PageHeading } from '../layout/page-heading.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { Outdated } from '../live/outdated.tsx'
import { useLiveReports } from '../live/use-live-reports.ts'
import { Button } from '../primitives/button.tsx'
import { Card, Failed, Loading } from '../primitives/card.tsx'
import { Notice } from '../primitives/notice.tsx'
import { BacktestDialog } from './backtest-dialog.tsx'
import { DetectorRow } from './detector-row.tsx'
import { MutesSection } from './mutes-section.tsx'
import { useDetectors } from './use-detectors.ts'

const liveKeys = [['detectors'], ['mutes']]

/** Administration → Detectors. */
export function DetectorsPage(): ReactNode {
  const result = useDetectors()
  const data = result.data
  const live = useLiveReports(liveKeys)
  const isNotified = data?.detectors.some(({ mode }) => mode === 'enforce') === true
  return (
    <div className="mx-auto max-w-5xl space-y-10">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <PageHeading title="Detectors">
          How Latchkey finds what is odd. A detector that observes opens alerts; one that enforces has its
          response happen, too. Try that out on what has happened before you turn it on.
        </PageHeading>
        <LiveMark state={live} />
      </div>
      {data && !data.mail && isNotified ? (
        <Notice>
          No mail is set up: who is notified finds it under Alerts, and the user on their security page.
        </Notice>
      ) : null}
      <Outdated what="The list of detectors" results={[result]} />
      {data ? <List detectors={data.detectors} /> : null}
      {result.isPending ? <Loading words="Loading the detectors…" /> : null}
      {result.isLoadingError ? <Failed what="The detectors" result={result} /> : null}
      <MutesSection detectors={data?.detectors ?? []} />
    </div>
  )
}

function List({ detectors }: { detectors: readonly DetectorOnWire[] }): ReactNode {
  return (
    <Card
      id="detectors"
      title="What each looks for"
      lead="Each learns first what is usual for a user, and stays quiet about those of whom it knows too little."
      action={detectors.length > 0 ? <BacktestButton detectors={detectors} /> : null}
    >
      {detectors.length === 0 ? (
        <p className="py-2.5 text-muted">There are none.</p>
      ) : (
        <ul aria-labelledby="detectors" className="divide-y divide-line">
          {detectors.map((detector) => (
            <DetectorRow key={detector.name} detector={detector} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function BacktestButton({ detectors }: { detectors: readonly DetectorOnWire[] }): ReactNode {
  const [dialog, setDialog] = useState<'open' | 'closed'>('closed')
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={button} onClick={() => setDialog('open')}>
        Backtest…
      </Button>
      <BacktestDialog
        detectors={dialog === 'open' ? detectors : null}
        onClose={() => setDialog('closed')}
        onReturnFocus={() => button.current?.focus()}
      />
    </>
  )
}
