/**
 * The days on which State offices are shut: public holidays, days in lieu, and working days swapped for a Saturday. The
 * Prime Minister decides Tết and the second day of National Day each year (article 112(3)); a notice of the ministry
 * tells offices, and may swap a day. They are the days of cadres, civil servants and public employees alone.
 */
import type { LocalDate } from '../../calendar.ts';
import { cite, type Citation, citeWhole, type Dated, type LegalText } from '../dated.ts';

export const labourCode: LegalText = {
  vi: 'Bộ luật Lao động 45/2019/QH14',
  en: 'Labour Code 45/2019/QH14',
  inForce: '2021-01-01',
};
export const notice5015: LegalText = {
  vi: 'Thông báo 5015/TB-LĐTBXH ngày 22/11/2023',
  en: 'Notice 5015/TB-LĐTBXH of 22/11/2023',
  inForce: '2023-11-22',
};
// Reports of it give 11/04 and 12/04/2024 as its day.
export const notice1570: LegalText = {
  vi: 'Thông báo 1570/TB-BLĐTBXH năm 2024',
  en: 'Notice 1570/TB-BLĐTBXH of 2024',
  inForce: '2024-04-12',
};
export const notice6150: LegalText = {
  vi: 'Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024',
  en: 'Notice 6150/TB-BLĐTBXH of 03/12/2024',
  inForce: '2024-12-03',
};
export const notice9441: LegalText = {
  vi: 'Thông báo 9441/TB-BNV ngày 16/10/2025',
  en: 'Notice 9441/TB-BNV of 16/10/2025',
  inForce: '2025-10-16',
};
export const dispatch12729: LegalText = {
  vi: 'Công văn 12729/VPCP-KGVX ngày 25/12/2025',
  en: 'Official Dispatch 12729/VPCP-KGVX of 25/12/2025',
  inForce: '2025-12-25',
};
export const resolution28: LegalText = {
  vi: 'Nghị quyết 28/2026/QH16',
  en: 'Resolution 28/2026/QH16',
  inForce: '2026-07-01',
};

/** The days off of one occasion in one year. */
export interface DaysOff {
  readonly days: readonly LocalDate[];
  /** In place of those that fall on a Saturday or Sunday: article 111(3), the next working day. */
  readonly inLieu?: readonly LocalDate[];
  /** A working day off, and the Saturday on which it is made up. */
  readonly swapped?: { readonly off: LocalDate; readonly worked: LocalDate };
  /** Whether the day was read in a text or a report of it, or computed from the rule before any notice. */
  readonly known: 'by-reading' | 'by-computing';
}

const newYear = cite(labourCode, '112(1)(a)');
const hungKings = cite(labourCode, '112(1)(e)');
const victoryDay = cite(labourCode, '112(1)(c)');
const labourDay = cite(labourCode, '112(1)(d)');
const cultureDay = cite(resolution28, '2');

/** By occasion; a row a year, from its first day. */
export const daysOff: Readonly<
  Record<
    'newYear' | 'tet' | 'hungKings' | 'victoryDay' | 'labourDay' | 'nationalDay' | 'cultureDay',
    readonly Dated<DaysOff>[]
  >
