/** Demuxers of plain containers. None of them opens another file or address (no hls, concat, dash, image2, sdp, subtitles). */
const CONTAINERS = [
  'mov',
  'mp4',
  'm4a',
  '3gp',
  'matroska',
  'webm',
  'avi',
  'mpegts',
  'mpeg',
  'flv',
  'asf',
  'ogg',
  'mxf',
  'gxf',
  'rm',
  'nut',
  'ivf',
  'dv',
  'wav',
  'w64',
  'aiff',
  'au',
  'caf',
  'flac',
  'mp3',
  'aac',
  'ac3',
  'eac3',
  'dts',
  'amr',
  'ape',
  'wv',
  'tta',
  'mpc',
  'mpc8',
].join(',')

/**
 * What stands before `-i` for every file that somebody else made (DESIGN 9): both lists are needed, since a playlist named
 * .mp4 passes the protocol list alone.
 */
export const FOREIGN_INPUT: readonly string[] = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', CONTAINERS]
