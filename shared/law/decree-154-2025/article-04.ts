import { type Citation, cite } from '../dated.ts';
import { decree154 } from './decree.ts';

/** Not streamlined yet: pregnant, on maternity leave, raising a child under 36 months unless she asks; under review. */
export const notYetStreamlined: Citation = cite(decree154, '4');
