import { startChild } from '../child-process.ts'
import { spreadOf } from '../spread.ts'
import { temporaryFolder } from '../temporary-folder.ts'

export interface PlaceDataCost {
  /** In bytes, after a hundred look-ups and a collection: more of them add room for short-lived objects, which is not data. */
  readonly resident: number
  /** From nothing to the first answer. */
  readonly milliseconds: number
}

/** The first start reads the tables of networks, later ones what was kept of them: of those, the middle of five. */
export async function placeDataCost(
  level: 'country' | 'city',
): Promise<{ readonly first: PlaceDataCost; readonly later: PlaceDataCost }> {
  const folder = temporaryFolder()
  const costs: PlaceDataCost[] = []
  for (let count = 0; count < 6; count += 1) {
    const { child, said } = await startChild(
      'signals/place-data-process.ts',
      [level, folder.path],
      ['--expose-gc'],
    )
    await child.close()
    costs.push(said as PlaceDataCost)
  }
  folder.remove()
  const [first = { resident: Number.NaN, milliseconds: Number.NaN }, ...later] = costs
  return {
    first,
    later: {
      resident: spreadOf(later.map(({ resident }) => resident)).median,
      milliseconds: spreadOf(later.map(({ milliseconds }) => milliseconds)).median,
    },
  }
}
