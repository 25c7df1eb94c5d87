import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { askStructured, jsonSchema } from './structured.ts'

const schema = z.object({ lines: z.array(z.string()) })

function model(...answers: string[]) {
  const asked: string[][] = []
  return {
    asked,
    ask: async (messages: readonly { content: string }[]) => {
      asked.push(messages.map(({ content }) => content))
      return { text: answers[asked.length - 1] ?? '', usage: { model: 'm', tokensIn: 10, tokensOut: 5 } }
    },
  }
}

const put = (ask: ReturnType<typeof model>['ask']) =>
  askStructured({ provider: 'x', system: 's', user: 'u', schema, ask })

describe('askStructured', () => {
  it.each([
    ['plain', '{"lines":["a"]}'],
    ['fenced', '```json\n{"lines":["a"]}\n```'],
    ['after thinking aloud', '<think>{"lines": 7}? no.</think>\n{"lines":["a"]}'],
    ['within words', 'Here you are: {"lines":["a"]} — done.'],
  ])('reads an answer: %s', async (_how, text) => {
    expect(await put(model(text).ask)).toEqual({
      value: { lines: ['a'] },
      usage: { model: 'm', tokensIn: 10, tokensOut: 5 },
    })
  })

  it('shows the model its fault once, and adds up what both answers cost', async () => {
    const { ask, asked } = model('{"lines":"a"}', '{"lines":["a"]}')
    expect((await put(ask)).usage).toEqual({ model: 'm', tokensIn: 20, tokensOut: 10 })
    expect(asked[1]?.at(-2)).toBe('{"lines":"a"}')
    expect(asked[1]?.at(-1)).toMatch(/expected array/u)
  })

  it('gives up after the second', async () => {
    const { ask, asked } = model('no', 'never')
    await expect(put(ask)).rejects.toMatchObject({ code: 'PROVIDER_OUTPUT' })
    expect(asked).toHaveLength(2)
  })
})

describe('jsonSchema', () => {
  it('is strict where every property is required, all the way down', () => {
    expect(jsonSchema(schema)).toMatchObject({
      strict: true,
      schema: { type: 'object', additionalProperties: false, required: ['lines'] },
    })
    expect(jsonSchema(z.object({ a: z.object({ b: z.string().optional() }) })).strict).toBe(false)
    expect(jsonSchema(z.object({ a: z.string().nullable() })).strict).toBe(true)
    expect(jsonSchema(z.array(z.string())).strict).toBe(false)
    expect(jsonSchema(z.object({ a: z.record(z.string(), z.string()) })).strict).toBe(false)
  })
})
