/** A list as it was read and held against the cases that are there: what confirming it would do. */
import * as z from 'zod';
import { type ListReading, storedReading } from './read-list.ts';
import { type Standing, standing } from './standing.ts';

export interface CheckedList extends ListReading {
  /** One for each person, in their order. */
  readonly standings: readonly Standing[];
}

export const checkedList: z.ZodType<CheckedList> = storedReading.and(z.object({ standings: z.array(standing) }));
