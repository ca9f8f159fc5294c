/** A piece of code that stands in a text, and where. */
export interface CodeSample {
  /** `README.md:40` */
  readonly place: string
  readonly ending: 'ts' | 'tsx'
  readonly code: string
}
