/**
 * The way of one batch, from the frozen list to the report, read from top to bottom. A step's name is its handler:
 * `disbursement.order` runs `functions/disbursement/order.ts`.
 *
 * After a failure nothing is begun anew: mend the cause, then redrive the execution (within 14 days). What succeeded is not run
 * again; of a Map the children that failed, or were stopped with it, are. Later, or where its definition does not
 * have a word that a step gave, another begins from the start, and each step finds in the histories what was done.
 */
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  Choice,
  Condition,
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  DistributedMap,
  Errors,
  Fail,
  IntegrationPattern,
  ItemBatcher,
  JitterType,
  JsonPath,
  LogLevel,
  S3JsonItemReader,
  StateMachine,
  StateMachineType,
  Succeed,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { unknownWord } from '../../functions/aws/workflow-shape.ts';

/** A child works on so many parts. */
const partsAChild = 100;
/** A new table takes 4,000 write units a second; a child that orders writes at most a few hundred. */
const childrenAtOnce = 10;
/** Of a Lambda at most a quarter of an hour, and a minute for its answer to come. */
const stepAtMost = Duration.minutes(16);

export interface WorkflowProps {
  /** Where each batch's list of parts lies, at `batches/<batch>/parts.json`. */
  readonly bucket: IBucket;
  /** What happened, without what was said: the log has no input and no output of a state. Left out, nothing is logged. */
  readonly logGroup?: ILogGroup;
  /** Seals the executions' histories. Left out, AWS's own key does. */
  readonly key?: IKey;
  /** Whoever gives a key or alarms on the children by their label must know the name beforehand. */
  readonly name?: string;
}

/** Takes the function of a handler's name. */
export function batchWorkflow(
  scope: Construct,
  handler: (name: string) => IFunction,
  { bucket, logGroup, key, name }: WorkflowProps,
): StateMachine {
  const list = step(scope, handler, 'entitlement.list');
  const recompute = everyPart(scope, 'recompute every part', step(scope, handler, 'entitlement.recompute'), bucket);
  const approvalNext = step(scope, handler, 'approval.next');
  const confirmation = wait(scope, handler, 'approval.request', Duration.days(10));
  const provincialDecision = wait(scope, handler, 'approval.await-decision', Duration.days(60));
  const release = step(scope, handler, 'approval.release').next(new Succeed(scope, 'released'));
  const fund = step(scope, handler, 'disbursement.fund');
  const order = everyPart(scope, 'order every part', step(scope, handler, 'disbursement.order'), bucket);
  const slips = step(scope, handler, 'disbursement.slips');
  const follow = wait(scope, handler, 'disbursement.follow', Duration.days(30));
  const paymentNext = step(scope, handler, 'disbursement.next');
  const report = step(scope, handler, 'completion.report').next(new Succeed(scope, 'paid and reported'));

  const whatNext = new Choice(scope, 'what next?')
    .when(isNext('recompute'), list)
    .when(isNext('confirmation'), confirmation)
    .when(isNext('provincial-decision'), provincialDecision)
    .when(isNext('order'), fund)
    .when(isNext('release'), release)
    .otherwise(new Fail(scope, 'unknown next step', { error: unknownWord }));
  const allSettled = new Choice(scope, 'all settled?')
    .when(isNext('order'), fund)
    .when(isNext('follow'), follow)
    .when(isNext('report'), report)
    .otherwise(new Fail(scope, 'unknown state of payment', { error: unknownWord }));

  // The step before each Map writes the list that the Map reads.
  list.next(recompute);
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
    definitionBody: DefinitionBody.fromChainable(list),
    stateMachineType: StateMachineType.STANDARD,
    tracingEnabled: true,
    ...(name === undefined ? {} : { stateMachineName: name }),
    ...(logGroup === undefined
      ? {}
      : { logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false } }),
    ...(key === undefined
      ? {}
      : { encryptionConfiguration: new CustomerManagedEncryptionConfiguration(key, Duration.minutes(15)) }),
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
    'Lambda.ClientExecutionTimeoutException',
    // A function that ran out of its time or its memory; each step goes on where it was.
    'Lambda.Unknown',
    'Sandbox.Timedout',
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
    taskTimeout: Timeout.duration(stepAtMost),
    retryOnServiceExceptions: false,
  });
  task.addRetry({ ...ladder, errors: [...ladder.errors, Errors.TIMEOUT] });
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

/**
 * Runs a step over the batch's parts, some at a time; the list stays in a file and out of the state. Its label, which is the
 * step's last word, stands in the children's names and measures.
 *
 * No child may fail. One that fails leaves up to a hundred people behind, so a Map that went on would let a list be confirmed that
 * was not recomputed whole; and whoever is funded and not ordered makes `disbursement.next` order again at once, without end.
 * Children are Standard: they keep their histories, are redriven, and have the ladder's time; Express would end them after five
 * minutes to save a hundred-thousandth of a dollar each.
 */
function everyPart(scope: Construct, name: string, child: LambdaInvoke, bucket: IBucket): DistributedMap {
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
    label: child.id.split('.').at(-1) ?? child.id,
    mapExecutionType: StateMachineType.STANDARD,
    maxConcurrency: childrenAtOnce,
    toleratedFailurePercentage: 0,
    resultPath: JsonPath.DISCARD,
  }).itemProcessor(child);
}