> = {
  newYear: [
    { from: '2024-01-01', value: { days: ['2024-01-01'], known: 'by-reading' }, by: newYear, sure: 'C-3' },
    { from: '2025-01-01', value: { days: ['2025-01-01'], known: 'by-reading' }, by: newYear, sure: 'C-3' },
    {
      from: '2026-01-01',
      value: {
        days: ['2026-01-01'],
        swapped: { off: '2026-01-02', worked: '2026-01-10' },
        known: 'by-reading',
      },
      by: citeWhole(dispatch12729),
      sure: 'C-4',
    },
    { from: '2027-01-01', value: { days: ['2027-01-01'], known: 'by-reading' }, by: newYear, sure: 'C-3' },
  ],
  tet: [
    {
      from: '2024-01-01',
      value: {
        days: ['2024-02-08', '2024-02-09', '2024-02-10', '2024-02-11', '2024-02-12'],
        inLieu: ['2024-02-13', '2024-02-14'],
        known: 'by-reading',
      },
      by: citeWhole(notice5015),
      sure: 'C-3',
    },
    {
      from: '2025-01-01',
      value: {
        days: ['2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'],
        known: 'by-reading',
      },
      by: citeWhole(notice6150),
      sure: 'C-3',
    },
    {
      from: '2026-01-01',
      value: {
        days: ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'],
        known: 'by-reading',
      },
      by: citeWhole(notice9441),
      sure: 'C-4',
    },
    // No notice could be read. Tết is Saturday 06/02/2027; whether one, two or three of the five days come before it, and
    // with two days in lieu of the weekend, these are off each time. Two further working days are to come.
    {
      from: '2027-01-01',
      value: {
        days: ['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09'],
        known: 'by-computing',
      },
      by: withLieu('b'),
      sure: 'L',
    },
  ],
  // The tenth of the third lunar month.
  hungKings: [
    { from: '2024-01-01', value: { days: ['2024-04-18'], known: 'by-reading' }, by: hungKings, sure: 'C-2' },
    { from: '2025-01-01', value: { days: ['2025-04-07'], known: 'by-reading' }, by: hungKings, sure: 'C-3' },
    {
      from: '2026-01-01',
      value: { days: ['2026-04-26'], inLieu: ['2026-04-27'], known: 'by-reading' },
      by: withLieu('e'),
      sure: 'C-3',
    },
    { from: '2027-01-01', value: { days: ['2027-04-16'], known: 'by-computing' }, by: hungKings, sure: 'H' },
  ],
  victoryDay: [
    {
      from: '2024-01-01',
      value: {
        days: ['2024-04-30'],
        swapped: { off: '2024-04-29', worked: '2024-05-04' },
        known: 'by-reading',
      },
      by: citeWhole(notice1570),
      sure: 'C-3',
    },
    { from: '2025-01-01', value: { days: ['2025-04-30'], known: 'by-reading' }, by: victoryDay, sure: 'C-3' },
    { from: '2026-01-01', value: { days: ['2026-04-30'], known: 'by-reading' }, by: victoryDay, sure: 'C-3' },
    { from: '2027-01-01', value: { days: ['2027-04-30'], known: 'by-reading' }, by: victoryDay, sure: 'C-3' },
  ],
  labourDay: [
    { from: '2024-01-01', value: { days: ['2024-05-01'], known: 'by-reading' }, by: labourDay, sure: 'C-3' },
    {
      from: '2025-01-01',
      value: {
        days: ['2025-05-01'],
        swapped: { off: '2025-05-02', worked: '2025-04-26' },
        known: 'by-reading',
      },
      by: citeWhole(notice6150),
      sure: 'C-3',
    },
    { from: '2026-01-01', value: { days: ['2026-05-01'], known: 'by-reading' }, by: labourDay, sure: 'C-3' },
    {
      from: '2027-01-01',
      value: { days: ['2027-05-01'], inLieu: ['2027-05-03'], known: 'by-computing' },
      by: withLieu('d'),
      sure: 'H',
    },
  ],
  nationalDay: [
    {
      from: '2024-01-01',
      value: { days: ['2024-09-02', '2024-09-03'], known: 'by-reading' },
      by: citeWhole(notice5015),
      sure: 'C-3',
    },
    {
      from: '2025-01-01',
      value: { days: ['2025-09-01', '2025-09-02'], known: 'by-reading' },
      by: citeWhole(notice6150),
      sure: 'C-2',
    },
    {
      from: '2026-01-01',
      value: {
        days: ['2026-09-01', '2026-09-02'],
        swapped: { off: '2026-08-31', worked: '2026-08-22' },
        known: 'by-reading',
      },
      by: citeWhole(notice9441),
      sure: 'C-3',
    },
    // The second day, 01/09 or 03/09/2027, could not be read and is not assumed.
    {
      from: '2027-01-01',
      value: { days: ['2027-09-02'], known: 'by-computing' },
      by: cite(labourCode, '112(1)(đ)'),
      sure: 'M',
    },
  ],
  // Outside article 112(1), so that article 111(3) gives no day in lieu of it. A swap of Monday 23/11 for Saturday
  // 28/11/2026 was proposed in September 2026; no decision could be read, and none is assumed.
  cultureDay: [
    { from: '2026-07-01', value: { days: ['2026-11-24'], known: 'by-reading' }, by: cultureDay, sure: 'C-2' },
    { from: '2027-01-01', value: { days: ['2027-11-24'], known: 'by-reading' }, by: cultureDay, sure: 'C-2' },
  ],
};

/** Which days the rows above cover: outside of them only Saturdays and Sundays are days off. */
export interface KnownDays {
  readonly from: LocalDate;
  /** The last day of the last year whose notices were read. */
  readonly announcedTo: LocalDate;
  /** The last day of the last year that was computed as far as the rule goes. */
  readonly computedTo: LocalDate;
}

/** From the day the calendar was known so far. 2026 is known in part: see Culture Day. */
export const knownDays: readonly Dated<KnownDays>[] = [
  {
    from: '2024-01-01',
    value: { from: '2024-01-01', announcedTo: '2026-12-31', computedTo: '2027-12-31' },
    by: cite(labourCode, '112(3)'),
    sure: 'M',
  },
];

/** Cites a holiday of article 112(1) together with the rule on days in lieu. */
function withLieu(point: string): Citation {
  return citeWhole(
    labourCode,
    `Điều 111 khoản 3 và Điều 112 khoản 1 điểm ${point}`,
    `articles 111(3) and 112(1)(${point})`,
  );
}
