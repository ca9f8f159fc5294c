import type { DeviceTypeOnWire } from 'latchkey/client'
import {
  Bot,
  Car,
  CircleQuestionMark,
  Gamepad2,
  type LucideIcon,
  Monitor,
  Smartphone,
  Tablet,
  Tv,
  Watch,
} from 'lucide-react'
import type { ReactNode } from 'react'

const icons: Record<DeviceTypeOnWire, LucideIcon> = {
  desktop: Monitor,
  mobile: Smartphone,
  tablet: Tablet,
  tv: Tv,
  console: Gamepad2,
  wearable: Watch,
  car: Car,
  bot: Bot,
  unknown: CircleQuestionMark,
}

export function DeviceIcon({ type, className }: { type: DeviceTypeOnWire; className?: string }): ReactNode {
  const Icon = icons[type] ?? CircleQuestionMark
  return <Icon aria-hidden className={className} strokeWidth={1.6} />
}
