/** `npm run workflow`: writes the synthesized workflow where one machine reads it, as the test of drift expects it. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { definitionText } from '../synthesize.ts';

writeFileSync(fileURLToPath(new URL('../batch-workflow.json', import.meta.url)), definitionText());
