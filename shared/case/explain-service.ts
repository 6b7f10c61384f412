/** Period by period: how many months it has, whether they count in the years of service, and why not. */
import { formatDay, lastMonthBefore, monthIndex } from '../calendar.ts';
import type { SetReadings } from '../law/readings.ts';
import type { Sentence } from '../vietnamese.ts';
import type { Employer, Period } from './facts.ts';

/** Why the months of a period do not count. */
export type LeftOut = 'uninsured' | 'compensated' | 'private' | 'part-time' | 'village' | 'after-leaving';

export interface PeriodAccount {
  readonly from: string;
  readonly to: string;
  readonly employer: Employer;
  /** Both end months, up to the month before leaving. */
  readonly months: number;
  readonly counts: boolean;
  readonly why?: LeftOut;
}

/**
 * Takes the regime that pays and the readings it was computed with. Where periods overlap each month counts once, so the
 * months of the periods may add up to more than the regime counts.
 */
export function periodAccounts(
  service: readonly Period[],
  leaveOn: string,
  regime: string,
  readings: SetReadings,
): readonly PeriodAccount[] {
  const last = lastMonthBefore(leaveOn);
  return service.map((period) => {
    const { from, to, employer } = period;
    const months = Math.max(0, Math.min(monthIndex(to), last) - monthIndex(from) + 1);
    const why = months === 0 ? 'after-leaving' : leftOut(period, regime, readings);
    const account = { from, to, employer, months };
    return why === undefined ? { ...account, counts: true } : { ...account, counts: false, why };
  });
}

function leftOut(period: Period, regime: string, readings: SetReadings): LeftOut | undefined {
  const { employer, insured, compensated } = period;
  const isPost = employer === 'commune-part-time' || employer === 'village-part-time';
  const isPartTimer = regime === '154/9' || regime === '154/10';
  if (compensated) return 'compensated';
  if (isPartTimer && isPost) {
    const counts = employer === 'commune-part-time' || regime === '154/10' || readings.O17 === 'included';
    return counts ? undefined : 'village';
  }
  if (!insured) return 'uninsured';
  if (isPost) return readings.X22 === 'no' ? 'part-time' : undefined;
  return employer === 'private' && !countsPrivate(regime, readings) ? 'private' : undefined;
}

/** Decree 178 counts private insurance unless X19 is set otherwise, Decree 154 only where O6 says so. */
function countsPrivate(regime: string, { X19, O6, O13 }: SetReadings): boolean {
  if (regime.startsWith('178/') || regime.startsWith('07/')) return X19 !== 'excluded';
  if (regime.startsWith('29/')) return O13 === 'as-178' && X19 !== 'excluded';
  return (regime === '154/9' || regime === '154/10') && O6 === 'included';
}

export const employerNames: Readonly<Record<Employer, Sentence>> = {
  state: { vi: 'cơ quan, đơn vị Nhà nước', en: 'State body' },
  party: { vi: 'cơ quan Đảng', en: 'Party body' },
  front: { vi: 'Mặt trận Tổ quốc', en: 'Fatherland Front' },
  'political-social': { vi: 'tổ chức chính trị - xã hội', en: 'political-social organisation' },
  'armed-forces': { vi: 'lực lượng vũ trang', en: 'armed forces' },
  'commune-part-time': { vi: 'không chuyên trách cấp xã', en: 'part-time post of a commune' },
  'village-part-time': { vi: 'không chuyên trách ở thôn, tổ dân phố', en: 'part-time post of a village' },
  private: { vi: 'doanh nghiệp', en: 'private company' },
};

export const leftOutReasons: Readonly<Record<LeftOut, Sentence>> = {
  uninsured: { vi: 'không đóng BHXH bắt buộc', en: 'not insured' },
  compensated: { vi: 'đã hưởng trợ cấp hoặc BHXH một lần', en: 'already compensated' },
  private: { vi: 'đóng BHXH ở doanh nghiệp', en: 'private-sector insurance' },
  'part-time': { vi: 'thời gian không chuyên trách', en: 'part-time post' },
  village: { vi: 'thời gian ở thôn chưa thống nhất được tính (O17)', en: 'village months are not settled (O17)' },
  'after-leaving': { vi: 'sau ngày nghỉ', en: 'after the leave date' },
};

/** `06/2010–05/2025, cơ quan, đơn vị Nhà nước: 180 tháng, được tính.` */
export function periodSentence({ from, to, employer, months, counts, why }: PeriodAccount): Sentence {
  const span = `${formatDay(from)}–${formatDay(to)}`;
  const name = employerNames[employer];
  const reason = why === undefined ? undefined : leftOutReasons[why];
  return {
    vi: `${span}, ${name.vi}: ${months} tháng, ${counts ? 'được tính' : `không tính: ${reason?.vi}`}.`,
    en: `${span}, ${name.en}: ${months} months, ${counts ? 'counted' : `not counted: ${reason?.en}`}.`,
  };
}
