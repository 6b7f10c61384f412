/**
 * The unsettled readings: questions the texts leave open, each a named switch. A switch is unset until a named person
 * sets it in a recorded decision with its document.
 */
import type { Sentence } from '../vietnamese.ts';

/**
 * While the switch is unset: `default` computes with the first value and carries the number; `review` asks a person as
 * soon as the readings give different money; `when-it-changes` is the same, its first value being the usual practice;
 * `always` has no formula to compute with.
 */
export type WhenUnset = 'default' | 'review' | 'when-it-changes' | 'always';

export interface Reading {
  readonly whenUnset: WhenUnset;
  /** The default first, if there is one. */
  readonly values: readonly string[];
  readonly question: Sentence;
}

export const readings = {
  X1: {
    whenUnset: 'review',
    values: ['none', 'as-article-7'],
    question: {
      vi: 'Điều 7b: có trợ cấp một lần cho số tháng nghỉ sớm không?',
      en: 'Article 7b: is there a one-off for the months early?',
    },
  },
  X2: {
    whenUnset: 'review',
    values: ['as-article-7-from-2025-03-15', 'none'],
    question: {
      vi: 'Điều 7a: mức và mốc 12 tháng của trợ cấp một lần',
      en: 'Article 7a: rate and clock of the one-off',
    },
  },
  X3: {
    whenUnset: 'review',
    values: ['flat-5', '15-year-line'],
    question: {
      vi: 'Nghỉ trước 01/07/2025, thời gian được tính dưới 20 năm: 5 tháng hay cách tính từ 15 năm?',
      en: 'Leaving before 01/07/2025 with counted service under 20 years: flat 5 months, or the 15-year line?',
    },
  },
  X4: {
    whenUnset: 'review',
    values: ['annex-2', 'annex-1', 'higher'],
    question: {
      vi: 'Cả hai phụ lục tuổi đều đủ điều kiện nghỉ hưu: dùng phụ lục nào?',
      en: 'Both annexes of ages lead to early retirement: which one?',
    },
  },
  X5: {
    whenUnset: 'default',
    values: ['own-date', '2025-01-01'],
    question: {
      vi: 'Sắp xếp có hiệu lực trước 01/01/2025: mốc 12 tháng tính từ ngày nào?',
      en: 'Reorganised before 01/01/2025: from which day do the 12 months run?',
    },
  },
  X6: {
    whenUnset: 'review',
    values: ['excluded', 'included'],
    question: {
      vi: 'Quyết định ký đúng ngày 31/08/2025',
      en: 'A decision dated 31/08/2025 itself',
    },
  },
  X7: {
    whenUnset: 'default',
    values: ['month-of-leaving', 'next-month'],
    question: {
      vi: 'Ngày nghỉ không phải ngày đầu tháng: tháng đó có là tháng nghỉ sớm không?',
      en: 'A leave date inside a month: is that month the first month early?',
    },
  },
  X8: {
    whenUnset: 'when-it-changes',
    values: ['excluded', 'included'],
    question: {
      vi: 'Thời gian đóng BHXH ở doanh nghiệp trong số tháng tính trợ cấp thôi việc',
      en: 'Private-sector insurance in the severance months',
    },
  },
  X9: {
    whenUnset: 'review',
    values: ['flat', 'pro-rata'],
    question: {
      vi: 'Thời gian được tính ngắn hơn mức đầu do đã hưởng trợ cấp: giữ nguyên hay theo tỷ lệ?',
      en: 'Counted service shorter than the first block because some was compensated: flat or pro rata?',
    },
  },
  X10: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Còn dưới 24 tháng đến tuổi nghỉ hưu mà chưa đủ điều kiện hưởng lương hưu',
      en: 'Under 24 months left and not pensionable',
    },
  },
  X12: {
    whenUnset: 'default',
    values: ['signed-text', 'draft-text'],
    question: {
      vi: 'Nữ sinh 05/1969 hoặc 05/1974: tuổi theo bản ký hay bản dự thảo',
      en: 'Women born 05/1969 or 05/1974: age of the signed text or of the draft',
    },
  },
  X13: {
    whenUnset: 'default',
    values: ['no', 'yes'],
    question: {
      vi: 'Phụ cấp tỷ lệ có tính trên hệ số chênh lệch bảo lưu không?',
      en: 'Percentages on top of the reserved difference?',
    },
  },
  X14: {
    whenUnset: 'review',
    values: ['separately', 'together'],
    question: {
      vi: '15 năm điều kiện: cộng nặng nhọc với vùng khó khăn, và cả thời gian không thuộc Nhà nước?',
      en: '15-year condition: are heavy work and hardship area, and other time, added together?',
    },
  },
  X15: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Đã qua tuổi Phụ lục II nhưng chưa đến tuổi Phụ lục I',
      en: 'Past the Annex II age but not the Annex I age',
    },
  },
  X16: {
    whenUnset: 'when-it-changes',
    values: ['no', 'yes'],
    question: {
      vi: 'Phụ cấp tỷ lệ trên lương hợp đồng',
      en: 'Percentages on a contract salary',
    },
  },
  X17: {
    whenUnset: 'review',
    values: ['yes', 'no'],
    question: {
      vi: 'Nữ cán bộ, công chức cấp xã nghỉ trước 01/07/2025: 15 năm BHXH có đủ không?',
      en: 'Commune women before 01/07/2025: are 15 years of insurance enough?',
    },
  },
  X18: {
    whenUnset: 'review',
    values: ['article-7b', 'article-7'],
    question: {
      vi: 'Điều 7b khi còn dưới 24 tháng',
      en: 'Article 7b with under 24 months left',
    },
  },
  X19: {
    whenUnset: 'when-it-changes',
    values: ['included', 'excluded'],
    question: {
      vi: 'BHXH ở doanh nghiệp, chưa hưởng trợ cấp, trong số năm công tác',
      en: 'Private insurance, not compensated, in the years of service',
    },
  },
  X20: {
    whenUnset: 'when-it-changes',
    values: ['included', 'excluded'],
    question: {
      vi: 'Thời gian đã hưởng trợ cấp trong số tháng tính trợ cấp thôi việc',
      en: 'Compensated months in the severance months',
    },
  },
  X21: {
    whenUnset: 'when-it-changes',
    values: ['yes', 'no'],
    question: {
      vi: 'Nghỉ trước 15/03/2025: hệ số chênh lệch bảo lưu đã thuộc tiền lương chưa?',
      en: 'Leaving before 15/03/2025: is the reserved difference in the base already?',
    },
  },
  X22: {
    whenUnset: 'when-it-changes',
    values: ['yes', 'no'],
    question: {
      vi: 'Thời gian không chuyên trách có đóng BHXH: có là thời gian ở cơ quan Nhà nước?',
      en: 'Insured part-time months: time in State bodies?',
    },
  },
  X23: {
    whenUnset: 'when-it-changes',
    values: ['rounded', 'raw'],
    question: {
      vi: '19 năm 7 tháng trở lên: là 20 năm hay dưới 20 năm?',
      en: '19 years 7 months of counted service: 20 years, or under 20?',
    },
  },
  X24: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Thời gian được tính ngắn hơn mức đầu vì lý do khác',
      en: 'Counted service shorter than the first block for another cause',
    },
  },
  O1: {
    whenUnset: 'default',
    values: ['res-21-2023', 'fund-per-head'],
    question: {
      vi: 'Mức phụ cấp làm căn cứ của người không chuyên trách',
      en: 'Base of part-timers',
    },
  },
  O2: {
    whenUnset: 'default',
    values: ['half-years', 'months-over-12'],
    question: {
      vi: 'Số năm nghỉ sớm theo Nghị định 154 và 29',
      en: 'Years early under Decrees 154 and 29',
    },
  },
  O3: {
    whenUnset: 'default',
    values: ['none'],
    question: {
      vi: 'Nghị định 154, Điều 6 khoản 3, 4: có tiền khi còn dưới 24 tháng không',
      en: 'Decree 154 article 6(3), (4): cash with under 24 months left',
    },
  },
  O4: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Nghị định 154, Điều 8 khoản 2',
      en: 'Decree 154 article 8(2)',
    },
  },
  O5: {
    whenUnset: 'default',
    values: ['60'],
    question: {
      vi: 'Nghị định 154, Điều 9 khoản 1 điểm c: hệ số',
      en: 'Decree 154 article 9(1)(c): the factor',
    },
  },
  O6: {
    whenUnset: 'when-it-changes',
    values: ['excluded', 'included'],
    question: {
      vi: 'BHXH ở doanh nghiệp của người không chuyên trách',
      en: 'Private insurance of part-timers',
    },
  },
  O8: {
    whenUnset: 'default',
    values: ['blocked'],
    question: {
      vi: 'Nghị quyết 18/2024 của Nghệ An bên cạnh Nghị định 178',
      en: 'Nghệ An Resolution 18/2024 beside Decree 178',
    },
  },
  O10: {
    whenUnset: 'default',
    values: ['half-up'],
    question: {
      vi: 'Làm tròn đến đồng: tiền lương một lần, rồi từng khoản',
      en: 'Rounding to whole đồng: the salary once, then each line',
    },
  },
  O11: {
    whenUnset: 'when-it-changes',
    values: ['as-178', 'as-154'],
    question: {
      vi: 'Tiền lương làm căn cứ của Nghị quyết 07',
      en: 'Salary base of Resolution 07',
    },
  },
  O13: {
    whenUnset: 'when-it-changes',
    values: ['as-154', 'as-178'],
    question: {
      vi: 'Tiền lương và thời gian theo Nghị định 29/2023',
      en: 'Salary base and counted time under Decree 29/2023',
    },
  },
  O14: {
    whenUnset: 'review',
    values: ['154', '29'],
    question: {
      vi: 'Quyết định trước 16/06/2025, nghỉ sau đó: Nghị định 29 hay 154',
      en: 'Decided before 16/06/2025, leaving after: 29 or 154',
    },
  },
  O15: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Nghỉ 16/06–30/06/2025 theo Nghị định 154, BHXH 15 đến 19 năm',
      en: 'Leaving 16/06–30/06/2025 under 154 with 15 to 19 years',
    },
  },
  O16: {
    whenUnset: 'when-it-changes',
    values: ['no', 'yes'],
    question: {
      vi: 'Phụ cấp lực lượng vũ trang trong căn cứ của Nghị định 154',
      en: 'Armed-forces allowance in the 154 base',
    },
  },
  O17: {
    whenUnset: 'review',
    values: ['excluded', 'included'],
    question: {
      vi: 'Thời gian ở thôn của người không chuyên trách cấp xã',
      en: 'Village months of a commune part-timer',
    },
  },
  O18: {
    whenUnset: 'default',
    values: ['from-pension-month', 'from-age-month'],
    question: {
      vi: 'Nghị quyết 07: số tháng kể từ khi đủ tuổi',
      en: 'Resolution 07: months since the age was reached',
    },
  },
  O19: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Nghị định 29/2023, Điều 5: trên 60 tháng đến tuổi',
      en: 'Decree 29/2023 article 5: more than 60 months before the age',
    },
  },
  O20: {
    whenUnset: 'always',
    values: [],
    question: {
      vi: 'Đã qua tuổi theo Nghị định 154, Điều 6 đến 8',
      en: 'Past the age under Decree 154 articles 6 to 8',
    },
  },
  O21: {
    whenUnset: 'when-it-changes',
    values: ['annex-1', 'annex-2'],
    question: {
      vi: 'Nghị định 154, Điều 7 khoản 2: ba năm đến tuổi theo phụ lục nào',
      en: 'Decree 154 article 7(2): three years to the age by which annex',
    },
  },
  O22: {
    whenUnset: 'when-it-changes',
    values: ['annex-1', 'annex-2'],
    question: {
      vi: 'Người không chuyên trách đủ 15 năm điều kiện: phụ lục nào',
      en: 'Part-timers with the 15-year condition: which annex',
    },
  },
  O23: {
    whenUnset: 'default',
    values: ['154'],
    question: {
      vi: 'Quyết định và nghỉ trước 16/06/2025, chưa chi trả',
      en: 'Decided and left before 16/06/2025, not paid by then',
    },
  },
} as const satisfies Record<string, Reading>;

