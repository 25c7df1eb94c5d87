import type { z } from 'zod'
import type { Glossary } from '#domain/glossary.ts'
import type { PlanBuilder } from '#engine/plan-builder.ts'
import { translate } from '#workers/stages/translate/contract.ts'
import type { productionInput } from './production-input.ts'
import type { Transcript } from './transcript.ts'

type TranslationInput = Pick<z.output<typeof productionInput>, 'translation' | 'strategy' | 'review'> & {
  readonly glossary?: Glossary | undefined
}

/** An approved transcript in another language: what the machine proposed, and what was approved. */
export function translation(
  p: PlanBuilder,
  input: TranslationInput,
  { src, info, approved: source }: Transcript,
  to: string,
) {
  const proposed = p.step(translate, {
    cues: source.cues,
    from: source.target,
    to,
    title: src.title,
    durationMs: info.durationMs,
    media: source.media,
    glossary: input.glossary,
    provider: input.translation,
    strategy: input.strategy,
  })
  const approved = p.checkpoint('translation', {
    review: proposed.review,
    auto: !input.review.translation,
    redo: { node: 'translate', capability: 'translation' },
  })
  return { proposed, approved }
}
