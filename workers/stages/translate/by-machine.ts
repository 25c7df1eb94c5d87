import type { Glossary } from '#domain/glossary.ts'
import type { ProviderChoice, StageContext } from '../define.ts'
import { keepTerms } from './keep-terms.ts'
import type { Translated } from './translated.ts'

const BATCH = 200

/**
 * Translates by a machine translator, line by line. A line that fails is tried once more alone; then it comes back undefined.
 * Terms of the glossary are kept out of its reach; a line in which one got lost is translated without it, and told.
 */
export async function byMachine(request: {
  readonly ctx: StageContext
  readonly texts: readonly string[]
  readonly from: string
  readonly to: string
  readonly glossary?: Glossary | undefined
  readonly choice: ProviderChoice
}): Promise<Translated> {
  const { ctx, texts } = request
  const lines: (string | undefined)[] = []
  const withoutTerm = new Set<number>()
  const by: Translated['by'][number][] = []
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH)
    const kept = batch.map((text) => keepTerms(text, request.glossary ?? {}))
    const got = await ask(
      request,
      kept.map(({ text }) => text),
      by,
    )
    for (const [index, text] of batch.entries()) {
      const line = kept[index]?.restore(got[index] ?? '') || undefined
      if (line === undefined && kept[index]?.any === true) withoutTerm.add(from + index)
      lines.push(line ?? (await ask(request, [text], by))[0])
    }
    ctx.progress({
      ratio: lines.length / texts.length,
      note: { key: 'translating', values: { done: lines.length, total: texts.length } },
    })
  }
  return { lines, by, withoutTerm }
}

async function ask(
  { ctx, from, to, choice }: Parameters<typeof byMachine>[0],
  lines: readonly string[],
  by: Translated['by'][number][],
): Promise<(string | undefined)[]> {
  const used = await ctx.use('translation', choice, { from, to }, (client) =>
    client.translate({ lines, from, to, signal: ctx.signal }),
  )
  by.push({ provider: used.provider, model: used.model, draft: used.draft })
  return used.value.lines.map((line) => (line === null || line.trim() === '' ? undefined : line.trim()))
}
