/** All that the files of one slip are written from. It names people and accounts: it is never stored, only its files are, sealed. */
import type { Instant } from '../calendar.ts';
import type { BudgetCodes } from '../case/funding.ts';
import type { Slip } from '../case/slip.ts';
import type { Unit } from '../case/unit.ts';
import type { Dong } from '../dong.ts';

export interface Beneficiary {
  readonly fullName: string;
  readonly accountNumber: string;
  /** The name people write. */
  readonly bank: string;
  readonly bankCode: string;
  readonly amount: Dong;
  readonly reference: string;
  /** `178/7`; empty where the case names none. */
  readonly regime: string;
  /** The person who died, where an heir is paid. */
  readonly heirOf?: string;
}

/** What the last column of the list says of somebody. */
export function noteOn({ reference, heirOf }: Pick<Beneficiary, 'reference' | 'heirOf'>): string {
  return heirOf === undefined ? reference : `${reference}; thừa kế của ${heirOf}`;
}

export interface SlipPaper {
  readonly slip: string;
  readonly madeAt: Instant;
  readonly from: Slip['from'];
  readonly unit: Unit;
  readonly source: string;
  readonly decision: { readonly number: string; readonly on: string };
  /** As the paper that allotted the estimate states them, if it does. */
  readonly codes?: BudgetCodes;
  readonly beneficiaries: readonly Beneficiary[];
}

/** What the money is for, in the words of every file. */
export function purposeOf({ decision }: Pick<SlipPaper, 'decision'>, day: string): string {
  return `Chi trả chế độ theo Quyết định số ${decision.number} ngày ${day} của UBND tỉnh`;
}
