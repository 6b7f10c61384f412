/** Assessments as sentences in Vietnamese and English, with the numbers put in; pages, slips and letters use it. */
import { addMonths, formatDay } from '../calendar.ts';
import { formatDong } from '../dong.ts';
import { inForceOn } from '../law/dated.ts';
import { inMonthlySalary } from '../law/decree-178-2024/article-05.ts';
import { baseSalary } from '../law/decree-73-2024/article-03.ts';
import { isReadingNumber, readingOf } from '../law/readings.ts';
import type { Language, Sentence } from '../vietnamese.ts';
import type { AssessedFigures, AssessedLine } from './assessment.ts';
import type { Pay } from './facts.ts';

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
};

/** `Trợ cấp thôi việc: 10.705.500 × 0,8 × 60 tháng = 513.864.000 đồng` and where it stands in the law. */
export function lineSentence(line: AssessedLine): Sentence {
  const name = lineNames[line.line] ?? { vi: line.line, en: line.line };
  const amount = formatDong(BigInt(line.amount));
  return {
    vi: `${name.vi}: ${line.working} = ${amount} đồng (${line.by}).`,
    en: `${name.en}: ${line.workingEn} = ${amount} đồng (${line.byEn}).`,
  };
}

/** The figures behind the lines: from which month to which, how long, what counted. */
export function figureSentences(of: AssessedFigures, leaveOn: string, pay?: Pay): readonly Sentence[] {
  const left = monthsInWords(of.monthsEarly);
  const salary = `${salaryWorking(pay, leaveOn)}${formatDong(BigInt(of.monthlySalary))} đồng`;
  return [
    {
      vi: `Tiền lương tháng hiện hưởng của tháng liền kề trước khi nghỉ: ${salary} (Nghị định 178/2024/NĐ-CP, Điều 5 khoản 6).`,
      en: `Current monthly salary, of the month before leaving: ${salary} (Decree 178/2024/NĐ-CP, article 5(6)).`,
    },
    {
      vi: `Nghỉ từ ${formatDay(leaveOn)}; thời điểm nghỉ hưu theo Phụ lục ${of.annex} Nghị định 135/2020/NĐ-CP là tháng ${formatDay(of.retirementMonth)}; nghỉ sớm ${of.monthsEarly} tháng (${left.vi}).`,
      en: `Leaves on ${formatDay(leaveOn)}; pension would start ${formatDay(of.retirementMonth)} by Annex ${of.annex} of Decree 135/2020/NĐ-CP; ${of.monthsEarly} months early (${left.en}).`,
    },
    {
      vi: `Thời gian công tác có đóng BHXH bắt buộc chưa hưởng trợ cấp: ${of.serviceMonths} tháng, tính là ${of.serviceYears.replace('.', ',')} năm (lẻ 1–6 tháng tính nửa năm, trên 6 tháng tính một năm).`,
      en: `Insured service not yet compensated: ${of.serviceMonths} months, counted as ${of.serviceYears} years (1 to 6 odd months are half a year, more a whole one).`,
    },
    of.firstTwelveMonths
      ? {
          vi: 'Nghỉ trong 12 tháng đầu kể từ ngày sắp xếp có hiệu lực.',
          en: 'Leaves within the first 12 months of the reorganisation.',
        }
      : { vi: 'Nghỉ từ tháng thứ 13 trở đi: mức bằng một nửa.', en: 'Leaves from the 13th month on: half the rate.' },
  ];
}

/** `(4,65 + 0,6) × (1 + 25%) × 2.340.000 = `; for a contract salary nothing was computed. */
function salaryWorking(pay: Pay | undefined, leaveOn: string): string {
  if (pay?.kind !== 'coefficient') return '';
  const decimalComma = (text: string) => text.replace('.', ',');
  const beyond = pay.beyondFramePercent === '0' ? '' : ` × (1 + ${decimalComma(pay.beyondFramePercent)}%)`;
  const position = pay.position === '0' ? '' : ` + ${decimalComma(pay.position)}`;
  const counted: readonly string[] = inForceOn(inMonthlySalary, leaveOn).value;
  const percents = (pay.allowances ?? []).flatMap(({ name, percent }) =>
    counted.includes(name) && percent !== undefined ? [` + ${decimalComma(percent)}%`] : [],
  );
  const reserved = pay.reservedDifference === '0' ? '' : ` + ${decimalComma(pay.reservedDifference)}`;
  const base = inForceOn(baseSalary, addMonths(leaveOn, -1)).value;
  const core = `(${decimalComma(pay.grade ?? '0')}${beyond}${position})`;
  const withPercents = percents.length === 0 ? core : `${core} × (1${percents.join('')})`;
  return `${reserved === '' ? withPercents : `(${withPercents}${reserved})`} × ${formatDong(base)} = `;
}

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
    vi: 'Nghỉ từ ngày 01/01/2025 trở về trước, khi Nghị định chưa áp dụng.',
    en: 'Left on or before 01/01/2025, before the decree applied.',
  },
  'decided-too-late': {
    vi: 'Quyết định nghỉ không được ban hành trước ngày 31/08/2025.',
    en: 'The decision was not issued before 31/08/2025.',
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
  'after-12-months': { vi: 'Nghỉ từ tháng thứ 13: mức một nửa', en: 'From the 13th month: half rate' },
};

export function markSentence(mark: string): Sentence {
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
  'readings-differ': {
    vi: 'Quá nhiều điểm chưa thống nhất cùng lúc; cần người xem giấy tờ.',
    en: 'Too many open questions at once; a person must look at the papers.',
  },
  'regime-not-built': {
    vi: 'Hệ thống chưa tính chế độ này; cần người có thẩm quyền tính.',
    en: 'This regime is not computed here yet; a person must.',
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
