import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { Ref } from '#domain/plan.ts'
import { plan as planSchema } from '#domain/plan.ts'
import { buildPlan, type PlanBuilder } from './plan-builder.ts'

const download = {
  name: 'download',
  version: 2,
  resource: 'io',
  timeoutMs: 60_000,
  retries: 3,
  input: z.object({ url: z.string(), language: z.string().optional() }),
  output: z.object({
    file: z.string(),
    info: z.object({ durationMs: z.int() }),
    chapters: z.array(z.object({ id: z.string(), from: z.int() })),
  }),
} as const
const cut = {
  ...download,
  name: 'cut',
  input: z.object({ file: z.string(), from: z.int(), to: z.int().optional() }),
  output: z.object({ piece: z.string() }),
} as const
const join = {
  ...download,
  name: 'join',
  input: z.object({ pieces: z.array(z.string().nullable()) }),
  output: z.object({ whole: z.string() }),
} as const

const build = (write: (p: PlanBuilder) => void) => buildPlan({ name: 'test', version: 1, plan: write }, undefined)

describe('the plan builder', () => {
  it('stores references as JSON and validates as a plan', () => {
    const plan = build((p) => {
      const src = p.step(download, { url: 'http://x/' })
      p.step(cut, { file: src.file, from: src.info.durationMs }, { id: 'first', timeoutMs: 5, settles: true })
    })
    expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
    expect(plan.nodes[1]).toMatchObject({
      id: 'first',
      stage: 'cut',
      version: 2,
      timeoutMs: 5,
      settles: true,
      input: { file: { $ref: ['download', 'file'] }, from: { $ref: ['download', 'info', 'durationMs'] } },
    })
  })

  it('types what is referred to', () => {
    build((p) => {
      const src = p.step(download, { url: 'http://x/' })
      expectTypeOf(src.info.durationMs).toExtend<Ref<number>>()
      // @ts-expect-error a number is no file
      p.step(cut, { file: src.info.durationMs, from: 1 })
      // @ts-expect-error there is no such output
      void src.nothing
    })
  })

  it('names the branch of a static fan-out, and gathers all of them', () => {
    const plan = build((p) => {
      const src = p.step(download, { url: 'http://x/' })
      let last = p.step(cut, { file: src.file, from: 0 }, { id: 'zero' })
      p.each(
        ['a', 'b'],
        (key) => key,
        () => void (last = p.step(cut, { file: src.file, from: 1 })),
      )
      p.step(join, { pieces: p.all(last) as never })
    })
    expect(plan.nodes.map((node) => `${node.id}:${node.fanKey}`)).toEqual([
      'download:',
      'zero:',
      'cut:a',
      'cut:b',
      'join:',
    ])
    expect(plan.nodes[4]?.input).toEqual({
      pieces: [
        { $ref: ['cut'], $fan: 'a' },
        { $ref: ['cut'], $fan: 'b' },
      ],
    })
  })

  it('writes a template for a fan-out over a step’s list', () => {
    const plan = build((p) => {
      const src = p.step(download, { url: 'http://x/' })
      let piece: ReturnType<typeof p.step<typeof cut.input, typeof cut.output>> | undefined
      p.each(src.chapters, 'id', (chapter) => {
        piece = p.step(cut, { file: src.file, from: chapter.from })
      })
      if (piece) p.step(join, { pieces: p.all(piece) as never })
    })
    expect(plan.nodes[1]).toMatchObject({
      each: { over: 'download', path: ['chapters'], key: 'id' },
      input: { from: { $ref: ['$item', 'from'] } },
    })
    expect(plan.nodes[2]?.input).toEqual({ pieces: { $ref: ['cut'], $all: true } })
  })

  it('refuses plans that cannot work', () => {
    const twice = (p: PlanBuilder) => [1, 2].map(() => p.step(download, { url: 'http://x/' }))
    expect(() => build((p) => void twice(p))).toThrow('two nodes are called download')
    const unknown: Ref<string> = { $ref: ['later', 'file'] }
    expect(() => build((p) => void p.step(cut, { file: unknown, from: 0 }))).toThrow('needs later')
    const nested = (p: PlanBuilder) => p.each(['a'], String, () => p.each(['b'], String, () => undefined))
    expect(() => build(nested)).toThrow('each inside each')
    expect(() => build((p) => void p.step(download, { url: 'http://x/' }, { id: '$item' }))).toThrow(
      'does not start with $',
    )
  })
})
