/**
 * What happened, told to whom it concerns: stream of the histories → Pipe → bus → rules. An event names a stream and its
 * new entries; what they say is read from the histories by whoever may.
 */
import { Duration } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { allow } from './grants.ts';
import type { Keys } from './keys.ts';
import type { Logs } from './logs.ts';
import type { Queues } from './queues.ts';
import type { Records } from './records.ts';
import type { Stage } from './stages.ts';

const source = 'chi-tra';
const detailType = 'entries';

export interface Told {
  readonly records: Records;
  readonly keys: Keys;
  readonly queues: Queues;
  readonly logs: Logs;
  readonly tellEntries: IFunction;
  /** Each is told of everything, and tried again for an hour. */
  readonly subscribers: Readonly<Record<string, IFunction>>;
  /** Is told of mails of this set that came back. */
  readonly lostMails: { readonly note: IFunction; readonly configurationSet: string };
  readonly province: Stage['province'];
}

export interface Events {
  readonly bus: EventBus;
  /** Where there is one yet. */
  readonly pipeName?: string;
  /** By what put something into it. */
  readonly failed: Readonly<Record<string, Queue>>;
}

export function events(scope: Construct, name: string, told: Told): Events {
  const bus = new EventBus(scope, 'bus', { eventBusName: name });
  const failed: Record<string, Queue> = {};
  for (const [subscriber, target] of Object.entries(told.subscribers)) {
    const deadLetterQueue = told.queues(`rule ${subscriber}`);
    failed[`rule ${subscriber}`] = deadLetterQueue;
    new Rule(scope, `rule ${subscriber}`, {
      eventBus: bus,
      eventPattern: { source: [source], detailType: [detailType] },
      targets: [new Target(target, { deadLetterQueue, retryAttempts: 20, maxEventAge: Duration.hours(1) })],
    });
  }
  lostMails(scope, told);
  const unread = told.queues('pipe');
  const all = { ...failed, pipe: unread };
  if (told.province === 'arrives') return { bus, failed: all };
  return { bus, pipeName: pipe(scope, name, bus, unread, told), failed: all };
}

/**
 * SES tells of its mails on the account's own bus, whatever bus is named, and with the receiver's address. Only which mail it was
 * and why goes on, so that no address lies in a queue; for the same reason what Lambda would not even take for a day is given up.
 */
function lostMails(scope: Construct, { lostMails: { note, configurationSet } }: Told): void {
  for (const [eventType, said] of Object.entries(saidOfLost)) {
    const why = Object.fromEntries(
      Object.entries(said).map(([part, fields]) => [
        part,
        Object.fromEntries(fields.map((field) => [field, EventField.fromPath(`$.detail.${part}.${field}`)])),
      ]),
    );
    new Rule(scope, `rule note-lost-mail ${eventType}`, {
      eventPattern: {
        source: ['aws.ses'],
        detail: { eventType: [eventType], mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
      },
      targets: [
        new Target(note, {
          event: RuleTargetInput.fromObject({ source: 'aws.ses', detail: { eventType, ...why } }),
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
  }
}

/** What `functions/aws/ses-events.ts` reads of each, and every such event has. */
const saidOfLost: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Bounce: { mail: ['messageId'], bounce: ['bounceType', 'bounceSubType'] },
  Reject: { mail: ['messageId'], reject: ['reason'] },
};

function pipe(scope: Construct, name: string, bus: EventBus, unread: Queue, told: Told): string {
  const stream = told.records.histories.streamArn;
  const logGroup = told.logs(`/aws/vendedlogs/pipes/${name}`);
  // Without a name: another source or beginning makes another Pipe, which cannot have the name of the one that it replaces.
  const made = new CfnPipe(scope, 'pipe', {
    roleArn: pipeRole(scope, stream, bus, unread, told).roleArn,
    source: stream,
    sourceParameters: {
      // A head says where its history ends; claims and sealed entries say nothing new.
      filterCriteria: {
        filters: [{ pattern: JSON.stringify({ dynamodb: { NewImage: { last: { N: [{ exists: true }] } } } }) }],
      },
      dynamoDbStreamParameters: {
        // What arrived with a province happened long ago.
        startingPosition: told.province === 'moved-in' ? 'LATEST' : 'TRIM_HORIZON',
        // An event bus takes no more at once, and of a longer list that enrichment gives the Pipe tells nothing:
        // docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
        batchSize: 10,
        maximumBatchingWindowInSeconds: 1,
        maximumRetryAttempts: 100,
        maximumRecordAgeInSeconds: 80_000,
        onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
        deadLetterConfig: { arn: unread.queueArn },
      },
    },
    enrichment: told.tellEntries.functionArn,
    target: bus.eventBusArn,
    targetParameters: { eventBridgeEventBusParameters: { source, detailType } },
    // Without the data of an execution: the records of the stream have rows in them.
    logConfiguration: { level: 'ERROR', cloudwatchLogsLogDestination: { logGroupArn: logGroup.logGroupArn } },
  });
  return made.ref;
}

function pipeRole(scope: Construct, stream: string, bus: EventBus, unread: Queue, told: Told): Role {
  const { keys, tellEntries } = told;
  const statements = [
    allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      [stream],
    ),
    allow(['kms:Decrypt'], [keys.records.keyArn]),
    allow(['lambda:InvokeFunction'], [tellEntries.functionArn]),
    allow(['events:PutEvents'], [bus.eventBusArn]),
    allow(['sqs:SendMessage'], [unread.queueArn]),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.running.keyArn]),
  ];
  return new Role(scope, 'pipe role', {
    assumedBy: new ServicePrincipal('pipes.amazonaws.com'),
    inlinePolicies: { own: new PolicyDocument({ statements, minimize: true }) },
  });
}
