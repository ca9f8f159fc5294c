import type { ReactNode, RefObject } from 'react'

interface FaultMarkProps {
  /** Scrolled with the field. */
  mirrorRef: RefObject<HTMLDivElement | null>
  text: string
  /** How many blanks stood before what the server was asked. */
  lead: number
  fault: { readonly word: string; readonly position: number }
}

/** Underlines the word at fault where it stands: the field's own text again, unseen, over the field. */
export function FaultMark({ mirrorRef, text, lead, fault }: FaultMarkProps): ReactNode {
  const start = lead + fault.position
  const end = start + fault.word.length
  return (
    <div
      ref={mirrorRef}
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-3 left-9 overflow-hidden border border-transparent text-base leading-[2.4rem] whitespace-pre text-transparent sm:text-sm sm:leading-[2.4rem]"
    >
      {text.slice(0, start)}
      <span className="underline decoration-danger-text decoration-wavy decoration-from-font underline-offset-4">
        {text.slice(start, end)}
      </span>
      {text.slice(end)}
    </div>
  )
}
