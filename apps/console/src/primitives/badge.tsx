import type { ReactNode } from 'react'

const looks = {
  accent: 'bg-accent-soft text-accent-text',
  plain: 'bg-sunken text-muted',
  danger: 'bg-danger-soft text-danger-text',
}

export function Badge({
  look = 'plain',
  children,
}: {
  look?: keyof typeof looks
  children: ReactNode
}): ReactNode {
  return (
    <span
      className={`inline-flex h-5 items-center rounded-full border border-transparent px-2 text-xs font-medium whitespace-nowrap ${looks[look]}`}
    >
      {children}
    </span>
  )
}
