import { type ReactNode, useId } from 'react'

interface PanelProps {
  title: string
  lead?: ReactNode
  /** Beside the title. */
  action?: ReactNode
  className?: string
  children: ReactNode
}

/** A part of a page of numbers: its heading stands in the box, so that several fit beside each other. */
export function Panel({ title, lead, action, className = '', children }: PanelProps): ReactNode {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-xl border border-line bg-surface p-4 shadow-raised sm:p-5 ${className}`}
    >
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <h2 id={id} className="text-sm font-semibold">
            {title}
          </h2>
          {lead ? <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted">{lead}</p> : null}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
