import { AudioPlayer } from './audio-player.js'
import { bytes, clock } from './format.js'
import { html } from './html.js'
import { Icon } from './icons.js'
import { t } from './words.js'

/** Players and pictures first, then the files to take away. Players have their file in that list too. */
export function Media({ media }) {
  // the first is the one to look at: a preview stands before the whole
  const video = media.find((file) => file.mime.startsWith('video/') && playable(file))
  const sounds = media.filter((file) => file.mime.startsWith('audio/'))
  const frame = video && media.find((file) => file.name.startsWith('frame.'))
  // a sound's player draws its wave itself, and a player shows the frame
  const drawn = (file) => file === frame || (sounds.length > 0 && file.name.startsWith('waveform'))
  const pictures = media.filter((file) => file.mime.startsWith('image/') && !drawn(file))
  const tracks = media.filter((file) => file.mime === 'text/vtt')
  return html`<div class="media">
    ${video && html`<${Video} key=${video.url} file=${video} tracks=${tracks} poster=${frame?.url} />`}
    ${pictures.length > 0 && html`<div class="pictures">${pictures.map((file) => html`<a href=${file.url} target="_blank" rel="noopener"><img src=${file.url} alt=${file.name} loading="lazy" /></a>`)}</div>`}
    ${sounds.slice(0, 4).map((file) => html`<${AudioPlayer} key=${file.url} file=${file} />`)}
    <${Files} files=${media.filter((file) => !file.mime.startsWith('image/'))} />
  </div>`
}

/** Matroska is for taking away: browsers do not play it. */
function playable(file) {
  return document.createElement('video').canPlayType(file.mime) !== ''
}

function Video({ file, tracks, poster }) {
  return html`<figure class="video">
    <video src=${file.url} poster=${poster} controls preload="metadata" playsinline aria-label=${file.name}>
      ${tracks.map((track, index) => html`<track kind="subtitles" src=${track.url} srclang=${track.language ?? ''} label=${track.language ?? track.name} default=${index === 0 && tracks.length === 1} />`)}
    </video>
  </figure>`
}

function Files({ files }) {
  if (files.length === 0) return null
  return html`<ul class="files" aria-label=${t('files')}>
    ${files.map(
      (file) =>
        html`<li>
          <a
            href=${`${file.url}${file.url.includes('?') ? '&' : '?'}download`}
            download=${file.name}
            aria-label=${t('download', { name: file.name })}
          >
            <span class="ending">${ending(file.name)}</span>
            <span class="file-name">${file.name}</span>
            <span class="muted size"
              >${[file.durationSeconds === undefined ? '' : clock(file.durationSeconds), bytes(file.bytes)].filter(Boolean).join(' · ')}</span
            >
            <${Icon} name="download" size="18" />
          </a>
        </li>`,
    )}
  </ul>`
}

function ending(name) {
  return (/\.(\w{1,4})$/.exec(name)?.[1] ?? '•').toUpperCase()
}
