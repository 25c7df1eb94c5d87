import path from 'node:path'
import { envShapes } from '#core/env-shapes.ts'
import { readEnv } from '#core/env.ts'
import type { Progress } from '#domain/progress.ts'
import { readMediaCaps } from '#media/caps.ts'
import { download as fetchSource, type DownloadProgress } from '#media/download.ts'
import { keepCaptions } from '../../lines/keep-captions.ts'
import { defineStage } from '../define.ts'
import { download } from './contract.ts'

export const downloadStage = defineStage(download, {
  async run({ source, language }, ctx) {
    if ('artifact' in source)
      return {
        file: source.artifact,
        title: path.parse(source.artifact.name).name || source.artifact.name,
        captions: [],
      }
    const { YTDLP_PATH: ytDlpPath } = readEnv({ YTDLP_PATH: envShapes.worker.YTDLP_PATH })
    const fetched = await fetchSource({
      url: source.url,
      egress: ctx.egress,
      caps: readMediaCaps(),
      signal: ctx.signal,
      workDir: ctx.workDir,
      onProgress: (value) => ctx.progress(inWords(value)),
      ...(language !== undefined && { language }),
      ...(ytDlpPath !== undefined && { ytDlpPath }),
    })
    const file = await ctx.artifacts.save({
      path: fetched.path,
      kind: 'source',
      // what it is, the next step finds out
      mime: 'application/octet-stream',
      name: `${fetched.title}${path.extname(fetched.path).replace('.bin', '')}`,
      language: fetched.language,
      durationMs: fetched.durationMs,
    })
    const captions = await Promise.all(fetched.captions.map((track) => keepCaptions(ctx, track)))
    return {
      file,
      title: fetched.title,
      ...(fetched.language !== undefined && { language: fetched.language }),
      captions,
    }
  },
})

function inWords({ ratio, bytes, bytesPerSecond, etaSeconds }: DownloadProgress): Progress {
  const speed = (bytesPerSecond / 1e6).toFixed(1)
  const note =
    ratio > 0
      ? { key: 'downloading', values: { percent: Math.floor(ratio * 100), speed } }
      : { key: 'receiving', values: { received: bytes, speed } }
  return { ratio, note, ...(etaSeconds !== undefined && { etaSeconds }) }
}
