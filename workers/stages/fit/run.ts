import { type Cue, cueList } from '#domain/cue.ts'
import type { DubbedLine } from '#domain/dubbed-line.ts'
import { heardCues } from '#domain/fit/heard-cues.ts'
import { type Placement, placements } from '#domain/fit/placements.ts'
import { syncCsv } from '#domain/fit/sync-csv.ts'
import { makeSyncReport, type SyncReport } from '#domain/fit/sync-report.ts'
import { tempos } from '#domain/fit/tempos.ts'
import { flagCue } from '#domain/flag-cue.ts'
import { probe } from '#media/probe.ts'
import { saveCues } from '../../lines/save-cues.ts'
import { defineStage, type StageContext } from '../define.ts'
import { fit } from './contract.ts'
import { layTrack } from './lay-track.ts'
import { makePieces } from './make-pieces.ts'
import { rewriteLines } from './rewrite-lines.ts'

export const fitStage = defineStage(fit, {
  async run(input, ctx) {
    const { language, durationMs: totalMs } = input
    const { cues: approved } = await ctx.artifacts.readJson(input.cues, cueList)
    const proposed = await ctx.artifacts.readJson(input.proposed, cueList)
    const machine = new Set(proposed.cues.map((cue) => `${cue.startMs} ${cue.text}`))

    const rewritten = await rewriteLines({
      ctx,
      speaker: { provider: input.provider, voice: input.voice, language },
      film: filmOf(approved, input.lines),
      texts: approved.map((cue) => cue.text),
      totalMs,
      mayChange: (index) => input.rewrite && machine.has(`${approved[index]?.startMs} ${approved[index]?.text}`),
    })
    const lines = approved.map(
      (_, index): DubbedLine => rewritten.get(index)?.line ?? input.lines[index] ?? { index, durationMs: 0 },
    )
    const cues = approved.map((cue, index) => ({ ...cue, text: rewritten.get(index)?.text ?? cue.text }))
    const film = filmOf(cues, lines)

    const speeds = tempos(film, totalMs)
    const pieces = await makePieces({ ctx, lines, texts: cues.map((cue) => cue.text), tempos: speeds })
    const placed = placements(film, pieces, totalMs)
    const track = await layTrack({ ctx, pieces, placed, totalMs })
    const producedMs = (await probe(track, ctx)).durationMs

    const fitted = film.map((line, index) => fittedLine(line, placed[index], speeds[index], rewritten.has(index)))
    const report = makeSyncReport({ language, lines: fitted, producedMs, totalMs })
    return {
      ...(await saveTexts(ctx, language, cues, placed, report)),
      ...(await saveTrack(ctx, track, language, producedMs)),
      sync: report.summary,
    }
  },
})

function filmOf(cues: readonly Cue[], lines: readonly DubbedLine[]) {
  return cues.map((cue, index) => ({
    startMs: cue.startMs,
    endMs: cue.endMs,
    speechMs: lines[index]?.file ? lines[index].durationMs : 0,
  }))
}

function fittedLine(
  line: ReturnType<typeof filmOf>[number],
  placement: Placement | undefined,
  tempo: number | undefined,
  rewritten: boolean,
) {
  const nowhere = { placedMs: line.startMs, durationMs: 0, late: false, cut: false }
  return { ...line, ...(placement ?? nowhere), tempo: tempo ?? 1, rewritten }
}

async function saveTrack(ctx: StageContext, path: string, language: string, durationMs: number) {
  const speech = await ctx.artifacts.save({
    path,
    kind: 'speech',
    mime: 'audio/wav',
    name: `speech.${language}.wav`,
    language,
    durationMs,
  })
  return { speech }
}

async function saveTexts(
  ctx: StageContext,
  language: string,
  spoken: readonly Cue[],
  placed: readonly Placement[],
  report: SyncReport,
) {
  const marked = spoken.map((cue, index) => {
    const line = report.lines[index]
    return flagCue(cue, { unvoiced: line?.voiced === false, late: line?.late === true, cut: line?.cut === true })
  })
  const { cues } = await saveCues(ctx, 'spoken', { language, cues: marked })
  const { cues: captions } = await saveCues(ctx, 'captions', { language, cues: heardCues(marked, placed) })
  const file = { kind: 'report', language } as const
  const json = await ctx.artifacts.saveText({
    ...file,
    text: `${JSON.stringify(report, null, 2)}\n`,
    mime: 'application/json',
    name: `sync.${language}.json`,
  })
  const csv = syncCsv(
    report.lines,
    marked.map((cue) => cue.text),
  )
  const table = await ctx.artifacts.saveText({ ...file, text: csv, mime: 'text/csv', name: `sync.${language}.csv` })
  return { cues, captions, report: json, table }
}
