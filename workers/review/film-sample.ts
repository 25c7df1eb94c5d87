import path from 'node:path'
import type { ArtifactRef } from '#domain/artifact.ts'
import { framePicture } from '#media/frame-picture.ts'
import { renditionPreview } from '#media/rendition-preview.ts'
import { waveformPicture } from '#media/waveform-picture.ts'
import type { StageContext } from '../stages/define.ts'

/** What people watch before they approve a film: up to a minute from shortly before the first line, a frame of it, and the waveform of its sound. */
export async function filmSample(request: {
  readonly ctx: StageContext
  /** path of the finished file */
  readonly source: string
  readonly durationMs: number
  readonly hasPicture: boolean
  readonly fromMs: number
  readonly language: string
}): Promise<ArtifactRef[]> {
  const { ctx, source, durationMs, hasPicture, language } = request
  const work = { signal: ctx.signal, workDir: ctx.workDir, source }
  const at = (name: string) => path.join(ctx.workDir, name)
  const file = hasPicture ? 'preview.mp4' : 'preview.m4a'
  const startMs = Math.max(0, Math.min(request.fromMs - 2000, durationMs - 1000))
  ctx.progress({ ratio: 0.6, note: { key: 'previewing', values: {} } })
  const preview = await renditionPreview({ ...work, durationMs, hasPicture, startMs, outPath: at(file) })
  if (hasPicture)
    await framePicture({
      ...work,
      atMs: Math.max(0, Math.min(request.fromMs, durationMs - 1000)),
      outPath: at('frame.jpg'),
    })
  await waveformPicture({ ...work, durationMs, outPath: at('waveform.png') })
  return [
    await ctx.artifacts.save({
      path: at(file),
      kind: 'preview',
      mime: preview.mime,
      name: file.replace('.', `.${language}.`),
      language,
      durationMs: preview.durationMs,
    }),
    ...(hasPicture
      ? [await ctx.artifacts.save({ path: at('frame.jpg'), kind: 'picture', mime: 'image/jpeg', name: 'frame.jpg' })]
      : []),
    await ctx.artifacts.save({ path: at('waveform.png'), kind: 'picture', mime: 'image/png', name: 'waveform.png' }),
  ]
}
