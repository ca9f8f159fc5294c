import { jwtVerify, SignJWT } from 'jose'
import type { PeerSessions } from './peer-sessions.ts'

/** Signed tokens, HS256: nothing is stored, and nothing can be ended before its time. */
export function jwtSessions(): PeerSessions {
  const secret = new TextEncoder().encode('a secret for measuring only, of more than thirty-two characters')
  return {
    create: (userId) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setExpirationTime('1d')
        .sign(secret),
    userOf: async (token) =>
      (await jwtVerify(token, secret, { algorithms: ['HS256'] }).catch(() => null))?.payload.sub ?? null,
  }
}
