import { AppError } from '#core/errors.ts'

const BROKEN =
  /invalid data found|moov atom not found|could not find codec parameters|error reading header|ebml header parsing failed|truncat|partial file|end of file|header missing|invalid argument.*decod|invalid nal/iu
const SIZE = /picture size (\d+)x(\d+) is invalid/iu

/** What ffmpeg's or ffprobe's failure on a foreign file says about that file; any other error as it is. */
export function mediaFailure(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'TOOL_FAILED') return error
  const stderr = String(error.data['stderr'] ?? '')
  const size = SIZE.exec(stderr)
  if (size) return tooLarge(Number(size[1]), Number(size[2]), error)
  if (/format not on whitelist/iu.test(stderr)) {
    return new AppError('FORBIDDEN_FORMAT', 'a container that is not accepted', { cause: error, data: { stderr } })
  }
  if (BROKEN.test(stderr))
    return new AppError('BROKEN_MEDIA', 'the file cannot be read', { cause: error, data: { stderr } })
  return error
}

function tooLarge(width: number, height: number, cause: unknown): AppError {
  return new AppError('PICTURE_TOO_LARGE', 'the picture is larger than decoders accept', {
    cause,
    data: { width, height, maxWidth: 8192, maxHeight: 8192 },
  })
}
