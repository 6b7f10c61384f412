/** The customer-managed keys. Each is a month's dollar, and each can be cut off by itself. */
import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface Keys {
  /** Tables, buckets and secrets. */
  readonly records: Key;
  /** Logs, queues, alarms: what runs, no data of persons. */
  readonly running: Key;
  /** Opens the one data key that every person's and file's key is sealed with. */
  readonly vault: Key;
  /** Signs people's notices; Ed25519. Has no rotation: papers outlive it, a new one is made by hand. */
  readonly notices: Key;
  /** Found by this name, so that another key may take its place. */
  readonly noticesAlias: string;
}

export function keys(scope: Construct, stage: string): Keys {
  const made = (id: string, description: string) =>
    new Key(scope, `${id} key`, {
      alias: `chi-tra-${stage}-${id}`,
      description,
      enableKeyRotation: true,
    });
  const running = made('running', 'Logs, queues and alarms of chi-tra');
  for (const statement of runningStatements(scope)) running.addToResourcePolicy(statement);
  return {
    records: made('records', 'Tables, buckets and secrets of chi-tra'),
    running,
    vault: made('vault', 'Opens the data key of chi-tra'),
    noticesAlias: `alias/chi-tra-${stage}-notices`,
    notices: new Key(scope, 'notices key', {
      alias: `chi-tra-${stage}-notices`,
      description: 'Signs notices of chi-tra',
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
    }),
  };
}

/** Services that write under this key for us. A key's policy says `*` for itself. */
function runningStatements(scope: Construct): readonly PolicyStatement[] {
  const { region, account, partition } = Stack.of(scope);
  const ofOurs = { StringEquals: { 'aws:SourceAccount': account } };
  const ifSaid = { StringEqualsIfExists: { 'aws:SourceAccount': account } };
  const statement = (service: string, actions: string[], conditions: Record<string, Record<string, string>>) =>
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal(service)],
      actions,
      resources: ['*'],
      conditions,
    });
  return [
    statement(
      `logs.${region}.amazonaws.com`,
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
    ),
    ...['cloudwatch.amazonaws.com', 'scheduler.amazonaws.com'].map((service) =>
      statement(service, ['kms:Decrypt', 'kms:GenerateDataKey'], ofOurs),
    ),
    // These do not always say for whom they put something into a queue: where they say it, it must be us.
    ...['events.amazonaws.com', 'sns.amazonaws.com'].map((service) =>
      statement(service, ['kms:Decrypt', 'kms:GenerateDataKey'], ifSaid),
    ),
  ];
}
