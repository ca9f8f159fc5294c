import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import type { LoginResponse } from 'latchkey/client'
import { type ReactNode, useState } from 'react'
import { isSetUpOpen } from '../api/authentication.ts'
import { meQuery } from '../api/me-query.ts'
import { queryClient } from '../api/query-client.ts'
import { Entrance } from '../layout/entrance.tsx'
import { homePath } from '../layout/own-path.ts'
import { SetUpForm } from './set-up-form.tsx'
import { takeSetUpToken } from './set-up-token.ts'

export function SetUpPage(): ReactNode {
  const [token] = useState(takeSetUpToken)
  const router = useRouter()
  const open = useQuery({ queryKey: ['set-up-open'], queryFn: isSetUpOpen })

  function enter({ user, session }: LoginResponse): void {
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, { user, session })
    router.history.replace(homePath)
  }

  if (open.data === false) {
    return (
      <Entrance title="Already set up" lead="This installation has its administrator.">
        <Link
          to="/sign-in"
          className="inline-flex h-9 items-center rounded-lg bg-accent px-3.5 font-medium text-white hover:brightness-110"
        >
          Go to sign-in
        </Link>
      </Entrance>
    )
  }
  if (token === null) {
    return (
      <Entrance
        title="Open the set-up link"
        lead="Latchkey prints a link when it starts for the first time. Open that link to create the administrator."
      >
        {null}
      </Entrance>
    )
  }
  return (
    <Entrance title="Create the administrator" lead="This account can see and end the sessions of everybody.">
      <SetUpForm token={token} onSetUp={enter} />
    </Entrance>
  )
}
