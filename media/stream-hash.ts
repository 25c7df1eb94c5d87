import { AppError } from '#core/errors.ts'
import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

/**
 * SHA-256 over the packets of one stream, as they are stored: equal before and after means copied bit for bit.
 * `stream` is ffmpeg's specifier. Default: the first moving picture.
 */
export async function streamHash(file: string, work: MediaWork, stream = 'V:0'): Promise<string> {
  const options = ['-map', `0:${stream}`, '-c', 'copy', '-f', 'streamhash', '-hash', 'sha256']
  const { stdout } = await ffmpeg({ ...work, inputs: [{ source: file }], outputs: [{ path: '-', options }] })
  const hash = /SHA256=([\da-f]{64})/u.exec(stdout.toString('latin1'))?.[1]
  if (hash === undefined) throw new AppError('BROKEN_MEDIA', 'there is no such stream', { data: { stream } })
  return hash
}
