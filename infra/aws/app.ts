/** The cloud home of one stage: `npm run synth -- --context stage=province`. What differs is in `stages.ts`. */
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { bundle } from './bundle.ts';
import { checked } from './checks.ts';
import { chiTraStack } from './stack.ts';
import { chosenStage, refuseExamples } from './stages.ts';

const app = new App();
const stageName = z.string().parse(app.node.tryGetContext('stage'));
const stage = chosenStage(stageName);
// Given by `npm run deploy`: whoever only looks may look at an example.
if (app.node.tryGetContext('deploying') !== undefined) refuseExamples(stageName, stage);
const { folder } = await bundle(join(import.meta.dirname, '..', '..', 'cdk.out', 'bundles'));
chiTraStack(app, stageName, stage, (name) => Code.fromAsset(folder(name)));
checked(app);
