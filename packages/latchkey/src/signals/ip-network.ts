import type { Network } from '../model/place.ts'
import type { ReadAddress } from './address-text.ts'
import { networkKind } from './network-kind.ts'
import type { PlaceFiles } from './place-files.ts'
import type { RecordFacts } from './place-record.ts'

/** Of an address that is not routed on the internet. */
export const privateNetwork: Network = { asn: null, name: null, kind: 'private' }

/**
 * The network that an address belongs to. Its kind comes from the operator's lists, else from what the records say, else
 * from what the network is known to be. Null where nothing is known.
 */
export function networkOf(
  address: ReadAddress,
  records: readonly RecordFacts[],
  { tables, lists }: PlaceFiles,
): Network | null {
  const { asn, name } = registered(address, records, tables)
  const listed = lists.find(({ list }) => list.value.holds(address))?.kind
  const stated = records.find(({ networkKind: kind }) => kind !== null)?.networkKind
  const kind = listed ?? stated ?? networkKind(asn, name)
  return asn === null && name === null && kind === 'unknown' ? null : { asn, name, kind }
}

function registered(
  address: ReadAddress,
  records: readonly RecordFacts[],
  tables: PlaceFiles['tables'],
): Pick<Network, 'asn' | 'name'> {
  const record = records.find(({ asn }) => asn !== null)
  if (record !== undefined) return { asn: record.asn, name: record.networkName }
  for (const { value } of tables) {
    const found = value.find(address)
    if (found !== null) return found
  }
  return { asn: null, name: null }
}
