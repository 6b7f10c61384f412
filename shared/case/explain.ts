/** Assessments as sentences in Vietnamese and English, with the numbers put in; pages, slips and letters use it. */
import { formatDay } from '../calendar.ts';
import { formatDong, formatRatio, times } from '../dong.ts';
import { inForceOn, laterOf } from '../law/dated.ts';
import { inMonthlySalary as inSalary154 } from '../law/decree-154-2025/article-05.ts';
import { inMonthlySalary as inSalary178, reservedDifferenceFrom } from '../law/decree-178-2024/article-05.ts';
import { fundPerHead } from '../law/decree-33-2023/article-34.ts';
import { baseSalaryBefore } from '../law/decree-73-2024/article-03.ts';
import { countedAllowanceNames } from '../law/names.ts';
import { isReadingNumber, readingOf, type SetReadings } from '../law/readings.ts';
import type { Language, Sentence } from '../vietnamese.ts';
import type { AssessedFigures, AssessedLine } from './assessment.ts';
import type { CountedAllowance, Pay, UncountedAllowance } from './facts.ts';

export const lineNames: Readonly<Record<string, Sentence>> = {
  'months-early': { vi: 'Trợ cấp hưu trí một lần cho số tháng nghỉ sớm', en: 'One-off for the months early' },
  'years-early': { vi: 'Trợ cấp cho số năm nghỉ sớm', en: 'Allowance for the years early' },
  service: { vi: 'Trợ cấp theo thời gian công tác có đóng BHXH bắt buộc', en: 'Allowance for insured service' },
  'severance-months': { vi: 'Trợ cấp thôi việc', en: 'Severance allowance' },
  'service-years': {
    vi: 'Trợ cấp theo số năm công tác có đóng BHXH bắt buộc',
    en: 'Allowance for the years of insured service',
  },
  'job-search': { vi: 'Trợ cấp tìm việc làm', en: 'Job-search allowance' },
  'transfer-months': { vi: 'Trợ cấp khi chuyển đơn vị', en: 'Allowance for the transfer' },
  'part-time-months': { vi: 'Trợ cấp theo số tháng', en: 'Allowance by months' },
  'lump-sum': { vi: 'Trợ cấp một lần', en: 'Lump sum' },
  'term-months': { vi: 'Trợ cấp đến hết nhiệm kỳ, lộ trình', en: 'Allowance to the end of the term' },
};

/** `difference-2` is the second sum that is paid after a recomputation. */
function differenceName(line: string): Sentence {
  const number = /^difference-(\d+)$/.exec(line)?.[1];
  if (number === undefined) return { vi: line, en: line };
  return { vi: `Trả thêm sau khi tính lại, lần ${number}`, en: `Rest after recomputation no. ${number}` };
}

/** `Trợ cấp thôi việc: 10.705.500 × 0,8 × 60 tháng = 513.864.000 đồng` and where it stands in the law. */
export function lineSentence(line: AssessedLine): Sentence {
  const name = lineNames[line.line] ?? differenceName(line.line);
  const amount = formatDong(BigInt(line.amount));
  return {
    vi: `${name.vi}: ${line.working} = ${amount} đồng (${line.by}).`,
    en: `${name.en}: ${line.workingEn} = ${amount} đồng (${line.byEn}).`,
  };
}

/** Where a regime says what the monthly salary is, and which allowances are in it. */
interface SalaryRule {
  readonly by: Sentence;
  readonly counted: readonly string[];
  /** Whether the reserved difference is in the salary. */
  readonly countsReserved: boolean;
}

const article5of178 = { vi: 'Nghị định 178/2024/NĐ-CP, Điều 5 khoản 6', en: 'Decree 178/2024/NĐ-CP, article 5(6)' };
const article5of154 = { vi: 'Nghị định 154/2025/NĐ-CP, Điều 5 khoản 1', en: 'Decree 154/2025/NĐ-CP, article 5(1)' };

