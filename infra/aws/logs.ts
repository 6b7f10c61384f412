/** Logs that stay as long as the stage says, under our own key. No line in them is about a person. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import type { Stage } from './stages.ts';

export type Logs = (name: string) => LogGroup;

/** Takes the beginning of the groups' names; `waf` and the API ask for names of their own. */
export function logs(scope: Construct, keys: Keys, { logDays }: Stage): Logs {
  const retention: RetentionDays = logDays;
  return (name) =>
    new LogGroup(scope, `log ${name}`, {
      logGroupName: name,
      retention,
      encryptionKey: keys.running,
      // Kept, but not after a first deployment that failed: the next would find its name taken.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
}
