import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { wavHeader } from '#media/wav.ts'
import { captions } from '#providers/captions/index.ts'
import { openaiTranscription } from '#providers/openai/index.ts'
import { pocketsphinx } from '#providers/pocketsphinx/index.ts'
import { startOpenaiFake, type OpenaiFakeOptions } from '#test/fakes/openai.ts'
import { type Spoken, spokenEnglish } from '#test/fakes/spoken.ts'
import { providerBench } from './provider-bench.ts'
import { SENTENCES, transcriptionContract } from './provider-transcription.ts'

// speech is made and read by tools of this machine, which others may keep busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const heard = (index: number) => SENTENCES[index % SENTENCES.length] ?? ''

async function openaiBench(options: OpenaiFakeOptions, env: Record<string, string> = {}) {
  const fake = await startOpenaiFake({ heard, ...options })
  return providerBench(openaiTranscription, {
    env: { OPENAI_BASE_URL: `${fake.url}/v1`, ...env },
    fake,
  })
}

transcriptionContract('openai', () => openaiBench({ key: 'k' }, { OPENAI_API_KEY: 'k' }), { outside: true })

transcriptionContract(
  'a faster-whisper server without a key',
  () => openaiBench({ models: ['Systran/faster-whisper-small'] }),
  { outside: true },
)

transcriptionContract('pocketsphinx', () => providerBench(pocketsphinx))

transcriptionContract('captions', () => providerBench(captions), {
  outside: false,
  async extra(dir) {
    const file = path.join(dir, 'source.en.vtt')
    await writeFile(
      file,
      [
        'WEBVTT',
        ...SENTENCES.map((text, index) => `00:00:0${index * 2}.500 --> 00:00:0${index * 2 + 1}.900\n${text}`),
      ].join('\n\n'),
    )
    return { captions: { path: file, language: 'en' } }
  },
})

const calm = new AbortController().signal
const quiet = { signal: calm, onProgress: () => undefined }
let dir: string
let sound: Spoken

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-heard-'))
  sound = await spokenEnglish({ sentences: SENTENCES, pauseMs: 900, dir })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('pocketsphinx', () => {
  it('hears most words of clear speech, and where each sentence starts', async () => {
    const bench = await providerBench(pocketsphinx)
    const { segments } = await bench.client.transcribe({
      path: sound.path,
      durationMs: sound.durationMs,
      language: 'en',
      ...quiet,
    })
    const said =
      SENTENCES.join(' ')
        .toLowerCase()
        .match(/[a-z]+/gu) ?? []
    const understood = new Set(
      segments
        .map(({ text }) => text.toLowerCase())
        .join(' ')
        .match(/[a-z]+/gu),
    )
    expect(said.filter((word) => understood.has(word)).length / said.length).toBeGreaterThan(0.7)
    for (const startMs of sound.startsMs) {
      const nearest = Math.min(...segments.map((segment) => Math.abs(segment.startMs - startMs)))
      expect(nearest).toBeLessThan(300)
    }
    expect(segments.every(({ text }) => /^[A-Z].*\.$/u.test(text))).toBe(true)
    await bench.close()
  })

  it('hears nothing in silence', async () => {
    const file = path.join(dir, 'silence.wav')
    await writeFile(file, Buffer.concat([wavHeader(32_000, 1, 16_000), Buffer.alloc(64_000)]))
    const bench = await providerBench(pocketsphinx)
    expect(
      (await bench.client.transcribe({ path: file, durationMs: 2000, language: 'en', ...quiet })).segments,
    ).toEqual([])
    await bench.close()
  })

  it('knows English only, and has to be told', async () => {
    const bench = await providerBench(pocketsphinx)
    const able = ['en', 'en-GB', 'pt-BR', 'enm', undefined].map((language) =>
      bench.supports(language === undefined ? {} : { language }),
    )
    expect(able).toEqual([true, true, false, false, false])
    await bench.close()
  })
})

