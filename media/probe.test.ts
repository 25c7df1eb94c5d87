import { open, readFile, truncate, writeFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { assertCaps, assertSound, MEDIA_CAPS, readMediaCaps } from './caps.ts'
import { probe } from './probe.ts'
import { make, testWork } from './test-media.ts'

// real tools, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=2']
const tone = ['-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=2']
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']

describe('what a file holds', () => {
  it('reads picture, sound, title and language', async () => {
    const work = await testWork()
    const tags = ['-metadata', 'title=Olá: "mundo"', '-metadata:s:a:0', 'language=por']
    const file = await make(work.file('a.bin'), ...picture, ...tone, ...h264, ...tags, '-f', 'mp4')
    expect(await probe(file, work)).toMatchObject({
      format: 'mov,mp4,m4a,3gp,3g2,mj2',
      durationMs: 2000,
      title: 'Olá: "mundo"',
      language: 'pt',
      video: { index: 0, codec: 'h264', width: 320, height: 180, fps: 25, pixFmt: 'yuv420p', rotation: 0 },
      audio: [{ index: 1, codec: 'aac', channels: 1, sampleRate: 44_100, language: 'pt' }],
      subtitles: [],
      streamCount: 2,
    })
  })

  it('takes cover art for what it is', async () => {
    const work = await testWork()
    const cover = await make(work.file('c.png'), '-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1')
    const file = await make(
      work.file('a.mp3'),
      ...tone,
      '-i',
      cover,
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-disposition:v',
      'attached_pic',
    )
    const info = await probe(file, work)
    expect(info.video).toBeUndefined()
    expect(info.streamCount).toBe(2)
  })

  it('measures the length that a live recording does not write down', async () => {
    const work = await testWork()
    const file = await make(
      work.file('a.webm'),
      ...picture,
      ...tone,
      '-c:v',
      'libvpx',
      '-b:v',
      '200k',
      '-c:a',
      'libopus',
      '-live',
      '1',
      '-f',
      'webm',
    )
    expect(Math.abs((await probe(file, work)).durationMs - 2000)).toBeLessThan(60)
  })

  it('reads the turn of a phone video', async () => {
    const work = await testWork()
    const flat = await make(work.file('flat.mp4'), ...picture, ...h264)
    const file = await make(work.file('turned.mp4'), '-display_rotation', '270', '-i', flat, '-c', 'copy').catch(() =>
      make(work.file('turned.mp4'), '-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=270'),
    )
    expect((await probe(file, work)).video?.rotation).toBe(90)
  })
})

describe('what is refused', () => {
  it('a file without bytes', async () => {
    const work = await testWork()
    await writeFile(work.file('a.mp4'), '')
    await expect(probe(work.file('a.mp4'), work)).rejects.toMatchObject({ code: 'EMPTY_FILE' })
  })

  it.each([
    ['a web page', 'NOT_MEDIA', '<!doctype html><html><title>404</title></html>'],
    ['a text', 'NOT_MEDIA', 'just words\n'],
    ['subtitles', 'NOT_MEDIA', '1\n00:00:01,000 --> 00:00:02,000\nHi\n'],
    ['an svg', 'FORBIDDEN_FORMAT', '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'],
    [
      'an HLS playlist',
      'FORBIDDEN_FORMAT',
      '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
    ],
    ['a concat list', 'FORBIDDEN_FORMAT', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['an HLS playlist behind a comment', 'NOT_MEDIA', ' \n#x\n#EXTM3U\nfile:///etc/passwd\n'],
    ['noise', 'BROKEN_MEDIA', '\0\u0001\u0002noise'.repeat(500)],
  ])('%s', async (_, code, text) => {
    const work = await testWork()
    await writeFile(work.file('a.mp4'), text)
    await expect(probe(work.file('a.mp4'), work)).rejects.toMatchObject({ code })
  })

  it('a playlist that ffmpeg would open: the whitelist holds without our look at the content', async () => {
    const work = await testWork()
    const target = await make(work.file('t.ts'), ...picture, ...h264, '-f', 'mpegts')
    // a zero byte makes our look inconclusive; ffprobe still takes it for a playlist
    await writeFile(work.file('a.mp4'), `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${target}\n#EXT-X-ENDLIST\n\0`)
    await expect(probe(work.file('a.mp4'), work)).rejects.toMatchObject({ code: 'FORBIDDEN_FORMAT' })
  })

  it.each([
    ['without its index', []],
    ['with its index in front', ['-movflags', '+faststart']],
  ])('an mp4 cut short %s', async (_, flags) => {
    const work = await testWork()
    const file = await make(work.file('a.mp4'), ...picture, ...tone, ...h264, ...flags)
    await truncate(file, Math.floor((await readFile(file)).length * 0.6))
    await expect(probe(file, work)).rejects.toMatchObject({ code: 'BROKEN_MEDIA' })
  })

  it('a picture without sound, when sound is needed', async () => {
    const work = await testWork()
    const info = await probe(await make(work.file('a.mp4'), ...picture, ...h264), work)
    expect(() => assertSound(info)).toThrow(expect.objectContaining({ code: 'NO_SOUND' }))
  })

  it('still pictures', async () => {
    const work = await testWork()
    const file = await make(work.file('a.png'), '-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1')
    await expect(probe(file, work)).rejects.toMatchObject({ code: 'NOT_MEDIA', data: { found: 'PNG' } })
  })
})

describe('caps', () => {
  it('refuses 5 GB by size alone', async () => {
    const work = await testWork()
    const file = await open(work.file('huge.mp4'), 'w')
    await file.truncate(5_000_000_000)
    await file.close()
    await expect(probe(work.file('huge.mp4'), work)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      data: { bytes: 5_000_000_000, maxBytes: MEDIA_CAPS.maxBytes },
    })
  })

  it('takes what is exactly as large and as long as allowed, and no more', async () => {
    const work = await testWork()
    const file = await make(work.file('a.mp4'), ...picture, ...tone, ...h264)
    const info = await probe(file, work)
    const exact = {
      ...MEDIA_CAPS,
      maxBytes: info.bytes,
      maxMs: info.durationMs,
      maxStreams: 2,
      maxWidth: 320,
      maxHeight: 180,
    }
    await expect(probe(file, work, exact)).resolves.toEqual(info)
    const less: [string, object][] = [
      ['TOO_LARGE', { maxBytes: info.bytes - 1 }],
      ['TOO_LONG', { maxMs: 1999 }],
      ['TOO_MANY_STREAMS', { maxStreams: 1 }],
      ['PICTURE_TOO_LARGE', { maxWidth: 319 }],
      ['PICTURE_TOO_LARGE', { maxHeight: 179 }],
    ]
    for (const [code, cap] of less)
      expect(() => assertCaps(info, { ...exact, ...cap })).toThrow(expect.objectContaining({ code }))
  })

  it('refuses six hours', async () => {
    const work = await testWork()
    const file = await make(
      work.file('a.mp4'),
      '-f',
      'lavfi',
      '-i',
      'color=black:s=16x16:r=1/30:d=21600',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    )
    await expect(probe(file, work)).rejects.toMatchObject({ code: 'TOO_LONG', data: { maxMs: 5 * 3_600_000 } })
  })

  it('refuses 200 streams', async () => {
    const work = await testWork()
    const maps = Array.from({ length: 200 }, () => ['-map', '0:a']).flat()
    const file = await make(work.file('a.mkv'), '-f', 'lavfi', '-i', 'sine=d=0.1', ...maps, '-c:a', 'pcm_s16le')
    await expect(probe(file, work)).rejects.toMatchObject({
      code: 'TOO_MANY_STREAMS',
      data: { streams: 200, maxStreams: 64 },
    })
  })

  it('refuses a picture of 40,000 × 40,000 in a film', async () => {
    const work = await testWork()
    const file = await make(
      work.file('a.mkv'),
      '-f',
      'lavfi',
      '-i',
      'color=red:s=320x240:r=1:d=1',
      '-c:v',
      'rawvideo',
      '-pix_fmt',
      'yuv420p',
    )
    const bytes = await readFile(file)
    // PixelWidth and PixelHeight with two bytes each: 0x140 and 0xf0 are made 40,000
    const at = bytes.indexOf(Buffer.from([0xb0, 0x82, 0x01, 0x40]))
    const height = bytes.indexOf(Buffer.from([0xba, 0x81, 0xf0]))
    bytes.writeUInt16BE(40_000, at + 2)
    const wide = Buffer.concat([
      bytes.subarray(0, height),
      Buffer.from([0xba, 0x82, 0x9c, 0x40]),
      bytes.subarray(height + 3),
    ])
    await writeFile(work.file('wide.mkv'), wide)
    await expect(probe(work.file('wide.mkv'), work)).rejects.toMatchObject({ code: 'PICTURE_TOO_LARGE' })
    await writeFile(work.file('b.mkv'), bytes)
    await expect(probe(work.file('b.mkv'), work)).rejects.toMatchObject({
      code: 'PICTURE_TOO_LARGE',
      data: { width: 40_000 },
    })
  })

  it('refuses a still picture of 40,000 × 40,000 by its header', async () => {
    const work = await testWork()
    const file = await make(work.file('a.png'), '-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1')
    const bytes = await readFile(file)
    bytes.writeUInt32BE(40_000, 16)
    bytes.writeUInt32BE(40_000, 20)
    await writeFile(file, bytes)
    await expect(probe(file, work)).rejects.toMatchObject({ code: 'PICTURE_TOO_LARGE' })
  })

  it('are read from the environment', () => {
    expect(readMediaCaps({})).toEqual(MEDIA_CAPS)
    expect(readMediaCaps({ MAX_SOURCE_BYTES: '1000', MAX_SOURCE_HOURS: '0.5' })).toMatchObject({
      maxBytes: 1000,
      maxMs: 1_800_000,
    })
  })
})
