import { BUS_RATE, msToSamples } from './pcm.ts'

/** C, A minor, F, G: three notes each, Hz, with the bass first. */
const CHORDS = [
  [65.41, 261.63, 329.63, 392],
  [55, 220, 261.63, 329.63],
  [43.65, 174.61, 220, 261.63],
  [49, 196, 246.94, 293.66],
] as const
const BAR_S = 4
const NOTE_S = 0.5
const LOUDNESS = 9000

/** A calm piece of that length: a pad of four chords and a plucked arpeggio, mono. The same samples every time. */
export function demoMusic(durationMs: number): Int16Array {
  const turn = fourBars()
  const samples = new Int16Array(msToSamples(durationMs))
  const fade = 2 * BUS_RATE
  for (let i = 0; i < samples.length; i++) {
    const edge = Math.min(1, i / fade, (samples.length - i) / fade)
    samples[i] = Math.round(LOUDNESS * edge * (turn[i % turn.length] ?? 0))
  }
  return samples
}

/** One turn through the chords. They melt into each other: the pad swells and fades within its bar. */
function fourBars(): Float64Array {
  const bar = BAR_S * BUS_RATE
  const turn = new Float64Array(bar * CHORDS.length)
  for (const [index, chord] of CHORDS.entries()) {
    for (let i = 0; i < bar; i++) {
      const t = i / BUS_RATE
      const swell = Math.sin((Math.PI * t) / BAR_S) ** 0.7
      turn[index * bar + i] = pad(chord, t) * swell * 0.5 + pluck(chord, t) * 0.5
    }
  }
  return turn
}

function pad(chord: readonly number[], t: number): number {
  let sum = 0
  // two voices a note, slightly apart, sound wide
  for (const note of chord) sum += Math.sin(2 * Math.PI * note * t) + Math.sin(2 * Math.PI * note * 1.003 * t)
  return sum / (chord.length * 2)
}

function pluck(chord: readonly number[], inBar: number): number {
  const step = Math.floor(inBar / NOTE_S)
  const since = inBar - step * NOTE_S
  const note = (chord[1 + (step % 3)] ?? 440) * (step % 6 > 2 ? 2 : 1)
  const attack = Math.min(1, since / 0.008)
  return (
    attack * Math.exp(-since * 5) * (Math.sin(2 * Math.PI * note * since) + 0.3 * Math.sin(4 * Math.PI * note * since))
  )
}
