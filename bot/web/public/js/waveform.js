/** How many bars a wave has. */
const BARS = 160

const known = new Map()

/** The loudest of each of 160 stretches of a sound, 0 to 1. */
export function wavePeaks(url) {
  if (!known.has(url)) known.set(url, readPeaks(url))
  return known.get(url)
}

async function readPeaks(url) {
  const response = await fetch(url)
  const context = new OfflineAudioContext(1, 1, 16_000)
  const sound = await context.decodeAudioData(await response.arrayBuffer())
  const samples = sound.getChannelData(0)
  const size = Math.max(1, Math.floor(samples.length / BARS))
  const peaks = Array.from({ length: BARS }, (_, bar) => loudest(samples, bar * size, size))
  const most = Math.max(...peaks, 0.01)
  return peaks.map((peak) => peak / most)
}

function loudest(samples, from, size) {
  let peak = 0
  for (let index = from; index < from + size && index < samples.length; index++)
    peak = Math.max(peak, Math.abs(samples[index]))
  return peak
}

/** Draws bars in the page's colours (the canvas carries them as `color` and `caret-color`); what was played is in the accent. */
export function drawWave(canvas, peaks, played) {
  const { clientWidth: width, clientHeight: height } = canvas
  if (width === 0) return
  const scale = devicePixelRatio || 1
  canvas.width = width * scale
  canvas.height = height * scale
  const pen = canvas.getContext('2d')
  pen.scale(scale, scale)
  const style = getComputedStyle(canvas)
  const count = Math.max(20, Math.min(BARS, Math.floor(width / 4)))
  const step = width / count
  for (let bar = 0; bar < count; bar++) {
    const peak = peaks?.[Math.floor((bar * peaks.length) / count)] ?? 0.08
    const size = Math.max(2, peak * (height - 4))
    pen.fillStyle = bar / count < played ? style.color : style.caretColor
    pen.beginPath()
    pen.roundRect(bar * step + 0.5, (height - size) / 2, Math.max(1.5, step - 1.5), size, 1)
    pen.fill()
  }
}
