import type { DeviceTypeOnWire } from 'latchkey/client'

export const deviceTypeNames: Record<DeviceTypeOnWire, string> = {
  desktop: 'Desktop',
  mobile: 'Phone',
  tablet: 'Tablet',
  tv: 'TV',
  console: 'Games console',
  wearable: 'Watch',
  car: 'Car',
  bot: 'Bot',
  unknown: 'Unknown',
}
