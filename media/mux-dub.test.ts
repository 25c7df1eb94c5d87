import { readFile, writeFile } from 'node:fs/promises'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { run } from '#core/run.ts'
import { type Muxed, type MuxRequest, muxDub } from './mux-dub.ts'
import { probe } from './probe.ts'
import { streamHash } from './stream-hash.ts'
import { make, testWork } from './test-media.ts'

// real encoders, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

type Work = Awaited<ReturnType<typeof testWork>>

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30000/1001:d=2']
const tone = ['-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=2']

async function muxed(work: Work, source: string, more: Partial<MuxRequest> = {}): Promise<Muxed> {
  const info = await probe(source, work)
  const total = Math.round(info.durationMs * 48)
  const dub = await make(
    work.file('dub.wav'),
    '-f',
    'lavfi',
    '-i',
    'sine=f=900:r=48000:d=5',
    '-af',
    `atrim=end_sample=${total}`,
    '-ac',
    '2',
  )
  await writeFile(work.file('pt.srt'), '1\n00:00:00,500 --> 00:00:01,500\nOlá\n')
  return muxDub({
    workDir: work.workDir,
    signal: work.signal,
    source,
    info,
    dub,
    subtitles: [{ path: work.file('pt.srt'), language: 'pt-BR' }],
    title: 'Título: "um = dois"',
    languages: { dub: 'pt-BR', original: 'en' },
    outPath: work.file('out.mp4'),
    ...more,
  })
}

const shown = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string(),
      tags: z.record(z.string(), z.string()),
      disposition: z.record(z.string(), z.int()),
    }),
  ),
  format: z.object({ tags: z.record(z.string(), z.string()) }),
})

async function tracks(file: string) {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file])
  const { streams, format } = shown.parse(JSON.parse(stdout))
  const list = streams.map(({ codec_type: type, codec_name: codec, tags, disposition }) => {
    const marks = Object.keys(disposition).filter((name) => disposition[name] === 1)
    return `${type} ${codec} ${tags['language'] ?? '-'} ${marks.join('+')}`
  })
  return {
    list,
    title: format.tags['title'] ?? format.tags['TITLE'],
    names: streams.map(({ tags }) => tags['title'] ?? tags['handler_name']),
  }
}

// MP4 has no mark for an original sound track: there its place and language say it
it('mp4: the picture is the same bits, tracks are tagged, the index is in front, nothing drifts', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.mp4'),
    ...picture,
    ...tone,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-bf',
    '2',
    '-c:a',
    'aac',
  )
  const result = await muxed(work, source)
  expect(result).toMatchObject({ path: work.file('out.mp4'), extension: 'mp4', mime: 'video/mp4' })
  expect(Math.abs(result.driftMs)).toBeLessThan(1001 / 30)
  expect(await streamHash(result.path, work)).toBe(await streamHash(source, work))
  expect(await streamHash(result.path, work, 'a:1')).toBe(await streamHash(source, work, 'a:0'))
  expect(await tracks(result.path)).toEqual({
    list: ['video h264 und default', 'audio aac por default', 'audio aac eng ', 'subtitle mov_text por default'],
    title: 'Título: "um = dois"',
    names: ['VideoHandler', 'português (Brasil)', 'English', 'português (Brasil)'],
  })
  const bytes = await readFile(result.path)
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
})

it('makes the same bytes twice, in both containers', async () => {
  const work = await testWork()
  for (const [name, codec] of [
    ['in.mp4', 'libx264'],
    ['in.webm', 'libvpx'],
  ] as const) {
    const source = await make(work.file(name), ...picture, '-c:v', codec, '-deadline', 'realtime')
    const first = await readFile((await muxed(work, source)).path)
    expect(first.equals(await readFile((await muxed(work, source)).path))).toBe(true)
  }
})

it('mkv where a codec does not fit mp4, still copied', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.webm'),
    ...picture,
    ...tone,
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-c:a',
    'libvorbis',
  )
  const result = await muxed(work, source)
  expect(result).toMatchObject({ path: work.file('out.mkv'), mime: 'video/x-matroska' })
  expect(Math.abs(result.driftMs)).toBeLessThan(1001 / 30)
  expect(await streamHash(result.path, work)).toBe(await streamHash(source, work))
  expect((await tracks(result.path)).list).toEqual([
    'video vp8 - default',
    'audio aac por default',
    'audio vorbis eng original',
    'subtitle subrip por default',
  ])
})

it('sound alone becomes m4a, also from wav', async () => {
  const work = await testWork()
  const result = await muxed(work, await make(work.file('in.wav'), ...tone))
  expect(result).toMatchObject({ path: work.file('out.m4a'), mime: 'audio/mp4' })
  expect((await tracks(result.path)).list.slice(0, 2)).toEqual(['audio aac por default', 'audio aac eng '])
  expect(Math.abs(result.driftMs)).toBeLessThan(20)
})

it('leaves the original out when asked, and takes a film without sound', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.mp4'),
    ...picture,
    ...tone,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-c:a',
    'pcm_s16le',
    '-f',
    'mov',
  )
  const result = await muxed(work, source, { original: false, subtitles: [] })
  expect((await tracks(result.path)).list).toEqual(['video h264 und default', 'audio aac por default'])
  const silent = await make(work.file('silent.mp4'), ...picture, '-c:v', 'libx264', '-preset', 'ultrafast')
  expect((await tracks((await muxed(work, silent, { subtitles: [] })).path)).list).toEqual([
    'video h264 und default',
    'audio aac por default',
  ])
})

it('keeps the turn of a phone video and the frames of an avi', async () => {
  const work = await testWork()
  const flat = await make(
    work.file('flat.mp4'),
    ...picture,
    ...tone,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-c:a',
    'aac',
  )
  const turned = await make(work.file('turned.mp4'), '-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=270')
  expect((await probe((await muxed(work, turned)).path, work)).video?.rotation).toBe(
    (await probe(turned, work)).video?.rotation,
  )
  const avi = await make(work.file('in.avi'), ...picture, ...tone, '-c:v', 'mpeg4', '-bf', '0', '-c:a', 'libmp3lame')
  const result = await muxed(work, avi)
  expect(await streamHash(result.path, work)).toBe(await streamHash(avi, work))
})

it('leaves nothing that looks finished when it is stopped', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.mp4'),
    ...picture,
    ...tone,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-c:a',
    'aac',
  )
  await expect(muxed(work, source, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
  await expect(readFile(work.file('out.mp4'))).rejects.toMatchObject({ code: 'ENOENT' })
})
