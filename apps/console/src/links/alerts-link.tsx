import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type AlertSearch, parseAlertSearch } from '../alerts/alert-search.ts'

interface AlertsLinkProps {
  search?: AlertSearch
  className?: string
  children: ReactNode
}

/** A link to the alerts. */
export function AlertsLink({ search = {}, className = '', children }: AlertsLinkProps): ReactNode {
  return (
    <Link to="/admin/alerts" search={parseAlertSearch({ ...search })} className={className}>
      {children}
    </Link>
  )
}
