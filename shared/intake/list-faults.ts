/** What can be wrong with a cell of the list, and what is said about it: what is wrong, where, what to do. */
import * as z from 'zod';
import type { Sentence } from '../vietnamese.ts';

/** `{found}` is what stands in the cell, `{more}` the limit, the words or the other row that it is held against. */
const said = {
  missing: {
    vi: 'chưa ghi «{column}». Hãy ghi vào ô này.',
    en: '«{column}» is empty. Fill in this cell.',
  },
  formula: {
    vi: '{found} là kết quả của công thức, được lấy theo giá trị đang lưu trong tệp. Hãy kiểm tra lại.',
    en: '{found} comes from a formula and is taken as the file holds it. Check it.',
  },
  'formula-unsolved': {
    vi: 'ô là công thức {found} chưa có kết quả trong tệp. Hãy ghi thẳng giá trị (dán dạng giá trị).',
    en: 'the cell is a formula {found} without a result in the file. Write the value itself (paste as values).',
  },
  'error-cell': {
    vi: 'ô báo lỗi {found}. Hãy ghi lại giá trị đúng.',
    en: 'the cell shows the error {found}. Write the right value.',
  },
  'not-a-number': {
    vi: '{found} không phải là số. Hãy ghi số, ví dụ {more}.',
    en: '{found} is not a number. Write a number such as {more}.',
  },
  'number-out-of-range': {
    vi: '{found} nằm ngoài khoảng {more}. Hãy kiểm tra dấu phẩy thập phân.',
    en: '{found} is outside {more}. Check the decimal comma.',
  },
  'percent-out-of-range': {
    vi: '{found} không nằm trong khoảng 0–100 %. Hãy ghi 25 cho 25 %.',
    en: '{found} is not within 0–100 %. Write 25 for 25 %.',
  },
  'percent-as-fraction': {
    vi: '{found} nhỏ hơn 1 %. Nếu là 25 % thì ghi 25, không ghi 0,25.',
    en: '{found} is under 1 %. For 25 % write 25, not 0.25.',
  },
  'not-money': {
    vi: '{found} không phải là số tiền. Hãy ghi số đồng, ví dụ 15.356.250.',
    en: '{found} is not an amount. Write whole đồng, such as 15.356.250.',
  },
  'not-a-day': {
    vi: '{found} không phải là ngày. Hãy ghi ngày/tháng/năm, ví dụ {more}.',
    en: '{found} is not a day. Write day/month/year, such as {more}.',
  },
  'two-digit-year': {
    vi: '{found} ghi năm hai chữ số, không rõ năm nào. Hãy ghi đủ bốn chữ số, ví dụ 01/06/2025.',
    en: '{found} has a two-digit year that does not tell the year. Write all four digits, such as 01/06/2025.',
  },
  'day-as-number': {
    vi: '{found} là ngày do Excel lưu dạng số; được hiểu là {more}. Hãy kiểm tra lại.',
    en: '{found} is a day that Excel kept as a number; it is read as {more}. Check it.',
  },
  'day-or-month-first': {
    vi: '{found}: trong cột này có ngày Excel không hiểu (như {more}), nên ô này có thể đã bị đảo ngày và tháng. Hãy ghi lại dạng văn bản, ví dụ 01/06/2025.',
    en: '{found}: Excel did not understand another day of this column ({more}), so day and month may be swapped here. Write it again as text, such as 01/06/2025.',
  },
  'insured-time-malformed': {
    vi: '{found} không rõ là bao nhiêu năm, bao nhiêu tháng (33.6 có thể là 33 năm 6 tháng hoặc 33,6 năm). Hãy ghi như 33 năm 6 tháng, hoặc ghi từng giai đoạn ở sheet Quá trình công tác.',
    en: '{found} does not tell years from months (33.6 may be 33 years 6 months, or 33.6 years). Write it like 33 năm 6 tháng, or write the periods on the sheet Quá trình công tác.',
  },
  'insured-time-differs': {
    vi: 'thời gian đóng BHXH {found} không khớp với {more}. Hãy ghi từng giai đoạn ở sheet Quá trình công tác.',
    en: 'the insured time {found} does not agree with {more}. Write the periods on the sheet Quá trình công tác.',
  },
  'insured-time-declared-differs': {
    vi: 'ghi thời gian đóng BHXH {found}, nhưng các giai đoạn ở sheet Quá trình công tác cộng lại là {more}. Kết quả tính theo các giai đoạn.',
    en: 'the insured time is stated as {found}, but the periods add up to {more}. The periods are what counts.',
  },
  'one-period-from-joining': {
    vi: 'không ghi quá trình công tác; được hiểu là một giai đoạn liên tục {more}, khớp với thời gian đóng BHXH đã ghi.',
    en: 'no periods are given; read as one period without a break {more}, which agrees with the stated insured time.',
  },
  'month-for-day': {
    vi: '{found} chỉ có tháng và năm. Hãy ghi đủ ngày/tháng/năm, ví dụ 01/06/2025.',
    en: '{found} has only a month and a year. Write day/month/year, such as 01/06/2025.',
  },
  'no-such-day': {
    vi: 'không có ngày {found} trên lịch. Hãy ghi lại ngày/tháng/năm.',
    en: 'the calendar has no day {found}. Write day/month/year again.',
  },
  'not-a-month': {
    vi: '{found} không phải là tháng. Hãy ghi tháng/năm, ví dụ 06/2010.',
    en: '{found} is not a month. Write month/year, such as 06/2010.',
  },
  'duration-for-month': {
    vi: '{found} không phải là khoảng thời gian. Hãy ghi từ tháng – đến tháng.',
    en: '{found} is not a span of time. Write from month – to month.',
  },
  'birth-implausible': {
    vi: 'sinh {found} thì khi nghỉ không ở tuổi 18–80. Hãy kiểm tra ngày sinh, ngày nghỉ.',
    en: 'born {found} the person is not 18–80 years old on leaving. Check both dates.',
  },
  'number-malformed': {
    vi: '{found} không phải là số thứ tự. Hãy ghi số nguyên, ví dụ 12.',
    en: '{found} is not a row number. Write a whole number such as 12.',
  },
  'number-twice': {
    vi: 'số thứ tự {found} có ở cả dòng {more}. Hãy đánh lại số, sửa cả sheet quá trình công tác.',
    en: 'the number {found} also stands in row {more}. Renumber, on the sheet of periods too.',
  },
  'text-too-long': {
    vi: '{found} dài quá {more} ký tự. Hãy ghi gọn lại đúng như trên giấy tờ.',
    en: '{found} is over {more} characters. Write it as short as the paper does.',
  },
  'name-malformed': {
    vi: '{found} không phải là họ và tên. Hãy ghi đủ họ, tên, không kèm chữ số.',
    en: '{found} is not a full name. Write family and given name, no digits.',
  },
  'citizen-id-leading-zero': {
    vi: '{found} có 11 chữ số, có thể mất số 0 ở đầu. Hãy ghi đủ 12 chữ số, ô dạng văn bản.',
    en: '{found} has 11 digits; a leading zero may be lost. Write all 12 digits in a text cell.',
  },
  'citizen-id-zero-restored': {
    vi: '{found} nhập dạng số nên mất số 0 ở đầu; đã thêm lại vì khớp với giới tính và năm sinh. Hãy kiểm tra lại.',
    en: '{found} was typed as a number and lost its leading zero; it was put back, for it agrees with sex and birth. Check it.',
  },
  'citizen-id-malformed': {
    vi: '{found} không phải là số định danh. Hãy ghi đủ 12 chữ số trên căn cước.',
    en: '{found} is not a citizen id. Write the 12 digits of the identity card.',
  },
  'citizen-id-twice': {
    vi: 'số định danh {found} có ở cả dòng {more}. Hãy bỏ dòng trùng hoặc sửa số.',
    en: 'the citizen id {found} also stands in row {more}. Remove the repeated row or correct the id.',
  },
  'sex-unknown': {
    vi: '{found} không phải là giới tính. Hãy ghi Nam hoặc Nữ.',
    en: '{found} is not a sex. Write Nam (male) or Nữ (female).',
  },
  'subject-unknown': {
    vi: 'không có đối tượng {found}. Hãy ghi một trong: {more}.',
    en: 'there is no subject {found}. Write one of: {more}.',
  },
  'cause-unknown': {
    vi: 'không có lý do nghỉ {found}. Hãy ghi một trong: {more}.',
    en: 'there is no cause {found}. Write one of: {more}.',
  },
  'cause-not-for-subject': {
    vi: 'lý do {found} không dành cho đối tượng này. Hãy sửa lý do hoặc đối tượng.',
    en: 'the cause {found} is not for this subject. Correct the cause or the subject.',
  },
  'employer-unknown': {
    vi: 'không có loại hình {found}. Hãy ghi một trong: {more}.',
    en: 'there is no kind of employer {found}. Write one of: {more}.',
  },
  'not-re-elected-unknown': {
    vi: '{found} không phải là trường hợp không tái cử. Hãy ghi một trong: {more}.',
    en: '{found} is no case of not standing again. Write one of: {more}.',
  },
  'yes-no-unknown': {
    vi: '{found} không phải là Có hoặc Không. Hãy ghi Có hoặc Không.',
    en: '{found} is neither Có (yes) nor Không (no). Write one of them.',
  },
  'condition-unknown': {
    vi: 'không có điều kiện {found}. Hãy bỏ trống hoặc ghi một trong: {more}.',
    en: 'there is no condition {found}. Leave it empty or write one of: {more}.',
  },
  'unit-unknown': {
    vi: 'không có đơn vị mã {found}. Hãy ghi mã 7 chữ số trong sheet Hướng dẫn.',
    en: 'there is no unit {found}. Write a 7-digit code from the sheet Hướng dẫn.',
  },
  'unit-not-yours': {
    vi: 'đơn vị {found} không do tài khoản này lập hồ sơ. Hãy gửi danh sách từ đơn vị đó.',
    en: 'your account does not submit for the unit {found}. Send the list from that unit.',
  },
  'bank-unknown': {
    vi: 'không có ngân hàng {found}. Hãy ghi tên ngân hàng, ví dụ Agribank.',
    en: 'there is no bank {found}. Write the name of a bank, such as Agribank.',
  },
  'account-malformed': {
    vi: '{found} không phải là số tài khoản. Hãy ghi 6–20 chữ số.',
    en: '{found} is not an account number. Write 6 to 20 digits.',
  },
  'account-digits-lost': {
    vi: 'số tài khoản {found} nhập dạng số, Excel đã làm mất chữ số cuối. Hãy ghi lại dạng văn bản.',
    en: 'the account {found} was typed as a number and Excel lost its last digits. Write it again as text.',
  },
  'account-typed-as-number': {
    vi: 'số tài khoản {found} nhập dạng số; nếu tài khoản bắt đầu bằng số 0 thì số 0 đã mất. Hãy kiểm tra lại.',
    en: 'the account {found} was typed as a number; if it starts with a zero, that is lost. Check it.',
  },
  'account-twice': {
    vi: 'tài khoản {found} có ở cả dòng {more}. Hãy ghi tài khoản riêng của từng người.',
    en: 'the account {found} also stands in row {more}. Write each person’s own account.',
  },
  'holder-differs': {
    vi: 'chủ tài khoản {found} khác người nghỉ {more}. Hãy ghi tài khoản của chính người nghỉ.',
    en: 'the holder {found} differs from the person {more}. Write the person’s own account.',
  },
  'decision-after-leaving': {
    vi: 'quyết định ngày {found} sau ngày nghỉ {more}. Hãy kiểm tra hai ngày này.',
    en: 'the decision of {found} is later than the leave date {more}. Check both days.',
  },
  'decision-in-future': {
    vi: 'ngày quyết định {found} chưa đến. Hãy ghi ngày ký quyết định.',
    en: 'the decision date {found} has not come yet. Write the day it was signed.',
  },
  'pay-both': {
    vi: 'đã có cả hệ số lương và lương hợp đồng ({found}). Hãy chỉ giữ một cách tính lương.',
    en: 'there are both a coefficient and a contract salary ({found}). Keep only one of them.',
  },
  'pay-neither': {
    vi: 'chưa ghi hệ số lương, cũng chưa ghi lương hợp đồng. Hãy ghi một trong hai.',
    en: 'there is neither a coefficient nor a contract salary. Write one of them.',
  },
  'pay-of-part-timer': {
    vi: 'người không chuyên trách chỉ có hệ số phụ cấp; {found} không được tính. Hãy bỏ trống ô này.',
    en: 'a part-timer has only an allowance coefficient; {found} does not count. Empty this cell.',
  },
  'contract-date-missing': {
    vi: 'người lao động hợp đồng phải có ngày ký hợp đồng. Hãy ghi ngày/tháng/năm.',
    en: 'a contract worker needs the day the contract was signed. Write day/month/year.',
  },
  'contract-date-not-due': {
    vi: 'ngày ký hợp đồng {found} chỉ dành cho người lao động hợp đồng. Hãy bỏ trống hoặc sửa đối tượng.',
    en: 'the contract date {found} is for contract workers only. Empty it or correct the subject.',
  },
  'periods-missing': {
    vi: 'người số {found} chưa có quá trình công tác. Hãy ghi ít nhất một dòng ở sheet {more}.',
    en: 'person {found} has no period of service. Write at least one row on the sheet {more}.',
  },
  'too-many-periods': {
    vi: 'người số {found} có quá {more} dòng quá trình công tác. Hãy gộp các dòng liền nhau.',
    en: 'person {found} has more than {more} periods. Join those that follow one another.',
  },
  'period-person-unknown': {
    vi: 'không có người số {found} ở sheet {more}. Hãy ghi đúng STT của người đó.',
    en: 'there is no person {found} on the sheet {more}. Write that person’s number.',
  },
  'period-backwards': {
    vi: 'đến tháng {found} lại trước từ tháng {more}. Hãy ghi lại từ tháng – đến tháng.',
    en: 'the last month {found} is before the first month {more}. Write both months again.',
  },
  'period-after-leaving': {
    vi: 'đến tháng {found} là sau tháng nghỉ {more}. Hãy ghi đến tháng cuối cùng làm việc.',
    en: 'the month {found} is after the month of leaving {more}. Write the last month of work.',
  },
  'does-not-fit': {
    vi: 'dòng này chưa đọc được đầy đủ ({more}). Hãy báo cho quản trị hệ thống.',
    en: 'this row could not be read in full ({more}). Tell the administrator.',
  },
  'citizen-id-sex-differs': {
    vi: 'số định danh {found} là của {more}, khác cột giới tính. Hãy kiểm tra lại căn cước.',
    en: 'the citizen id {found} belongs to a {more}, unlike the sex column. Check the identity card.',
  },
  'citizen-id-year-differs': {
    vi: 'số định danh {found} là của người sinh năm {more}, khác cột ngày sinh. Hãy kiểm tra lại căn cước.',
    en: 'the citizen id {found} belongs to someone born in {more}, unlike the birth column. Check the identity card.',
  },
  'birth-in-both-columns': {
    vi: 'ngày sinh có ở cả cột nam và cột nữ. Hãy chỉ ghi ở một cột, theo giới tính.',
    en: 'the birth stands in both the column of men and that of women. Write it in one of them.',
  },
  'unit-code-malformed': {
    vi: '{found} không phải là mã ĐVQHNS. Hãy ghi đủ 7 chữ số, ô dạng văn bản.',
    en: '{found} is no budget-relation code. Write all 7 digits in a text cell.',
  },
  'unit-code-twice': {
    vi: 'mã {found} có ở cả dòng {more}. Mỗi đơn vị chỉ ghi một dòng.',
    en: 'the code {found} also stands in row {more}. One row a unit.',
  },
  'word-unknown': {
    vi: '{found} không phải là từ dùng cho «{column}». Hãy ghi một trong: {more}.',
    en: '{found} is no word for «{column}». Write one of: {more}.',
  },
  'chapter-malformed': {
    vi: '{found} không phải là mã chương. Hãy ghi 3 chữ số, ví dụ 805.',
    en: '{found} is no chapter. Write 3 digits, such as 805.',
  },
  'treasury-account-malformed': {
    vi: '{found} không phải là số tài khoản tại Kho bạc. Hãy ghi như 9523.3.1094107, hoặc bỏ trống nếu chưa mở.',
    en: '{found} is no account at the Treasury. Write it like 9523.3.1094107, or leave it empty.',
  },
  'autonomy-not-due': {
    vi: 'nhóm tự chủ {found} chỉ dành cho đơn vị sự nghiệp, trường học. Hãy bỏ trống hoặc sửa loại đơn vị.',
    en: 'the autonomy group {found} is for public-service units and schools. Empty it or correct the kind.',
  },
  'paid-by-unknown': {
    vi: 'không có đơn vị mã {found} để chi trả thay. Hãy ghi mã của một đơn vị khác đã đăng ký hoặc có trong tệp này.',
    en: 'there is no unit {found} to pay in its place. Write the code of another unit that is registered or in this file.',
  },
  'paid-by-another': {
    vi: 'đơn vị {found} chi trả thay lại do đơn vị khác chi trả. Hãy ghi đơn vị tự chi trả được.',
    en: 'the unit {found} that is to pay is itself paid by another. Write one that pays for itself.',
  },
  'commune-unknown': {
    vi: '{found} không có trong 130 xã, phường của tỉnh từ 01/07/2025 (Nghị quyết 1678/NQ-UBTVQH15).{more} Hãy sửa tên.',
    en: '{found} is not among the 130 communes and wards since 01/07/2025 (Resolution 1678/NQ-UBTVQH15).{more} Correct the name.',
  },
  'document-number-twice': {
    vi: 'văn bản {found} có ở cả dòng {more}. Mỗi văn bản chỉ ghi một dòng.',
    en: 'the document {found} also stands in row {more}. One row a document.',
  },
  'effective-before-issue': {
    vi: 'có hiệu lực ngày {found}, trước ngày ban hành {more}. Hãy kiểm tra hai ngày này.',
    en: 'it takes effect on {found}, before it was issued on {more}. Check both days.',
  },
  'reorganised-on-from-register': {
    vi: 'chưa ghi ngày sắp xếp có hiệu lực; đã lấy theo {more}.',
    en: 'the day of the reorganisation is empty; it was taken from {more}.',
  },
  'reorganised-on-differs': {
    vi: 'ngày sắp xếp {found} khác sổ đăng ký: {more}. Hãy kiểm tra văn bản sắp xếp.',
    en: 'the day of the reorganisation {found} differs from the register: {more}. Check the document.',
  },
  'paying-unit-not-successor': {
    vi: '{found} đã sáp nhập vào {more}, nhưng đơn vị chi trả đang ghi là đơn vị khác. Hãy kiểm tra lại.',
    en: '{found} is part of {more} now, yet another unit is to pay. Check it.',
  },
  'period-in-leave-month': {
    vi: 'tháng {found} không làm việc vì nghỉ từ ngày {more}; tháng này không được tính.',
    en: 'no work was done in {found}, the leave starts on {more}; the month does not count.',
  },
} as const satisfies Record<string, Sentence>;

