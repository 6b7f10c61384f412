/**
 * What wakes a person. Each alarm has a section of its name in RUNBOOK.md that says what to do, in order; a test
 * holds the two against each other.
 */
import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import type { KeptTable } from './records.ts';
import type { Stage } from './stages.ts';

export interface Watched {
  readonly keys: Keys;
  readonly stage: Stage;
  readonly api: RestApi;
  readonly workflow: StateMachine;
  readonly functions: Readonly<Record<string, IFunction>>;
  /** By what put something into them. */
  readonly failed: Readonly<Record<string, Queue>>;
  /** Takes the alarms that no mail could tell of. */
  readonly untold: Queue;
  /** The histories first. */
  readonly tables: readonly KeptTable[];
  /** Where there is one yet. */
  readonly pipeName?: string;
  readonly firewallName: string;
}

interface Wish {
  readonly says: string;
  readonly metric: IMetric;
  /** Rings above; `over` periods of the metric. */
  readonly above: number;
  readonly over: number;
  /** Rings too when nothing comes at all. */
  readonly isRingingWhenSilent?: true;
}

export function alarms(scope: Construct, name: string, watched: Watched): readonly Alarm[] {
  const topic = new Topic(scope, 'alarms', {
    topicName: `${name}-alarms`,
    masterKey: watched.keys.running,
    enforceSSL: true,
  });
  // The refusal of plain HTTP is a policy of its own, and takes the place of the usual one that lets alarms in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  new Subscription(scope, 'alarm mail', {
    topic,
    protocol: SubscriptionProtocol.EMAIL,
    endpoint: watched.stage.alarmsTo,
    deadLetterQueue: watched.untold,
  });
  return Object.entries({ ...ofPages(watched), ...ofWork(watched), ...ofServices(watched) }).map(([id, wish]) => {
    const alarm = new Alarm(scope, `alarm ${id}`, {
      alarmName: `${name}-${id}`,
      alarmDescription: `${wish.says} What to do: infra/aws/RUNBOOK.md#${id}`,
      metric: wish.metric,
      threshold: wish.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: wish.over,
      treatMissingData: wish.isRingingWhenSilent ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
    return alarm;
  });
}

const five = Duration.minutes(5);

function ofPages({ api, firewallName, functions }: Watched): Readonly<Record<string, Wish>> {
  return {
    'pages-fail': {
      says: 'The pages or the API answer with faults.',
      metric: api.metricServerError({ period: five, statistic: Stats.SUM }),
      above: 5,
      over: 2,
    },
    'pages-slow': {
      says: 'One page in twenty takes more than three seconds.',
      metric: api.metricLatency({ period: five, statistic: 'p95' }),
      above: 3000,
      over: 3,
    },
    'many-refused': {
      says: 'The firewall refuses much more than usual.',
      metric: new Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: firewallName, Rule: 'ALL', Region: api.env.region },
        period: five,
        statistic: Stats.SUM,
      }),
      above: 500,
      over: 2,
    },
    'api-fails': {
      says: 'The function of other systems fails.',
      metric: errorsOf(functions, ['api']),
      above: 5,
      over: 1,
    },
  };
}

function ofWork({ workflow, functions, failed, untold, stage }: Watched): Readonly<Record<string, Wish>> {
  const steps = (stages: RegExp) =>
    errorsOf(
      functions,
      Object.keys(functions).filter((name) => stages.test(name)),
    );
  return {
    'workflow-stopped': {
      says: 'The workflow of a batch stopped: its people are not paid until it goes on.',
      metric: new MathExpression({
        expression: 'failed + timedOut + aborted',
        usingMetrics: {
          failed: workflow.metricFailed({ period: five }),
          timedOut: workflow.metricTimedOut({ period: five }),
          aborted: workflow.metricAborted({ period: five }),
        },
        period: five,
        label: 'stopped',
      }),
      above: 0,
      over: 1,
    },
    'approval-steps-fail': {
      says: 'Steps of the workflow up to the decision fail and are tried again.',
      metric: steps(/^(entitlement|approval)-/),
      above: 20,
      over: 3,
    },
    'payment-steps-fail': {
      says: 'Steps of the workflow after the decision fail and are tried again.',
      metric: steps(/^(disbursement|completion)-/),
      above: 20,
      over: 3,
    },
    'jobs-fail': { says: 'Jobs that people began fail.', metric: errorsOf(functions, ['run-job']), above: 2, over: 1 },
    'events-fail': {
      says: 'What follows from an entry was not done, and is tried again.',
      metric: errorsOf(functions, ['follow-events', 'tell-entries']),
      above: 5,
      over: 3,
    },
    'webhooks-fail': {
      says: 'Messages to other systems cannot be put in the outbox.',
      metric: errorsOf(functions, ['send-webhooks']),
      above: 20,
      over: 3,
    },
    'anchor-missing': {
      says: 'No anchor was taken for more than a day.',
      metric: new MathExpression({
        // Ring on what did not happen: nought of nought is silence, and silence rings.
        expression: '1 - IF(FILL(invocations, 0) - FILL(errors, 0) > 0, 1, 0)',
        usingMetrics: {
          invocations: oneOf(functions, 'take-anchor').metricInvocations({ period: Duration.days(1) }),
          errors: oneOf(functions, 'take-anchor').metricErrors({ period: Duration.days(1) }),
        },
        period: Duration.days(1),
        label: 'days without an anchor',
      }),
      above: 0,
      over: 1,
      // Nothing goes by the clock yet where a province arrives.
      ...(stage.province === 'arrives' ? {} : { isRingingWhenSilent: true }),
    },
    'reminders-fail': {
      says: 'Mails are not sent, nobody is reminded, and what failed is not tried again.',
      metric: errorsOf(functions, ['remind']),
      above: 2,
      over: 3,
    },
    ...(stage.province === 'arrives' ? {} : { 'reminders-stopped': remindersStopped(functions) }),
    'left-over': {
      says: 'Something was given up after all tries, and lies in a queue.',
      metric: new MathExpression({
        expression: 'MAX(METRICS())',
        usingMetrics: Object.fromEntries(
          [...Object.values(failed), untold].map((queue, index) => [
            `q${index}`,
            queue.metricApproximateNumberOfMessagesVisible({ period: five, statistic: Stats.MAXIMUM }),
          ]),
        ),
        period: five,
        label: 'messages in the fullest queue',
      }),
      above: 0,
      over: 1,
    },
  };
}

