/** One page that says how it goes: work that moves people towards their money first, machines after it. */
import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { KeptTable } from './records.ts';

interface Shown {
  readonly alarms: readonly Alarm[];
  readonly api: RestApi;
  readonly workflow: StateMachine;
  readonly functions: Readonly<Record<string, IFunction>>;
  readonly failed: Readonly<Record<string, Queue>>;
  readonly histories: KeptTable;
}

const height = 6;

export function dashboard(scope: Construct, name: string, shown: Shown): void {
  const { alarms, api, workflow, functions, failed, histories } = shown;
  const all = Object.values(functions);
  const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []) =>
    new GraphWidget({ title, left: [...left], right: [...right], width: 12, height });
  const ofTable = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: histories.tableName },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
  new Dashboard(scope, 'dashboard', {
    dashboardName: name,
    widgets: [
      [
        new TextWidget({
          markdown: '# Chi trả\nWhat to do when an alarm rings: `infra/aws/RUNBOOK.md`',
          width: 24,
          height: 2,
        }),
      ],
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 })],
      [
        graph('Batches', [
          workflow.metricStarted(),
          workflow.metricSucceeded(),
          workflow.metricFailed(),
          workflow.metricTimedOut(),
        ]),
        graph(
          'Given up',
          Object.values(failed).map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
        ),
      ],
      [
        graph(
          'Pages',
          [api.metricCount(), api.metricClientError(), api.metricServerError()],
          [api.metricLatency({ statistic: 'p95' })],
        ),
        graph(
          'Faults of functions',
          all.map((one) => one.metricErrors()),
        ),
      ],
      [
        graph('Units of the histories', [ofTable('ConsumedReadCapacityUnits'), ofTable('ConsumedWriteCapacityUnits')]),
        graph(
          'Time of functions',
          all.map((one) => one.metricDuration({ statistic: 'p95' })),
        ),
      ],
    ],
  });
}
