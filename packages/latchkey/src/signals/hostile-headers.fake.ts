/** What somebody may put into a header to hurt who parses, stores, logs or shows it. */
const fragments = [
  'A'.repeat(100_000),
  '('.repeat(100_000),
  ';'.repeat(5_000),
  'a.'.repeat(50_000),
  'Mozilla/5.0 ('.repeat(2_000),
  `Archos GA${'1'.repeat(100_000)}`,
  `Mozilla/5.0 (Linux; Android 4; ${'1 '.repeat(1_000)}`,
  `Android ${'Android '.repeat(1_000)}`,
  'Chrome/1'.repeat(1_000),
  `Chrome/${'9'.repeat(100_000)}`,
  `${'bot'.repeat(1_000)}!`,
  '-'.repeat(2_000),
  '\0',
  'Mozilla/5.0\0 (Windows NT 10.0)\0',
  'curl/8\r\nSet-Cookie: a=b',
  'Chrome/142\nX-Injected: 1',
  '\u001b[31mChrome/142\u001b[0m\u001b]0;title\u0007',
  '\u009b2J',
  `\${jndi:ldap://127.0.0.1/a}/1`,
  `Mozilla/5.0 \${jndi:\${lower:l}dap://127.0.0.1}`,
  '<script>alert(1)</script>/1.0',
  '"><img src=x onerror=alert(1)>',
  "' OR 1=1 --/1",
  '{{7*7}}/1',
  '%00%0d%0a/1',
  '../../etc/passwd/1',
  '__proto__/1',
  'constructor/1.0',
  'hasOwnProperty/2 toString/3',
  '\ud800\udc00\ud800',
  '\u202eemorhC/142',
  'ＣＨＲＯＭＥ/１４２',
] as const

const frames: readonly ((fragment: string) => string)[] = [
  (fragment) => fragment,
  (fragment) =>
    `Mozilla/5.0 (${fragment}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36`,
  (fragment) =>
    `Mozilla/5.0 (Linux; Android 10; ${fragment} Build/1) AppleWebKit/537.36 Mobile Safari/537.36`,
  (fragment) =>
    `Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 ${fragment}`,
]

/** Hints that nest, lie, contradict each other or are no structured fields at all. */
const hostileHints: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'sec-ch-ua': `${'"a";v="1", '.repeat(20_000)}"b";v="2"` },
  {
    'sec-ch-ua': `${'('.repeat(1_000)}"a"${')'.repeat(1_000)}`,
    'sec-ch-ua-form-factors': '"XR", '.repeat(500),
  },
  {
    'sec-ch-ua-platform': '"Windows"',
    'sec-ch-ua-mobile': '?1',
    'sec-ch-ua-form-factors': '"Watch", "Desktop"',
  },
  { 'sec-ch-ua-platform': '"<b>macOS</b>"', 'sec-ch-ua-platform-version': '"\u001b[31m"' },
  { 'sec-ch-ua': '"\\"\\"\\\\";v="\0"', 'sec-ch-ua-platform': `"\${jndi:ldap://x}"` },
  { 'sec-ch-ua': '"Google Chrome";v="99999999999999999999"', 'sec-ch-ua-platform-version': '"1e309.0"' },
]

export interface HostileRequest {
  readonly userAgent: string
  readonly clientHints: Readonly<Record<string, string>>
}

/** Each fragment in each frame, each with hints of its own, and each set of hints with each fragment. */
export const hostileRequests: readonly HostileRequest[] = fragments.flatMap((fragment, at) => [
  ...frames.map((frame, by) => ({
    userAgent: frame(fragment),
    clientHints: hostileHints[(at + by) % hostileHints.length] ?? {},
  })),
  ...hostileHints.map((clientHints) => ({ userAgent: fragment, clientHints })),
])