export type FaultCode = keyof typeof said;

export interface Fault {
  readonly code: FaultCode;
  readonly sheet: string;
  readonly row: number;
  /** `F14`; an empty cell has an address too. */
  readonly cell: string;
  /** The heading as the template writes it. */
  readonly column: string;
  /** What stands in the cell; empty when nothing does. */
  readonly found: string;
  readonly why: Sentence;
}

/** A fault as it was stored. */
export const storedFault: z.ZodType<Fault> = z.object({
  code: z.custom<FaultCode>((code) => typeof code === 'string' && Object.hasOwn(said, code)),
  sheet: z.string(),
  row: z.number(),
  cell: z.string(),
  column: z.string(),
  found: z.string(),
  why: z.object({ vi: z.string(), en: z.string() }),
});

/** What a cell is held against: the same in both languages, or a sentence of its own for each. */
export type More = string | Sentence;

/** The fault with its sentence: `Dòng 14, ô F14: "33.6" không phải là khoảng thời gian. …` */
export function fault(at: Omit<Fault, 'why'>, more: More = ''): Fault {
  const { vi, en } = said[at.code];
  const found = `"${at.found.length > 60 ? `${at.found.slice(0, 60)}…` : at.found}"`;
  const say = (text: string, held: string) =>
    text.replaceAll(/\{(found|more|column)\}/g, (_, hole: string) =>
      hole === 'found' ? found : hole === 'more' ? held : at.column,
    );
  return {
    ...at,
    why: {
      vi: `Dòng ${at.row}, ô ${at.cell}: ${say(vi, typeof more === 'string' ? more : more.vi)}`,
      en: `Row ${at.row}, cell ${at.cell}: ${say(en, typeof more === 'string' ? more : more.en)}`,
    },
  };
}
