/** How many shades stand for more than none. */
export const shades = 5

/**
 * Where each shade but the first begins, the smallest first: shades grow by one factor, since few countries have most of
 * the sessions. Fewer than `shades - 1` where the numbers are too small to tell that many apart.
 */
export function stepsOf(most: number): number[] {
  const steps: number[] = []
  for (let shade = 1; shade < shades; shade += 1) {
    const step = rounded(most ** (shade / shades))
    if (step > (steps.at(-1) ?? 1) && step <= most) steps.push(step)
  }
  return steps
}

/** From 0, which is none, to `shades`. The greatest numbers always have the last shade. */
export function shadeOf(count: number, steps: readonly number[]): number {
  if (count <= 0) return 0
  const passed = steps.filter((step) => count >= step).length
  return shades - steps.length + passed
}

/** `1–9`, `10–99`, `100 or more`: what each shade that is in use stands for, the smallest first. */
export function stepNames(
  steps: readonly number[],
  text: (count: number) => string,
): { shade: number; name: string }[] {
  return [1, ...steps].map((from, index) => {
    const next = steps[index]
    const shade = shades - steps.length + index
    if (next === undefined) return { shade, name: `${text(from)} or more` }
    return { shade, name: next - 1 === from ? text(from) : `${text(from)}–${text(next - 1)}` }
  })
}

/** To one leading digit, so that a legend can be read. */
function rounded(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value))
  return Math.round(value / size) * size
}
