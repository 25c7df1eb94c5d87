import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of the first of a tool's commands or files that is there; undefined when none is. */
export function findTool(tool) {
  for (const command of tool.commands ?? []) {
    const path = findCommand(command)
    if (path !== undefined) return path
  }
  return (tool.files ?? []).flatMap(expand).find(exists)
}

/** The path of a command in PATH. */
export function findCommand(command) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, command)).find(isExecutable)
}

/** One `*` stands for one folder. */
function expand(pattern) {
  const [before, after] = pattern.split('*/')
  if (after === undefined) return [pattern]
  try {
    return readdirSync(before).map((name) => join(before, name, after))
  } catch {
    return []
  }
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
