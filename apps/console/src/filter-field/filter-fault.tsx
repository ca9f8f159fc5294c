import type { ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'

interface FilterFaultProps {
  id: string
  error: ApiError
  /** Shows the word in the field. */
  onShow: (fault: NonNullable<ApiError['fault']>) => void
}

/** What is wrong with a filter, and with which of its words. */
export function FilterFault({ id, error, onShow }: FilterFaultProps): ReactNode {
  const { fault, message } = error
  return (
    <p id={id} role="alert" className="mt-1.5 text-[0.8125rem] text-pretty wrap-anywhere text-danger-text">
      {fault ? (
        <>
          <button
            type="button"
            aria-label={`Show ${fault.word} in the filter`}
            onClick={() => onShow(fault)}
            className="rounded-sm font-medium underline underline-offset-4"
          >
            {fault.word}
          </button>
          {': '}
        </>
      ) : null}
      {message.replace(/^filter: /, '')}
    </p>
  )
}
