import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { LAYERS } from '../../.dependency-cruiser.mjs'

/** Broken rules beyond the table of layers: file, what it imports, and the rule that must see it. */
const OTHERS: readonly [file: string, imports: string, rule: string][] = [
  ['domain/strings.ts', '#core/leaf.ts', 'layer-domain'],
  ['pipelines/stage-code.ts', '#workers/stages/one/run.ts', 'layer-pipelines'],
  ['services/a-test.ts', '#test/leaf.ts', 'layer-services'],
  ['workers/stages/one/sibling.ts', '#workers/stages/two/run.ts', 'stages-do-not-import-stages'],
  ['providers/one/sibling.ts', '#providers/two/index.ts', 'providers-do-not-import-providers'],
  ['media/spawn.ts', 'node:child_process', 'processes-start-in-core-run'],
  ['services/queue.ts', 'bullmq', 'queue-library-in-engine'],
  ['services/web.ts', 'fastify', 'web-server-in-bot-and-api'],
  ['services/ffmpeg.ts', 'fluent-ffmpeg', 'media-libraries-in-media'],
  ['services/client.ts', '@prisma/client', 'database-client-in-prisma'],
  ['services/unscoped.ts', '#prisma/unscoped.ts', 'unscoped-client'],
  ['services/circle-back.ts', '#services/circle.ts', 'no-circular'],
  ['services/nowhere.ts', '#services/no-such-file.ts', 'unresolvable'],
  ['services/dev-tool.ts', 'vitest', 'no-test-tools-in-the-product'],
]

/** Files that are imported above. */
const LEAVES = [
  'core/errors.ts',
  'prisma/unscoped.ts',
  'providers/two/index.ts',
  'scripts/leaf.ts',
  'test/leaf.ts',
  'workers/stages/one/run.ts',
  'workers/stages/two/run.ts',
]

/** Fills `root` with a small tree that breaks every rule once. Returns `<rule> <file>` for each, sorted. */
export async function plantViolations(root: string, project: string): Promise<readonly string[]> {
  const folders = Object.keys(LAYERS)
  for (const file of [...LEAVES, ...folders.map((folder) => `${folder}/leaf.ts`)]) await plant(root, file, '')
  const expected: string[] = []
  for (const [folder, allowed] of Object.entries(LAYERS)) {
    for (const other of folders.filter((name) => name !== folder)) {
      const file = `${folder}/to-${other}.ts`
      await plant(root, file, `import '#${other}/leaf.ts'\n`)
      if (!allowed.includes(`${other}/`)) expected.push(`layer-${folder} ${file}`)
    }
  }
  for (const [file, imports, rule] of OTHERS) {
    await plant(root, file, `import '${imports}'\n`)
    expected.push(`${rule} ${file}`)
  }
  // a circle is told once, at one of its files
  await plant(root, 'services/circle.ts', "import '#services/circle-back.ts'\n")
  const manifest = {
    name: 'planted',
    type: 'module',
    imports: { '#*': './*' },
    dependencies: {},
    devDependencies: { vitest: '*' },
  }
  for (const name of ['bullmq', 'fastify', 'fluent-ffmpeg', '@prisma/client'])
    Object.assign(manifest.dependencies, { [name]: '*' })
  await writeFile(path.join(root, 'package.json'), JSON.stringify(manifest))
  await writeFile(path.join(root, 'tsconfig.json'), JSON.stringify({ extends: path.join(project, 'tsconfig.json') }))
  await symlink(path.join(project, 'node_modules'), path.join(root, 'node_modules'))
  return expected.toSorted()
}

async function plant(root: string, file: string, text: string): Promise<void> {
  const target = path.join(root, file)
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(target, text)
}