/** As the salary was computed: by the decree of the regime, or by the one that a reading names. */
function salaryRuleOf(regime: string, leaveOn: string, { O11, O13, O16, X21 }: SetReadings): SalaryRule {
  const isBy154 =
    regime.startsWith('154/') ||
    (regime.startsWith('29/') && O13 !== 'as-178') ||
    (regime.startsWith('07/') && O11 === 'as-154');
  if (isBy154) {
    const { value } = inForceOn(inSalary154, laterOf(leaveOn, inSalary154));
    return { by: article5of154, counted: O16 === 'yes' ? [...value, 'armed-forces'] : value, countsReserved: true };
  }
  const from = inForceOn(reservedDifferenceFrom, laterOf(leaveOn, reservedDifferenceFrom)).value;
  const counted = inForceOn(inSalary178, laterOf(leaveOn, inSalary178)).value;
  return { by: article5of178, counted, countsReserved: leaveOn >= from || X21 !== 'no' };
}

/**
 * The figures behind the lines: from which month to which, how long, what counted. Takes the regime that pays, and the
 * readings it was computed with, so that the working shown is the working done.
 */
export function figureSentences(
  of: AssessedFigures,
  leaveOn: string,
  pay?: Pay,
  regime = '178/7',
  readings: SetReadings = {},
): readonly Sentence[] {
  const sentences = [
    of.monthlyAllowance === undefined
      ? salarySentence(of.monthlySalary ?? '0', leaveOn, pay, salaryRuleOf(regime, leaveOn, readings), readings)
      : allowanceSentence(of.monthlyAllowance, leaveOn, pay, readings),
    distanceSentence(of, leaveOn),
  ];
  // Past the age nothing is paid by service.
  if (of.serviceMonths > 0) sentences.push(serviceSentence(of, regime));
  if (of.firstTwelveMonths !== undefined)
    sentences.push(of.firstTwelveMonths ? clockSentences.within : clockSentences.later);
  return sentences;
}

function salarySentence(
  amount: string,
  leaveOn: string,
  pay: Pay | undefined,
  rule: SalaryRule,
  readings: SetReadings,
): Sentence {
  const salary = `${salaryWorking(pay, leaveOn, rule, readings)}${formatDong(BigInt(amount))} đồng`;
  const leftOut = leftOutAllowances(pay, rule);
  return {
    vi: `Tiền lương tháng hiện hưởng của tháng liền kề trước khi nghỉ: ${salary} (${rule.by.vi}).${leftOut.vi}`,
    en: `Current monthly salary, of the month before leaving: ${salary} (${rule.by.en}).${leftOut.en}`,
  };
}

function allowanceSentence(amount: string, leaveOn: string, pay: Pay | undefined, { O1 }: SetReadings): Sentence {
  const own = pay?.kind === 'part-time' ? decimalComma(pay.multiple ?? '0') : '';
  const monthBase = baseSalaryBefore(leaveOn);
  const perHead = inForceOn(fundPerHead, laterOf(leaveOn, fundPerHead)).value;
  // Only of the communes' part-timers can the fund per head be the base, so the amount tells whether it was.
  const isPerHead = O1 === 'fund-per-head' && times(monthBase, perHead).toString() === amount;
  const multiple = isPerHead ? formatRatio(perHead) : own;
  const base = formatDong(monthBase);
  const allowance = `${multiple} × ${base} = ${formatDong(BigInt(amount))} đồng`;
  return {
    vi: `Phụ cấp hàng tháng hiện hưởng của tháng liền kề trước khi nghỉ: ${allowance} (Nghị định 154/2025/NĐ-CP, Điều 5 khoản 2).`,
    en: `Current monthly allowance, of the month before leaving: ${allowance} (Decree 154/2025/NĐ-CP, article 5(2)).`,
  };
}

function distanceSentence(of: AssessedFigures, leaveOn: string): Sentence {
  const left = monthsInWords(Math.abs(of.monthsEarly));
  const months = Math.abs(of.monthsEarly);
  const distance: Sentence =
    of.monthsEarly > 0
      ? { vi: `nghỉ sớm ${months} tháng (${left.vi})`, en: `${months} months early (${left.en})` }
      : { vi: `đã quá ${months} tháng (${left.vi})`, en: `${months} months past it (${left.en})` };
  return {
    vi: `Nghỉ từ ${formatDay(leaveOn)}; thời điểm nghỉ hưu theo Phụ lục ${of.annex} Nghị định 135/2020/NĐ-CP là tháng ${formatDay(of.retirementMonth)}; ${distance.vi}.`,
    en: `Leaves on ${formatDay(leaveOn)}; pension would start ${formatDay(of.retirementMonth)} by Annex ${of.annex} of Decree 135/2020/NĐ-CP; ${distance.en}.`,
  };
}

