import type { DeviceRecord } from '../../model/device.ts'
import { type DeviceRow, deviceColumns, deviceColumnTypes, toDeviceValues } from './device-row.ts'
import type { Values } from './statement.ts'

const columns = Object.keys(deviceColumnTypes) as (keyof DeviceRow)[]

const isJson = (name: keyof DeviceRow): boolean => deviceColumnTypes[name] === 'jsonb'

/** JSON comes as text, since a driver makes an array of objects into something else. */
const arrays = columns.map((name) => `:seen_${name}::${isJson(name) ? 'text' : deviceColumnTypes[name]}[]`)

const parsed = columns.map((name) => (isJson(name) ? `${name}::jsonb` : name)).join(', ')

/** Adds devices. Fails where there is one of the same id already. */
export const addDevices: string = `INSERT INTO user_devices AS known (${deviceColumns})
  SELECT ${parsed} FROM unnest(${arrays.join(', ')}) AS input (${deviceColumns})`

/** One array for each column. */
export function deviceValues(devices: readonly DeviceRecord[]): Values {
  const rows = devices.map(toDeviceValues)
  return Object.fromEntries(columns.map((name) => [`seen_${name}`, rows.map((row) => row[name])]))
}
