/** `npm run openapi`: writes the description of the API beside its code, as the test of drift expects it. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentText } from '../../../functions/api/document.ts';

writeFileSync(fileURLToPath(new URL('../../../functions/api/openapi.json', import.meta.url)), documentText());
