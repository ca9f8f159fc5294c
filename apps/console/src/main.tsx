import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './app.css'
import { takeAnswerToken } from './alert-answer/alert-answer-token.ts'
import { queryClient } from './api/query-client.ts'
import { Announcer } from './primitives/announcer.tsx'
import { router } from './router.tsx'

// Before the router makes the address its own.
takeAnswerToken()

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={250}>
        <RouterProvider router={router} />
        <Announcer />
      </Tooltip.Provider>
    </QueryClientProvider>
  </StrictMode>,
)
