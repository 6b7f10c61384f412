/**
 * `npm run mutate`: mutation testing of the law and its computation; `-- --mutate shared/entitlement/line.ts` a part.
 * Numbers are no mutants to Stryker: the golden cases stand for those.
 *
 * Wording is no behaviour and is not mutated: the Vietnamese and English of titles, questions and citations (text under
 * `vi` or `en`, arguments of `citeWhole`), and how sure we are (`sure`). Other texts are dates, switches and names of
 * lines, and are mutated. Static mutants stay in, for the rows of the law are made on import; each runs every test.
 */
const wordings = new Set(['vi', 'en', 'sure']);
const texts = new Set(['StringLiteral', 'TemplateLiteral']);

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'wording',
    value: {
      shouldIgnore({ node, parent }) {
        if (!texts.has(node.type)) return undefined;
        const isWording = parent?.type === 'ObjectProperty' && wordings.has(parent.key.name);
        const isCitation = parent?.type === 'CallExpression' && parent.callee.name === 'citeWhole';
        return isWording || isCitation ? 'wording' : undefined;
      },
    },
  },
];

export default {
  // Not the use cases on stored cases: whole provinces test those, and each takes seconds.
  mutate: [
    'shared/law/**/*.ts',
    'shared/entitlement/**/*.ts',
    '!shared/entitlement/{recompute,reassess,replay,set-reading,what-if}.ts',
  ],
  testRunner: 'vitest',
  // Static mutants survive falsely when the runner looks for related tests by itself.
  vitest: { configFile: 'vitest.mutate.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', import.meta.filename],
  ignorers: ['wording'],
  coverageAnalysis: 'perTest',
  ignoreStatic: false,
  concurrency: 2,
  thresholds: { high: 95, low: 92, break: 90 },
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { reportTests: false },
  warnings: { slow: false },
  // What the tests need and no more: everything else would be copied.
  ignorePatterns: ['**', '!shared/**', '!test/**', '!*.json', '!*.ts'],
};
