/** The list of beneficiaries as the Treasury asks for it: groups, sums, words, and where the money is drawn from. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlOf, shownCheck } from '../../../shared/disbursement/control.ts';
import { form09 } from '../../../shared/disbursement/form-09.ts';
import { sum } from '../../../shared/dong.ts';
import { slipPaper, someBeneficiaries } from '../../slip-papers.ts';

const person = (fullName: string, regime: string, amount: bigint) => ({
  fullName,
  accountNumber: '0123456789',
  bank: 'Agribank',
  bankCode: 'VBA',
  amount,
  reference: `CT${fullName.length}${amount}-1`,
  regime,
});

test('people stand by what is paid to them, in the order of the texts, and by given name in each', () => {
  const form = form09(
    slipPaper([
      person('Trần Văn Bảo', '154/9', 1n),
      person('Lê Thị Yến', '178/7', 2n),
      person('Vi Văn An', '178/7', 4n),
      person('Ngân Thị Hoa', '', 8n),
      person('Đặng Văn Cường', '178/9', 16n),
    ]),
  );
  expect(
    form.groups.map(({ numeral, name, total, beneficiaries }) => [
      numeral,
      name,
      total,
      beneficiaries.map(({ fullName }) => fullName),
    ]),
  ).toEqual([
    ['I', 'Nghỉ hưu trước tuổi (Nghị định 178/2024/NĐ-CP, Điều 7)', 6n, ['Vi Văn An', 'Lê Thị Yến']],
    ['II', 'Nghỉ thôi việc (Nghị định 178/2024/NĐ-CP, Điều 9)', 16n, ['Đặng Văn Cường']],
    ['III', 'Người hoạt động không chuyên trách cấp xã (Nghị định 154/2025/NĐ-CP, Điều 9)', 1n, ['Trần Văn Bảo']],
    ['IV', 'Chi trả chế độ theo quyết định', 8n, ['Ngân Thị Hoa']],
  ]);
  expect(form.sums).toEqual([
    `Tổng số tiền bằng số: 31 đồng; số người: 5. Mã kiểm tra: ${shownCheck(form.control)}.`,
    'Tổng số tiền bằng chữ: Ba mươi mốt đồng.',
  ]);
});

test('the sums of the groups are the total, and everybody stands in one group', () => {
  fc.assert(
    fc.property(someBeneficiaries(20), (people) => {
      const { groups, control } = form09(slipPaper(people));
      expect(sum(groups.map(({ total }) => total))).toBe(control.total);
      expect(groups.flatMap(({ beneficiaries }) => beneficiaries.map(({ reference }) => reference)).toSorted()).toEqual(
        people.map(({ reference }) => reference).toSorted(),
      );
    }),
  );
});

describe('the head', () => {
  test.each([
    [
      'estimate',
      '(Kèm theo giấy rút dự toán số: b1.1098765.1 ngày 30/09/2025)',
      'Tài khoản dự toán: [x]          Tài khoản tiền gửi: [  ]',
    ],
    [
      'deposit',
      '(Kèm theo ủy nhiệm chi số: b1.1098765.1 ngày 30/09/2025)',
      'Tài khoản dự toán: [  ]          Tài khoản tiền gửi: [x]',
    ],
  ] as const)('of money from the %s names its voucher and ticks it', (from, attachedTo, ticks) => {
    expect(form09(slipPaper([], { from }))).toMatchObject({ attachedTo, ticks });
  });

  test('names the unit, its code, chapter and account, and the decision; no account at a bank is invented', () => {
    expect(form09(slipPaper([])).head).toEqual([
      '1. Đơn vị sử dụng ngân sách: Ủy ban nhân dân xã Quỳ Châu',
      '2. Mã đơn vị (mã ĐVQHNS): 1098765     Chương: 805     Tài khoản tại Kho bạc Nhà nước: 9523.3.1098765',
      '3. Tài khoản thanh toán của đơn vị mở tại ngân hàng thương mại: ……………………………',
      '4. Nội dung: Chi trả chế độ theo Quyết định số 2345/QĐ-UBND ngày 20/09/2025 của UBND tỉnh',
    ]);
  });
});

test('the check value is the SHA-256 of `reference|account|amount`, a line each in the order of references', () => {
  const rows = [
    { reference: 'CT2-1', accountNumber: '0099', amount: 7n },
    { reference: 'CT1-1', accountNumber: '0123', amount: 5n },
  ];
  const check = createHash('sha256').update('CT1-1|0123|5\nCT2-1|0099|7\n').digest('hex');
  expect(controlOf(rows)).toEqual({ count: 2, total: 12n, check });
  expect(shownCheck({ check })).toBe(check.slice(0, 16));
});