function ofServices({ tables, functions, pipeName }: Watched): Readonly<Record<string, Wish>> {
  return {
    'table-busy': {
      says: 'A table refuses requests because it gets too many at once.',
      metric: sum(
        tables.flatMap((table) => ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => ofTable(name, table))),
        'requests refused',
      ),
      above: 50,
      over: 3,
    },
    'table-fails': {
      says: 'DynamoDB itself fails.',
      metric: sum(
        tables.flatMap((table) => operations.map((Operation) => ofTable('SystemErrors', table, { Operation }))),
        'system errors',
      ),
      above: 5,
      over: 1,
    },
    'functions-refused': {
      says: 'Functions are not begun because the account runs as many as it may.',
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', period: five, statistic: Stats.SUM }),
      above: 10,
      over: 2,
    },
    ...(pipeName === undefined
      ? {}
      : { 'events-late': eventsLate(pipeName), 'events-stopped': eventsStopped(tables, functions) }),
    'mails-bounce': {
      says: 'Many mails come back; at a tenth AWS stops all mails of the account.',
      metric: new Metric({
        namespace: 'AWS/SES',
        metricName: 'Reputation.BounceRate',
        period: Duration.hours(1),
        statistic: Stats.AVERAGE,
      }),
      above: 0.04,
      over: 1,
    },
  };
}

function eventsLate(pipeName: string): Wish {
  return {
    says: 'The Pipe fails to tell the bus of new entries.',
    metric: new Metric({
      namespace: 'AWS/EventBridge/Pipes',
      metricName: 'ExecutionFailed',
      dimensionsMap: { PipeName: pipeName },
      period: five,
      statistic: Stats.SUM,
    }),
    above: 0,
    over: 3,
  };
}

const operations = ['GetItem', 'BatchGetItem', 'Query', 'TransactWriteItems'];

function ofTable(metricName: string, table: KeptTable, more: Record<string, string> = {}): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table.tableName, ...more },
    period: five,
    statistic: Stats.SUM,
  });
}

function remindersStopped(functions: Watched['functions']): Wish {
  return {
    says: 'The function that sends mails and tries again what failed was not begun for a quarter of an hour.',
    metric: new MathExpression({
      expression: '1 - IF(FILL(invocations, 0) > 0, 1, 0)',
      usingMetrics: { invocations: oneOf(functions, 'remind').metricInvocations({ period: five }) },
      period: five,
      label: 'periods without it',
    }),
    above: 0,
    over: 3,
    isRingingWhenSilent: true,
  };
}

function eventsStopped([histories]: Watched['tables'], functions: Watched['functions']): Wish {
  if (histories === undefined) throw new Error('there is no table to watch');
  return {
    says: 'Histories are written, and nobody is told of it.',
    metric: new MathExpression({
      // The Pipe asks its function about every head that was written.
      expression: 'IF(FILL(written, 0) > 0 AND FILL(asked, 0) == 0, 1, 0)',
      usingMetrics: {
        written: ofTable('ConsumedWriteCapacityUnits', histories),
        asked: oneOf(functions, 'tell-entries').metricInvocations({ period: five }),
      },
      period: five,
      label: 'periods of which nothing was told',
    }),
    above: 0,
    over: 3,
  };
}

function oneOf(functions: Watched['functions'], name: string): IFunction {
  const found = functions[name];
  if (found === undefined) throw new Error(`there is no function ${name} to watch`);
  return found;
}

function errorsOf(functions: Watched['functions'], names: readonly string[]): IMetric {
  return sum(
    names.map((name) => oneOf(functions, name).metricErrors({ period: five })),
    'faults',
  );
}

/** CloudWatch takes ten metrics in an alarm's expression, no more. */
function sum(metrics: readonly IMetric[], label: string): IMetric {
  const [only] = metrics;
  if (only !== undefined && metrics.length === 1) return only;
  if (metrics.length > 10) throw new RangeError(`an alarm over ${metrics.length} metrics`);
  return new MathExpression({
    expression: 'SUM(METRICS())',
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period: five,
    label,
  });
}
