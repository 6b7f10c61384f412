/**
 * `npm run mutate:approval`: the same as `npm run mutate` for the confirmations of a batch; `-- --mutate
 * shared/approval/decide.ts` a part, with `MUTATE_TESTS=decide,separation` by those test files alone.
 *
 * Wording is no behaviour here either: what a refusal says, and the words of mails and papers.
 */
import config, { strykerPlugins as plugins } from './stryker.config.mjs';

const mailWords = ['subject', 'lines', 'line', 'label', 'footer'];
const headWords = ['superior', 'agency', 'number', 'title', 'to', 'signatory', 'recipients'];
const textWords = ['paragraphs', 'closing', 'caption', 'heading'];
const wordings = new Set([...mailWords, ...headWords, ...textWords]);
const refusing = new Set(['refused', 'barred']);
const texts = new Set(['StringLiteral', 'TemplateLiteral']);

export const strykerPlugins = [
  ...plugins,
  {
    kind: 'Ignore',
    name: 'approval-wording',
    value: {
      shouldIgnore(path) {
        const { node, parent } = path;
        if (!texts.has(node.type)) return undefined;
        const isRefusal = parent?.type === 'CallExpression' && refusing.has(parent.callee.name);
        const property = path.findParent((one) => one.isObjectProperty() || one.isFunction());
        const name = property?.isObjectProperty() ? property.node.key.name : declaredBy(parent);
        return isRefusal || wordings.has(name) ? 'wording' : undefined;
      },
    },
  },
];

function declaredBy(parent) {
  return parent?.type === 'VariableDeclarator' ? parent.id.name : undefined;
}

export default {
  ...config,
  mutate: ['shared/approval/**/*.ts'],
  // A province runs in a process: in a thread, it takes itself for the background of a server.
  vitest: { ...config.vitest, configFile: 'vitest.mutate.approval.config.ts', pool: 'forks' },
  // Loading a province takes longer than the usual allowance on a busy machine, and would pass for an endless loop.
  timeoutMS: 30_000,
  plugins: ['@stryker-mutator/vitest-runner', import.meta.filename],
  ignorers: ['wording', 'approval-wording'],
  ignorePatterns: ['**', '!shared/**', '!functions/**', '!infra/**', '!test/**', '!*.json', '!*.ts'],
};
