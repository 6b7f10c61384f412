/** The state machine of a batch as it was synthesized, read back into what the local walker knows. */
import { readFileSync } from 'node:fs';
import { definition, type Definition } from './asl.ts';

/** Throws when the definition has a kind of state that the walker does not know. */
export function batchDefinition(): Definition {
  const file = new URL('./batch-workflow.json', import.meta.url);
  return definition.parse(JSON.parse(readFileSync(file, 'utf8')));
}
