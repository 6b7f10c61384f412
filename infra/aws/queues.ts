/** Queues of what failed. Nothing reads them but a person, as RUNBOOK.md says. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Keys } from './keys.ts';

export type Queues = (name: string) => Queue;

/** Encrypted, over TLS only, kept for the fourteen days that SQS keeps at most. */
export function queues(scope: Construct, keys: Keys): Queues {
  return (name) =>
    new Queue(scope, `${name} failed`, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.running,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
}
