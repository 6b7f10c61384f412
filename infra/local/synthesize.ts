/** The state machine as CDK synthesizes it, its two kinds of tokens resolved. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as z from 'zod';
import { batchWorkflow } from '../aws/batch-workflow.ts';

/** As it is checked in: `npm run workflow` writes it to `batch-workflow.json` beside this file. */
export function definitionText(): string {
  const stack = new Stack(new App(), 'local');
  batchWorkflow(
    stack,
    (name) => LambdaFunction.fromFunctionArn(stack, `fn ${name}`, `arn:aws:lambda:local:000000000000:function:${name}`),
    { bucket: Bucket.fromBucketName(stack, 'lists', 'local-lists') },
  );
  const machines = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  const [machine] = z.array(z.object({ Properties: z.object({ DefinitionString: z.unknown() }) })).parse(machines);
  const definition: unknown = JSON.parse(joined(machine?.Properties.DefinitionString));
  return `${JSON.stringify(definition, undefined, 2)}\n`;
}

const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const reference = z.object({ Ref: z.string() });

/** Resolves the two CloudFormation functions that stand in the text. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  const parts = join.safeParse(value);
  if (parts.success) return parts.data['Fn::Join'][1].map(joined).join(parts.data['Fn::Join'][0]);
  const named = reference.safeParse(value);
  if (named.success) return named.data.Ref === 'AWS::Partition' ? 'aws' : named.data.Ref;
  throw new Error(`the definition has a token the walker does not resolve: ${JSON.stringify(value)}`);
}
