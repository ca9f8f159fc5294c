import { WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { Notice } from '../primitives/notice.tsx'
import { useOnline } from '../primitives/use-online.ts'

export function OfflineNotice(): ReactNode {
  const online = useOnline()
  return (
    <div role="status" className={online ? undefined : 'mb-6'}>
      {online ? null : (
        <Notice icon={WifiOff}>
          You are offline. What you see may be out of date; it is brought up to date when you are back.
        </Notice>
      )}
    </div>
  )
}
