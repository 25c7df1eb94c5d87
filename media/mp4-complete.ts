import { open } from 'node:fs/promises'

const MAX_BOXES = 100_000

/**
 * Whether the top-level boxes of an MP4 or QuickTime file end where the file ends: a faststart file that was cut short
 * still opens, and would give a dub of half the film.
 */
export async function isMp4Complete(path: string, bytes: number): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(16)
    let at = 0
    for (let box = 0; box < MAX_BOXES && at + 8 <= bytes; box++) {
      await file.read(head, 0, 16, at)
      const size = boxSize(head, bytes - at)
      if (size < 8 || at + size > bytes) return false
      at += size
    }
    // up to 7 stray bytes after the last box harm nobody
    return bytes - at < 8
  } finally {
    await file.close()
  }
}

/** 32-bit size; 1: a 64-bit size follows the type; 0: up to the end of the file. */
function boxSize(head: Buffer, rest: number): number {
  const size = head.readUInt32BE(0)
  if (size === 0) return rest
  return size === 1 ? Number(head.readBigUInt64BE(8)) : size
}
