import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '#core/errors.ts'
import { LOCALES } from '#core/words/index.ts'
import type { StepView } from '#domain/project-view.ts'
import { RUN_STATES, STEP_STATES } from '#domain/states.ts'
import { checkpoint, file, intents, NOON, review, show, step, view } from './view.fixture.ts'

const anyStep: fc.Arbitrary<StepView> = fc
  .record({
    node: fc.constantFrom('download', 'translate', 'voice', 'translation', 'finish'),
    fanKey: fc.constantFrom('', 'pt-BR', 'es'),
    generation: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom(...STEP_STATES),
    ratio: fc.double({ min: 0, max: 1, noNaN: true }),
    code: fc.option(fc.constantFrom(...Object.keys(ERROR_CODES)), { nil: undefined }),
    decision: fc.constantFrom('approved', 'rejected', 'auto', undefined),
    text: fc.string({ unit: 'grapheme', maxLength: 80 }),
    waits: fc.boolean(),
  })
  .map(({ node, fanKey, generation, status, ratio, code, decision, text, waits }) => {
    const base = { id: `stp_${node}_${fanKey}_${generation}`, node, fanKey, generation, status, stage: node }
    if (node === 'translation') {
      return checkpoint(base, {
        decision,
        decidedBy: decision ? 'mbr_ana' : undefined,
        auto: decision === 'auto',
        review: review(fanKey || 'en', { firstLines: [{ line: 1, startMs: 0, text }] }),
      })
    }
    const error =
      code === undefined ? undefined : { code, category: 'permanent', data: {}, at: waits ? NOON : undefined }
    const result =
      node === 'finish' ? { target: fanKey || 'en', files: [file(text)], draft: waits, providers: [] } : undefined
    return step({ ...base, error, result, progress: { ratio }, finishedAt: NOON })
  })

test('whatever a project is in: its posts are distinct, in words, and only what waits can be decided', () => {
  const anything = fc.record({
    steps: fc.uniqueArray(anyStep, { selector: ({ id }) => id, maxLength: 10 }),
    status: fc.constantFrom(...RUN_STATES),
    locale: fc.constantFrom(...LOCALES),
  })
  fc.assert(
    fc.property(anything, ({ steps, status, locale }) => {
      const given = { ...view(steps, {}, status), locale }
      const posts = show(given)
      expect(show(given)).toEqual(posts)
      expect(posts[0]?.key).toBe('status')
      expect(new Set(posts.map(({ key, generation }) => `${key} ${generation}`)).size).toBe(posts.length)
      for (const { key, card } of posts) {
        const said = [
          card.title,
          ...(card.fields ?? []).flatMap(({ name }) => name),
          ...(card.buttons ?? []).map(({ label }) => label),
          card.select?.label,
          card.form?.label,
        ]
        for (const words of said) expect(words ?? '').not.toMatch(/^(?:cards|stages|errors|flags)\.|\{\{/)
        if (card.tone === 'ask') expect(intents(card).length, key).toBeGreaterThan(0)
        for (const intent of intents(card))
          if (intent.action.startsWith('checkpoint.') && intent.verb !== 'edit')
            expect(steps.find(({ id }) => id === intent.target)?.status).toBe('waiting_person')
      }
    }),
  )
})

test('progress changes no button: a click in between still counts', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (before, after) => {
        const at = (ratio: number) =>
          show(view([step({ progress: { ratio } }), checkpoint({ fanKey: 'es' })])).flatMap(({ card }) => intents(card))
        expect(at(before)).toEqual(at(after))
      },
    ),
  )
})
