import { expect, it } from 'vitest'
import { sniff } from './sniff.ts'

it.each([
  ['empty', ''],
  ['html', ' <!DOCTYPE html><html><body>Not found'],
  ['html', '<?xml version="1.0"?><html xmlns="x">'],
  ['svg', '<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">'],
  ['playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
  ['playlist', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
  ['playlist', '<?xml version="1.0"?>\n<MPD>'],
  ['playlist', 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n'],
  ['subtitles', 'WEBVTT\n\n'],
  ['subtitles', '1\n00:00:01,000 --> 00:00:02,000\nHi\n'],
  ['text', 'hello'],
  ['picture', '\x89PNG\r\n\x1A\n'],
  ['picture', '\xFF\xD8\xFF\xE0'],
  ['media', '\0\0\0\x20ftypisom'],
  ['media', '\x1A\x45\xDF\xA3'],
  ['media', 'RIFF\0\0\0\0WAVEfmt '],
  ['unknown', '\0\x01\x02\x03'],
])('sees %s', (kind, head) => {
  expect(sniff(Buffer.from(head, 'latin1'))).toBe(kind)
})
