import type { Readable } from 'node:stream'

/** What `put` takes. `move`: the file is given up, and moved where that is possible instead of copied. */
export type StorageSource = Readable | Buffer | { readonly path: string; readonly move?: boolean }

/** Files by their SHA-256 (64 hex digits). Putting the same bytes twice keeps them once. */
export interface Storage {
  /**
   * Stores all bytes or nothing.
   * @throws AppError UPLOAD_TOO_LARGE {maxBytes} above the limit, DISK_FULL when there is no room.
   */
  put(source: StorageSource, limits?: { readonly maxBytes: number }): Promise<{ sha256: string; bytes: number }>
  /** Reads all, or bytes `start` to `end`, both included. @throws AppError NOT_FOUND */
  open(sha256: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>
  /** A readable file on this machine; never write to it. @throws AppError NOT_FOUND */
  localPath(sha256: string): Promise<string>
  stat(sha256: string): Promise<{ bytes: number } | undefined>
  /** Nothing happens where there is none. */
  delete(sha256: string): Promise<void>
  freeBytes(): Promise<number>
  list(): AsyncIterable<string>
}
