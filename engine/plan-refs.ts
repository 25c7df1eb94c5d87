import type { Ref } from '#domain/plan.ts'

type Leaf = string | number | boolean | bigint | null | undefined

/** What a step's input may be written as: values, references to earlier outputs, or any mix of both. */
export type Refs<T> =
  | T
  | Ref<T>
  | (T extends Leaf
      ? never
      : T extends readonly (infer E)[]
        ? readonly Refs<E>[]
        : T extends object
          ? { readonly [K in keyof T]: Refs<T[K]> }
          : never)

/** A typed reference whose properties are references again: `src.file`, `probe.video.width`. */
export type Handle<T> = Ref<T> &
  (NonNullable<T> extends Leaf | readonly unknown[]
    ? unknown
    : { readonly [K in keyof NonNullable<T> & string]-?: Handle<NonNullable<T>[K]> })

/** The handle of `ref`: plain JSON when stored, a longer reference for every property that is read. */
export function handle<T>(ref: Ref<T>): Handle<T> {
  return new Proxy(ref, {
    get(target, property) {
      if (typeof property === 'symbol' || property === 'toJSON') return undefined
      if (property.startsWith('$')) return Reflect.get(target, property) as unknown
      const [node, ...path] = target.$ref
      return handle({ ...target, $ref: [node, ...path, property] })
    },
  }) as Handle<T>
}

/** Whether a JSON value is a reference. */
export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && '$ref' in value && Array.isArray(value.$ref)
}

/** Every reference inside a JSON value. */
export function refsIn(value: unknown): Ref[] {
  if (typeof value !== 'object' || value === null) return []
  if (isRef(value)) return [value]
  return Object.values(value).flatMap(refsIn)
}
