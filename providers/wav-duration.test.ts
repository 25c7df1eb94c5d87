import { expect, it } from 'vitest'
import { wavHeader } from '#media/wav.ts'
import { wavDuration } from './wav-duration.ts'

it('reads past other chunks, and tells whether all samples are there', () => {
  const chunk = Buffer.from('LIST\x05\0\0\0hello\0', 'latin1')
  const head = wavHeader(480, 2, 48_000)
  const half = Buffer.concat([head.subarray(0, 36), chunk, head.subarray(36), Buffer.alloc(960)])
  expect(wavDuration(half)).toEqual({ durationMs: 5, whole: false })
  expect(wavDuration(Buffer.concat([half, Buffer.alloc(960)]))).toEqual({ durationMs: 10, whole: true })
})

it('does not take for a WAV what is none', () => {
  for (const broken of [
    Buffer.alloc(0),
    Buffer.from('RIFF'),
    Buffer.from('not a sound file'),
    wavHeader(1, 1, 8000).subarray(0, 20),
  ]) {
    expect(wavDuration(broken)).toBeUndefined()
  }
})
