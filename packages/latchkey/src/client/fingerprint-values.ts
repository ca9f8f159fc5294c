/** What was seen of each thing, as the library hands it over; its type says more than every browser keeps to. */
export interface SeenValues {
  readonly canvas?: unknown
  readonly audio?: unknown
  readonly webGlBasics?: unknown
  readonly webGlExtensions?: unknown
  readonly fonts?: unknown
  readonly screenResolution?: unknown
  readonly colorDepth?: unknown
  readonly hardwareConcurrency?: unknown
  readonly deviceMemory?: unknown
  readonly timezone?: unknown
  readonly languages?: unknown
}

/** The server takes no more of one. */
const longestText = 10_000

/**
 * Texts that stay the same from visit to visit; null where the browser shows nothing or would not: that two of
 * them hide the same thing makes them no more alike.
 */
export const valueTexts = {
  /** The images as data URLs, for a digest: far longer than what is sent. */
  canvas({ canvas }: SeenValues): string | null {
    if (!isObject(canvas)) return null
    const images = [canvas['geometry'], canvas['text']].filter(isImage)
    return images.length === 0 ? null : [String(canvas['winding']), ...images].join('\n')
  },
  /** Numbers below zero say why there is none. */
  audio({ audio }: SeenValues): string | null {
    return typeof audio === 'number' && audio > 0 ? String(audio) : null
  },
  /** Maker, card and its limits; what the browser adds with its versions is left out. */
  webgl({ webGlBasics, webGlExtensions }: SeenValues): string | null {
    if (!isObject(webGlBasics)) return null
    const card = ['vendor', 'vendorUnmasked', 'renderer', 'rendererUnmasked'].map((key) =>
      String(webGlBasics[key] ?? ''),
    )
    const all = isObject(webGlExtensions) ? webGlExtensions['parameters'] : null
    const limits = Array.isArray(all) ? all.map(String).filter(isLimit) : []
    return [...card, ...limits.sort()].join('\n')
  },
  fonts({ fonts }: SeenValues): string | null {
    return Array.isArray(fonts) && fonts.length > 0 ? fonts.map(String).sort().join(',') : null
  },
  screen({ screenResolution, colorDepth }: SeenValues): string | null {
    if (!Array.isArray(screenResolution)) return null
    const sides = screenResolution.filter((side) => typeof side === 'number' && side > 0)
    return sides.length === 2 ? [...sides, Number(colorDepth) || 0].join('x') : null
  },
  hardware_concurrency({ hardwareConcurrency }: SeenValues): string | null {
    return positive(hardwareConcurrency)
  },
  device_memory({ deviceMemory }: SeenValues): string | null {
    return positive(deviceMemory)
  },
  time_zone({ timezone }: SeenValues): string | null {
    return typeof timezone === 'string' && timezone !== '' ? timezone : null
  },
  languages({ languages }: SeenValues): string | null {
    return Array.isArray(languages) && languages.length > 0 ? languages.flat().map(String).join(',') : null
  },
}

/** As much of a text as is sent. */
export function cutText(text: string): string {
  return text.slice(0, longestText)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** And not a word for why there is none. */
function isImage(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('data:image/')
}

/** `MAX_TEXTURE_SIZE=3379=16384`, and not a constant that has no value of its own. */
function isLimit(parameter: string): boolean {
  return /^(?:MAX_|ALIASED_)\w+=\d+=./.test(parameter)
}

function positive(value: unknown): string | null {
  return typeof value === 'number' && value > 0 ? String(value) : null
}
