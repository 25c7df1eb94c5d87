import path from 'node:path'
import type { z } from 'zod'
import type { ArtifactRef } from '#domain/artifact.ts'
import { type Cue, type CueList, cueList } from '#domain/cue.ts'
import { type SyncReport, syncReport } from '#domain/fit/sync-report.ts'
import { judgedLines } from '#domain/judged-lines.ts'
import type { ProviderCredit } from '#domain/provider-credit.ts'
import type { Review } from '#domain/review.ts'
import { readMediaCaps } from '#media/caps.ts'
import { muxDub, type Muxed } from '#media/mux-dub.ts'
import { probe } from '#media/probe.ts'
import { fileName } from '../../lines/file-name.ts'
import { readableCaptions } from '../../lines/readable-captions.ts'
import { saveCues, saveSubtitles } from '../../lines/save-cues.ts'
import { unlessDoubtful } from '../../review/doubt.ts'
import { filmSample } from '../../review/film-sample.ts'
import { defineStage, type StageContext } from '../define.ts'
import { mux } from './contract.ts'

type Input = z.output<typeof mux.input>

export const muxStage = defineStage(mux, {
  async run(input, ctx) {
    const captions = within(await ctx.artifacts.readJson(input.captions, cueList), input.durationMs)
    const name = fileName(input.title, input.to)
    const srt = await saveSubtitles(ctx, name, 'srt', captions)
    const vtt = await saveSubtitles(ctx, name, 'vtt', captions)
    const { muxed, hasPicture } = await putTogether(input, ctx, srt)
    const fromMs = captions.cues[0]?.startMs ?? 0
    const media = await filmSample({
      ctx,
      source: muxed.path,
      durationMs: muxed.durationMs,
      hasPicture,
      fromMs,
      language: input.to,
    })
    const file = await ctx.artifacts.save({
      path: muxed.path,
      kind: 'video',
      mime: muxed.mime,
      name: `${name}.${muxed.extension}`,
      language: input.to,
      durationMs: muxed.durationMs,
    })
    const outputs = [file, srt, vtt, input.report, input.table]
    const sync = { ...input.sync, driftMs: muxed.driftMs }
    const review = { ...(await judged(input, ctx)), durationMs: muxed.durationMs, media, outputs, sync }
    return unlessDoubtful({ file, review }, 'bad_fit', sync.cut + sync.unvoiced, sync.lines)
  },
})

/** Captions in lines of readable length, none beyond the end of the film: a subtitle track must not make it longer. */
function within(list: CueList, totalMs: number): CueList {
  const { cues } = readableCaptions(list, 'srt')
  return {
    ...list,
    cues: cues.filter((cue) => cue.startMs < totalMs).map((cue) => ({ ...cue, endMs: Math.min(cue.endMs, totalMs) })),
  }
}

async function putTogether(
  input: Input,
  ctx: StageContext,
  srt: ArtifactRef,
): Promise<{ muxed: Muxed; hasPicture: boolean }> {
  const source = await ctx.artifacts.path(input.source)
  const info = await probe(source, ctx, readMediaCaps())
  const muxed = await muxDub({
    source,
    info,
    dub: await ctx.artifacts.path(input.dub),
    // an empty subtitle file is no track
    subtitles: srt.bytes > 0 ? [{ path: await ctx.artifacts.path(srt), language: input.to }] : [],
    title: input.title,
    languages: { dub: input.to, original: input.from },
    outPath: path.join(ctx.workDir, 'dub.mp4'),
    signal: ctx.signal,
    workDir: ctx.workDir,
    onProgress: (ratio) => ctx.progress({ ratio: ratio * 0.6, note: { key: 'muxing', values: {} } }),
  })
  return { muxed, hasPicture: info.video !== undefined }
}

/** What the final checkpoint shows of the words: as spoken, what is marked, and what was shortened. Edited at their original times. */
async function judged(input: Input, ctx: StageContext): Promise<Omit<Review, 'media'>> {
  const spoken = await ctx.artifacts.readJson(input.cues, cueList)
  const source = await ctx.artifacts.readJson(input.sourceCues, cueList)
  const report = await ctx.artifacts.readJson(input.report, syncReport)
  const lines = judgedLines(spoken.cues, source.cues)
  const rewritten = rewrittenLines(report, spoken.cues)
  return {
    target: input.to,
    ...(await saveCues(ctx, 'spoken', spoken)),
    sourceCues: input.sourceCues,
    ...lines,
    flagged: [...lines.flagged, ...rewritten].slice(0, 20),
    flaggedCount: lines.flaggedCount + rewritten.length,
    ...(input.loudness && { loudness: input.loudness }),
    draft: input.drafts.includes(true),
    providers: onceEach(input.credits.flat()),
  }
}

function rewrittenLines(report: SyncReport, cues: readonly Cue[]): Review['flagged'] {
  return report.lines
    .filter((line) => line.rewritten)
    .map((line) => ({ line: line.index + 1, flag: 'rewritten', text: cues[line.index]?.text ?? '' }))
}

function onceEach(credits: readonly ProviderCredit[]): ProviderCredit[] {
  return [...new Map(credits.map((credit) => [JSON.stringify(credit), credit])).values()]
}
