import { parseLanguage } from '#domain/language.ts'
import { assertSound, readMediaCaps } from '#media/caps.ts'
import { probe as look } from '#media/probe.ts'
import { defineStage } from '../define.ts'
import { probe } from './contract.ts'

export const probeStage = defineStage(probe, {
  async run({ file, language }, ctx) {
    const info = await look(await ctx.artifacts.path(file), ctx, readMediaCaps())
    assertSound(info)
    const [sound] = info.audio
    const spoken = language ?? known(info.language)
    return {
      durationMs: info.durationMs,
      ...(spoken !== undefined && { language: spoken }),
      ...(info.video && {
        picture: { codec: info.video.codec, width: info.video.width, height: info.video.height, fps: info.video.fps },
      }),
      sound: { codec: sound?.codec ?? '', channels: sound?.channels ?? 0, sampleRate: sound?.sampleRate ?? 0 },
    }
  },
})

/** Files say 'und' and worse: what is no language is not known. */
function known(tag: string | undefined): string | undefined {
  if (tag === undefined) return undefined
  try {
    return parseLanguage(tag).tag
  } catch {
    return undefined
  }
}
