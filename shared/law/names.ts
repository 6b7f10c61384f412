/** What the tables of the law and the words in their values are called on a screen. A table without a name shows its own. */
import type { CountedAllowance, Subject } from '../case/facts.ts';
import type { Sentence } from '../vietnamese.ts';

/** By `file table`, else by the table alone where it means the same in every file. */
const tableNames: Readonly<Record<string, Sentence>> = {
  // Tables that mean the same wherever they stand.
  oddMonths: { vi: 'Tháng lẻ của thời gian công tác', en: 'Odd months of service' },
  inMonthlySalary: {
    vi: 'Phụ cấp được tính vào tiền lương tháng hiện hưởng',
    en: 'Allowances in the current monthly salary',
  },
  perYear: { vi: 'Số tháng hưởng cho mỗi năm công tác', en: 'Months of salary for each year of service' },
  perYearEarly: { vi: 'Số tháng hưởng cho mỗi năm nghỉ sớm', en: 'Months of salary for each year early' },
  perMonth: {
    vi: 'Số tháng hưởng cho mỗi tháng tính trợ cấp',
    en: 'Months of salary for each month that is counted',
  },
  toLookForWork: { vi: 'Trợ cấp tìm việc làm, số tháng hưởng', en: 'Months of salary to look for work' },
  serviceBlock: {
    vi: 'Số tháng hưởng theo thời gian công tác: mức đầu và mỗi năm thêm',
    en: 'Months of salary for the first years of service and each further one',
  },
  monthsEarlyWithMoney: {
    vi: 'Nghỉ hưu trước tuổi có trợ cấp: số tháng còn đến tuổi',
    en: 'Early retirement with money: months before the age',
  },
  mostMonthsEarly: {
    vi: 'Được nghỉ hưu trước tuổi nhiều nhất bao nhiêu tháng',
    en: 'Early retirement: months before the age at the most',
  },
  fewestMonthsEarly: {
    vi: 'Được nghỉ thôi việc khi còn ít nhất bao nhiêu tháng đến tuổi',
    en: 'Severance: months before the age at the least',
  },
  lumpSum: {
    vi: 'Trợ cấp một lần của người quá tuổi, số tháng hưởng',
    en: 'Months of salary in one sum for who is past the age',
  },
  covered: { vi: 'Đối tượng áp dụng', en: 'Whom it serves' },
  leavesFrom: { vi: 'Áp dụng cho người nghỉ từ ngày', en: 'It serves those who leave from this day' },

  campaignDays: { vi: 'Những ngày nghỉ của đợt sắp xếp', en: 'The leave days of the campaign' },
  campaignDecidedBefore: { vi: 'Chi trả quyết định ký trước ngày', en: 'The campaign pays decisions before this day' },
  paidBefore: { vi: 'Hạn chi trả xong', en: 'Everyone must be paid by' },
  dataToHomeAffairsBy: { vi: 'Hạn gửi số liệu đến Bộ Nội vụ', en: 'Data due at the Ministry of Home Affairs' },
  reportToSteeringBy: { vi: 'Hạn báo cáo Ban Chỉ đạo', en: 'Report due at the Steering Committee' },
  yearlyReportBy: { vi: 'Hạn báo cáo hằng năm về Nghị định 154', en: 'Yearly report of Decree 154 due' },
  firstPeriodMonths: {
    vi: 'Nghỉ trong bao nhiêu tháng kể từ ngày sắp xếp thì hưởng mức đầu',
    en: 'Months from the reorganisation within which the first rate holds',
  },
  earliestClock: { vi: 'Mốc sớm nhất để tính 12 tháng', en: 'Earliest day from which the 12 months run' },
  roadmap1: { vi: 'Tuổi nghỉ hưu theo năm, Phụ lục I', en: 'Retirement age by year, Annex I' },
  roadmap2: { vi: 'Tuổi nghỉ hưu thấp nhất theo năm, Phụ lục II', en: 'Lowest retirement age by year, Annex II' },
  annex2Months: {
    vi: 'Số tháng nặng nhọc hoặc ở vùng đặc biệt khó khăn để áp dụng Phụ lục II',
    en: 'Months of heavy work or in an extremely difficult area that open Annex II',
  },
  coveredStaff: { vi: 'Đối tượng của Điều 6 đến Điều 8', en: 'Whom articles 6 to 8 serve' },
  coveredOfCommune: { vi: 'Đối tượng của Điều 9', en: 'Whom article 9 serves' },
  coveredOfVillage: { vi: 'Đối tượng của Điều 10', en: 'Whom article 10 serves' },
  unsettledStaff: {
    vi: 'Đối tượng chưa rõ có thuộc Điều 6 đến Điều 8 không',
    en: 'Whom articles 6 to 8 may or may not serve',
  },
  lastLeaveDate: { vi: 'Ngày nghỉ cuối cùng được hưởng', en: 'Last leave day that is served' },
  lastLeaveDateOfCommunePartTimers: {
    vi: 'Ngày nghỉ cuối cùng của người không chuyên trách cấp xã',
    en: 'Last leave day of commune part-timers',
  },
  returnDutyMonths: {
    vi: 'Được tuyển lại trong bao nhiêu tháng thì phải hoàn trả',
    en: 'Months within which who is taken back returns the money',
  },
  shortInsuranceWindow: {
    vi: 'Những ngày nghỉ mà đóng BHXH 15 đến 19 năm là câu hỏi mở',
    en: 'Leave days on which 15 to 19 years of insurance are an open question',
  },
  mostMonthsExcluded: {
    vi: 'Đủ điều kiện hưu và còn từ bao nhiêu tháng trở xuống thì không hưởng',
    en: 'Not served: pensionable with so many months or fewer to the age',
  },
  transferMonths: {
    vi: 'Chuyển sang đơn vị ngoài ngân sách, số tháng hưởng',
    en: 'Months of salary for moving off the budget',
  },
  'decree-154-2025/article-09 perMonth': {
    vi: 'Số tháng phụ cấp cho mỗi tháng tính trợ cấp',
    en: 'Months of allowance for each month that is counted',
  },
  monthsOfTierC: { vi: 'Số tháng tính của mức tại điểm c', en: 'Months counted in point c' },
  tiers: { vi: 'Ranh giới của các mức a, b, c', en: 'Where the tiers a, b, c end' },
  contractSignedBefore: { vi: 'Hợp đồng phải ký trước ngày', en: 'Contracts must be signed before this day' },
  coveredCadres: { vi: 'Cán bộ không tái cử', en: 'Cadres who do not stand again' },
  coveredCommitteeMembers: {
    vi: 'Cấp ủy viên khi kết thúc hoạt động',
    en: 'Members of Party committees whose body ends',
  },
  coveredOfOtherBodies: {
    vi: 'Đối tượng ở cơ quan không trực tiếp sắp xếp',
    en: 'Staff of bodies that are not reorganised',
  },
  leavesAfter: { vi: 'Áp dụng cho người nghỉ sau ngày', en: 'It serves those who leave after this day' },
  mostMonthsEarlyPaid: { vi: 'Số tháng nghỉ sớm được trả nhiều nhất', en: 'Months early that are paid at the most' },
  mostSeveranceMonths: {
    vi: 'Số tháng tính trợ cấp thôi việc nhiều nhất',
    en: 'Months that severance counts at the most',
  },
  reservedDifferenceFrom: {
    vi: 'Hệ số chênh lệch bảo lưu thuộc tiền lương từ ngày',
    en: 'The reserved difference is in the salary from this day',
  },
  fewestMonthsForYears: {
    vi: 'Còn từ bao nhiêu tháng đến tuổi thì trả cả theo số năm',
    en: 'Months before the age from which the per-year parts are paid',
  },
  mostMonthsNear: {
    vi: 'Còn đến bao nhiêu tháng thì thuộc mức từ 5 năm trở xuống',
    en: 'Months before the age up to which the near band holds',
  },
  perMonthNear: {
    vi: 'Số tháng hưởng cho mỗi tháng nghỉ sớm, còn từ 5 năm trở xuống',
    en: 'Months of salary for each month early, near band',
  },
  perMonthFar: {
    vi: 'Số tháng hưởng cho mỗi tháng nghỉ sớm, còn trên 5 năm',
    en: 'Months of salary for each month early, far band',
  },
  'perYear.near': {
    vi: 'Số tháng hưởng cho mỗi năm nghỉ sớm, còn từ 5 năm trở xuống',
    en: 'Months of salary for each year early, near band',
  },
  'perYear.far': {
    vi: 'Số tháng hưởng cho mỗi năm nghỉ sớm, còn trên 5 năm',
    en: 'Months of salary for each year early, far band',
  },
  'perYear.near-annex-2': {
    vi: 'Số tháng hưởng cho mỗi năm nghỉ sớm theo Phụ lục II',
    en: 'Months of salary for each year early, Annex II',
  },
  'decree-178-2024/article-07b perYear': {
    vi: 'Số tháng hưởng cho mỗi năm nghỉ sớm',
    en: 'Months of salary for each year early',
  },
  clockFrom: {
    vi: 'Mốc tính 12 tháng của trợ cấp một lần, nếu có',
    en: "Day from which the one-off's 12 months run, if there is one",
  },
  fewestMonthsOfEligible: {
    vi: 'Cán bộ còn đủ tuổi tái cử: số tháng còn lại ít nhất lúc đại hội',
    en: 'Who may still stand again: months left at the congress at the least',
  },
  fewestInsuredMonths: {
    vi: 'Số tháng đóng BHXH ít nhất để nghỉ hưu trước tuổi',
    en: 'Insured months that early retirement asks for',
  },
  perMonthOfTerm: {
    vi: 'Số tháng phụ cấp cho mỗi tháng còn lại của nhiệm kỳ hoặc lộ trình',
    en: 'Months of allowance for each month to the end of the term or roadmap',
  },
  replacedOn: { vi: 'Được thay thế từ ngày', en: 'Replaced on this day' },
  fundPerHead: {
    vi: 'Quỹ phụ cấp khoán cho một người, lần mức lương cơ sở',
    en: 'Fund a head, times the base salary',
  },
  baseSalary: { vi: 'Mức lương cơ sở, một tháng', en: 'Base salary, a month' },
  beneficiaryListForm: { vi: 'Mẫu danh sách người hưởng gửi Kho bạc', en: 'Form of the list of beneficiaries' },
  'voucherForm.estimate': { vi: 'Mẫu giấy rút dự toán', en: 'Form of the withdrawal slip' },
  'voucherForm.deposit': { vi: 'Mẫu ủy nhiệm chi', en: 'Form of the payment order' },
  'daysOff.newYear': { vi: 'Nghỉ Tết Dương lịch', en: "New Year's Day off" },
  'daysOff.tet': { vi: 'Nghỉ Tết Âm lịch', en: 'Tết, the lunar New Year, off' },
  'daysOff.hungKings': { vi: 'Nghỉ Giỗ Tổ Hùng Vương (10/3 âm lịch)', en: "Hùng Kings' day off" },
  'daysOff.victoryDay': { vi: 'Nghỉ Ngày Chiến thắng 30/4', en: 'Victory Day off' },
  'daysOff.labourDay': { vi: 'Nghỉ Ngày Quốc tế lao động 01/5', en: 'Labour Day off' },
  'daysOff.nationalDay': { vi: 'Nghỉ Quốc khánh', en: 'National Day off' },
  'daysOff.cultureDay': { vi: 'Nghỉ Ngày Văn hóa Việt Nam 24/11', en: 'Vietnamese Culture Day off' },
  knownDays: {
    vi: 'Lịch nghỉ lễ, tết đã biết đến ngày nào; ngoài khoảng này chỉ trừ thứ Bảy, Chủ nhật',
    en: 'Up to which day public holidays are known; elsewhere only Saturdays and Sundays are off',
  },
  daysToComplain: { vi: 'Thời hiệu khiếu nại, số ngày', en: 'Days to complain' },
  daysToAccept: { vi: 'Thời hạn thụ lý khiếu nại, số ngày', en: 'Days to accept a complaint' },
  daysToAnswer: {
    vi: 'Thời hạn giải quyết khiếu nại lần đầu, số ngày từ ngày thụ lý',
    en: 'Days from acceptance to answer a first complaint',
  },
  daysToComplainAgain: { vi: 'Thời hạn khiếu nại lần hai, số ngày', en: 'Days to complain a second time' },
  daysToAnswerAgain: {
    vi: 'Thời hạn giải quyết khiếu nại lần hai, số ngày từ ngày thụ lý',
    en: 'Days from acceptance to answer a second complaint',
  },
  limits: { vi: 'Giới hạn ngày quyết định và ngày nghỉ', en: 'Limits of decision days and leave days' },
  allowances: {
    vi: 'Mức phụ cấp theo chức danh, lần mức lương cơ sở',
    en: 'Monthly allowance by title, times the base salary',
  },
  byAnnex1: { vi: 'Xét quá tuổi theo Phụ lục I', en: 'Past the age by Annex I' },
  pensionMonths: { vi: 'Số tháng đóng BHXH để hưởng lương hưu', en: 'Insured months that a pension needs' },
  pensionMonthsCommuneWomen: {
    vi: 'Số tháng đóng BHXH để hưởng lương hưu, nữ cấp xã',
    en: 'Insured months that a pension needs, women of the communes',
  },
};

