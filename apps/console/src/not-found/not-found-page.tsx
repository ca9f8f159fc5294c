import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Entrance } from '../layout/entrance.tsx'
import { homePath } from '../layout/own-path.ts'

export function NotFoundPage(): ReactNode {
  return (
    <Entrance title="Page not found" lead="There is nothing at this address, or it is not open to you.">
      <Link
        to={homePath}
        className="inline-flex h-9 items-center rounded-lg bg-accent px-3.5 font-medium text-white hover:brightness-110"
      >
        Go to the first page
      </Link>
    </Entrance>
  )
}
