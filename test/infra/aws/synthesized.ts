/** Stages as they would be deployed, with a stand-in for the code: a template says nothing of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { chiTraStack } from '../../../infra/aws/stack.ts';
import { chosenStage, type Stage, stages } from '../../../infra/aws/stages.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const settings = z.object({ context: z.record(z.string(), z.unknown()) });
export const { context } = settings.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));

export interface Made {
  readonly app: App;
  readonly stack: Stack;
  readonly template: TemplateText;
}

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().exactOptional(),
});
export const templateText = z.looseObject({ Resources: z.record(z.string(), resource) });
export type TemplateText = z.infer<typeof templateText>;
export type Resource = z.infer<typeof resource>;

/** A stage as it would be once its owner had decided. */
export function decided(name: string): Stage {
  const of = stages[name];
  if (of === undefined) throw new Error(`no stage ${name}`);
  const decision = { by: 'UBND tỉnh', on: '2026-11-02', document: '123/QĐ-UBND' };
  const all = { ...of, region: { ...of.region, decided: decision }, mail: { ...of.mail, decided: decision } };
  return chosenStage(name, { [name]: all });
}

const made = new Map<string, Made>();

/** Made once a test file, but for one with `changes`. */
export function synthesized(name: string, changes?: Partial<Stage>): Made {
  const before = changes === undefined ? made.get(name) : undefined;
  if (before !== undefined) return before;
  const app = new App({ context });
  const stack = chiTraStack(app, name, { ...decided(name), ...changes }, () =>
    Code.fromAsset(join(import.meta.dirname, 'stand-in-code')),
  );
  const one = { app, stack, template: templateText.parse(Template.fromStack(stack).toJSON()) };
  if (changes === undefined) made.set(name, one);
  return one;
}

/** Of one type, by their names in the template. */
export function ofType(template: TemplateText, type: string): readonly (readonly [id: string, resource: Resource])[] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}

/** Resource as one text: `files31A7.Arn/*` for what CloudFormation puts together. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const known = z
    .union([
      z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
      z
        .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
        .transform(({ 'Fn::GetAtt': [id, of] }) => `${id}.${of}`),
      z
        .object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })
        .transform(({ 'Fn::Join': [between, parts] }) => parts.map(plain).join(between)),
    ])
    .safeParse(value);
  return known.success ? known.data : JSON.stringify(value);
}
