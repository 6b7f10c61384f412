/** The seven checks of a slip before it is signed or sent: whatever the Treasury would refuse it for. */
import type { LocalDate } from '../calendar.ts';
import { refused, type Refused } from '../case/ports.ts';
import { type PreCheck, preCheckTitles } from './pre-check.ts';
import { checkDays } from './pre-check-days.ts';
import { checkDecision, checkList } from './pre-check-decision.ts';
import type { SlipEvidence } from './pre-check-evidence.ts';
import { checkEstimate, checkSignatures, checkUnit } from './pre-check-money.ts';
import { checkVoucher } from './pre-check-voucher.ts';

/** In the order of their codes. `on` is the day of sending, or today while it is not sent. */
export function preChecks(evidence: SlipEvidence, on: LocalDate): readonly PreCheck[] {
  return [
    checkEstimate(evidence),
    checkDecision(evidence),
    checkVoucher(evidence),
    checkUnit(evidence),
    checkSignatures(evidence.slip),
    checkDays(evidence, on),
    checkList(evidence),
  ];
}

/** The first failing check as an answer; `undefined` while none fails. */
export function barredBy(checks: readonly PreCheck[]): Refused | undefined {
  const failing = checks.find(({ state }) => state === 'fails');
  const first = failing?.findings.find(({ state }) => state === 'fails');
  if (failing === undefined || first === undefined) return undefined;
  const title = preCheckTitles[failing.code];
  return refused(
    `Chưa được ký hoặc gửi: ${failing.code} ${title.vi}. ${first.says.vi}`,
    `Not to be signed or sent: ${failing.code} ${title.en}. ${first.says.en}`,
  );
}

/** How each check stood, for the entry of the act that rested on them. */
export function statesOf(checks: readonly PreCheck[]): Readonly<Record<string, PreCheck['state']>> {
  return Object.fromEntries(checks.map(({ code, state }) => [code, state]));
}
