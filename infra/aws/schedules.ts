/** What happens by the clock of the province. */
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allow } from './grants.ts';
import type { Keys } from './keys.ts';
import type { Queues } from './queues.ts';
import type { Stage } from './stages.ts';

const timeZone = 'Asia/Ho_Chi_Minh';

/** What reminds also sends the mails that wait and tries again what failed; it asks nobody twice on one day. */
export const whens = {
  remind: 'rate(1 minute)',
  'take-anchor': 'cron(55 23 * * ? *)',
} as const;

export function schedules(
  scope: Construct,
  name: string,
  {
    remind,
    takeAnchor,
    keys,
    queues,
    province,
  }: {
    readonly remind: IFunction;
    readonly takeAnchor: IFunction;
    readonly keys: Keys;
    readonly queues: Queues;
    readonly province: Stage['province'];
  },
): Queue {
  const group = new CfnScheduleGroup(scope, 'schedules', { name });
  const failed = queues('schedules');
  const role = new Role(scope, 'schedules role', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    inlinePolicies: {
      own: new PolicyDocument({
        minimize: true,
        statements: [
          allow(['lambda:InvokeFunction'], [remind.functionArn, takeAnchor.functionArn]),
          allow(['sqs:SendMessage'], [failed.queueArn]),
          allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.running.keyArn]),
        ],
      }),
    },
  });
  const targets = { remind, 'take-anchor': takeAnchor };
  for (const id of ['remind', 'take-anchor'] as const) {
    new CfnSchedule(scope, `schedule ${id}`, {
      name: id,
      state: province === 'arrives' ? 'DISABLED' : 'ENABLED',
      groupName: group.ref,
      scheduleExpression: whens[id],
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      kmsKeyArn: keys.running.keyArn,
      target: {
        arn: targets[id].functionArn,
        roleArn: role.roleArn,
        input: '{}',
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: failed.queueArn },
      },
    });
  }
  return failed;
}
