/** What is checked without running the product: name, and the Node arguments that check it. */
export const STATIC_STEPS: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  {
    name: 'types',
    args: [
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '--project',
      '.',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.cache/types.json',
    ],
  },
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'layers', args: ['scripts/check/layers.ts'] },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'format', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: '.env.example', args: ['scripts/env-example.ts', '--check'] },
]
