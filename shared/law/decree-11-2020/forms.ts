/**
 * Which forms a unit hands to the Treasury when it pays people: the list of beneficiaries, and the voucher it is attached
 * to. No amount rests on them. Decree 347/2025/NĐ-CP took the place of Decree 11/2020/NĐ-CP; its annex could not be
 * read: that the list is called `danh sách` since, and the numbers 13 and 17 of the vouchers, are from a public
 * description of the Treasury's own programme; the list's number, columns and the day itself are not known.
 */
import { citeWhole, type Dated, type LegalText } from '../dated.ts';

export const decree11: LegalText = {
  vi: 'Nghị định 11/2020/NĐ-CP',
  en: 'Decree 11/2020/NĐ-CP',
  inForce: '2020-03-16',
};
/** Reports give 26/09 and 29/12/2025 as its day; that it governs the budget year 2026 is our assumption. */
export const decree347: LegalText = {
  vi: 'Nghị định 347/2025/NĐ-CP',
  en: 'Decree 347/2025/NĐ-CP',
  inForce: '2026-01-01',
};

export interface Form {
  /** `Mẫu số 09`; empty where it is not known. */
  readonly number: string;
  /** `C2-02a/NS`; empty where the form has none. */
  readonly sign: string;
  readonly formName: string;
}

/** The columns are those of Decree 11/2020 in every row, for no later ones could be read. */
export const beneficiaryListForm: readonly Dated<Form>[] = [
  {
    from: '2020-03-16',
    value: { number: 'Mẫu số 09', sign: '', formName: 'Bảng thanh toán cho đối tượng thụ hưởng' },
    by: citeWhole(decree11, 'Mẫu số 09', 'form 09'),
    sure: 'C-2',
  },
  {
    from: '2026-01-01',
    value: { number: '', sign: '', formName: 'Danh sách thanh toán cho đối tượng thụ hưởng' },
    by: citeWhole(decree347),
    sure: 'L',
  },
];

/** The voucher by where the money is drawn from: the estimate, or the unit's deposit account. */
export const voucherForm = {
  estimate: [
    {
      from: '2020-03-16',
      value: { number: 'Mẫu số 16a1', sign: 'C2-02a/NS', formName: 'Giấy rút dự toán ngân sách nhà nước' },
      by: citeWhole(decree11, 'Mẫu số 16a1', 'form 16a1'),
      sure: 'H',
    },
    {
      from: '2026-01-01',
      value: { number: 'Mẫu số 13', sign: 'C2-02a/NS', formName: 'Giấy rút dự toán ngân sách nhà nước' },
      by: citeWhole(decree347, 'Mẫu số 13', 'form 13'),
      sure: 'M',
    },
  ],
  deposit: [
    {
      from: '2020-03-16',
      value: { number: 'Mẫu số 16c1', sign: 'C4-02a/KB', formName: 'Ủy nhiệm chi' },
      by: citeWhole(decree11, 'Mẫu số 16c1', 'form 16c1'),
      sure: 'H',
    },
    {
      from: '2026-01-01',
      value: { number: 'Mẫu số 17', sign: 'C4-02a/NS', formName: 'Ủy nhiệm chi' },
      by: citeWhole(decree347, 'Mẫu số 17', 'form 17'),
      sure: 'M',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Dated<Form>[]>>;
