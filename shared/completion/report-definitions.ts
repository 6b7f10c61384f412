/**
 * What each receiver of a report counts as a person, as decided and as paid, and who receives it how. Two ministries counted
 * the same days differently (30/06 and 30/09/2025), so that every report states its own definition.
 */
import * as z from 'zod';
import type { LocalDate } from '../calendar.ts';
import { bucketOf, type Bucket, type Status } from '../case/lifecycle.ts';
import { type Dated, inForceOn } from '../law/dated.ts';
import type { Standing } from './standing-at.ts';

export const receivers = [
  'people-committee',
  'party-committee',
  'home-affairs-ministry',
  'finance-ministry',
  'steering-committee',
] as const;
export type Receiver = (typeof receivers)[number];

/** How figures are counted; the words of each choice stand in `definitionSentences`. */
export const counting = z.object({
  /** Everybody whose sum is computed, or only who is on a list that the People's Committee has decided. */
  base: z.enum(['computed', 'decided']),
  /** The money is in the account, or the Treasury has paid it. */
  paid: z.enum(['credited', 'treasury-paid']),
  /** Payments made outside the system count as paid. */
  countsElsewhere: z.boolean(),
  /** Sums of one or two people are left out; the people never are. */
  hidesSmallSums: z.boolean(),
});
export type Counting = z.infer<typeof counting>;

export const definition = z.object({
  ...counting.shape,
  receiver: z.enum(receivers),
  /** `Kính gửi`. */
  addressee: z.string(),
  /** Short, in the report's code: `BNV-2025-001`. */
  sign: z.string(),
  /** Above the issuer; empty for the People's Committee. */
  superior: z.string(),
  issuer: z.string(),
  /** After the number: `/BC-UBND`. */
  numberSign: z.string(),
  /** Above the signature, line by line. */
  signatory: z.array(z.string()),
  /** `Nơi nhận`, line by line. */
  copies: z.array(z.string()),
});
export type Definition = z.infer<typeof definition>;

const committee = {
  superior: '',
  issuer: 'ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN',
  numberSign: '/BC-UBND',
  signatory: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
} as const;

/**
 * No ministry's own form of this campaign was found: who receives what is from the published reporting line, how each counts is
 * our assumption from their figures (`L`), and a new row once somebody states it.
 */
const by = {
  vi: 'Công văn 19/CV-BCĐ ngày 29/09/2025 (nơi nhận); cách đếm là giả định',
  en: 'Official Letter 19/CV-BCĐ of 29/09/2025 (receivers); how they count is assumed',
};
const row = (value: Definition): Dated<Definition> => ({ from: '2025-01-01', value, by, sure: 'L' });

const definitions: { readonly [R in Receiver]: readonly Dated<Definition>[] } = {
  // The People's Committee decides each person's sum itself, so that nothing is left out for it.
  'people-committee': [
    row({
      receiver: 'people-committee',
      addressee: 'Ủy ban nhân dân tỉnh Nghệ An',
      sign: 'UBND',
      superior: 'ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN',
      issuer: 'SỞ TÀI CHÍNH',
      numberSign: '/BC-STC',
      signatory: ['GIÁM ĐỐC'],
      copies: ['- Như trên;', '- Sở Nội vụ;', '- Lưu: VT.'],
      base: 'computed',
      paid: 'credited',
      countsElsewhere: true,
      hidesSmallSums: false,
    }),
  ],
  'party-committee': [
    row({
      ...committee,
      receiver: 'party-committee',
      addressee: 'Tỉnh ủy Nghệ An',
      sign: 'TU',
      signatory: [...committee.signatory],
      copies: ['- Như trên;', '- Ban Tổ chức Tỉnh ủy;', '- Sở Nội vụ, Sở Tài chính;', '- Lưu: VT.'],
      base: 'computed',
      paid: 'credited',
      countsElsewhere: true,
      hidesSmallSums: true,
    }),
  ],
  'home-affairs-ministry': [
    row({
      ...committee,
      receiver: 'home-affairs-ministry',
      addressee: 'Bộ Nội vụ',
      sign: 'BNV',
      signatory: [...committee.signatory],
      copies: ['- Như trên;', '- Ban Chỉ đạo;', '- Sở Nội vụ, Sở Tài chính;', '- Lưu: VT.'],
      base: 'decided',
      paid: 'credited',
      countsElsewhere: true,
      hidesSmallSums: true,
    }),
  ],
  'finance-ministry': [
    row({
      ...committee,
      receiver: 'finance-ministry',
      addressee: 'Bộ Tài chính',
      sign: 'BTC',
      signatory: [...committee.signatory],
      copies: ['- Như trên;', '- Kho bạc Nhà nước khu vực XI;', '- Sở Nội vụ, Sở Tài chính;', '- Lưu: VT.'],
      base: 'decided',
      paid: 'treasury-paid',
      countsElsewhere: false,
      hidesSmallSums: true,
    }),
  ],
  'steering-committee': [
    row({
      ...committee,
      receiver: 'steering-committee',
      addressee: 'Ban Chỉ đạo (qua Bộ Nội vụ, Bộ Tài chính)',
      sign: 'BCD',
      signatory: [...committee.signatory],
      copies: ['- Như trên;', '- Bộ Nội vụ, Bộ Tài chính;', '- Sở Nội vụ, Sở Tài chính;', '- Lưu: VT.'],
      base: 'decided',
      paid: 'credited',
      countsElsewhere: true,
      hidesSmallSums: true,
    }),
  ],
};

