/** Every field of the voucher: what is known stands there, what is not is never guessed. */
import { describe, expect, test } from 'vitest';
import { notStated, totalLabel, withdrawalSlip } from '../../../shared/disbursement/withdrawal-slip.ts';
import { slipPaper } from '../../slip-papers.ts';

const person = {
  fullName: 'Lô Văn A',
  accountNumber: '0123456789',
  bank: 'Agribank',
  bankCode: 'VBA',
  amount: 744_778_125n,
  reference: 'CT0000000001-1',
  regime: '178/7',
};
const codes = { level: '2', category: '341', item: '8006', source: '14', account: '9527', programme: '00000' };

function fieldsOf(paper: Parameters<typeof withdrawalSlip>[0]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(withdrawalSlip(paper).rows.map(([, name, value]) => [String(name), value]));
}

test('with the codes of the estimate every code stands in its field', () => {
  expect(fieldsOf(slipPaper([person], { codes }))).toMatchObject({
    'Mã ĐVQHNS': '1098765',
    'Mã chương': '805',
    'Mã cấp ngân sách': '2',
    'Mã ngành kinh tế (khoản)': '341',
    'Mã nội dung kinh tế (tiểu mục)': '8006',
    'Mã nguồn NSNN (tính chất nguồn kinh phí)': '14',
    'Tài khoản dự toán': '9527',
    'Mã chương trình mục tiêu, dự án': '00000',
    'Tài khoản của đơn vị tại Kho bạc': '9523.3.1098765',
    [totalLabel]: 744_778_125n,
    'Tổng số tiền (có dấu chấm)': '744.778.125 đồng',
    'Tổng số tiền (bằng chữ)': 'Bảy trăm bốn mươi tư triệu bảy trăm bảy mươi tám nghìn một trăm hai mươi lăm đồng',
    'Số người': '1',
    'Nội dung thanh toán': 'Chi trả chế độ theo Quyết định số 2345/QĐ-UBND ngày 20/09/2025 của UBND tỉnh',
  });
});

describe('what the estimate does not state is said to be missing', () => {
  test('without any code', () => {
    const fields = fieldsOf(slipPaper([person]));
    for (const name of [
      'Mã cấp ngân sách',
      'Mã ngành kinh tế (khoản)',
      'Mã nội dung kinh tế (tiểu mục)',
      'Tài khoản dự toán',
    ]) {
      expect([name, fields[name]]).toEqual([name, notStated]);
    }
  });

  test('without a programme alone', () => {
    const { programme: _none, ...rest } = codes;
    const fields = fieldsOf(slipPaper([person], { codes: rest }));
    expect([fields['Mã chương trình mục tiêu, dự án'], fields['Mã nguồn NSNN (tính chất nguồn kinh phí)']]).toEqual([
      notStated,
      '14',
    ]);
  });

  test('without an account of the unit', () => {
    const { unit } = slipPaper([]);
    const fields = fieldsOf(slipPaper([person], { unit: { ...unit, treasuryAccount: '' } }));
    expect(fields['Tài khoản của đơn vị tại Kho bạc']).toBe('chưa có trong sổ đăng ký đơn vị');
  });
});

describe('the voucher is that of where the money is drawn from, on the day in Viet Nam', () => {
  test.each([
    ['estimate', '2025-12-31T16:59:59Z', 'Mẫu số 16a1 – C2-02a/NS (Nghị định 11/2020/NĐ-CP)'],
    ['estimate', '2025-12-31T17:00:00Z', 'Mẫu số 13 – C2-02a/NS (Nghị định 347/2025/NĐ-CP)'],
    ['deposit', '2025-12-31T16:59:59Z', 'Mẫu số 16c1 – C4-02a/KB (Nghị định 11/2020/NĐ-CP)'],
    ['deposit', '2025-12-31T17:00:00Z', 'Mẫu số 17 – C4-02a/NS (Nghị định 347/2025/NĐ-CP)'],
  ] as const)('from the %s at %s', (from, madeAt, form) => {
    expect(withdrawalSlip(slipPaper([person], { from, madeAt })).title?.[1]).toBe(form);
  });

  test('a payment order has a payer and no year of an estimate', () => {
    const fields = fieldsOf(slipPaper([person], { from: 'deposit' }));
    expect([fields['Đơn vị trả tiền'], fields['Năm ngân sách']]).toEqual(['Ủy ban nhân dân xã Quỳ Châu', undefined]);
  });
});
