import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Caps, fit, shorten } from './fit.ts'
import type { RenderedCard } from './surface.ts'

const caps: Caps = {
  title: 20,
  text: 60,
  fields: 3,
  fieldName: 10,
  fieldValue: 20,
  total: 90,
  media: 2,
  buttons: 3,
  label: 8,
  options: 4,
  inputs: 2,
}

const words = fc.string({ unit: 'grapheme', maxLength: 120 })
const offer = { token: fc.constant('a:000000000000'), verb: fc.constant('approve') }
const card: fc.Arbitrary<RenderedCard> = fc.record(
  {
    tone: fc.constantFrom('info', 'working', 'ask', 'done', 'failed'),
    title: words,
    text: words,
    fields: fc.array(fc.record({ name: words, value: words }), { maxLength: 6 }),
    buttons: fc.array(fc.record({ ...offer, label: words, style: fc.constant('primary') }), { maxLength: 6 }),
    select: fc.record({
      ...offer,
      label: words,
      options: fc.array(fc.record({ value: fc.string(), label: words }), { maxLength: 8 }),
    }),
    form: fc.record({
      ...offer,
      label: words,
      inputs: fc.array(
        fc.record({ name: fc.string(), label: words, kind: fc.constant('text'), required: fc.boolean() }),
        { maxLength: 4 },
      ),
    }),
  },
  { requiredKeys: ['tone'] },
)

test('whatever a card says, it fits, and what can be clicked stays', () => {
  fc.assert(
    fc.property(card, (given) => {
      const fitted = fit(given, caps)
      const fields = fitted.fields ?? []
      expect((fitted.title ?? '').length).toBeLessThanOrEqual(caps.title)
      expect((fitted.text ?? '').length).toBeLessThanOrEqual(caps.text)
      expect(fields.length).toBeLessThanOrEqual(caps.fields)
      for (const { name, value } of fields) {
        expect(name.length).toBeLessThanOrEqual(caps.fieldName)
        expect(value.length).toBeLessThanOrEqual(caps.fieldValue)
      }
      const total = [fitted.title ?? '', fitted.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])].join(
        '',
      )
      expect(total.length).toBeLessThanOrEqual(caps.total)
      // shortening never makes half a character
      if (wellFormed(given)) expect(total.isWellFormed()).toBe(true)
      expect(fitted.buttons?.length ?? 0).toBe(Math.min(given.buttons?.length ?? 0, caps.buttons))
      expect(fitted.select?.options.length ?? 0).toBe(Math.min(given.select?.options.length ?? 0, caps.options))
      for (const button of fitted.buttons ?? []) expect(button.token).toBe('a:000000000000')
    }),
  )
})

test('what fits is left as it is', () => {
  const given: RenderedCard = {
    tone: 'done',
    title: 'Ready',
    text: 'Here it is.',
    fields: [{ name: 'Lines', value: '12' }],
  }
  expect(fit(given, caps)).toEqual(given)
})

test('a cut is marked', () => {
  expect(shorten('Good morning', 8)).toBe('Good mo…')
  expect(shorten('🎬🎬🎬', 4)).toBe('🎬…')
  expect(shorten('abc', 0)).toBe('')
})

function wellFormed(given: RenderedCard): boolean {
  return JSON.stringify(given) === JSON.stringify(given).toWellFormed() && !JSON.stringify(given).includes('\\ud')
}
