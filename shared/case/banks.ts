/** Banks that pay in Viet Nam, by the short names people write. */
import type { Certainty } from '../law/dated.ts';
import { fold } from '../vietnamese.ts';

export interface Bank {
  readonly code: string;
  readonly name: string;
  /** Other names, folded. */
  readonly aliases: readonly string[];
  /** How many digits the bank's own numbers have; absent where nothing reliable is public. */
  readonly digits?: NumberLengths;
}

/**
 * Banks publish no rule: these are the lengths that account numbers in print have, with how sure we are of them. Numbers
 * that a customer chose may be shorter, so another length is a reason to ask, never to refuse.
 */
export interface NumberLengths {
  readonly counts: readonly number[];
  readonly sure: Certainty;
}

export const banks: readonly Bank[] = [
  {
    code: 'VBA',
    name: 'Agribank',
    aliases: [
      'nong nghiep',
      'nong nghiep va phat trien nong thon',
      'nong nghiep va phat trien nong thon viet nam',
      'nhnoptnt',
    ],
    digits: { counts: [13, 14], sure: 'C-1' },
  },
  {
    code: 'VCB',
    name: 'Vietcombank',
    aliases: ['ngoai thuong', 'ngoai thuong viet nam'],
    digits: { counts: [10, 13], sure: 'M' },
  },
  {
    code: 'ICB',
    name: 'VietinBank',
    aliases: ['cong thuong', 'cong thuong viet nam', 'ctg'],
    digits: { counts: [12], sure: 'M' },
  },
  {
    code: 'BIDV',
    name: 'BIDV',
    aliases: ['dau tu va phat trien', 'dau tu va phat trien viet nam'],
    digits: { counts: [10, 14], sure: 'M' },
  },
  {
    code: 'MB',
    name: 'MB',
    aliases: ['mbbank', 'mb bank', 'quan doi'],
    digits: { counts: [9, 10, 11, 12, 13], sure: 'M' },
  },
  { code: 'TCB', name: 'Techcombank', aliases: ['ky thuong', 'ky thuong viet nam'] },
  { code: 'ACB', name: 'ACB', aliases: ['a chau'] },
  { code: 'VPB', name: 'VPBank', aliases: ['vp bank', 'viet nam thinh vuong'] },
  { code: 'STB', name: 'Sacombank', aliases: ['sai gon thuong tin'], digits: { counts: [12], sure: 'M' } },
  { code: 'HDB', name: 'HDBank', aliases: ['hd bank', 'phat trien thanh pho ho chi minh', 'phat trien tp hcm'] },
  { code: 'TPB', name: 'TPBank', aliases: ['tp bank', 'tien phong'] },
  { code: 'VIB', name: 'VIB', aliases: ['quoc te', 'quoc te viet nam'] },
  { code: 'SHB', name: 'SHB', aliases: ['sai gon ha noi', 'sai gon - ha noi'] },
  { code: 'EIB', name: 'Eximbank', aliases: ['xuat nhap khau', 'xuat nhap khau viet nam'] },
  { code: 'MSB', name: 'MSB', aliases: ['hang hai', 'hang hai viet nam', 'maritime bank'] },
  {
    code: 'LPB',
    name: 'LPBank',
    aliases: ['lp bank', 'lienvietpostbank', 'buu dien lien viet', 'loc phat', 'loc phat viet nam'],
  },
  { code: 'SEAB', name: 'SeABank', aliases: ['sea bank', 'dong nam a'] },
  { code: 'OCB', name: 'OCB', aliases: ['phuong dong'] },
  { code: 'NAB', name: 'Nam A Bank', aliases: ['nam a', 'namabank'] },
  { code: 'ABB', name: 'ABBANK', aliases: ['an binh'] },
  { code: 'BAB', name: 'Bac A Bank', aliases: ['bac a', 'bacabank'] },
  { code: 'VAB', name: 'VietABank', aliases: ['viet a', 'viet a bank'] },
  { code: 'NCB', name: 'NCB', aliases: ['quoc dan'] },
  { code: 'PVCB', name: 'PVcomBank', aliases: ['dai chung', 'dai chung viet nam'] },
  { code: 'KLB', name: 'Kienlongbank', aliases: ['kien long'] },
  { code: 'SCB', name: 'SCB', aliases: ['sai gon'] },
  { code: 'BVB', name: 'BaoViet Bank', aliases: ['bao viet', 'baovietbank'] },
  { code: 'VCCB', name: 'BVBank', aliases: ['ban viet'] },
  { code: 'SHBVN', name: 'Shinhan Bank', aliases: ['shinhan', 'shinhan viet nam'] },
  { code: 'COOPBANK', name: 'Co-opBank', aliases: ['hop tac xa', 'hop tac xa viet nam', 'coop bank'] },
  { code: 'VBSP', name: 'VBSP', aliases: ['chinh sach xa hoi', 'nhcsxh'] },
];

const byCode = new Map(banks.map((bank) => [bank.code, bank]));
const byName = new Map(
  banks.flatMap((bank) => [bank.code, bank.name, ...bank.aliases].map((name) => [plain(name), bank] as const)),
);

/** The bank of a code; `undefined` when the table has none. */
export function bankOf(code: string): Bank | undefined {
  return byCode.get(code);
}

/** The name shown for a code; a code that is not in the table is shown as it is. */
export function bankName(code: string): string {
  return byCode.get(code)?.name ?? code;
}

/** Takes what was typed: `Agribank chi nhánh Vinh`, `Ngân hàng TMCP Ngoại thương`. Never guesses from part of a name. */
export function findBank(text: string): Bank | undefined {
  const whole = plain(text);
  // `chi nhánh`, `CN` and `PGD` begin the branch, which the account number already tells.
  const branch = /\s*[-,(]?\s*\b(chi nhanh|cn|pgd|phong giao dich)\b.*$/;
  return byName.get(whole) ?? byName.get(whole.replace(branch, '').trim());
}

function plain(text: string): string {
  return fold(text)
    .replace(/^(ngan hang|nh)\s+/, '')
    .replace(/^(thuong mai co phan|tmcp|tm cp)\s+/, '')
    .replace(/^(tnhh mtv|tnhh)\s+/, '')
    .trim();
}