export type ReadingNumber = keyof typeof readings;
export const readingNumbers = Object.keys(readings).filter(isReadingNumber);

export function isReadingNumber(text: string): text is ReadingNumber {
  return Object.hasOwn(readings, text);
}

/** The switches that somebody has set; empty while all are open. */
export type SetReadings = Partial<Record<ReadingNumber, string>>;

/** The values in words, as pages and lists show them. */
const valueNames: Readonly<Record<string, Sentence>> = {
  none: { vi: 'không có', en: 'none' },
  'as-article-7': { vi: 'như Điều 7', en: 'as article 7' },
  'as-article-7-from-2025-03-15': { vi: 'như Điều 7, từ 15/03/2025', en: 'as article 7, from 15/03/2025' },
  'flat-5': { vi: 'cố định 5 tháng', en: 'flat 5 months' },
  '15-year-line': { vi: 'cách tính từ 15 năm', en: 'the 15-year line' },
  'annex-1': { vi: 'Phụ lục I', en: 'Annex I' },
  'annex-2': { vi: 'Phụ lục II', en: 'Annex II' },
  higher: { vi: 'mức cao hơn', en: 'the higher' },
  'own-date': { vi: 'ngày của văn bản sắp xếp', en: 'its own date' },
  '2025-01-01': { vi: 'từ 01/01/2025', en: 'from 01/01/2025' },
  excluded: { vi: 'không tính', en: 'excluded' },
  included: { vi: 'có tính', en: 'included' },
  'month-of-leaving': { vi: 'tính từ chính tháng nghỉ', en: 'from the month of leaving' },
  'next-month': { vi: 'tính từ tháng sau', en: 'from the next month' },
  flat: { vi: 'giữ nguyên mức', en: 'flat' },
  'pro-rata': { vi: 'theo tỷ lệ', en: 'pro rata' },
  'signed-text': { vi: 'bản ký', en: 'the signed text' },
  'draft-text': { vi: 'bản dự thảo', en: 'the draft' },
  no: { vi: 'không', en: 'no' },
  yes: { vi: 'có', en: 'yes' },
  separately: { vi: 'tính riêng từng loại', en: 'separately' },
  together: { vi: 'cộng lại', en: 'together' },
  'article-7b': { vi: 'theo Điều 7b', en: 'article 7b' },
  'article-7': { vi: 'theo Điều 7', en: 'article 7' },
  rounded: { vi: 'làm tròn thành 20 năm', en: 'rounded to 20 years' },
  raw: { vi: 'vẫn là dưới 20 năm', en: 'still under 20 years' },
  'res-21-2023': { vi: 'bảng của Nghị quyết 21/2023', en: 'the table of Resolution 21/2023' },
  'fund-per-head': { vi: 'mức ngân sách khoán mỗi người', en: 'the fund per head' },
  'half-years': { vi: 'theo nửa năm', en: 'half years' },
  'months-over-12': { vi: 'số tháng chia 12', en: 'months over 12' },
  '60': { vi: '60 tháng', en: '60 months' },
  blocked: { vi: 'không áp dụng cùng lúc', en: 'not combined' },
  'half-up': { vi: 'nửa trở lên làm tròn lên', en: 'half up' },
  'as-178': { vi: 'như Nghị định 178', en: 'as Decree 178' },
  'as-154': { vi: 'như Nghị định 154', en: 'as Decree 154' },
  '154': { vi: 'Nghị định 154', en: 'Decree 154' },
  '29': { vi: 'Nghị định 29', en: 'Decree 29' },
  'from-pension-month': { vi: 'từ tháng hưởng lương hưu', en: 'from the pension month' },
  'from-age-month': { vi: 'từ tháng đủ tuổi', en: 'from the month of the age' },
};

/** A value in words. */
export function valueName(value: string): Sentence {
  return valueNames[value] ?? { vi: value, en: value };
}

export function readingOf(number: ReadingNumber): Reading {
  return readings[number];
}