const serviceNames = {
  posts: {
    vi: 'Thời gian giữ chức danh không chuyên trách và đóng BHXH bắt buộc ở công việc khác, chưa hưởng trợ cấp',
    en: 'Months in part-time posts and insured in other work, not yet compensated',
  },
  insured: {
    vi: 'Thời gian công tác có đóng BHXH bắt buộc chưa hưởng trợ cấp',
    en: 'Insured service not yet compensated',
  },
} as const satisfies Record<string, Sentence>;

function serviceSentence({ serviceMonths, serviceYears }: AssessedFigures, regime: string): Sentence {
  const isPartTime = regime === '154/9' || regime === '154/10';
  const what = isPartTime ? serviceNames.posts : serviceNames.insured;
  return {
    vi: `${what.vi}: ${serviceMonths} tháng, tính là ${serviceYears.replace('.', ',')} năm (lẻ 1–6 tháng tính nửa năm, trên 6 tháng tính một năm).`,
    en: `${what.en}: ${serviceMonths} months, counted as ${serviceYears} years (1 to 6 odd months are half a year, more a whole one).`,
  };
}

const clockSentences = {
  within: {
    vi: 'Nghỉ trong 12 tháng đầu kể từ ngày sắp xếp có hiệu lực.',
    en: 'Leaves within the first 12 months of the reorganisation.',
  },
  later: { vi: 'Nghỉ từ tháng thứ 13 trở đi: mức bằng một nửa.', en: 'Leaves from the 13th month on: half the rate.' },
} as const satisfies Record<string, Sentence>;

/** `(4,65 + 0,6) × (1 + 25%) × 2.340.000 = `; a contract salary stands as it is, unless percentages are on it (X16). */
function salaryWorking(pay: Pay | undefined, leaveOn: string, rule: SalaryRule, { X13, X16 }: SetReadings): string {
  if (pay === undefined || pay.kind === 'part-time') return '';
  let percents = '';
  for (const { name, percent } of pay.allowances ?? []) {
    if (percent !== undefined && rule.counted.includes(name)) percents += ` + ${decimalComma(percent)}%`;
  }
  const withPercents = percents === '' ? '' : ` × (1${percents})`;
  if (pay.kind === 'contract') {
    return withPercents === '' || X16 !== 'yes' ? '' : `${formatDong(BigInt(pay.amount ?? '0'))}${withPercents} = `;
  }
  const beyond = pay.beyondFramePercent === '0' ? '' : ` × (1 + ${decimalComma(pay.beyondFramePercent)}%)`;
  const position = pay.position === '0' ? '' : ` + ${decimalComma(pay.position)}`;
  const isReserved = pay.reservedDifference !== '0' && rule.countsReserved;
  const reserved = isReserved ? ` + ${decimalComma(pay.reservedDifference)}` : '';
  const core = `${decimalComma(pay.grade ?? '0')}${beyond}${position}`;
  const base = formatDong(baseSalaryBefore(leaveOn));
  if (reserved === '') return `(${core})${withPercents} × ${base} = `;
  const coefficient = X13 === 'yes' ? `(${core}${reserved})${withPercents}` : `((${core})${withPercents}${reserved})`;
  return `${coefficient} × ${base} = `;
}

function decimalComma(text: string): string {
  return text.replace('.', ',');
}

/** What the person is paid and the regime does not count: less than expected, and why. */
function leftOutAllowances(pay: Pay | undefined, { counted, countsReserved }: SalaryRule): Sentence {
  if (pay === undefined || pay.kind === 'part-time') return nothingLeftOut;
  const names: Sentence[] = [];
  for (const { name } of pay.allowances ?? []) if (!counted.includes(name)) names.push(allowanceNames[name]);
  const hasReserved = pay.kind === 'coefficient' && pay.reservedDifference !== '0';
  if (hasReserved && !countsReserved) names.push({ vi: 'hệ số chênh lệch bảo lưu', en: 'reserved difference' });
  if (names.length === 0) return nothingLeftOut;
  return {
    vi: ` Không tính: ${names.map(({ vi }) => vi).join(', ')}.`,
    en: ` Not counted: ${names.map(({ en }) => en).join(', ')}.`,
  };
}

const nothingLeftOut: Sentence = { vi: '', en: '' };

