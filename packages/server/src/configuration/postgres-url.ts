/** What a person may read of a PostgreSQL URL: everything but the password. */
export interface PostgresPlace {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  /** Empty: the driver's own default, the name of the user that runs the program. */
  readonly user: string
}

const defaultPort = 5432

export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:/i.test(url)
}

/** Whether it names a server and a database; what stands after `?` is left to the driver. */
export function isUsablePostgresUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  try {
    decodeURIComponent(new URL(url).password)
    const { host, database, port } = placeOf(url)
    // A password with a bare `/` ends up, from there on, in the name of the database, which is shown.
    return host !== '' && /^[^/@]+$/.test(database) && port > 0 && port < 65_536
  } catch {
    // A `%` that begins no character.
    return false
  }
}

export function placeOf(url: string): PostgresPlace {
  const parsed = new URL(url)
  const parameter = (name: string): string | null => parsed.searchParams.get(name)
  return {
    host: parameter('host') ?? decodeURIComponent(parsed.hostname).replace(/^\[(.+)\]$/, '$1'),
    port: Number(parameter('port') || parsed.port || defaultPort),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    user: parameter('user') ?? decodeURIComponent(parsed.username),
  }
}

/** The URL as it may be printed: with stars in the place of the password, wherever it stands. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url)
  if (parsed.password !== '') parsed.password = '***'
  if (parsed.searchParams.has('password')) parsed.searchParams.set('password', '***')
  return parsed.href
}

/**
 * The URL as the driver gets it. It takes `require`, `prefer` and `verify-ca` for `verify-full`, and prints a
 * warning for each; so it gets the word that says what is done.
 */
export function forDriver(url: string): string {
  const parsed = new URL(url)
  if (/^(require|prefer|verify-ca)$/.test(parsed.searchParams.get('sslmode') ?? '')) {
    parsed.searchParams.set('sslmode', 'verify-full')
  }
  return parsed.href
}
