/** Prints rows `{ there, name, version, adds }` in columns: ✓ there, – missing and optional, ✗ missing and needed, ! needs a look. */
export function printTable(heads, rows) {
  const cells = rows.map((row) => [row.mark, row.name, row.version, row.adds])
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((cell) => cell[column].length)))
  const line = (cell) =>
    cell
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd()
  process.stdout.write(
    `${[line(heads), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n')}\n`,
  )
}
