/** Rows of parts as the pages of disbursement read them. */

import { mayReach } from '../../../shared/case/access.ts';
import { type Status } from '../../../shared/case/lifecycle.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { sources } from '../../../shared/case/unit.ts';
import { type Visit } from '../page.tsx';
import * as z from 'zod';

export async function partRows({ ports, account }: Visit, status?: Status): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of allRows(ports.store, { kind: 'part', ...(status === undefined ? {} : { status }) })) {
    if (mayReach(account, { unit: row.unit ?? '' })) rows.push(row);
  }
  return rows;
}

export function sourceOf(text: string | undefined) {
  return z.enum(sources).parse(text);
}
