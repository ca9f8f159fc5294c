import { randomBytes } from 'node:crypto'

/** Which process it was: 64 bits, the same in all of its ids. */
const ofProcess = randomBytes(8).toString('hex')

/** 64 bits of its own for each request: nobody counts our requests by their ids. */
const digits = 16

/** Drawn at once: a draw costs more than the bytes that it brings. */
const idsInPool = 512

let pool = ''
let next = 0

/** Names one request in answers and logs. */
export function newRequestId(): string {
  if (next >= pool.length) {
    pool = randomBytes((idsInPool * digits) / 2).toString('hex')
    next = 0
  }
  next += digits
  return `req_${ofProcess}${pool.slice(next - digits, next)}`
}
