/** Every reason that money comes back for has somebody who acts, what they do, and words that may be said. */
import { describe, expect, test } from 'vitest';
import { returnReasonOf, returnReasons, unknownReason } from '../../../shared/disbursement/return-reasons.ts';
import { fold } from '../../../shared/vietnamese.ts';

describe('what a bank or the Treasury writes', () => {
  test.each([
    ['Tài khoản người hưởng đã đóng', 'AC04'],
    ['TK da tat toan', 'AC04'],
    ['Tên chủ tài khoản không khớp hồ sơ', 'BE01'],
    ['SAI TEN NGUOI HUONG', 'BE01'],
    ['Số tài khoản không tồn tại', 'AC01'],
    ['Tài khoản bị phong tỏa theo yêu cầu', 'AC06'],
    ['Khách hàng đã mất', 'MD07'],
    ['Chi nhánh không còn hoạt động', 'RC01'],
    ['Không đủ dự toán', 'T1'],
    ['Quyết định không đúng thẩm quyền', 'T2'],
    ['Số tiền bằng chữ khác bằng số', 'T3'],
    ['Chưa đăng ký mẫu dấu', 'T4'],
    ['Thiếu chữ ký kế toán trưởng', 'T5'],
    ['Hồ sơ quá hạn', 'T6'],
    ['Danh sách không khớp quyết định', 'T7'],
    ['RJCT/AC04', 'AC04'],
    ['mã MD07', 'MD07'],
  ])('“%s” is %s', (said, code) => {
    expect(returnReasonOf(said).code).toBe(code);
  });

  test.each([undefined, '', '  ', 'lỗi khác', 'XAC045'])('“%s” is told apart by nobody: Finance asks', (said) => {
    expect(returnReasonOf(said)).toBe(unknownReason);
  });
});

describe('each reason', () => {
  test('has a code of its own, and words that are folded as they are compared', () => {
    const codes = returnReasons.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { phrases } of returnReasons) for (const phrase of phrases) expect(phrase).toBe(fold(phrase));
  });

  test('is found by its own first words, whatever stands before it in the table', () => {
    for (const { code, phrases } of returnReasons) expect(returnReasonOf(phrases[0]).code).toBe(code);
  });

  test('says to a person nothing but that, and never asks for a secret', () => {
    for (const { message } of returnReasons) {
      if (message !== undefined) expect(message).toContain('không bao giờ hỏi mật khẩu');
    }
    expect(returnReasons.find(({ code }) => code === 'MD07')?.message).toBeUndefined();
  });
});
