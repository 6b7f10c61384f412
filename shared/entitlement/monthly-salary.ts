/**
 * The current monthly salary of Decree 178 (tiền lương tháng hiện hưởng), article 5(6) as amended; Circular 01/2025,
 * article 3(2): that of the month immediately before leaving.
 */
import { type LocalDate, monthAt, monthIndex } from '../calendar.ts';
import type { Allowance, Pay } from '../case/facts.ts';
import { decimal, type Dong, isExact, plus, product, type Ratio, times, whole } from '../dong.ts';
import { inMonthlySalary, reservedDifferenceFrom } from '../law/decree-178-2024/article-05.ts';
import { baseSalary } from '../law/decree-73-2024/article-03.ts';
import { inForceOn } from '../law/dated.ts';
import type { Choose } from './readings.ts';

export interface MonthlySalary {
  readonly amount: Dong;
  /** Whether the amount came out in whole đồng; if not, it rests on question O10. */
  readonly exact: boolean;
}

const percentOf = { of: 1n, per: 100n };
const none = whole(0);

/** The base salary of the month before leaving. */
export function baseSalaryBefore(leaveOn: LocalDate): Dong {
  return inForceOn(baseSalary, `${monthAt(monthIndex(leaveOn) - 1)}-01`).value;
}

/** Takes pay whose grade or amount is known (`missingFacts` has asked for it). */
export function monthlySalary(
  pay: Exclude<Pay, { kind: 'part-time' }>,
  leaveOn: LocalDate,
  choose: Choose,
): MonthlySalary {
  const percents = countedPercents(pay.allowances ?? [], leaveOn);
  if (pay.kind === 'contract') {
    const amount = BigInt(pay.amount ?? '0');
    if (percents.of === 0n || choose('X16') === 'no') return { amount, exact: true };
    return rounded(amount, plus(whole(1), percents));
  }
  const core = coreCoefficient(pay);
  const reserved = reservedDifference(pay.reservedDifference, leaveOn, choose);
  const onReserved = reserved.of > 0n && percents.of > 0n && choose('X13') === 'yes';
  const withPercents = plus(whole(1), percents);
  const coefficient = onReserved
    ? product(plus(core, reserved), withPercents)
    : plus(product(core, withPercents), reserved);
  return rounded(baseSalaryBefore(leaveOn), coefficient);
}

function rounded(base: Dong, factor: Ratio): MonthlySalary {
  return { amount: times(base, factor), exact: isExact(base, factor) };
}

/** Grade with what is beyond the frame, and the leadership position allowance. */
function coreCoefficient(pay: Extract<Pay, { kind: 'coefficient' }>): Ratio {
  const beyondFrame = plus(whole(1), product(decimal(pay.beyondFramePercent), percentOf));
  return plus(product(decimal(pay.grade ?? '0'), beyondFrame), decimal(pay.position));
}

/** The percentages that count, added; each is on the core (Ms D: 30 % and 25 % are 55 %). */
function countedPercents(allowances: readonly Allowance[], leaveOn: LocalDate): Ratio {
  const counted: readonly string[] = inForceOn(inMonthlySalary, leaveOn).value;
  let total = none;
  for (const { name, percent } of allowances) {
    if (counted.includes(name) && percent !== undefined) total = plus(total, product(decimal(percent), percentOf));
  }
  return total;
}

function reservedDifference(coefficient: string, leaveOn: LocalDate, choose: Choose): Ratio {
  const reserved = decimal(coefficient);
  if (reserved.of === 0n) return none;
  if (leaveOn < inForceOn(reservedDifferenceFrom, leaveOn).value && choose('X21') === 'no') return none;
  return reserved;
}
