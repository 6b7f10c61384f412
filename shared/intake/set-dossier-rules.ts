/** Use case: Home Affairs says which papers a dossier holds, and how old an insurance printout may be, by its letter. */
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import {
  type ChecklistGroup,
  checklistGroups,
  type DossierRules,
  dossierStream,
  type PaperKind,
} from '../case/papers.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

export interface DossierWish {
  readonly printoutMonths: string;
  readonly checklists: Readonly<Record<ChecklistGroup, readonly PaperKind[]>>;
  /** Number and day of the letter. */
  readonly number: string;
  readonly on: string;
}

export async function setDossierRules(
  { printoutMonths, checklists, number, on }: DossierWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  if (!/^\d{1,2}$/.test(printoutMonths) || Number(printoutMonths) < 1 || Number(printoutMonths) > 24) {
    return refused(
      'Hạn của bản quá trình đóng BHXH là số tháng từ 1 đến 24.',
      'The age of a printout is a number of months from 1 to 24.',
    );
  }
  if (checklistGroups.some((group) => checklists[group].length === 0)) {
    return refused(
      'Mỗi nhóm chế độ cần ít nhất một loại giấy tờ.',
      'Each group of regimes asks for one paper at least.',
    );
  }
  if (number.trim() === '' || !isLocalDate(on) || on > localDateOf(now())) {
    return refused(
      'Hãy ghi số, ký hiệu và ngày của văn bản quy định thành phần hồ sơ.',
      'State number and day of the letter that says what a dossier holds.',
    );
  }
  const data: DossierRules = {
    printoutMonths: Number(printoutMonths),
    checklists: {
      'decree-178': [...checklists['decree-178']],
      'part-timers': [...checklists['part-timers']],
      others: [...checklists.others],
    },
    by: { number: number.trim(), on },
  };
  await commitDeciding(store, async () => {
    const readAt = (await store.read(dossierStream)).length;
    return {
      changes: [{ stream: dossierStream, readAt, entries: [{ kind: 'dossier-set', at: now(), by: by.id, data }] }],
    };
  });
  return { outcome: 'set' };
}