export function definitionOn(receiver: Receiver, on: LocalDate): Dated<Definition> {
  return inForceOn(definitions[receiver], on);
}

/** The zero-sum line of a report: paid elsewhere is a place of its own where it does not count as paid. */
export type ReportBucket = Bucket | 'elsewhere';
export const reportBuckets = [
  'credited',
  'elsewhere',
  'returned',
  'in-flight',
  'not-yet-ordered',
  'held',
  'cancelled',
] as const satisfies readonly ReportBucket[];

/** Where a part stands by that way of counting; `undefined` outside of what is counted at all. */
export function bucketBy(
  { base, paid, countsElsewhere }: Counting,
  { status, isDecided }: Pick<Standing, 'status' | 'isDecided'>,
): ReportBucket | undefined {
  // Who was paid before any list was made is decided by the unit's own decision.
  if (base === 'decided' && !isDecided && status !== 'paid-elsewhere') return undefined;
  if (status === 'paid-elsewhere') return countsElsewhere ? 'credited' : 'elsewhere';
  const isPaid: readonly Status[] = paid === 'credited' ? ['credited'] : ['credited', 'treasury-paid'];
  return isPaid.includes(status) ? 'credited' : bucketOf[status];
}

/** Neither paid nor given up: the money is still to come. */
export function isUnpaid(bucket: ReportBucket): boolean {
  return bucket !== 'credited' && bucket !== 'elsewhere' && bucket !== 'cancelled';
}

/** The definition in sentences, for the report itself: who is counted, who is decided, who is paid, what is left out. */
export function definitionSentences({ base, paid, countsElsewhere, hidesSmallSums }: Counting): readonly string[] {
  return [
    base === 'computed'
      ? 'Người hưởng: mọi người đã được tính số tiền trên hệ thống, kể cả người chưa có quyết định phê duyệt. Người được trả từ nhiều nguồn đếm một lần, ở nguồn thứ nhất; phần trả thêm sau khi tính lại không đếm thêm người.'
      : 'Người hưởng: người trong danh sách đã được UBND tỉnh quyết định phê duyệt, và người đã được đơn vị chi trước. Người được trả từ nhiều nguồn đếm một lần, ở nguồn thứ nhất; phần trả thêm sau khi tính lại không đếm thêm người.',
    'Đã phê duyệt: quyết định của UBND tỉnh phê duyệt danh sách và kinh phí đã được ghi vào hệ thống.',
    paid === 'credited'
      ? 'Đã chi trả: ngân hàng đã báo có vào tài khoản người hưởng; tiền Kho bạc đã thanh toán nhưng chưa báo có là chưa chi trả.'
      : 'Đã chi trả: Kho bạc Nhà nước đã thanh toán, kể cả khi ngân hàng chưa báo có.',
    countsElsewhere
      ? 'Khoản đơn vị đã chi ngoài hệ thống, có chứng từ và được hai người xác nhận, là đã chi trả.'
      : 'Khoản đơn vị đã chi ngoài hệ thống không tính là đã chi trả, được ghi riêng.',
    ...(hidesSmallSums
      ? ['Số tiền của nhóm dưới 3 người không ghi (dấu •) để không lộ mức hưởng của từng người; số người luôn ghi đủ.']
      : []),
  ];
}

/** How a report calls the money that is paid by its definition: nobody has it yet where only the Treasury has paid. */
export function paidWords({ paid }: Pick<Counting, 'paid'>) {
  return paid === 'credited'
    ? { paid: 'đã nhận tiền', unpaid: 'chưa nhận', column: 'Đã nhận', unpaidColumn: 'Chưa nhận' }
    : {
        paid: 'đã được Kho bạc thanh toán',
        unpaid: 'chưa được thanh toán',
        column: 'Đã chi trả',
        unpaidColumn: 'Chưa chi trả',
      };
}
