import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
}

/** What stands where a list would: nothing found, nothing there, or nothing that could be read. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <Icon aria-hidden strokeWidth={1.6} className="size-6 text-muted" />
      <p className="mt-3 font-medium">{title}</p>
      {children ? <p className="mt-1 max-w-sm text-pretty text-muted">{children}</p> : null}
      {action ? <div className="mt-5">{action}</div> : null}
    </div>
  )
}
