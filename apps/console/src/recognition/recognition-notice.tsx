import { ScanEye } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { announce } from '../primitives/announcer.tsx'
import { Button } from '../primitives/button.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import { useConsent } from './use-consent.ts'

interface RecognitionNoticeProps {
  /** Takes the focus when the question goes away. */
  heading: RefObject<HTMLElement | null>
}

/** Asks whether this browser may be looked at, where the operator wants that asked; afterwards the way to think again. */
export function RecognitionNotice({ heading }: RecognitionNoticeProps): ReactNode {
  const { state, agree, decline, reconsider } = useConsent()
  if (state === 'not-needed') return null
  if (state === 'open') return <Question heading={heading} agree={agree} decline={decline} />
  return <Declined heading={heading} reconsider={reconsider} />
}

interface DeclinedProps extends RecognitionNoticeProps {
  reconsider: () => void
}

function Declined({ heading, reconsider }: DeclinedProps): ReactNode {
  return (
    <div ref={useFocusHeir(heading)} className="mb-4 text-[0.8125rem] text-muted">
      You have declined to have this browser recognised when its cookies are gone.{' '}
      <button type="button" className="font-medium underline underline-offset-4" onClick={reconsider}>
        Reconsider
      </button>
    </div>
  )
}

interface QuestionProps extends RecognitionNoticeProps {
  agree: () => Promise<void>
  decline: () => void
}

function Question({ heading, agree, decline }: QuestionProps): ReactNode {
  const { state, failure, attempt } = useAttempt(agree, () => announce('This browser will be recognised.'))
  return (
    <section
      ref={useFocusHeir(heading)}
      aria-labelledby="recognition"
      className="mb-4 flex gap-3.5 rounded-xl border border-line bg-surface px-4 py-4 shadow-raised sm:px-5"
    >
      <ScanEye aria-hidden strokeWidth={1.6} className="mt-0.5 size-5 shrink-0 text-accent-text" />
      <div className="min-w-0 space-y-2 text-pretty">
        <h3 id="recognition" className="font-medium">
          May we recognise this browser when its cookies are gone?
        </h3>
        <p className="text-muted">
          A new sign-in here would then say that it resembles this device. For that, we look at how this
          browser draws and plays sound, and at its fonts, screen, processor, memory, time zone and languages,
          at most once a week. Only scrambled codes of them are kept. They never sign anybody in or keep
          anybody out, and they go when you forget the device.
        </p>
        {failure ? (
          <p role="alert" className="text-danger-text">
            {failure}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-2 pt-1">
          <Button size="small" busy={state === 'busy' ? 'Looking…' : null} onClick={() => void attempt()}>
            Recognise this browser
          </Button>
          <Button size="small" onClick={decline}>
            No, thank you
          </Button>
        </div>
      </div>
    </section>
  )
}