export const allowanceNames: Readonly<Record<CountedAllowance | UncountedAllowance, Sentence>> = {
  ...countedAllowanceNames,
  'job-responsibility': { vi: 'phụ cấp trách nhiệm công việc', en: 'responsibility of the post' },
  hazard: { vi: 'phụ cấp độc hại, nguy hiểm', en: 'hazard allowance' },
  regional: { vi: 'phụ cấp khu vực', en: 'regional allowance' },
  attraction: { vi: 'phụ cấp thu hút', en: 'attraction allowance' },
  'party-committee': { vi: 'phụ cấp trách nhiệm cấp ủy', en: 'Party-committee allowance' },
  'chief-accountant': { vi: 'phụ cấp kế toán trưởng', en: "chief accountant's allowance" },
  'concurrent-post': { vi: 'phụ cấp kiêm nhiệm', en: 'allowance of a concurrent post' },
  reporter: { vi: 'phụ cấp báo cáo viên', en: "reporter's allowance" },
  overtime: { vi: 'tiền làm đêm, làm thêm giờ', en: 'night and overtime pay' },
};

function monthsInWords(months: number): Sentence {
  const years = Math.floor(Math.max(0, months) / 12);
  const odd = Math.max(0, months) % 12;
  return { vi: `${years} năm ${odd} tháng`, en: `${years} years ${odd} months` };
}

export const groundSentences: Readonly<Record<string, Sentence>> = {
  'not-covered': { vi: 'Không thuộc đối tượng của Nghị định này.', en: 'Not among the people this decree covers.' },
  'contract-too-late': {
    vi: 'Hợp đồng ký từ ngày 15/01/2019 trở đi và không được áp dụng như công chức.',
    en: 'The contract was signed on or after 15/01/2019 and is not treated like a civil servant.',
  },
  'under-investigation': {
    vi: 'Đang trong thời gian xem xét kỷ luật, bị truy cứu trách nhiệm hoặc thanh tra, kiểm tra: chưa xem xét.',
    en: 'Under disciplinary review, prosecution or inspection: not yet considered.',
  },
  'child-under-36-months': {
    vi: 'Đang mang thai, nghỉ thai sản hoặc nuôi con dưới 36 tháng và không tự nguyện: chưa xem xét.',
    en: 'Pregnant, on maternity leave or raising a child under 36 months, and not by her own wish: not yet considered.',
  },
  'left-before-decree': {
    vi: 'Nghỉ trước khi quy định này có hiệu lực (Nghị định 178: sau ngày 01/01/2025).',
    en: 'Left before the text applied (Decree 178: after 01/01/2025).',
  },
  'decided-too-late': {
    vi: 'Quyết định nghỉ không được ban hành trước ngày 31/08/2025.',
    en: 'The decision was not issued before 31/08/2025.',
  },
  'policy-ended': {
    vi: 'Nghỉ sau ngày 31/12/2030, khi chính sách đã hết hạn.',
    en: 'Left after 31/12/2030, when the policy has ended.',
  },
  'more-than-60-months': {
    vi: 'Còn hơn 60 tháng đến tuổi nghỉ hưu: điều này chỉ áp dụng khi còn từ đủ 5 năm trở xuống.',
    en: 'More than 60 months to the retirement age: the article serves five years or less.',
  },
  'not-pensionable': {
    vi: 'Chưa đủ thời gian đóng BHXH bắt buộc để hưởng lương hưu tại ngày nghỉ.',
    en: 'Not enough compulsory insurance for a pension on the leave date.',
  },
  'pension-unreduced-no-cash': {
    vi: 'Còn dưới 24 tháng: hưởng lương hưu ngay, không bị trừ tỷ lệ, nhưng không có khoản tiền nào theo điều này.',
    en: 'Under 24 months left: the pension starts at once without deduction, and the article pays no cash.',
  },
  'three-years-to-retirement': {
    vi: 'Còn từ đủ 3 năm trở xuống đến tuổi nghỉ hưu và đã đủ thời gian đóng BHXH: không thuộc diện hưởng.',
    en: 'Three years or less to the age with enough insurance: not served by this article.',
  },
  'paid-in-full': {
    vi: 'Đã được trả đủ theo kết quả tính lại; không còn khoản chênh lệch.',
    en: 'Paid in full by the recomputation; nothing is left to pay.',
  },
  'only-concurrent-post': {
    vi: 'Chỉ thôi chức danh kiêm nhiệm, vẫn giữ công việc chính: không thuộc diện hưởng.',
    en: 'Only stops a post held beside the main job, and keeps that: not served.',
  },
  'term-is-over': {
    vi: 'Nhiệm kỳ hoặc lộ trình đã hết trước ngày nghỉ, không còn tháng nào để tính.',
    en: 'The term or roadmap was over before the leave date: no month is left to pay.',
  },
  'not-past-the-age': {
    vi: 'Chưa đến tuổi nghỉ hưu và không hưởng lương hưu: Nghị quyết này không áp dụng.',
    en: 'Not yet at the age and on no pension: the resolution does not serve.',
  },
  'left-too-late': {
    vi: 'Ngày nghỉ sau hạn (01/09/2025; 31/12/2025 nếu quyết định trước 01/08/2025).',
    en: 'The leave date is past the limit (01/09/2025; 31/12/2025 for decisions before 01/08/2025).',
  },
};

