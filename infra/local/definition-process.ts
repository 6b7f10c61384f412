/** Synthesizes in a process that ends afterwards, so that the CDK's memory goes with it. */
import { batchDefinition } from './definition.ts';

process.send?.(batchDefinition());
