/** Templates before AWS's own checker, `cfn-lint`: what CloudFormation would refuse, found without an account. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { withPython } from '../../../infra/local/python.ts';
import { plain, type TemplateText } from './synthesized.ts';

/** Rules that are not asked, each with why. */
const unasked = {
  W3005: 'DependsOn where a reference says it already: CDK writes both, and CloudFormation takes both.',
} as const;

/** Whether an action knows the resources that it is allowed on: only informed of, unless asked. */
const actionsAndResources = 'I3510';

const requirements = join(import.meta.dirname, 'cfn-lint-requirements.txt');
// Not by the script that pip wrote: it names the folder in which the environment was made.
const run = 'import sys; from cfnlint.runner import main; sys.exit(main())';

const findings = z.array(
  z.object({
    Filename: z.string(),
    Rule: z.object({ Id: z.string() }),
    Message: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
  }),
);

/**
 * What is wrong with each template, by its name, as `rule at path: message`; `undefined` where Python or PyPI is missing. `regions` are
 * all those in which the template must work.
 */
export async function linted(
  templates: Readonly<Record<string, TemplateText>>,
  regions: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  return withPython({ name: 'cfn-lint', requirements, untested: 'AS CLOUDFORMATION WOULD READ IT' }, (python) => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'));
    try {
      const files = Object.entries(templates).map(([name, template]) => {
        const file = join(folder, `${name}.json`);
        writeFileSync(file, JSON.stringify(withDefinitions(template)));
        return file;
      });
      const asked = [
        '-c',
        actionsAndResources,
        '-i',
        ...Object.keys(unasked),
        '-r',
        ...regions,
        '-f',
        'json',
        '--non-zero-exit-code',
        'none',
      ];
      const { status, stdout, stderr } = spawnSync(python, ['-c', run, ...asked, '--', ...files], {
        encoding: 'utf8',
        maxBuffer: 50_000_000,
        timeout: 300_000,
      });
      if (status !== 0) throw new Error(`cfn-lint ended with ${status}: ${stderr.slice(-2000)}`);
      return byTemplate(Object.keys(templates), stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function byTemplate(names: readonly string[], stdout: string): ReadonlyMap<string, readonly string[]> {
  const found = findings.parse(JSON.parse(stdout));
  return new Map(
    names.map((name) => [
      name,
      found
        .filter(({ Filename }) => basename(Filename) === `${name}.json`)
        .map(({ Rule, Message, Location }) => `${Rule.Id} at ${(Location.Path ?? []).join('/')}: ${Message}`),
    ]),
  );
}

/** The definition of a workflow is looked into only where it is one text, without references. */
function withDefinitions(template: TemplateText): TemplateText {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).map(([id, one]) => {
      if (one.Type !== 'AWS::StepFunctions::StateMachine') return [id, one];
      const DefinitionString = plain(one.Properties['DefinitionString'])
        .replaceAll('arn:AWS::Partition:', 'arn:aws:')
        .replaceAll(/"(\w+)\.Arn"/g, '"arn:aws:lambda:ap-southeast-1:000000000000:function:$1"');
      return [id, { ...one, Properties: { ...one.Properties, DefinitionString } }];
    }),
  );
  return { ...template, Resources };
}
