/** Who may import whom (docs/architecture.md): folder → what it may import beside itself. */
export const LAYERS = {
  core: [],
  domain: ['core/errors[.]ts'],
  prisma: ['domain/', 'core/'],
  media: ['domain/', 'core/'],
  providers: ['media/', 'domain/', 'core/'],
  engine: ['prisma/', 'domain/', 'core/'],
  workers: ['engine/', 'providers/', 'media/', 'prisma/', 'domain/', 'core/'],
  pipelines: [
    'engine/(plan-builder|engine)[.]ts',
    'workers/stages/(contract|contracts)[.]ts',
    'workers/stages/[^/]+/contract[.]ts',
    'domain/',
    'core/',
  ],
  services: ['pipelines/', 'engine/', 'prisma/', 'domain/', 'core/'],
  commands: ['services/', 'domain/', 'core/'],
  scheduler: ['services/', 'domain/', 'core/'],
  api: ['services/', 'domain/', 'core/'],
  bot: ['commands/', 'services/', 'domain/', 'core/'],
}

const FOLDERS = Object.keys(LAYERS).join('|')
/** roots compose everything; tests and what only they use may look anywhere */
const TESTS = '[.](test|fixture)[.]ts$|/test-[^/]+[.]ts$'
const FREE = `(^|/)main[.]ts$|${TESTS}`

function layer([folder, allowed]) {
  return {
    name: `layer-${folder}`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: FREE },
    to: { path: `^(${FOLDERS}|scripts|test|bench)/`, pathNot: [`^${folder}/`, ...allowed.map((path) => `^${path}`)] },
  }
}

function only(name, what, where) {
  return {
    name,
    severity: 'error',
    from: { path: `^(${FOLDERS})/`, pathNot: [where, TESTS] },
    to: { path: what },
  }
}

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(layer),
    {
      name: 'stages-do-not-import-stages',
      severity: 'error',
      from: { path: '^workers/stages/([^/]+)/', pathNot: FREE },
      to: { path: '^workers/stages/[^/]+/', pathNot: '^workers/stages/$1/' },
    },
    {
      name: 'providers-do-not-import-providers',
      severity: 'error',
      from: { path: '^providers/([^/]+)/', pathNot: FREE },
      to: { path: '^providers/[^/]+/', pathNot: '^providers/$1/' },
    },
    only(
      'processes-start-in-core-run',
      '^(node:)?child_process$',
      '^core/(run[.]ts|process/|database/server-process[.]ts)',
    ),
    only('queue-library-in-engine', 'node_modules/bullmq/', '^(engine/|workers/main[.]ts)'),
    only('chat-libraries-in-bot', 'node_modules/(discord[.]js|@discordjs|telegraf)/', '^bot/'),
    only('web-server-in-bot-and-api', 'node_modules/(fastify|@fastify)/', '^(bot|api)/'),
    only('media-libraries-in-media', 'node_modules/(fluent-ffmpeg|yt-dlp-wrap)/', '^media/'),
    only('database-client-in-prisma', '^prisma/generated/|node_modules/@prisma/', '^prisma/'),
    {
      name: 'unscoped-client',
      severity: 'error',
      from: { path: `^(${FOLDERS})/`, pathNot: ['^(engine/|prisma/queries/system/)', FREE] },
      to: { path: '^prisma/unscoped[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      // types are gone at run time: two files may know each other's
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-tools-in-the-product',
      severity: 'error',
      from: { path: `^(${FOLDERS})/`, pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
