// Who may import whom. Imports point one way; `npm run layers` fails on anything else.

/** What a folder of src may import besides itself. A new folder has no right to anything until it stands here. */
const layers = {
  base: [],
  model: ['base'],
  api: ['base', 'model'],
  proc: ['base'],
  locks: ['base', 'proc'],
  output: ['base', 'model'],
  report: ['base', 'model'],
  page: ['base', 'model', 'output'],
  git: ['base', 'model', 'proc'],
  config: ['base', 'model', 'git'],
  store: ['base', 'model', 'proc', 'git', 'config'],
  artefacts: ['base', 'model', 'git', 'store'],
  browse: ['base', 'model', 'proc', 'output', 'git', 'store'],
  verify: ['base', 'model', 'git', 'store'],
  step: ['base', 'model', 'proc', 'locks'],
  run: ['base', 'model', 'proc', 'locks', 'output', 'report', 'page', 'git', 'config', 'store', 'step'],
  watch: ['base', 'model', 'git'],
  sync: ['base', 'model', 'git', 'config', 'store'],
  prune: ['base', 'model', 'git', 'config', 'store', 'sync'],
  hooks: ['base', 'model', 'proc', 'git', 'config', 'store'],
  cron: ['base', 'model', 'proc', 'locks', 'git', 'config', 'store'],
  init: ['base', 'model', 'git'],
  viewer: ['base', 'model', 'api', 'proc', 'output', 'page', 'git', 'config', 'store', 'browse', 'step', 'run'],
  doctor: ['base', 'model', 'proc', 'locks', 'git', 'config', 'store', 'run', 'cron'],
};

/** The packages that only one folder knows. */
const doors = {
  'ansi-sequence-parser': 'output',
  commander: 'cli',
  'log-update': 'cli',
  colorette: 'cli',
  'string-width': 'cli',
  execa: 'proc',
  'simple-git': 'git',
  'cron-parser': 'cron',
  'markdown-it': 'page',
  ms: 'base',
  sax: 'report',
  'tap-parser': 'report',
  hono: 'viewer',
  '@hono/node-server': 'viewer',
  valibot: '(model|api)',
};

/** What the viewer's page may know of src: what it and the server say to each other, and pure rules. */
const knownToWeb = '^src/(?:(?:api|model|output)/|base/(?:byte-size|duration)\\.ts$)';

/** The packages that only the page in the browser is made of. */
const webPackages = ['preact', '@preact/signals'];

const anyOf = (names) => names.join('|');

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'what is loaded when it is called (help needs the table of commands, which holds help) is no cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    { name: 'nothing-imports-cli', severity: 'error', from: { pathNot: '^src/cli/' }, to: { path: '^src/cli/' } },
    {
      name: 'every-folder-has-a-layer',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${anyOf([...Object.keys(layers), 'cli'])})/` },
      to: {},
    },
    ...Object.entries(layers).map(([folder, allowed]) => ({
      name: `${folder}-imports-downwards`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${anyOf([folder, ...allowed])})/` },
    })),
    ...Object.entries(doors).map(([name, folder]) => ({
      name: `${name}-only-in-${folder}`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${folder}/` },
      to: { path: `node_modules/${name}/` },
    })),
    { name: 'web-knows-the-contract-only', severity: 'error', from: { path: '^web/' }, to: { path: '^src/', pathNot: knownToWeb } },
    { name: 'web-runs-in-a-browser', severity: 'error', from: { path: '^web/' }, to: { dependencyTypes: ['core'] } },
    { name: 'nothing-imports-web', severity: 'error', from: { path: '^src/' }, to: { path: '^web/' } },
    {
      name: 'page-packages-only-in-web',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: `node_modules/(?:${anyOf(webPackages)})/` },
    },
    {
      name: 'processes-only-in-proc',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/proc/' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'model-is-pure',
      severity: 'error',
      from: { path: '^src/(model|output|report|page)/' },
      to: { path: '^(node:)?(fs|fs/promises|net|http|https|os|process)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
