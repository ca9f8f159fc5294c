import { CircleAlert, Info, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

const looks: Record<'plain' | 'danger', { box: string; icon: LucideIcon; iconColour: string }> = {
  plain: { box: 'border-line bg-surface text-ink', icon: Info, iconColour: 'text-accent-text' },
  danger: { box: 'border-transparent bg-danger-soft text-danger-text', icon: CircleAlert, iconColour: '' },
}

interface NoticeProps {
  look?: keyof typeof looks
  /** How it is announced: `alert` at once, `status` when there is a pause. */
  role?: 'alert' | 'status'
  icon?: LucideIcon
  action?: ReactNode
  children: ReactNode
}

export function Notice({ look = 'plain', role, icon, action, children }: NoticeProps): ReactNode {
  const { box, icon: ownIcon, iconColour } = looks[look]
  const Icon = icon ?? ownIcon
  return (
    <div role={role} className={`flex items-start gap-3 rounded-xl border px-4 py-3 ${box}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${iconColour}`} />
      <div className="min-w-0 flex-1 text-pretty wrap-anywhere">{children}</div>
      {action}
    </div>
  )
}
