/** What a file is by its first bytes, whatever its name says. `unknown` may still be media: ffprobe decides. */
export type SniffedKind = 'empty' | 'html' | 'svg' | 'playlist' | 'subtitles' | 'text' | 'picture' | 'media' | 'unknown'

/** Looks at the first bytes of a file (4 KiB are enough). */
export function sniff(head: Uint8Array): SniffedKind {
  if (head.length === 0) return 'empty'
  const latin = Buffer.from(head.subarray(0, 4096)).toString('latin1')
  if (PICTURES.some((pattern) => pattern.test(latin))) return 'picture'
  if (MEDIA.some((pattern) => pattern.test(latin))) return 'media'
  if (!isText(head)) return 'unknown'
  return sniffText(
    Buffer.from(head.subarray(0, 4096))
      .toString('utf8')
      .replace(/^\uFEFF/u, '')
      .trimStart(),
  )
}

const PICTURES = [
  /^\x89PNG\r\n/u,
  /^\xFF\xD8\xFF/u,
  /^GIF8[79]a/u,
  /^RIFF.{4}WEBP/su,
  /^BM.{12}[\x0C\x28\x6C\x7C]\0\0\0/su,
  /^(?:II\*\0|MM\0\*)/u,
]
const MEDIA = [
  /^.{4}(?:ftyp|moov|mdat|free|skip|wide)/su,
  /^\x1A\x45\xDF\xA3/u,
  /^RIFF.{4}(?:WAVE|AVI )/su,
  /^(?:OggS|fLaC|ID3|FLV\x01)/u,
  /^\x30\x26\xB2\x75/u,
]

/** Zero bytes never stand in text (UTF-16 subtitles are converted by whoever saves them). */
function isText(head: Uint8Array): boolean {
  return !head.subarray(0, 4096).includes(0)
}

function sniffText(text: string): SniffedKind {
  if (/^(?:<!doctype html|<html|<head|<body)/iu.test(text)) return 'html'
  if (/<svg[\s>]/iu.test(text)) return 'svg'
  if (/<html[\s>]/iu.test(text)) return 'html'
  if (/^(?:#EXTM3U|ffconcat version|\[playlist\]|v=0\r?\n|<\?xml[^>]*>\s*<(?:MPD|smil|asx)|<MPD|<asx)/iu.test(text))
    return 'playlist'
  if (/^(?:WEBVTT|\[script info\])/iu.test(text) || /^\S*\d:\d\d\S*\s*-->/mu.test(text)) return 'subtitles'
  return 'text'
}
