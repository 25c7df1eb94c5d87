import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Files below `folder` (relative, sorted) that call one of `defines`, once for each call: what a registry must list.
 * Tests and the file that declares the function do not count.
 */
export async function definitions(folder: string, defines: readonly string[]): Promise<readonly string[]> {
  const calls = new RegExp(`(?<!function )\\b(?:${defines.join('|')})\\(`, 'g')
  const found: string[] = []
  for (const file of (await readdir(folder, { recursive: true })).toSorted()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || path.basename(file) === 'define.ts') continue
    const text = await readFile(path.join(folder, file), 'utf8')
    for (const _call of text.matchAll(calls)) found.push(file)
  }
  return found
}