describe('openai transcription', () => {
  it('finds out the language by itself, from its name', async () => {
    const bench = await openaiBench({ language: 'portuguese' })
    const { language } = await bench.client.transcribe({ path: sound.path, durationMs: sound.durationMs, ...quiet })
    expect(language).toBe('pt')
    await bench.close()
  })

  it('cuts long sound at pauses into uploads below the limit, and keeps every time in place', async () => {
    // 11 minutes: half a minute of tone, half a minute of silence, over and over
    const minutes = 11
    const rate = 16_000
    const minute = Buffer.alloc(rate * 2 * 60)
    for (let i = 0; i < rate * 30; i++)
      minute.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 700 * i) / rate)), i * 2)
    const bytes = Buffer.concat(Array.from({ length: minutes }, () => minute))
    const file = path.join(dir, 'long.wav')
    await writeFile(file, Buffer.concat([wavHeader(bytes.length / 2, 1, rate), bytes]))
    const fake = await startOpenaiFake({ heard })
    const bench = await providerBench(openaiTranscription, {
      env: { OPENAI_BASE_URL: `${fake.url}/v1` },
      fake,
    })
    const told: number[] = []
    const { segments } = await bench.client.transcribe({
      path: file,
      durationMs: minutes * 60_000,
      language: 'en',
      signal: calm,
      onProgress: (ratio) => told.push(ratio),
    })
    expect(fake.violations).toEqual([])
    expect(told.length).toBe(2)
    expect(segments.at(-1)?.endMs).toBeGreaterThan(10.4 * 60_000)
    expect(segments.every((segment, index) => segment.startMs >= (segments[index - 1]?.endMs ?? 0))).toBe(true)
    await bench.close()
  })

  it('places the words of models that give no times by the stretches of speech', async () => {
    const bench = await openaiBench({ heard: () => 'A sentence.' }, { OPENAI_TRANSCRIPTION_MODEL: 'gpt-transcribe' })
    const { segments } = await bench.client.transcribe({
      path: sound.path,
      durationMs: sound.durationMs,
      language: 'en',
      ...quiet,
    })
    expect(segments).toHaveLength(SENTENCES.length)
    for (const [index, startMs] of sound.startsMs.entries())
      expect(Math.abs((segments[index]?.startMs ?? 0) - startMs)).toBeLessThan(400)
    expect(bench.fake?.violations).toEqual([])
    await bench.close()
  })
})

describe('captions', () => {
  it('says every line of rolling captions once', async () => {
    const file = path.join(dir, 'rolling.en.vtt')
    const lines = ['so today we will', 'talk about bread', 'and why it is good', 'for all of us']
    const cues = lines.flatMap((line, index) => [
      `00:00:0${index * 2}.000 --> 00:00:0${index * 2 + 1}.990\n${lines[index - 1] ?? ''}\n${line}`.replace(
        '\n\n',
        '\n',
      ),
      `00:00:0${index * 2 + 1}.990 --> 00:00:0${index * 2 + 2}.000\n${line}`,
    ])
    await writeFile(file, ['WEBVTT', ...cues].join('\n\n'))
    const bench = await providerBench(captions)
    const { segments } = await bench.client.transcribe({
      path: file,
      durationMs: 8000,
      captions: { path: file, language: 'en' },
      ...quiet,
    })
    expect(segments.map(({ text }) => text)).toEqual(lines)
    await bench.close()
  })

  it('keeps what people say twice', async () => {
    const file = path.join(dir, 'twice.en.srt')
    const said = ['No.', 'No.', 'Well, yes.', 'Come in.', 'Sit down.']
    await writeFile(
      file,
      said.map((text, index) => `${index + 1}\n00:00:0${index},000 --> 00:00:0${index},900\n${text}\n`).join('\n'),
    )
    const bench = await providerBench(captions)
    const { segments } = await bench.client.transcribe({
      path: file,
      durationMs: 5000,
      captions: { path: file, language: 'en' },
      ...quiet,
    })
    expect(segments.map(({ text }) => text)).toEqual(said)
    await bench.close()
  })
})
