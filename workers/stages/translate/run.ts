import type { z } from 'zod'
import { AppError, toAppError } from '#core/errors.ts'
import { type Cue, cueList } from '#domain/cue.ts'
import { flagCue } from '#domain/flag-cue.ts'
import { judgedLines } from '#domain/judged-lines.ts'
import { sameLanguage } from '#domain/language.ts'
import type { ProviderCredit } from '#domain/provider-credit.ts'
import { anotherMay } from '#providers/another-may.ts'
import { saveCues } from '../../lines/save-cues.ts'
import { unlessDoubtful } from '../../review/doubt.ts'
import { defineStage, type StageContext } from '../define.ts'
import { byMachine } from './by-machine.ts'
import { byModel } from './by-model.ts'
import { translate } from './contract.ts'
import { lengthBudgets } from './length-budget.ts'
import type { Translated } from './translated.ts'

type Input = z.output<typeof translate.input>

export const translateStage = defineStage(translate, {
  async run(input, ctx) {
    const source = await ctx.artifacts.readJson(input.cues, cueList)
    const texts = source.cues.map((cue) => cue.text.replaceAll(/\s+/gu, ' ').trim())
    const { lines, by, withoutTerm } = await translateTexts(input, ctx, source.cues, texts)
    const cues = source.cues.map((cue, index): Cue => {
      const text = lines[index]
      const flags = { uncertain: false, untranslated: text === undefined, term: withoutTerm?.has(index) === true }
      return flagCue({ ...cue, text: text ?? cue.text }, flags)
    })
    const files = await saveCues(ctx, 'translation', { language: input.to, cues })
    const output = {
      cues: files.cues,
      review: {
        target: input.to,
        ...files,
        sourceCues: input.cues,
        ...judgedLines(cues, source.cues),
        durationMs: input.durationMs,
        media: input.media,
        draft: by.some((one) => one.draft),
        providers: credits(by),
      },
    }
    return unlessDoubtful(output, 'untranslated', lines.filter((line) => line === undefined).length, lines.length)
  },
})

/**
 * A language model where there is one; a machine translator where there is not, where it is named, or where speed or cost
 * comes first. Who names nobody gets the other kind when the first cannot, at once: a draft now beats a model in an hour.
 */
async function translateTexts(
  input: Input,
  ctx: StageContext,
  cues: readonly Cue[],
  texts: readonly string[],
): Promise<Translated> {
  const { from, to, provider, strategy, glossary } = input
  if (texts.length === 0 || sameLanguage(from, to)) return { lines: texts, by: [] }
  const choice = { provider, strategy }
  const models = await ctx.candidates('text', choice, { from, to })
  const machines = await ctx.candidates('translation', choice, { from, to })
  if (models.length + machines.length === 0 && provider === undefined) {
    throw new AppError('NO_TRANSLATOR', 'no provider translates this', { data: { from, to } })
  }
  const budgets = lengthBudgets(cues, input.durationMs, to)
  const asked = { ctx, texts, from, to, glossary, choice }
  const model = { by: models, translate: () => byModel({ ...asked, budgets, title: input.title }) }
  const machine = { by: machines, translate: () => byMachine(asked) }
  const cheap = strategy === 'speed' || strategy === 'cost'
  const able = (cheap ? [machine, model] : [model, machine]).filter(({ by }) => by.length > 0)
  // where nobody is, asking the model tells why, e.g. that a key is missing
  return firstOf(able.length > 0 ? able : [model], ctx)
}

interface Way {
  readonly by: readonly string[]
  translate(): Promise<Translated>
}

/** The way that works first. When all fail, what may pass by itself is told, so that the step is tried again. */
async function firstOf(ways: readonly Way[], ctx: StageContext): Promise<Translated> {
  const failures: AppError[] = []
  for (const way of ways) {
    try {
      return atLeastOne(await way.translate(), way.by[0])
    } catch (thrown) {
      const error = toAppError(thrown)
      if (ctx.signal.aborted || !anotherMay(error)) throw error
      ctx.log.warn({ providers: way.by, code: error.code, cause: error.message }, 'a way to translate failed')
      failures.push(error)
    }
  }
  throw (
    failures.find(({ category }) => category === 'transient') ??
    failures[0] ??
    new AppError('INTERNAL', 'no way to translate was tried')
  )
}

function atLeastOne(translated: Translated, provider: string | undefined): Translated {
  if (translated.lines.some((line) => line !== undefined)) return translated
  throw new AppError('PROVIDER_OUTPUT', 'not one line was translated', { data: { provider } })
}

function credits(by: Translated['by']): ProviderCredit[] {
  const known = new Map(
    by.map(({ provider, model }) => [
      `${provider} ${model}`,
      { capability: 'translation', provider, ...(model !== undefined && { model }) },
    ]),
  )
  return [...known.values()]
}
