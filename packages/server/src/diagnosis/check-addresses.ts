import { BlockList, isIPv6 } from 'node:net'
import { type Finding, ok, warning } from './finding.ts'

export interface AddressFacts {
  /** Of the newest sessions; their networks (`192.0.2.0/24`) where no more is kept. */
  readonly addresses: readonly (string | null)[]
  readonly trustedProxies: readonly string[]
  /** Whether browsers reach the program at this machine only. */
  readonly isLocalOnly: boolean
}

/** With fewer sessions one address means nothing: it may be one person at one desk. */
const fewestSessionsToJudge = 10

const loopback = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
])

/** RFC 1918, RFC 3927, RFC 4193, RFC 4291 and RFC 6598: addresses that no visitor from the internet has. */
const internal = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['fe80::', 10],
])

/** A proxy that is not trusted shows itself: every session seems to come from where the proxy is. */
export function checkAddresses(facts: AddressFacts): Finding {
  const known = facts.addresses.filter((address) => address !== null)
  const [first, ...others] = new Set(known)
  if (first === undefined || known.length < fewestSessionsToJudge) {
    return ok('addresses', `Too few sessions with an address to judge by (${known.length}).`)
  }
  if (others.length > 0) {
    return ok(
      'addresses',
      `The newest ${known.length} sessions have ${others.length + 1} different addresses.`,
    )
  }
  if (contains(loopback, first) && facts.isLocalOnly) {
    return ok(
      'addresses',
      'Every session comes from this machine, and only this machine can reach the program.',
    )
  }
  if (isNetwork(first) && contains(internal, first)) {
    return ok(
      'addresses',
      `The newest ${known.length} sessions all come from ${first}: whether from one address cannot be told, as only networks are kept.`,
    )
  }
  if (!contains(loopback, first) && !contains(internal, first)) {
    return ok('addresses', `The newest ${known.length} sessions all come from ${first}, a public address.`)
  }
  return warning(
    'addresses',
    `The newest ${known.length} sessions all come from ${first}, a private address: it is probably that of your proxy.`,
    facts.trustedProxies.length === 0
      ? `Name the proxy, so that its X-Forwarded-For is believed: LATCHKEY_TRUSTED_PROXIES=${cidrOf(first)}.`
      : `LATCHKEY_TRUSTED_PROXIES (${facts.trustedProxies.join(', ')}) does not lead to the visitor: see that it has ${cidrOf(first)}, and that the proxy sends X-Forwarded-For. A host back end must send ip_address.`,
  )
}

function listOf(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4')
  return list
}

/** `address` may be a network: then it is the first address in it that counts. */
function contains(list: BlockList, address: string): boolean {
  const [first = ''] = address.split('/')
  return list.check(first, isIPv6(first) ? 'ipv6' : 'ipv4')
}

function isNetwork(address: string): boolean {
  return address.includes('/')
}

function cidrOf(address: string): string {
  if (isNetwork(address)) return address
  return `${address}/${isIPv6(address) ? 128 : 32}`
}
