/** CDK's own switches: all as CDK recommends, but for those that say here why not. A newer CDK that recommends more fails here first. */
import { CURRENTLY_RECOMMENDED_FLAGS as recommended } from 'aws-cdk-lib/cx-api';
import { expect, test } from 'vitest';
import { context } from './synthesized.ts';

/**
 * Most say nothing of our stack. Two mend what an account would have shown first: a changed authorizer is deployed
 * (`authorizerChangeDeploymentLogicalId`), and the access log of the gateway is named without the `:*` of a log group's address.
 */
const otherwise: Readonly<Record<string, readonly [value: unknown, why: string]>> = {
  '@aws-cdk/core:target-partitions': [['aws'], 'no stage lies in China: what is made for one partition is simpler'],
  '@aws-cdk/core:enablePartitionLiterals': [false, 'changes how addresses are written, and nothing that they say'],
};

test('every switch is as CDK recommends, or as it says here', () => {
  const wanted = Object.entries(recommended)
    .filter(([, value]) => value !== false)
    .map(([flag, value]) => [flag, otherwise[flag]?.[0] ?? value]);
  expect(wanted.length).toBeGreaterThan(80);
  expect(context).toMatchObject(Object.fromEntries(wanted));
});

test('no switch is set that CDK does not know, and none is kept for a reason that is gone', () => {
  const { stage, ...set } = context;
  expect(stage).toBe('test');
  expect(Object.keys(set).filter((flag) => !(flag in recommended))).toEqual([]);
  for (const [flag, [value]] of Object.entries(otherwise)) expect(recommended[flag]).not.toEqual(value);
});
