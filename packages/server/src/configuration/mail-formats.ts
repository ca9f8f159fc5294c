import { z } from 'zod'
import { isLoopbackHost } from './setting-formats.ts'

/** How a mail server is reached. */
export interface SmtpPlace {
  readonly host: string
  readonly port: number
  /** TLS from the first byte on (`smtps:`). Otherwise by STARTTLS, which a server that is not this machine must offer. */
  readonly tlsFromStart: boolean
  /** False on this machine only. */
  readonly requireTls: boolean
  readonly credentials: { readonly user: string; readonly password: string } | null
}

/** RFC 8314 and RFC 6409. */
const defaultPorts = { 'smtps:': 465, 'smtp:': 587 } as const

/** What a URL such as `smtps://user:password@mail.example.com` says; null where it is none. */
export function readSmtpUrl(text: string): SmtpPlace | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !(url.protocol === 'smtp:' || url.protocol === 'smtps:') || url.hostname === '')
    return null
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return null
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const user = decoded(url.username)
  const password = decoded(url.password)
  if (user === null || password === null || (user === '') !== (password === '')) return null
  return {
    host,
    port: url.port === '' ? defaultPorts[url.protocol] : Number(url.port),
    tlsFromStart: url.protocol === 'smtps:',
    requireTls: url.protocol === 'smtps:' || !isLoopbackHost(host),
    credentials: user === '' ? null : { user, password },
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** No message quotes it: it may hold a password. */
export const smtpUrl: z.ZodType<string, string> = z.string().refine((text) => readSmtpUrl(text) !== null, {
  error:
    'must be smtp:// or smtps:// with a host, such as smtps://user:password@mail.example.com; in user and password write %40 for @, %3A for : and %2F for /',
})

/** Who a mail is from: an address, or a name before it. */
export interface MailSender {
  readonly name: string
  readonly address: string
}

/** A name of letters, digits and plain punctuation, and an address in angle brackets; or an address alone. */
export function readMailSender(text: string): MailSender | null {
  const [, name = '', bracketed] = /^([\p{L}\p{N} .'&-]{1,64}?)\s*<([^<>\s]+)>$/u.exec(text) ?? []
  const address = bracketed ?? text
  return z.email().safeParse(address).success ? { name: name.trim(), address } : null
}

export const mailSender: z.ZodType<string, string> = z
  .string()
  .refine((text) => readMailSender(text) !== null, {
    error: 'must be an e-mail address, or a name and one: Latchkey <no-reply@example.com>',
  })

export const mailAddress: z.ZodType<string, string> = z
  .string()
  .pipe(z.email({ error: (issue) => `has "${String(issue.input)}", which is no e-mail address` }))
