import { useEffect, useRef, useState } from 'preact/hooks'
import { clock } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { t } from './words.js'
import { drawWave, wavePeaks } from './waveform.js'

/** Sounds up to this size show their wave: larger ones would cost more than it tells. */
const MOST_WAVE_BYTES = 12_000_000

/** A sound with its wave: the wave is the slider. */
export function AudioPlayer({ file }) {
  const audio = useRef(null)
  const canvas = useRef(null)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(file.durationSeconds ?? Number.NaN)
  const peaks = usePeaks(file, canvas)

  useEffect(() => {
    const draw = () => canvas.current && drawWave(canvas.current, peaks, length > 0 ? at / length : 0)
    draw()
    const resized = new ResizeObserver(draw)
    if (canvas.current) resized.observe(canvas.current)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', draw)
    return () => {
      resized.disconnect()
      scheme.removeEventListener('change', draw)
    }
  }, [peaks, at, length])

  const toggle = () => (playing ? audio.current.pause() : audio.current.play())
  const seek = (event) => {
    audio.current.currentTime = Number(event.currentTarget.value)
    setAt(audio.current.currentTime)
  }
  return html`<div class="audio">
    <audio
      ref=${audio}
      src=${file.url}
      preload="metadata"
      onPlay=${() => {
        pauseOthers(audio.current)
        setPlaying(true)
      }}
      onPause=${() => setPlaying(false)}
      onTimeUpdate=${(event) => setAt(event.currentTarget.currentTime)}
      onLoadedMetadata=${(event) => Number.isFinite(event.currentTarget.duration) && setLength(event.currentTarget.duration)}
    ></audio>
    <button type="button" class="play" aria-label=${`${t(playing ? 'pause' : 'play')}: ${file.name}`} onClick=${toggle}>
      <${Icon} name=${playing ? 'pause' : 'play'} size="22" />
    </button>
    <span class="wave">
      <canvas ref=${canvas} aria-hidden="true"></canvas>
      <input
        type="range"
        min="0"
        max=${Number.isFinite(length) ? length : 0}
        step="0.1"
        value=${at}
        aria-label=${t('seek', { name: file.name })}
        aria-valuetext=${clock(at)}
        onInput=${seek}
      />
    </span>
    <span class="times">${clock(at)} / ${clock(length)}</span>
  </div>`
}

/** One sound at a time. */
function pauseOthers(own) {
  for (const other of document.querySelectorAll('audio, video')) if (other !== own) other.pause()
}

/** Reads the wave when the player comes into view. */
function usePeaks(file, canvas) {
  const [peaks, setPeaks] = useState()
  useEffect(() => {
    if (file.bytes > MOST_WAVE_BYTES || !canvas.current) return undefined
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return
      seen.disconnect()
      wavePeaks(file.url).then(setPeaks, () => undefined)
    })
    seen.observe(canvas.current)
    return () => seen.disconnect()
  }, [file.url])
  return peaks
}
