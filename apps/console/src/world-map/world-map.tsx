import { type ReactNode, useMemo, useState } from 'react'
import { counted, countText } from '../numbers/number-text.ts'
import { countryName } from '../places/country-name.ts'
import { drawMap, type MapShape, mapSize, spotOf } from './map-shapes.ts'
import { shadeOf, stepNames, stepsOf } from './map-steps.ts'

interface WorldMapProps {
  name: string
  /** Sessions by country, ISO 3166-1 alpha-2. */
  counts: ReadonlyMap<string, number>
  /** Single places, as dots. */
  spots?: readonly { readonly latitude: number; readonly longitude: number }[]
  /** A country with sessions was pressed. Who has no pointer has the list beside the map. */
  onFollow?: (code: string) => void
}

/** Where, by country: the darker (in the dark theme, the lighter) the more. The numbers stand in the list beside it. */
export function WorldMap({ name, counts, spots = [], onFollow }: WorldMapProps): ReactNode {
  const [pointed, setPointed] = useState<string | null>(null)
  const shapes = useMemo(drawMap, [])
  const undrawn = useMemo(() => undrawnOf(counts, shapes), [counts, shapes])
  const steps = useMemo(() => stepsOf(Math.max(0, ...counts.values())), [counts])
  return (
    <figure aria-label={name}>
      <svg
        role="img"
        aria-label={summary(name, counts)}
        viewBox={`0 0 ${mapSize.width} ${mapSize.height}`}
        className="block h-auto w-full"
        onPointerLeave={() => setPointed(null)}
      >
        {shapes.map((shape) => (
          <Country
            key={shape.key}
            shape={shape}
            shade={shadeOf(counts.get(shape.code ?? '') ?? 0, steps)}
            isPointed={shape.code !== null && shape.code === pointed}
            onPoint={setPointed}
            onFollow={onFollow}
          />
        ))}
        <Spots spots={spots} />
      </svg>
      <figcaption
        aria-hidden
        className="mt-2 flex min-h-5 flex-wrap items-center justify-between gap-x-6 gap-y-1 text-xs text-muted"
      >
        <Steps steps={steps} />
        <span className="text-ink tabular-nums">
          {pointed === null ? undrawnText(undrawn) : pointedText(pointed, counts)}
        </span>
      </figcaption>
    </figure>
  )
}

interface CountryProps {
  shape: MapShape
  shade: number
  isPointed: boolean
  onPoint: (code: string | null) => void
  onFollow: ((code: string) => void) | undefined
}

function Country({ shape, shade, isPointed, onPoint, onFollow }: CountryProps): ReactNode {
  const { code, path } = shape
  const leads = onFollow !== undefined && shade > 0 && code !== null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list beside the map has the same as links.
    <path
      d={path}
      fill={`var(--map-${shade})`}
      stroke={isPointed ? 'var(--ink)' : 'var(--surface)'}
      strokeWidth={isPointed ? 1.2 : 0.5}
      className={`forced-color-adjust-none ${leads ? 'cursor-pointer' : ''}`}
      onPointerEnter={() => onPoint(code)}
      onClick={leads ? () => onFollow(code) : undefined}
    />
  )
}

function Spots({ spots }: { spots: NonNullable<WorldMapProps['spots']> }): ReactNode {
  const dots = spots.map(({ latitude, longitude }) => spotOf(latitude, longitude))
  const places = new Map(dots.flatMap((dot) => (dot === null ? [] : [[`${dot.x} ${dot.y}`, dot] as const])))
  return [...places].map(([key, { x, y }]) => (
    <circle
      key={key}
      cx={x}
      cy={y}
      r="5"
      fill="var(--chart-2)"
      stroke="var(--surface)"
      strokeWidth="1.5"
      className="pointer-events-none forced-color-adjust-none"
    />
  ))
}

function Steps({ steps }: { steps: readonly number[] }): ReactNode {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {[{ shade: 0, name: 'None' }, ...stepNames(steps, countText)].map(({ shade, name }) => (
        <span key={shade} className="flex items-center gap-1.5 whitespace-nowrap">
          <svg width="12" height="12" className="forced-color-adjust-none">
            <title>{name}</title>
            <rect width="12" height="12" rx="3" fill={`var(--map-${shade})`} />
          </svg>
          {name}
        </span>
      ))}
    </span>
  )
}

/** Those with sessions that are too small for the map, the most first. */
function undrawnOf(counts: ReadonlyMap<string, number>, shapes: readonly MapShape[]): string[] {
  const drawn = new Set(shapes.map(({ code }) => code))
  return [...counts]
    .filter(([code, count]) => count > 0 && /^[A-Z]{2}$/.test(code) && !drawn.has(code))
    .toSorted((one, other) => other[1] - one[1])
    .map(([code]) => countryName(code) ?? code)
}

function undrawnText(names: readonly string[]): string {
  if (names.length === 0) return ''
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return `Too small to draw: ${names.slice(0, 3).join(', ')}${more}`
}

function pointedText(code: string, counts: ReadonlyMap<string, number>): string {
  return `${countryName(code)}: ${counted(counts.get(code) ?? 0, 'session')}`
}

function summary(name: string, counts: ReadonlyMap<string, number>): string {
  const first = [...counts].toSorted((one, other) => other[1] - one[1]).slice(0, 3)
  const words = first.map(([code, count]) => `${countryName(code)} ${countText(count)}`)
  return `${name}: ${words.length === 0 ? 'none' : words.join(', ')}.`
}
