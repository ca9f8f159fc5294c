/** Engines by the names that their makers have for them. */
const engines = [
  'Blink',
  'WebKit',
  'Gecko',
  'Goanna',
  'Trident',
  'EdgeHTML',
  'Presto',
  'ArkWeb',
  'KHTML',
  'NetFront',
  'NetSurf',
  'Servo',
  'LibWeb',
  'Flow',
  'Tasman',
  'Lynx',
]

const byWord = new Map(engines.map((engine) => [engine.toLowerCase(), engine]))

/** The engine by the parser's name, which it takes from the header as it is spelt there; null for none of note. */
export function engineName(parsed: string | undefined): string | null {
  return byWord.get(parsed?.toLowerCase() ?? '') ?? null
}
