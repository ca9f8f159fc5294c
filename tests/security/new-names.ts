let addresses = 0
let users = 0

/**
 * An address that no other request of this process comes from, nor one of its network, as what is refused is written
 * down once for each network: 16,384 of them, of the range for carriers (RFC 6598).
 */
export function newAddress(): string {
  addresses += 1
  return `100.${64 + ((addresses >> 8) & 63)}.${addresses & 255}.${1 + (addresses >> 14)}`
}

/** The id of a user whom no other case knows. */
export function newUser(): string {
  users += 1
  return `user-${process.pid}-${users}`
}
