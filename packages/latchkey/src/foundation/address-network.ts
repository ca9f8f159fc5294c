/** The network of an address in canonical form, `192.0.2.0/24` or `2001:db8:1::/48`; one that is a network already is itself. */
export function networkOfAddress(address: string): string {
  if (address.includes('/')) return address
  return address.includes(':') ? networkOf6(address) : networkOf4(address)
}

function networkOf4(address: string): string {
  return `${address.split('.').slice(0, 3).join('.')}.0/24`
}

/** Three groups of 16 bits are kept; those of them that are zero at the end are within the `::`. */
function networkOf6(address: string): string {
  const [left = '', right] = address.split('::')
  const [before, behind] = [groupsOf(left), groupsOf(right ?? '')]
  const zeros = new Array<string>(Math.max(0, 8 - before.length - behind.length)).fill('0')
  const network = [...before, ...zeros, ...behind].slice(0, 3)
  while (network.at(-1) === '0') network.pop()
  return `${network.join(':')}::/48`
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':')
}
