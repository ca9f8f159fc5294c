import type { z } from '@hono/zod-openapi'

/** Holds a schema and a wire type equal, both ways, when types are checked: `exactly<UserSession>()(z.object({…}))`. */
export function exactly<Wire>(): <Schema extends z.ZodType>(
  schema: Schema & SameAs<z.output<Schema>, Wire>,
) => z.ZodType<Wire> {
  return (schema) => schema as unknown as z.ZodType<Wire>
}

type SameAs<Output, Wire> = Equal<Flat<Output>, Flat<Wire>> extends true ? unknown : never

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

type Flat<T> = T extends readonly (infer Item)[]
  ? Flat<Item>[]
  : T extends object
    ? { [Key in keyof T]: Flat<T[Key]> }
    : T
