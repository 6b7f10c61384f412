import { type Citation, cite } from '../dated.ts';
import { decree29 } from './decree.ts';

/** Not streamlined yet, as in Decree 154, article 4. */
export const notYetStreamlined: Citation = cite(decree29, '4');
