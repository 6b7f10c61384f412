/** cdk-nag finds nothing that is not acknowledged, and nothing is acknowledged that it does not find. */
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import { acknowledgements, allFindings, checked } from '../../../infra/aws/checks.ts';
import { chiTraStack } from '../../../infra/aws/stack.ts';
import { context, decided } from './synthesized.ts';

const stages = ['test', 'province'];

function stageOf(name: string): App {
  const app = new App({ context });
  chiTraStack(app, name, decided(name), () => Code.fromAsset(join(import.meta.dirname, 'stand-in-code')));
  return app;
}

const found = stages
  .map((name) => ({ name, app: stageOf(name) }))
  .map((one) => ({ ...one, before: allFindings(one.app) }));

test.each(found)('of $name every finding is acknowledged', ({ app }) => {
  checked(app);
  expect(allFindings(app)).toEqual([]);
});

test.each(acknowledgements.map(({ finding, at, reason }) => ({ finding, at, reason })))(
  '$finding at $at is still found somewhere, and has a reason',
  ({ finding, at, reason }) => {
    const findings = found.flatMap(({ before }) => before);
    expect(findings.some((one) => finding.test(one.finding) && at.test(one.at))).toBe(true);
    expect(reason.length).toBeGreaterThan(30);
  },
);

test('a bucket that anybody may read over plain HTTP is not acknowledged', () => {
  const app = new App({ context });
  new Bucket(new Stack(app, 'other'), 'files');
  checked(app);
  expect(allFindings(app).map(({ finding }) => finding)).toEqual(
    expect.arrayContaining(['AwsSolutions-S1', 'AwsSolutions-S10']),
  );
});
