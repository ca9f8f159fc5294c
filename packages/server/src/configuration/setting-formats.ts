import { parseTrustedProxies } from 'latchkey/http'
import { z } from 'zod'
import { isPostgresUrl, isUsablePostgresUrl } from './postgres-url.ts'

/** Whether the name can only mean this machine: then http needs no encryption. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  )
}

/** The library has the last word: what it refuses must not come as far as it. */
function isCidr(text: string): boolean {
  try {
    return parseTrustedProxies([text]).length === 1
  } catch {
    return false
  }
}

export const cidr: z.ZodType<string, string> = z.string({ error: 'must be a list of CIDRs' }).refine(isCidr, {
  error: (issue) => `has "${String(issue.input)}", which is not a CIDR such as 10.0.0.0/8`,
})

/** Kinds of networks of which an operator may have a list; those of private addresses are known. */
const listedKinds = ['tor', 'vpn', 'relay', 'hosting', 'mobile', 'isp'] as const

/** A kind and a file: `tor=/etc/latchkey/tor.txt`. */
export const networkList: z.ZodType<string, string> = z
  .string({ error: 'must be a list of kinds and files' })
  .refine((value) => readNetworkListSetting(value) !== null, {
    error: (issue) =>
      `has "${String(issue.input)}", which is not a kind and a file such as tor=/etc/latchkey/tor.txt; kinds are ${listedKinds.join(', ')}`,
  })

/** The two halves of `tor=/etc/latchkey/tor.txt`; null where it is not that. */
export function readNetworkListSetting(
  value: string,
): { readonly kind: (typeof listedKinds)[number]; readonly path: string } | null {
  const [, word = '', path = ''] = /^([a-z]+)=(.+)$/.exec(value) ?? []
  const kind = listedKinds.find((listed) => listed === word)
  return kind === undefined ? null : { kind, path: path.trim() }
}

/** `file:` or `sqlite:` and a path, or `postgres:` or `postgresql:` with a server and a database. No message quotes it: it may hold a password. */
export const databaseUrl: z.ZodType<string, string> = z
  .string()
  .refine((url) => isPostgresUrl(url) || /^(file|sqlite):./i.test(url), {
    error:
      'must begin with file: or sqlite: and name a file, such as file:./.latchkey/latchkey.db, or begin with postgres://',
    abort: true,
  })
  .refine((url) => !isPostgresUrl(url) || isUsablePostgresUrl(url), {
    error:
      'must name a server and a database, such as postgres://user:password@db.example.com:5432/latchkey; in user and password write %40 for @, %23 for #, %2F for / and %3A for :',
  })

/** The path in a `file:` or `sqlite:` URL: relative, absolute, or with an empty authority (`file:///var/…`). */
export function pathOfSqliteUrl(url: string): string {
  return url.replace(/^(file|sqlite):/i, '').replace(/^\/\/(?=\/)/, '')
}

/** At least 32 bytes in base64 or base64url. */
export const secretBytes: z.ZodType<Uint8Array, string> = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]+={0,2}$/, 'must be base64')
  .transform((value) => new Uint8Array(Buffer.from(value, 'base64')))
  .refine(
    (bytes) => bytes.byteLength >= 32,
    'must hold at least 32 bytes (openssl rand -base64 32 makes one)',
  )

/** An origin: no path, query or credentials; https, or http on this very machine. */
export const loopbackOrHttps: z.ZodType<string, string> = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:\/\//i.test(value), {
    error: 'must be a URL such as https://sessions.example.com',
    abort: true,
  })
  .transform((value) => new URL(value))
  .refine((url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '', {
    error: 'must be an origin without path, query or credentials, such as https://sessions.example.com',
    abort: true,
  })
  .refine((url) => url.protocol === 'https:' || isLoopbackHost(url.hostname), {
    error: 'must begin with https:// (http is accepted for this machine only: localhost, 127.0.0.1, [::1])',
  })
  .refine((url) => !url.hostname.includes('*'), { error: 'must name one host: there are no patterns' })
  .transform((url) => url.origin)

/** What can travel in `Authorization: Bearer …` (RFC 6750 section 2.1), and is too long to guess. */
export const bearerKey: z.ZodType<string, string> = z
  .string()
  .min(32, 'must have at least 32 characters')
  .max(512, 'must have at most 512 characters')
  .regex(
    /^[A-Za-z0-9\-._~+/]+=*$/,
    'must consist of letters, digits and - . _ ~ + / (openssl rand -hex 32 makes one)',
  )
