import type { ReactNode } from 'react'

/** The mark and the name; decoration for those who hear the page, where the name stands in the title. */
export function Logo(): ReactNode {
  return (
    <span className="flex items-center gap-2.5">
      <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className="size-6">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
          <circle cx="12" cy="20" r="4.6" />
          <path d="M15.4 16.6 23.4 8.6M20 12l3.2 3.2" />
        </g>
      </svg>
      <span className="text-[0.9375rem] font-semibold tracking-[-0.01em]">Latchkey</span>
    </span>
  )
}
