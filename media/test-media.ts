import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '#core/run.ts'

/** A scratch folder and a signal for one test; the folder goes when the test ends. */
export async function testWork(): Promise<{ workDir: string; signal: AbortSignal; file: (name: string) => string }> {
  const workDir = await mkdtemp(path.join(tmpdir(), 'dailies-media-'))
  onTestFinished(() => rm(workDir, { recursive: true, force: true }))
  return { workDir, signal: new AbortController().signal, file: (name) => path.join(workDir, name) }
}

/** Makes a file with ffmpeg, e.g. `make(work.file('a.mp4'), '-f', 'lavfi', '-i', 'sine=d=1')`. */
export async function make(file: string, ...args: string[]): Promise<string> {
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args, file])
  return file
}
