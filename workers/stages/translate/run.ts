import type { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { type Cue, cueList } from '#domain/cue.ts'
import { flagCue } from '#domain/flag-cue.ts'
import { judgedLines } from '#domain/judged-lines.ts'
import { sameLanguage } from '#domain/language.ts'
import type { ProviderCredit } from '#domain/provider-credit.ts'
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
    const { lines, by } = await translateTexts(input, ctx, source.cues, texts)
    const cues = source.cues.map((cue, index): Cue => {
      const text = lines[index]
      return flagCue({ ...cue, text: text ?? cue.text }, { uncertain: false, untranslated: text === undefined })
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

/** A language model where there is one; a machine translator where there is not, where it is named, or where speed or cost comes first. */
async function translateTexts(
  input: Input,
  ctx: StageContext,
  cues: readonly Cue[],
  texts: readonly string[],
): Promise<Translated> {
  const { from, to, provider, strategy } = input
  if (texts.length === 0 || sameLanguage(from, to)) return { lines: texts, by: [] }
  const choice = { provider, strategy }
  const models = await ctx.candidates('text', choice, { from, to })
  const machines = await ctx.candidates('translation', choice, { from, to })
  if (models.length + machines.length === 0 && provider === undefined) {
    throw new AppError('NO_TRANSLATOR', 'no provider translates this', { data: { from, to } })
  }
  const cheap = strategy === 'speed' || strategy === 'cost'
  // where nobody is, asking the model tells why, e.g. that a key is missing
  const mechanical = machines.length > 0 && (models.length === 0 || cheap)
  const translated = mechanical
    ? await byMachine({ ctx, texts, from, to, choice })
    : await byModel({
        ctx,
        texts,
        budgets: lengthBudgets(cues, input.durationMs, to),
        from,
        to,
        title: input.title,
        glossary: input.glossary,
        choice,
      })
  if (translated.lines.every((line) => line === undefined)) {
    throw new AppError('PROVIDER_OUTPUT', 'not one line was translated', {
      data: { provider: (mechanical ? machines : models)[0] },
    })
  }
  return translated
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
