/** The cloud home. For now it holds the workflow alone; its settings are the context in `cdk.json`. */
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as z from 'zod';
import { batchWorkflow } from './batch-workflow.ts';

const app = new App();
const settings = z.object({ stage: z.string().regex(/^[a-z0-9-]{1,20}$/), listsBucket: z.string() });
const { stage, listsBucket } = settings.parse({
  stage: app.node.tryGetContext('stage'),
  listsBucket: app.node.tryGetContext('listsBucket'),
});

const stack = new Stack(app, `chi-tra-${stage}`);

// The functions and the bucket are taken by name: this stack does not make them yet, and cannot run until they exist.
// A function's name may have no dot: `disbursement.order` is `chi-tra-test-disbursement-order`.
batchWorkflow(
  stack,
  (step) => LambdaFunction.fromFunctionName(stack, `function ${step}`, `${stack.stackName}-${step.replace('.', '-')}`),
  { bucket: Bucket.fromBucketName(stack, 'lists', listsBucket) },
);
