import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS } from '#domain/durations.ts'
import { trimSilence } from '#media/trim-silence.ts'
import type { StageContext } from '../stages/define.ts'

/** One voice of one provider, for a whole dub. */
export interface Speaker {
  readonly provider: string
  readonly voice: string
  readonly language: string
}

const spokenLine = z.object({
  file: artifactRef,
  /** without silence at its ends, ms */
  durationMs: z.int().min(1),
  wordEndsMs: z.array(z.int().min(0)).optional(),
  model: z.string().optional(),
  draft: z.boolean(),
})
export type SpokenLine = z.output<typeof spokenLine>

const KEPT_MS = 30 * DAY_MS

/** Says `text`, trims the silence and measures; kept by provider, voice, language and text, so that only edited lines are spoken again. */
export async function speakLine(ctx: StageContext, speaker: Speaker, text: string): Promise<SpokenLine> {
  const { provider, voice, language } = speaker
  return ctx.cached(['speech', provider, voice, language, text], KEPT_MS, spokenLine, async () => {
    const spoken = path.join(ctx.workDir, `${newId('line')}.audio`)
    const used = await ctx.use('speech', { provider }, { language }, (client) =>
      client.speak({ text, voice, language, outPath: spoken, signal: ctx.signal }),
    )
    const trimmed = path.join(ctx.workDir, `${newId('line')}.wav`)
    const measured = await trimSilence({ path: spoken, outPath: trimmed, signal: ctx.signal, workDir: ctx.workDir })
    if (measured.silent)
      throw new AppError('PROVIDER_OUTPUT', 'a voice said nothing', { data: { provider, reason: 'empty' } })
    const { durationMs } = measured
    const file = await ctx.artifacts.save({
      path: trimmed,
      kind: 'speech',
      mime: 'audio/wav',
      name: 'line.wav',
      language,
      durationMs,
    })
    const wordEndsMs = used.value.words?.map((word) =>
      Math.min(durationMs, Math.max(0, Math.round(word.endMs - measured.headMs))),
    )
    return {
      file,
      durationMs,
      ...(wordEndsMs && wordEndsMs.length > 0 && { wordEndsMs }),
      ...(used.model !== undefined && { model: used.model }),
      draft: used.draft,
    }
  })
}
