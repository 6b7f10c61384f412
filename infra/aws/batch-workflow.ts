/**
 * The way of one batch, from the frozen list to the report, read from top to bottom. A step's name is its handler:
 * `disbursement.order` runs `functions/disbursement/order.ts`.
 */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  Errors,
  Fail,
  IntegrationPattern,
  ItemBatcher,
  JitterType,
  JsonPath,
  S3JsonItemReader,
  StateMachine,
  StateMachineType,
  Succeed,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** A child works on so many parts. */
const partsAChild = 100;
const childrenAtOnce = 10;

/** Takes the function of a handler's name, and the bucket in which each batch's list of parts lies. */
export function batchWorkflow(
  scope: Construct,
  handler: (name: string) => IFunction,
  lists: { readonly bucket: IBucket },
): StateMachine {
  const recompute = everyPart(scope, 'recompute every part', step(scope, handler, 'entitlement.recompute'), lists);
  const approvalNext = step(scope, handler, 'approval.next');
  const confirmation = wait(scope, handler, 'approval.request', Duration.days(10));
  const provincialDecision = wait(scope, handler, 'approval.await-decision', Duration.days(60));
  const release = step(scope, handler, 'approval.release').next(new Succeed(scope, 'released'));
  const fund = step(scope, handler, 'disbursement.fund');
  const order = everyPart(scope, 'order every part', step(scope, handler, 'disbursement.order'), lists);
  const slips = step(scope, handler, 'disbursement.slips');
  const follow = wait(scope, handler, 'disbursement.follow', Duration.days(30));
  const paymentNext = step(scope, handler, 'disbursement.next');
  const report = step(scope, handler, 'completion.report').next(new Succeed(scope, 'paid and reported'));

  const whatNext = new Choice(scope, 'what next?')
    .when(isNext('recompute'), recompute)
    .when(isNext('confirmation'), confirmation)
    .when(isNext('provincial-decision'), provincialDecision)
    .when(isNext('order'), fund)
    .when(isNext('release'), release)
    .otherwise(new Fail(scope, 'unknown next step', { error: 'Permanent' }));
  const allSettled = new Choice(scope, 'all settled?')
    .when(isNext('order'), fund)
    .when(isNext('follow'), follow)
    .when(isNext('report'), report)
    .otherwise(new Fail(scope, 'unknown state of payment', { error: 'Permanent' }));

  recompute.next(approvalNext);
  approvalNext.next(whatNext);
  // A limit that passes asks again; what was answered meanwhile is found at once.
  confirmation.addCatch(approvalNext, { errors: [Errors.TIMEOUT], resultPath: JsonPath.DISCARD }).next(approvalNext);
  provincialDecision
    .addCatch(approvalNext, { errors: [Errors.TIMEOUT], resultPath: JsonPath.DISCARD })
    .next(approvalNext);
  fund.next(order);
  order.next(slips);
  slips.next(follow);
  follow.addCatch(paymentNext, { errors: [Errors.TIMEOUT], resultPath: JsonPath.DISCARD }).next(paymentNext);
  paymentNext.next(allSettled);

  return new StateMachine(scope, 'batch', {
    definitionBody: DefinitionBody.fromChainable(recompute),
    stateMachineType: StateMachineType.STANDARD,
  });
}

function isNext(word: string): Condition {
  return Condition.stringEquals('$.next', word);
}

/** The one ladder of retries: CDK's own are turned off, so that what is retried is read here. */
const ladder = {
  errors: [
    'Transient',
    'Lambda.ServiceException',
    'Lambda.TooManyRequestsException',
    'Lambda.SdkClientException',
    'Lambda.AWSLambdaException',
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 6,
  maxDelay: Duration.minutes(5),
  jitterStrategy: JitterType.FULL,
};

function step(scope: Construct, handler: (name: string) => IFunction, name: string): LambdaInvoke {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: handler(name),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
  });
  task.addRetry(ladder);
  return task;
}

/** Waits for the answer with a task token; an answer is an entry in a history first, the token only wakes. */
function wait(scope: Construct, handler: (name: string) => IFunction, name: string, atMost: Duration): LambdaInvoke {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: handler(name),
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({ batchId: JsonPath.stringAt('$.batchId'), token: JsonPath.taskToken }),
    taskTimeout: Timeout.duration(atMost),
    retryOnServiceExceptions: false,
  });
  task.addRetry(ladder);
  return task;
}

/** Runs a step over the batch's parts, some at a time; the list stays in a file and out of the state. */
function everyPart(
  scope: Construct,
  name: string,
  child: LambdaInvoke,
  { bucket }: { readonly bucket: IBucket },
): DistributedMap {
  return new DistributedMap(scope, name, {
    itemReader: new S3JsonItemReader({
      bucket,
      key: JsonPath.format('batches/{}/parts.json', JsonPath.stringAt('$.batchId')),
    }),
    itemBatcher: new ItemBatcher({
      maxItemsPerBatch: partsAChild,
      // CDK writes this object as it stands: without `.$` every child would get the text "$.batchId".
      batchInput: { 'batchId.$': '$.batchId' },
    }),
    maxConcurrency: childrenAtOnce,
    resultPath: JsonPath.DISCARD,
  }).itemProcessor(child);
}
