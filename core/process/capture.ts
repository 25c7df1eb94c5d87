import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

export interface CaptureOptions {
  readonly maxBytes: number
  readonly onLine?: ((line: string) => void) | undefined
  /** called once above `maxBytes`; without it the tail is kept */
  readonly onOverflow?: (() => void) | undefined
}

/** Collects a tool's output within `maxBytes`, and tells its lines (split at LF, CR or CRLF: progress bars use CR). */
export function createCapture(stream: Readable | null, options: CaptureOptions): { bytes(): Buffer; text(): string } {
  const kept: Buffer[] = []
  let size = 0
  const splitter = options.onLine && createSplitter(options.onLine)
  stream?.on('data', (chunk: Buffer) => {
    splitter?.push(chunk)
    kept.push(chunk)
    size += chunk.length
    if (size > options.maxBytes && options.onOverflow) options.onOverflow()
    // whole chunks are dropped from the front; the rest is cut when read
    while (kept[0] && size - kept[0].length >= options.maxBytes) size -= kept.shift()?.length ?? 0
  })
  stream?.on('error', () => undefined)
  stream?.once('end', () => splitter?.end())
  const bytes = () => Buffer.concat(kept).subarray(-options.maxBytes)
  return { bytes, text: () => bytes().toString('utf8') }
}

function createSplitter(onLine: (line: string) => void) {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    push(chunk: Buffer): void {
      const parts = (rest + decoder.write(chunk)).split(/\r\n|[\r\n]/)
      rest = parts.pop() ?? ''
      for (const line of parts) if (line) onLine(line)
    },
    end(): void {
      const line = rest + decoder.end()
      if (line) onLine(line)
    },
  }
}
