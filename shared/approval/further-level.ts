/**
 * Setting: from which sum on a batch also needs the provincial leadership's confirmation, and by which document. Until the
 * province sets one there is no further level.
 */
import * as z from 'zod';
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { stepNames, type StepName } from '../case/batch.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Store } from '../case/store.ts';
import type { Dong } from '../dong.ts';

const furtherLevel = z.object({
  /** đồng; absent: no batch needs the further level any more. */
  fromTotal: z.string().regex(/^\d+$/).exactOptional(),
  number: z.string(),
  on: z.string(),
  /** The scanned document, in Files. */
  paper: z.string(),
});
export type FurtherLevel = z.infer<typeof furtherLevel>;

const stream = 'settings/further-level';

/** The rule in force; `undefined` while none was ever set. */
export async function readFurtherLevel(store: Pick<Store, 'read'>): Promise<FurtherLevel | undefined> {
  const last = (await store.read(stream)).at(-1);
  return last === undefined ? undefined : dataOf(last, furtherLevel);
}

/** The confirmations that a list of this sum needs, in their order. */
export function stepsFor(total: Dong, rule: FurtherLevel | undefined): readonly StepName[] {
  const isLarge = rule?.fromTotal !== undefined && total >= BigInt(rule.fromTotal);
  return isLarge ? stepNames : stepNames.filter((step) => step !== 'province');
}

/** Sets the sum, or with an empty one ends the further level. Lists that are frozen already keep their route. */
export async function setFurtherLevel(
  wish: {
    readonly fromTotal: string;
    readonly number: string;
    readonly on: string;
    /** In Files; empty when none was attached. */
    readonly paper: string;
  },
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  const digits = wish.fromTotal.replaceAll(/[.\s]/g, '');
  if (digits !== '' && !/^[1-9]\d{0,14}$/.test(digits)) {
    return refused(
      `"${wish.fromTotal}" không phải là số tiền. Hãy ghi số đồng, ví dụ 50.000.000.000, hoặc để trống để bỏ cấp này.`,
      `"${wish.fromTotal}" is no sum. State it in đồng, such as 50.000.000.000, or leave it empty to end this level.`,
    );
  }
  if (wish.number.trim() === '' || wish.paper === '') {
    return refused(
      'Hãy ghi số văn bản quy định mức này và đính kèm bản quét.',
      'State the document that sets this sum, and attach its scan.',
    );
  }
  if (!isLocalDate(wish.on) || wish.on > localDateOf(now())) {
    return refused(
      'Ngày văn bản không hợp lệ hoặc ở tương lai. Hãy ghi ngày trên văn bản.',
      'The day of the document is no day or lies ahead. Take it from the paper.',
    );
  }
  const { on, paper } = wish;
  const data: FurtherLevel = {
    number: wish.number.trim(),
    on,
    paper,
    ...(digits === '' ? {} : { fromTotal: digits }),
  };
  await commitDeciding(store, async () => {
    const readAt = (await store.read(stream)).length;
    return { changes: [{ stream, readAt, entries: [{ kind: 'further-level-set', at: now(), by: by.id, data }] }] };
  });
  return { outcome: 'set' };
}