/** The table's name; its own where it has been given none. */
export function tableName(file: string, table: string): Sentence {
  return tableNames[`${file} ${table}`] ?? tableNames[table] ?? { vi: table, en: table };
}

/** Whether somebody has named the table. */
export function hasTableName(file: string, table: string): boolean {
  return `${file} ${table}` in tableNames || table in tableNames;
}

export const subjectNames: Readonly<Record<Subject, Sentence>> = {
  cadre: { vi: 'cán bộ', en: 'cadre' },
  'civil-servant': { vi: 'công chức', en: 'civil servant' },
  'public-employee': { vi: 'viên chức', en: 'public employee' },
  'contract-worker': { vi: 'người lao động hợp đồng', en: 'contract worker' },
  'commune-cadre': { vi: 'cán bộ cấp xã', en: 'commune cadre' },
  'commune-civil-servant': { vi: 'công chức cấp xã', en: 'commune civil servant' },
  'association-staff': { vi: 'người làm việc ở hội', en: 'association staff' },
  'commune-part-timer': { vi: 'người hoạt động không chuyên trách cấp xã', en: 'commune part-timer' },
  'village-part-timer': { vi: 'người hoạt động không chuyên trách ở thôn, tổ dân phố', en: 'village part-timer' },
};

export const countedAllowanceNames: Readonly<Record<CountedAllowance, Sentence>> = {
  'civil-service': { vi: 'phụ cấp công vụ', en: 'civil-service allowance' },
  'party-work': { vi: 'phụ cấp công tác đảng, đoàn thể', en: 'Party-work allowance' },
  'professional-incentive': { vi: 'phụ cấp ưu đãi theo nghề', en: 'incentive of the profession' },
  'professional-responsibility': { vi: 'phụ cấp trách nhiệm theo nghề', en: 'responsibility of the profession' },
  'professional-seniority': { vi: 'phụ cấp thâm niên nghề', en: 'seniority in the profession' },
  'armed-forces': { vi: 'phụ cấp đặc thù lực lượng vũ trang', en: 'armed-forces allowance' },
};

