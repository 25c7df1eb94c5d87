import { beforeAll, describe, expect, it } from 'vitest'
import { wavHeader } from '#media/wav.ts'
import { toneMp3, toneWav } from '#test/fakes/sound.ts'
import { checkSound } from './sound-check.ts'

const check = (bytes: Buffer, text = 'Bom dia') => checkSound({ provider: 'x', bytes, text })

describe('checkSound', () => {
  let mp3: Buffer
  beforeAll(async () => {
    mp3 = await toneMp3(2000)
  })

  it('measures whole files', () => {
    expect(check(toneWav(1500))).toBe(1500)
    expect(Math.abs(check(mp3) - 2000)).toBeLessThan(80)
  })

  it('finds every cut of a WAV', () => {
    const wav = toneWav(1000)
    for (const share of [0.999, 0.9, 0.5, 0.1])
      expect(() => check(wav.subarray(0, Math.floor(wav.length * share)))).toThrow(/truncated/u)
    expect(() => check(wav.subarray(0, 44))).toThrow(/empty|truncated/u)
    expect(() => check(wav.subarray(0, 30))).toThrow(/not_sound/u)
  })

  it('finds cuts of an MP3 within a frame, and between frames where the text is too long for what is left', () => {
    for (const share of [0.99, 0.7, 0.33])
      expect(() => check(mp3.subarray(0, Math.floor(mp3.length * share) - 1))).toThrow(/truncated/u)
    // 417 or 418 bytes a frame at 128 kbit/s: find a border
    const border = [...mp3.keys()].slice(400).find((at) => mp3.readUInt16BE(at) >>> 5 === 0x7ff && at > 1000) ?? 0
    expect(() => check(mp3.subarray(0, border), 'A sentence that nobody says in so short a time')).toThrow(/truncated/u)
  })

  it('takes WAV headers that were written before the end was known', () => {
    const wav = toneWav(700)
    wav.writeUInt32LE(0xff_ff_ff_ff, 40)
    expect(check(wav)).toBe(700)
  })

  it('accepts tags before and after MP3 frames', () => {
    const id3 = Buffer.concat([
      Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 20]),
      Buffer.alloc(20),
      mp3.subarray(mp3.indexOf(Buffer.from([0xff, 0xfb]))),
    ])
    const tail = Buffer.alloc(128)
    tail.write('TAG')
    expect(Math.abs(check(Buffer.concat([id3, tail])) - 2000)).toBeLessThan(80)
  })

  it('does not take a page, JSON, nothing or silence without length for sound', () => {
    expect(() => check(Buffer.from('<!doctype html><title>Error</title>'))).toThrow(/not_sound/u)
    expect(() => check(Buffer.from('{"error":"no"}'))).toThrow(/not_sound/u)
    expect(() => check(Buffer.alloc(0))).toThrow(/empty/u)
    expect(() => check(wavHeader(0, 1, 24_000))).toThrow(/empty/u)
    expect(() => check(Buffer.alloc(5000))).toThrow(/not_sound/u)
  })
})
