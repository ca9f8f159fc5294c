import { type ComponentProps, type ReactNode, useId } from 'react'

/** The look of every single-line input. */
export const inputLook =
  'h-10 w-full rounded-lg border border-field bg-surface px-3 text-base text-ink shadow-raised transition-colors placeholder:text-muted hover:border-ink focus-visible:border-accent-text focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger-text aria-invalid:focus-visible:outline-danger-text sm:text-sm'

interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  hint?: string
  error?: string | null
  /** Lies over the right end of the input. */
  trailing?: ReactNode
}

export function TextField({ label, hint, error = null, trailing, ...rest }: TextFieldProps): ReactNode {
  const id = useId()
  const note = error ?? hint
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...rest}
          id={id}
          aria-invalid={error !== null || undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={`${inputLook} ${trailing ? 'pr-11' : ''}`}
        />
        {trailing ? <div className="absolute inset-y-0 right-1 flex items-center">{trailing}</div> : null}
      </div>
      {note ? (
        <p
          // An element of its own, so that a fault is said when it comes.
          key={error === null ? 'hint' : 'error'}
          role={error === null ? undefined : 'alert'}
          id={`${id}-note`}
          className={`mt-1.5 text-[0.8125rem] ${error ? 'text-danger-text' : 'text-muted'}`}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
