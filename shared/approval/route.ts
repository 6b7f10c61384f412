/** Who must confirm, in order, as data. The workflow and the pages read it; a new approver is a row. */
import type { Act, Role } from '../case/access.ts';
import type { Sentence } from '../vietnamese.ts';

export interface ApprovalStep {
  readonly step: 'people' | 'money';
  readonly role: Role;
  readonly act: Act;
  readonly confirms: Sentence;
  readonly withinDays: number;
}

export const route: readonly ApprovalStep[] = [
  {
    step: 'people',
    role: 'home-affairs-leader',
    act: 'batch.confirm-people',
    confirms: { vi: 'Thẩm định đối tượng, chế độ', en: 'People and regimes' },
    withinDays: 5,
  },
  {
    step: 'money',
    role: 'finance-leader',
    act: 'batch.confirm-money',
    confirms: { vi: 'Thẩm định kinh phí', en: 'Money' },
    withinDays: 3,
  },
];
