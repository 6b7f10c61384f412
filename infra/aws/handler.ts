/** Our one function construct: `approval-next` runs the bundle of `functions/aws/lambda/approval-next.ts` in a role of its own. */
import { Duration } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnEventInvokeConfig,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionRow } from './functions.ts';
import { allow, type Given } from './grants.ts';
import type { Keys } from './keys.ts';

export interface HandlerWish {
  readonly functionName: string;
  readonly row: FunctionRow;
  readonly code: Code;
  readonly given: Given;
  readonly logGroup: ILogGroup;
  readonly stage: string;
  readonly keys: Keys;
  /** Where an invocation goes that failed with nobody waiting for it. */
  readonly failed?: IQueue;
}

export function handler(scope: Construct, name: string, wish: HandlerWish): LambdaFunction {
  const { functionName, row, code, given, logGroup, stage, keys, failed } = wish;
  const made = new LambdaFunction(scope, name, {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code,
    role: roleOf(scope, name, [
      ...given.statements,
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
      // X-Ray knows no resources.
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
      ...(failed === undefined
        ? []
        : [
            allow(['sqs:SendMessage'], [failed.queueArn]),
            allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.running.keyArn]),
          ]),
    ]),
    environment: { STAGE: stage, ...given.environment },
    memorySize: row.megabytes,
    timeout: Duration.seconds(row.seconds),
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    logGroup,
  });
  if (failed !== undefined) {
    new CfnEventInvokeConfig(scope, `${name} alone`, {
      functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 6 * 3600,
      // Says what was asked and what failed; a dead-letter queue of the function would say the first alone.
      destinationConfig: { onFailure: { destination: failed.queueArn } },
    }).node.addDependency(made);
  }
  return made;
}

/** A policy of its own and no managed one: those are written for anybody's function. Nothing adds to it afterwards. */
function roleOf(scope: Construct, name: string, statements: readonly PolicyStatement[]): IRole {
  return new Role(scope, `${name} role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { own: new PolicyDocument({ statements: [...statements], minimize: true }) },
  }).withoutPolicyUpdates();
}
