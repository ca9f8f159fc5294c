import type { AuditEntry, UserDevice } from 'latchkey/client'
import {
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  MonitorSmartphone,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { shownName } from '../devices/device-words.ts'
import { Moment } from '../moment/moment.tsx'
import { Badge } from '../primitives/badge.tsx'
import { type ActivityWords, activityWords, passwordAdvice, throughWhom } from './activity-words.ts'

interface ActivityEntryProps {
  entry: AuditEntry
  /** The one that it is about, where it is still on record. */
  device: UserDevice | null
  /** It is about the session of this very page. */
  isHere: boolean
  onChangePassword: () => void
}

const looks: Record<ActivityWords['look'], { row: string; icon: string }> = {
  plain: { row: '', icon: 'text-muted' },
  attention: { row: '', icon: 'text-danger-text' },
  alarm: { row: 'bg-danger-soft', icon: 'text-danger-text' },
}

/** One thing that happened. */
export function ActivityEntry({ entry, device, isHere, onChangePassword }: ActivityEntryProps): ReactNode {
  const words = activityWords(entry)
  const look = looks[words.look]
  const Icon = iconOf(entry, words)
  const details = [device ? shownName(device, device.device_info) : null, throughWhom(entry.actor)]
  return (
    <li className={`flex items-start gap-3.5 px-4 py-3.5 sm:px-5 ${look.row}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look.icon}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p
            className={`text-pretty ${words.look === 'alarm' ? 'font-semibold text-danger-text' : 'font-medium'}`}
          >
            {words.title}
            {isHere ? (
              <span className="ml-2">
                <Badge look="accent">This session</Badge>
              </span>
            ) : null}
          </p>
          <p className="text-[0.8125rem] whitespace-nowrap text-muted first-letter:uppercase">
            <Moment at={entry.at} />
          </p>
        </div>
        <p dir="auto" className="text-[0.8125rem] wrap-anywhere text-muted empty:hidden">
          {details.filter(Boolean).join(' · ')}
        </p>
        {words.advice ? (
          <p
            className={`mt-0.5 text-[0.8125rem] text-pretty ${words.look === 'alarm' ? 'text-ink' : 'text-muted'}`}
          >
            <Advice text={words.advice} onChangePassword={onChangePassword} />
          </p>
        ) : null}
      </div>
    </li>
  )
}

interface AdviceProps {
  text: string
  onChangePassword: () => void
}

function Advice({ text, onChangePassword }: AdviceProps): ReactNode {
  const [before, after] = text.split(passwordAdvice)
  if (after === undefined) return text
  return (
    <>
      {before}
      <button
        type="button"
        onClick={onChangePassword}
        className="text-accent-text underline underline-offset-2"
      >
        {passwordAdvice}
      </button>
      {after}
    </>
  )
}

function iconOf({ type }: AuditEntry, { look }: ActivityWords): LucideIcon {
  if (look === 'alarm') return ShieldAlert
  if (look === 'attention') return TriangleAlert
  if (type === 'session.created') return LogIn
  if (type === 'session.ended' || type === 'cut-off.set') return LogOut
  if (type.startsWith('device.')) return MonitorSmartphone
  return type === 'session.renewed' || type === 'account.password-changed' ? KeyRound : ShieldCheck
}
