/** Who must confirm, in order, as data. The workflow and the pages read it; a new approver is a row. */
import type { Role } from '../case/access.ts';
import type { StepName } from '../case/batch.ts';
import type { Sentence } from '../vietnamese.ts';

/** Limits are working days from the day the step was first asked for; house rules of the province, no law sets them. */
export interface ApprovalStep {
  readonly step: StepName;
  readonly role: Role;
  readonly confirms: Sentence;
  readonly withinDays: number;
  /** A silent approver is reminded after so many days, then the deputies are asked; past the limit leadership sees it. */
  readonly remindAfterDays: number;
  readonly deputyAfterDays: number;
  /** Whom the step's leader may delegate it to, besides a deputy of their own role. */
  readonly delegates: readonly Role[];
}

export const route: readonly ApprovalStep[] = [
  {
    step: 'people',
    role: 'home-affairs-leader',
    confirms: { vi: 'Thẩm định đối tượng, chế độ', en: 'People and regimes' },
    withinDays: 5,
    remindAfterDays: 2,
    deputyAfterDays: 4,
    delegates: ['home-affairs-leader', 'home-affairs-officer'],
  },
  {
    step: 'money',
    role: 'finance-leader',
    confirms: { vi: 'Thẩm định kinh phí', en: 'Money' },
    withinDays: 3,
    remindAfterDays: 1,
    deputyAfterDays: 2,
    delegates: ['finance-leader', 'finance-officer'],
  },
  {
    // From the sum that the province has set by a document; see `further-level.ts`.
    step: 'province',
    role: 'leadership',
    confirms: { vi: 'Lãnh đạo tỉnh xem trước khi trình', en: 'Provincial leadership, before the submission' },
    withinDays: 3,
    remindAfterDays: 1,
    deputyAfterDays: 2,
    delegates: ['leadership'],
  },
];

/** A delegation lasts so many days at most, its first and last included. */
export const longestDelegationDays = 30;

/** The step that this role confirms; `undefined` for roles that confirm nothing themselves. */
export function stepOfRole(role: Role): ApprovalStep | undefined {
  return route.find((step) => step.role === role);
}

export function stepNamed(name: StepName): ApprovalStep {
  const found = route.find(({ step }) => step === name);
  if (found === undefined) throw new RangeError(`there is no step ${name}`);
  return found;
}