const markSentences: Readonly<Record<string, Sentence>> = {
  'tier-edge': { vi: 'Sát ngưỡng: chênh một tháng sẽ đổi mức', en: 'Edge of a band: one month would change it' },
  'rounding-edge': { vi: 'Sát mốc làm tròn 6/7 tháng lẻ', en: 'Edge of rounding: 6 or 7 odd months' },
  'year-only-birth': { vi: 'Chỉ có năm sinh, tính từ 01/01', en: 'Birth known by year alone' },
  'born-1969-05': { vi: 'Nữ sinh 05/1969: bản ký và bản dự thảo khác nhau', en: 'Woman born 05/1969: texts differ' },
  'born-1974-05': { vi: 'Nữ sinh 05/1974: bản ký và bản dự thảo khác nhau', en: 'Woman born 05/1974: texts differ' },
  overlap: { vi: 'Có giai đoạn công tác trùng nhau', en: 'Service periods overlap' },
  'service-after-leaving': { vi: 'Có thời gian sau ngày nghỉ, không tính', en: 'Service after leaving, not counted' },
  'private-service-left-out': { vi: 'Thời gian ở doanh nghiệp không tính', en: 'Private-sector service left out' },
  'pregnancy-stated-of-a-man': { vi: 'Khai mang thai/nuôi con nhỏ cho nam', en: 'Pregnancy stated of a man' },
  'outside-campaign': { vi: 'Quyết định ngoài đợt trước 31/08/2025', en: 'Decision outside the campaign' },
  'no-account': {
    vi: 'Chưa có tài khoản, chưa đưa vào đợt được',
    en: 'No account yet, cannot be put into a batch',
  },
  'check-account': { vi: 'Cần kiểm tra tài khoản', en: 'The account must be checked' },
  'check-person': {
    vi: 'Cần kiểm tra nhân thân: trùng họ tên, ngày sinh, số quyết định với hồ sơ khác',
    en: 'The person must be checked: another case has this name, birth and decision',
  },
  difference: { vi: 'Khoản trả thêm sau khi tính lại', en: 'The rest after a recomputation' },
  'after-12-months': { vi: 'Nghỉ từ tháng thứ 13: mức một nửa', en: 'From the 13th month: half rate' },
};

export function markSentence(mark: string): Sentence {
  const round = /^round-(\d{4}-\d{2})$/.exec(mark)?.[1];
  if (round !== undefined) {
    return {
      vi: `Gửi sau hạn, xét ở kỳ tháng ${formatDay(round)}`,
      en: `After the cut-off, for the round of ${formatDay(round)}`,
    };
  }
  return markSentences[mark] ?? { vi: mark, en: mark };
}

