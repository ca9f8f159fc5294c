import { interleave, type Measured } from '../interleave.ts'
import { markdownTable, number } from '../markdown.ts'
import type { Shown } from '../shown.ts'
import { type PlaceDataCost, placeDataCost } from '../signals/place-data-cost.ts'
import type { Table } from '../table.ts'

const most = { cachedHeader: 1, newHeader: 60, place: 5, megabytes: 150 }

const [cached, fresh] = ['a header that was read before', 'a header that nobody has seen']
const [warm, spread] = ['1,000 addresses in turn', '300,000 addresses from everywhere']

export const signals: Table = {
  name: 'signals',
  needs: [],
  async measure({ rounds }) {
    const measured = await interleave(
      [
        { name: cached, file: 'user-agent-cached.ts' },
        { name: fresh, file: 'user-agent-new.ts' },
        { name: `country and network, ${warm}`, file: 'place-country-warm.ts' },
        { name: `city and network, ${warm}`, file: 'place-city-warm.ts' },
        { name: `country and network, ${spread}`, file: 'place-country-spread.ts' },
        { name: `city and network, ${spread}`, file: 'place-city-spread.ts' },
      ],
      rounds,
    )
    const [country, city] = [await placeDataCost('country'), await placeDataCost('city')]
    return {
      title: 'What is made of headers and addresses',
      text: `${rounds.count} rounds of ${rounds.duration / 1_000} s, one after the other in one process each. One address in three is IPv6.

${markdownTable(['µs', 'lowest – highest'], measured.map(microseconds))}

What the data of places adds to a process that has nothing else. The first start reads the networks from text and keeps
what comes of it; later ones read that.

${markdownTable(
  ['resident, MB', 'ms to the first answer', 'ms on the first start'],
  [costs('countries and networks', country), costs('cities and networks', city)],
)}`,
      shown: [
        atMostMicroseconds(cached, most.cachedHeader, measured),
        atMostMicroseconds(fresh, most.newHeader, measured),
        atMostMicroseconds(`country and network, ${warm}`, most.place, measured),
        atMostMicroseconds(`city and network, ${warm}`, most.place, measured),
        atMostMegabytes('data of countries and networks, resident', country.later),
        atMostMegabytes('data of cities and networks, resident', city.later),
      ],
    }
  },
}

function microseconds({ name, perSecond }: Measured): { name: string; cells: string[] } {
  const { median, lowest, highest } = perSecond
  return { name, cells: [each(median), `${each(highest)} – ${each(lowest)}`] }
}

function each(perSecond: number): string {
  const value = 1e6 / perSecond
  return value.toFixed(value < 10 ? 2 : 1)
}

function costs(
  name: string,
  { first, later }: { readonly first: PlaceDataCost; readonly later: PlaceDataCost },
): { name: string; cells: string[] } {
  return {
    name,
    cells: [(later.resident / 1e6).toFixed(1), number(later.milliseconds), number(first.milliseconds)],
  }
}

function atMostMicroseconds(what: string, limit: number, measured: readonly Measured[]): Shown {
  const perSecond = measured.find(({ name }) => name === what)?.perSecond.median ?? 0
  return {
    what,
    target: `at most ${limit} µs`,
    figure: `${each(perSecond)} µs`,
    isMet: 1e6 / perSecond <= limit,
  }
}

function atMostMegabytes(what: string, { resident }: PlaceDataCost): Shown {
  const value = resident / 1e6
  return {
    what,
    target: `at most ${most.megabytes} MB`,
    figure: `${value.toFixed(1)} MB`,
    isMet: value <= most.megabytes,
  }
}
