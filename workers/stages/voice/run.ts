import type { AppError } from '#core/errors.ts'
import { cueList } from '#domain/cue.ts'
import type { DubbedLine } from '#domain/dubbed-line.ts'
import { countLines } from '#domain/lines-done.ts'
import { chooseSpeaker } from '../../lines/choose-speaker.ts'
import { concernsLine } from '../../lines/concerns-line.ts'
import { inParallel } from '../../lines/in-parallel.ts'
import { speakableText } from '../../lines/speakable-text.ts'
import { speakLine, type Speaker, type SpokenLine } from '../../lines/speak-line.ts'
import { defineStage, type StageContext } from '../define.ts'
import { voice } from './contract.ts'

/** Lines spoken at once; a provider's own limit may be lower. */
const WIDTH = 4

export const voiceStage = defineStage(voice, {
  async run(input, ctx) {
    const { cues } = await ctx.artifacts.readJson(input.cues, cueList)
    const texts = cues.map((cue) => speakableText(cue.text))
    const { provider, strategy, language } = input
    const firstText = texts.find((text) => text !== '')
    const speaker = await chooseSpeaker(ctx, { provider, strategy, language, voice: input.voice, firstText })
    const spoken = await speakAll(ctx, speaker, texts)
    const made = spoken.find((line) => line !== undefined)
    return {
      lines: spoken.map(asDubbedLine),
      provider: speaker.provider,
      voice: speaker.voice,
      draft: spoken.some((line) => line?.draft === true),
      credits: [
        {
          capability: 'speech',
          provider: speaker.provider,
          voice: speaker.voice,
          ...(made?.model !== undefined && { model: made.model }),
        },
      ],
    }
  },
})

/** Every text once, however many lines say it. */
async function speakAll(
  ctx: StageContext,
  speaker: Speaker,
  texts: readonly string[],
): Promise<(SpokenLine | undefined)[]> {
  const distinct = [...new Set(texts)].filter((text) => text !== '')
  const faults: AppError[] = []
  const counted = countLines({ key: 'voicing', total: distinct.length })
  const spoken = await inParallel(distinct, WIDTH, async (text) => {
    const line = await speakTwice(ctx, speaker, text).catch((error: unknown) => {
      if (!concernsLine(error)) throw error
      faults.push(error)
      return undefined
    })
    ctx.progress(counted())
    return [text, line] as const
  })
  const [fault] = faults
  // lines may fail; a dub without a single one is a failure
  if (fault && faults.length === distinct.length) throw fault
  const byText = new Map(spoken)
  return texts.map((text) => byText.get(text))
}

async function speakTwice(ctx: StageContext, speaker: Speaker, text: string): Promise<SpokenLine> {
  try {
    return await speakLine(ctx, speaker, text)
  } catch (error) {
    if (!concernsLine(error)) throw error
    ctx.log.warn(
      { characters: text.length, code: error.code, cause: error.message },
      'a line was not voiced: once more',
    )
    return speakLine(ctx, speaker, text)
  }
}

function asDubbedLine(line: SpokenLine | undefined, index: number): DubbedLine {
  if (!line) return { index, durationMs: 0 }
  return {
    index,
    file: line.file,
    durationMs: line.durationMs,
    ...(line.wordEndsMs && { wordEndsMs: line.wordEndsMs }),
  }
}
