/** kill -9 of one of the studio's processes, by `turn`. */
export function killNow(
  pids: Readonly<Record<string, number | undefined>>,
  turn: number,
  print: (line: string) => void,
): void {
  const living = Object.entries(pids).filter(([, pid]) => pid !== undefined)
  const [name, pid] = living[turn % Math.max(1, living.length)] ?? []
  if (pid === undefined) return
  print(`  kill -9 ${name ?? ''} (${pid})`)
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended by itself meanwhile
  }
}
