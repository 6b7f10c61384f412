/**
 * The current monthly salary (tiền lương tháng hiện hưởng), that of the month immediately before leaving: Decree 178,
 * article 5(6) as amended, and Circular 01/2025, article 3(2); Decree 154, article 5(1). Two bases for one person.
 */
import type { LocalDate } from '../calendar.ts';
import type { Allowance, Pay } from '../case/facts.ts';
import { decimal, type Dong, plus, product, type Ratio, timesExactly, whole } from '../dong.ts';
import { inMonthlySalary as inSalary154 } from '../law/decree-154-2025/article-05.ts';
import { inMonthlySalary as inSalary178, reservedDifferenceFrom } from '../law/decree-178-2024/article-05.ts';
import { fundPerHead } from '../law/decree-33-2023/article-34.ts';
import { baseSalaryBefore } from '../law/decree-73-2024/article-03.ts';
import { inForceOn, laterOf } from '../law/dated.ts';
import type { PartTimePay, SalaryPay } from './known-facts.ts';
import type { Choose } from './readings.ts';

export interface MonthlySalary {
  readonly amount: Dong;
  /** Whether the amount came out in whole đồng; if not, it rests on question O10. */
  readonly exact: boolean;
}

const percentOf = { of: 1n, per: 100n };
const none = whole(0);

/** Which decree says what belongs to the salary. */
export type SalaryDefinition = 'decree-178' | 'decree-154';

/** Takes pay whose grade or amount is known (`knownFacts` has asked for it). */
export function monthlySalary(
  pay: SalaryPay,
  leaveOn: LocalDate,
  choose: Choose,
  definition: SalaryDefinition = 'decree-178',
): MonthlySalary {
  const percents = countedPercents(pay.allowances ?? [], leaveOn, choose, definition);
  if (pay.kind === 'contract') {
    const amount = BigInt(pay.amount ?? '0');
    if (percents.of === 0n || choose('X16') === 'no') return { amount, exact: true };
    return timesExactly(amount, [plus(whole(1), percents)]);
  }
  const core = coreCoefficient(pay);
  const reserved = reservedDifference(pay.reservedDifference, leaveOn, choose, definition);
  const onReserved = reserved.of > 0n && percents.of > 0n && choose('X13') === 'yes';
  const withPercents = plus(whole(1), percents);
  const coefficient = onReserved
    ? product(plus(core, reserved), withPercents)
    : plus(product(core, withPercents), reserved);
  return timesExactly(baseSalaryBefore(leaveOn), [coefficient]);
}

/**
 * The monthly allowance of a part-timer (phụ cấp hàng tháng hiện hưởng): Decree 154, article 5(2). Takes how many times
 * the base salary it is; what the central budget contracts for a head is the other reading (O1), of the communes alone.
 */
export function monthlyAllowance(
  { multiple = '0' }: PartTimePay,
  leaveOn: LocalDate,
  isOfCommune: boolean,
  choose: Choose,
): MonthlySalary {
  const perHead = isOfCommune && choose('O1') === 'fund-per-head';
  const times = perHead ? inForceOn(fundPerHead, laterOf(leaveOn, fundPerHead)).value : decimal(multiple);
  return timesExactly(baseSalaryBefore(leaveOn), [times]);
}

/** Each decree's list of allowances that belong to the salary, on a day it holds. */
function countedNames(
  definition: SalaryDefinition,
  leaveOn: LocalDate,
  choose: Choose,
  allowances: readonly Allowance[],
): readonly string[] {
  if (definition === 'decree-178') return inForceOn(inSalary178, laterOf(leaveOn, inSalary178)).value;
  const { value } = inForceOn(inSalary154, laterOf(leaveOn, inSalary154));
  const asksO16 = allowances.some(({ name }) => name === 'armed-forces');
  return asksO16 && choose('O16') === 'yes' ? [...value, 'armed-forces'] : value;
}

/** Grade with what is beyond the frame, and the leadership position allowance. */
function coreCoefficient(pay: Extract<Pay, { kind: 'coefficient' }>): Ratio {
  const grade = decimal(pay.grade ?? '0');
  const beyond = decimal(pay.beyondFramePercent);
  const position = decimal(pay.position);
  const framed = beyond.of === 0n ? grade : product(grade, plus(whole(1), product(beyond, percentOf)));
  return position.of === 0n ? framed : plus(framed, position);
}

/** The percentages that count, added; each is on the core (Ms D: 30 % and 25 % are 55 %). */
function countedPercents(
  allowances: readonly Allowance[],
  leaveOn: LocalDate,
  choose: Choose,
  definition: SalaryDefinition,
): Ratio {
  if (allowances.length === 0) return none;
  const counted: readonly string[] = countedNames(definition, leaveOn, choose, allowances);
  let total = none;
  for (const { name, percent } of allowances) {
    if (counted.includes(name) && percent !== undefined) total = plus(total, product(decimal(percent), percentOf));
  }
  return total;
}

/** Decree 154 names the reserved difference from its first day; Decree 178 since Decree 67, and before is question X21. */
function reservedDifference(
  coefficient: string,
  leaveOn: LocalDate,
  choose: Choose,
  definition: SalaryDefinition,
): Ratio {
  const reserved = decimal(coefficient);
  if (reserved.of === 0n || definition === 'decree-154') return reserved;
  const from = inForceOn(reservedDifferenceFrom, laterOf(leaveOn, reservedDifferenceFrom)).value;
  return leaveOn < from && choose('X21') === 'no' ? none : reserved;
}
