import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

/** The executable file that a command means: a path as it is, a name by the folders of `searchPath`; undefined when there is none. */
export function findTool(command: string, searchPath: string): string | undefined {
  if (command.includes('/')) return isExecutable(command) ? command : undefined
  return searchPath
    .split(path.delimiter)
    .filter(Boolean)
    .map((dir) => path.join(dir, command))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
