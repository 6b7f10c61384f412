/** Use case: the Finance leader sets which source pays a component, by document. Cases submitted from now on follow it. */
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { lineNames } from '../case/explain.ts';
import { commitDeciding } from '../case/history.ts';
import { lineSourceStream } from '../case/line-sources.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { readUnits, sources } from '../case/unit.ts';

export interface LineSourceWish {
  readonly line: string;
  /** A source, or empty: the unit's own again. */
  readonly source: string;
  /** A paying unit's code, or empty for all. */
  readonly unit: string;
  readonly number: string;
  readonly on: string;
  /** In Files; empty when none was attached. */
  readonly paper: string;
}

export async function setLineSource(
  { line, source, unit, number, on, paper }: LineSourceWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  const chosen = sources.find((one) => one === source);
  if (!Object.hasOwn(lineNames, line) || (source !== '' && chosen === undefined)) {
    return refused('Hãy chọn khoản trợ cấp và nguồn chi.', 'Choose the component and the source.');
  }
  if (unit !== '' && !(await readUnits(store)).has(unit)) {
    return refused('Không có đơn vị chi trả này trong sổ đăng ký.', 'There is no such paying unit in the register.');
  }
  if (number.trim() === '' || paper === '' || !isLocalDate(on) || on > localDateOf(now())) {
    return refused(
      'Hãy ghi số, ngày văn bản quy định nguồn (không ở tương lai) và đính kèm bản quét.',
      'State number and day of the document that sets the source (not ahead), and attach its scan.',
    );
  }
  const data = {
    line,
    ...(chosen === undefined ? {} : { source: chosen }),
    ...(unit === '' ? {} : { unit }),
    number: number.trim(),
    on,
    paper,
  };
  await commitDeciding(store, async () => {
    const past = await store.read(lineSourceStream);
    const entry = { kind: 'line-source-set', at: now(), by: by.id, data };
    return { changes: [{ stream: lineSourceStream, readAt: past.length, entries: [entry] }] };
  });
  return { outcome: 'set' };
}
