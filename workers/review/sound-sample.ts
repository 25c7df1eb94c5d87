import path from 'node:path'
import type { ArtifactRef } from '#domain/artifact.ts'
import { renditionPreview } from '#media/rendition-preview.ts'
import { waveformPicture } from '#media/waveform-picture.ts'
import type { StageContext } from '../stages/define.ts'

/** What people hear and see before they judge words: up to a minute of the sound from the first line on, and its waveform. */
export async function soundSample(request: {
  readonly ctx: StageContext
  readonly sound: ArtifactRef
  readonly durationMs: number
  readonly fromMs: number
  readonly language: string
}): Promise<ArtifactRef[]> {
  const { ctx, language, durationMs } = request
  const work = { signal: ctx.signal, workDir: ctx.workDir }
  const source = await ctx.artifacts.path(request.sound)
  const sample = path.join(ctx.workDir, 'sample.m4a')
  // a moment before the first word, so that it is not missed
  const startMs = Math.max(0, Math.min(request.fromMs - 500, durationMs - 1000))
  const preview = await renditionPreview({ ...work, source, durationMs, hasPicture: false, startMs, outPath: sample })
  const waveform = path.join(ctx.workDir, 'waveform.png')
  await waveformPicture({ ...work, source, durationMs, outPath: waveform })
  return [
    await ctx.artifacts.save({
      path: sample,
      kind: 'preview',
      mime: preview.mime,
      name: `sample.${language}.m4a`,
      language,
      durationMs: preview.durationMs,
    }),
    await ctx.artifacts.save({ path: waveform, kind: 'picture', mime: 'image/png', name: 'waveform.png' }),
  ]
}
