export { type IpPlaces, type IpPlacesOptions, ipPlaces } from './signals/ip-places.ts'
export type { NetworkListFile } from './signals/place-files.ts'
export type { PlaceReload } from './signals/place-reload.ts'
export { userAgentSignal } from './signals/user-agent.ts'
