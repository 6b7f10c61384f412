import { type Citation, cite } from '../dated.ts';
import { decree178 } from './decree.ts';

/** Not yet considered: pregnant, on maternity leave, raising a child under 36 months, unless she asks herself. */
export const notYetConsidered: Citation = cite(decree178, '4');