/** The keys and the words inside of values. */
export const wordNames: Readonly<Record<string, Sentence>> = {
  ...subjectNames,
  ...countedAllowanceNames,
  on: { vi: 'ngày', en: 'on' },
  hour: { vi: 'giờ', en: 'hour' },
  month: { vi: 'tháng', en: 'month' },
  day: { vi: 'ngày', en: 'day' },
  from: { vi: 'từ ngày', en: 'from' },
  to: { vi: 'đến ngày', en: 'to' },
  before: { vi: 'trước ngày', en: 'before' },
  by: { vi: 'căn cứ', en: 'by' },
  year: { vi: 'năm', en: 'year' },
  number: { vi: 'số mẫu', en: 'number of the form' },
  sign: { vi: 'ký hiệu', en: 'sign' },
  formName: { vi: 'tên mẫu', en: 'name of the form' },
  '': { vi: '–', en: '–' },
  ordinary: { vi: 'thông thường', en: 'ordinary' },
  complex: { vi: 'phức tạp', en: 'complex' },
  remote: { vi: 'vùng sâu, vùng xa', en: 'remote areas' },
  remoteComplex: { vi: 'phức tạp ở vùng sâu, vùng xa', en: 'complex in remote areas' },
  male: { vi: 'nam', en: 'men' },
  female: { vi: 'nữ', en: 'women' },
  annex1: { vi: 'Phụ lục I', en: 'Annex I' },
  annex2: { vi: 'Phụ lục II', en: 'Annex II' },
  near: { vi: 'còn từ 5 năm trở xuống', en: 'near band' },
  far: { vi: 'còn trên 5 năm', en: 'far band' },
  'near-annex-2': { vi: 'theo Phụ lục II', en: 'near band by Annex II' },
  within12Months: { vi: 'trong 12 tháng đầu', en: 'within the first 12 months' },
  later: { vi: 'từ tháng thứ 13', en: 'from the 13th month' },
  halfUpTo: { vi: 'đến bao nhiêu tháng thì chưa tính trọn năm', en: 'months up to which it is no whole year' },
  half: { vi: 'khi đó tính số năm', en: 'then counted in years' },
  fewest: { vi: 'ít nhất', en: 'at the least' },
  most: { vi: 'nhiều nhất', en: 'at the most' },
  fewestMonths: { vi: 'số tháng ít nhất', en: 'months at the least' },
  fewestYears: { vi: 'số năm ít nhất', en: 'years at the least' },
  years: { vi: 'số năm của mức đầu', en: 'first years' },
  months: { vi: 'số tháng hưởng của mức đầu', en: 'months for the first years' },
  perFurtherYear: { vi: 'mỗi năm thêm', en: 'each further year' },
  first: { vi: 'mức đầu', en: 'first sum' },
  firstMonths: { vi: 'số tháng quá tuổi của mức đầu', en: 'months past the age of the first sum' },
  perFurtherMonth: { vi: 'mỗi tháng thêm', en: 'each further month' },
  fewestMonthsWorked: { vi: 'số tháng làm việc ít nhất', en: 'months worked at the least' },
  fewestMonthsEarly: { vi: 'số tháng nghỉ sớm ít nhất', en: 'months early at the least' },
  title: { vi: 'chức danh', en: 'title' },
  multiple: { vi: 'số lần', en: 'times' },
  days: { vi: 'các ngày nghỉ', en: 'days off' },
  inLieu: { vi: 'nghỉ bù', en: 'in lieu' },
  swapped: { vi: 'hoán đổi', en: 'swapped' },
  off: { vi: 'nghỉ ngày', en: 'off on' },
  worked: { vi: 'làm bù ngày', en: 'made up on' },
  known: { vi: 'biết được do', en: 'known by' },
  'by-reading': { vi: 'đọc trong văn bản hoặc tin về văn bản', en: 'reading the text or a report of it' },
  'by-computing': {
    vi: 'tính từ quy định, chưa đọc được thông báo',
    en: 'computing from the rule; no notice was read',
  },
  announcedTo: { vi: 'theo thông báo đến hết ngày', en: 'by notices up to' },
  computedTo: { vi: 'tính theo quy định đến hết ngày', en: 'computed up to' },
  decidedBefore: { vi: 'quyết định ký trước ngày', en: 'decided before' },
  leaveNotAfter: { vi: 'nghỉ chậm nhất ngày', en: 'leaving at the latest on' },
  earlyDecisionBefore: { vi: 'quyết định ký sớm, trước ngày', en: 'decided early, before' },
  earlyDecisionLeaveNotAfter: { vi: 'khi đó nghỉ chậm nhất ngày', en: 'then leaving at the latest on' },
};