const reasonSentences: Readonly<Record<string, Sentence>> = {
  'past-the-age': {
    vi: 'Đã đến hoặc quá tuổi nghỉ hưu: không có khoản nào theo Nghị định 178.',
    en: 'At or past the retirement age: no money under Decree 178.',
  },
  'draws-pension': {
    vi: 'Đang hưởng lương hưu: cần xem chế độ khác.',
    en: 'Draws a pension already: another regime must be looked at.',
  },
  'compensated-overlap': {
    vi: 'Giai đoạn đã hưởng trợ cấp trùng với giai đoạn khác: cần người xem giấy tờ.',
    en: 'A compensated period overlaps another: a person must look at the papers.',
  },
  'before-decree-67': {
    vi: 'Nghỉ trước ngày 15/03/2025, khi Điều 7a chưa có: cần xin ý kiến.',
    en: 'Left before 15/03/2025, when article 7a did not exist: ask first.',
  },
  'months-at-congress': {
    vi: 'Còn dưới 30 tháng tại ngày nghỉ; điều kiện tính tại thời điểm đại hội, cần giấy tờ về ngày đại hội.',
    en: 'Under 30 months left on leaving; they are counted at the congress, so its day must be shown.',
  },
  'subject-unsettled': {
    vi: 'Chưa rõ người của hội có thuộc đối tượng tinh giản biên chế không: cần xin ý kiến.',
    en: 'Whether staff of associations are served is not settled.',
  },
  'decree-29-article-6': {
    vi: 'Thuộc Nghị định 29/2023, Điều 6: hệ thống không có công thức đã thống nhất, cần người có thẩm quyền tính.',
    en: 'Decree 29/2023, article 6: no settled formula here; a person must compute it.',
  },
  'no-counted-service': {
    vi: 'Không có tháng nào được tính: cần bổ sung quá trình giữ chức danh.',
    en: 'No month counts: the periods in the post must be shown.',
  },
  'after-2026-05-31': {
    vi: 'Nghỉ sau ngày 31/05/2026: chưa có hướng dẫn, cần xin ý kiến.',
    en: 'Left after 31/05/2026: there is no guidance yet.',
  },
  'contract-worker-under-07': {
    vi: 'Người lao động hợp đồng theo Nghị quyết 07: hưởng như Nghị định 178, cần người có thẩm quyền xác định điều khoản.',
    en: 'A contract worker under Resolution 07 is paid as by Decree 178; a person must choose the article.',
  },
  'readings-differ': {
    vi: 'Quá nhiều điểm chưa thống nhất cùng lúc; cần người xem giấy tờ.',
    en: 'Too many open questions at once; a person must look at the papers.',
  },
};

/** Why a person must decide: the open question itself, or what no article here answers. */
export function reasonSentence(reason: string): Sentence {
  if (isReadingNumber(reason)) {
    const { question } = readingOf(reason);
    return { vi: `${reason}: ${question.vi}`, en: `${reason}: ${question.en}` };
  }
  return reasonSentences[reason] ?? { vi: reason, en: reason };
}

const factNames: Readonly<Record<string, Sentence>> = {
  'person.sex': { vi: 'giới tính', en: 'sex' },
  'person.birth': { vi: 'ngày sinh', en: 'birth' },
  subject: { vi: 'đối tượng', en: 'subject group' },
  'leaving.cause': { vi: 'lý do nghỉ', en: 'cause of leaving' },
  'leaving.on': { vi: 'ngày nghỉ', en: 'leave date' },
  'leaving.decidedOn': { vi: 'ngày quyết định', en: 'day of the decision' },
  'leaving.reorganisedOn': { vi: 'ngày sắp xếp có hiệu lực', en: 'day of the reorganisation' },
  contractSignedOn: { vi: 'ngày ký hợp đồng', en: 'day the contract was signed' },
  pay: { vi: 'tiền lương', en: 'pay' },
  'pay.kind': { vi: 'loại lương (hệ số hoặc hợp đồng)', en: 'kind of pay' },
  'pay.grade': { vi: 'hệ số lương', en: 'salary coefficient' },
  'pay.multiple': { vi: 'hệ số phụ cấp', en: 'allowance coefficient' },
  'leaving.notReElected': { vi: 'trường hợp không tái cử', en: 'case of not standing again' },
  averagePay60Months: { vi: 'tiền lương bình quân 60 tháng', en: 'average salary of 60 months' },
  termEndsOn: { vi: 'ngày hết nhiệm kỳ hoặc lộ trình', en: 'end of the term or roadmap' },
  'pay.amount': { vi: 'mức lương hợp đồng', en: 'contract salary' },
  'pay.effectiveFrom': {
    vi: 'quyết định lương đang có hiệu lực của tháng trước khi nghỉ',
    en: 'the salary decision in force in the month before leaving',
  },
  service: { vi: 'quá trình công tác có đóng BHXH', en: 'periods of insured service' },
};

export function factName(path: string, language: Language): string {
  return factNames[path]?.[language] ?? path;
}
