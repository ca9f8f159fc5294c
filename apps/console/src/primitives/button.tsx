import { LoaderCircle } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

const looks = {
  primary: 'border border-transparent bg-accent text-white hover:brightness-110',
  secondary: 'border border-edge bg-surface text-ink shadow-raised hover:bg-sunken',
  quiet: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'border border-transparent bg-danger text-white hover:brightness-110',
  dangerous: 'border border-edge bg-surface text-danger-text shadow-raised hover:bg-danger-soft',
}

const sizes = {
  regular: 'h-9 px-3.5',
  small: 'h-8 px-3 text-[0.8125rem]',
  wide: 'h-10 w-full px-4',
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks
  size?: keyof typeof sizes
  /** What is under way, in words; the button then keeps the focus and does nothing. */
  busy?: string | null
}

export function Button(props: ButtonProps): ReactNode {
  const {
    look = 'secondary',
    size = 'regular',
    busy = null,
    className = '',
    children,
    onClick,
    ...rest
  } = props
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy !== null || rest['aria-disabled'] === true || undefined}
      onClick={busy === null ? onClick : (event) => event.preventDefault()}
      className={`inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-[background-color,color,filter] select-none disabled:cursor-not-allowed disabled:opacity-45 aria-disabled:cursor-not-allowed aria-disabled:opacity-70 ${looks[look]} ${sizes[size]} ${className}`}
    >
      {busy === null ? (
        children
      ) : (
        <>
          <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" />
          {busy}
        </>
      )}
    </button>
  )
}
