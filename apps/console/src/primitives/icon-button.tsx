import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

interface IconButtonProps extends ComponentProps<'button'> {
  icon: LucideIcon
  /** What it does, for those who do not see the icon. */
  label: string
}

export function IconButton({ icon: Icon, label, className = '', ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={`inline-grid size-8 shrink-0 place-items-center rounded-lg text-muted transition-colors hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken data-[state=open]:text-ink ${className}`}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
