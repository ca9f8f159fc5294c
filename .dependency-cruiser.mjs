// Who may import whom. The two tables are those of ARCHITECTURE.md ("Floors"); the rules are made from them.

/** The rooms of the library, and the rooms that each may look into besides itself. */
const floors = {
  foundation: [],
  model: ['foundation'],
  rules: ['foundation', 'model'],
  ports: ['foundation', 'model'],
  operations: ['foundation', 'model', 'rules', 'ports', 'cache'],
  cache: ['foundation', 'model', 'rules', 'ports'],
  stores: ['foundation', 'model', 'ports'],
  signals: ['foundation', 'model', 'ports'],
  detectors: ['foundation', 'model', 'ports'],
  sinks: ['foundation', 'model', 'ports'],
  testing: ['foundation', 'model', 'ports'],
  transport: ['foundation', 'model', 'operations'],
  'http-api': ['foundation', 'model', 'operations', 'transport'],
  frameworks: ['foundation', 'model', 'operations', 'transport', 'http-api'],
  client: ['http-api/wire-types.ts'],
  react: ['client', 'http-api/wire-types.ts'],
}

/** The doors of the library that a workspace may come in by. */
const doorsFor = {
  'packages/server': [
    'index',
    'ports',
    'memory',
    'sqlite',
    'postgres',
    'sealed',
    'signals',
    'detectors',
    'http',
    'client',
  ],
  'apps/console': ['client', 'react'],
  examples: ['index', 'express', 'fastify', 'hono', 'http', 'signals', 'sqlite', 'client', 'react'],
}

const library = '^packages/latchkey/src/'
// `x.fake.ts` stands beside tests, for their use only: it is as free as they are.
const tests = '[.](test|fake)[.]tsx?$'
const inner = 'foundation|model|rules|ports|operations|cache'

const floorRules = Object.entries(floors).map(([room, mayLookInto]) => ({
  name: `floor-of-${room}`,
  comment: `${room} may look into ${mayLookInto.join(', ') || 'nothing'}, and into no door.`,
  severity: 'error',
  from: { path: `${library}${room}/`, pathNot: tests },
  to: { path: library, pathNot: [room, ...mayLookInto].map(pathOf) },
}))

const doorRules = Object.entries(doorsFor).map(([workspace, doors]) => ({
  name: `doors-of-${workspace.replace('/', '-')}`,
  comment: `${workspace} comes into the library by these doors only: ${doors.join(', ')}.`,
  severity: 'error',
  from: { path: `^${workspace}/`, pathNot: tests },
  to: { path: '^packages/latchkey/', pathNot: `${library}(${doors.join('|')})[.]ts$` },
}))

function pathOf(room) {
  return room.endsWith('.ts') ? `${library}${room.replace('.', '[.]')}$` : `${library}${room}/`
}

export default {
  forbidden: [
    ...floorRules,
    ...doorRules,
    {
      name: 'no-store-imports-another',
      comment: 'Stores share no code: SQL stands in plain sight and is duplicated freely.',
      severity: 'error',
      from: { path: `${library}stores/([^/]+)/`, pathNot: tests },
      to: { path: `${library}stores/`, pathNot: `${library}stores/$1/` },
    },
    {
      name: 'no-package-inside',
      comment: `${inner.replaceAll('|', ', ')} use no package: what decides about sessions is all ours.`,
      severity: 'error',
      from: { path: `${library}(${inner})/`, pathNot: tests },
      to: { path: 'node_modules/' },
    },
    {
      name: 'pure-of-the-machine',
      comment: 'model, rules and ports know no machine; client and react run in a browser.',
      severity: 'error',
      from: { path: `${library}(model|rules|ports|client|react)/`, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one idea, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^(packages|apps|examples)/' },
      to: {
        couldNotResolve: true,
        pathNot: ['^virtual:', '^/latchkey/', '^vite/client$', '[.]css$', '[.]svg$', '[.]woff2$'],
      },
    },
    {
      name: 'tools-stay-outside',
      comment: 'What is shipped or copied imports nothing from tests, tools or bench.',
      severity: 'error',
      from: { path: '^((packages|apps)/[^/]+/src|examples)/' },
      to: { path: '^(tests|tools|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['latchkey-source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
    },
  },
}
