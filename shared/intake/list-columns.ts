/**
 * The list a unit submits, as data: two sheets, their columns, and the words each column takes. The template is
 * written from this file and the reader reads by it, so they cannot drift apart.
 */
import type { Cause, CountedAllowance, Employer, Facts, Subject } from '../case/facts.ts';
import { fold, type Sentence } from '../vietnamese.ts';

export interface ListColumn<Key extends string> {
  readonly key: Key;
  readonly heading: string;
  /** Other headings that mean the same, as folded words. */
  readonly alsoCalled: readonly string[];
  /** Whether the list is refused without the column; a cell may still be empty where the row allows it. */
  readonly isNeeded: boolean;
  readonly kind: 'text' | 'money' | 'date' | 'number';
  readonly width: number;
  readonly help: Sentence;
}

export type PersonKey =
  | 'number'
  | 'fullName'
  | 'citizenId'
  | 'sex'
  | 'birth'
  | 'birthOfMen'
  | 'birthOfWomen'
  | 'subject'
  | 'contractSignedOn'
  | 'payingUnit'
  | 'employer'
  | 'cause'
  | 'decisionNumber'
  | 'decidedOn'
  | 'leaveOn'
  | 'reorganisedOn'
  | 'grade'
  | 'position'
  | 'beyondFrame'
  | 'reserved'
  | CountedAllowance
  | 'contractPay'
  | 'bank'
  | 'accountNumber'
  | 'holder'
  | 'declaredTotal'
  | 'notReElected'
  | 'voluntary'
  | 'drawsPension'
  | 'underInvestigation'
  | 'smallChild'
  | 'onlyConcurrentPost'
  | 'contractLikeCivilServant'
  | 'averagePay'
  | 'termEndsOn'
  | 'paidOn'
  | 'joinedOn'
  | 'insuredTime';

export type PeriodKey = 'number' | 'from' | 'to' | 'employer' | 'insured' | 'compensated' | 'conditions';

export const peopleSheet = 'Danh sách';
export const periodsSheet = 'Quá trình công tác';
export const mostPeople = 60_000;

export const subjectWords: Readonly<Record<Subject, readonly string[]>> = {
  cadre: ['cán bộ'],
  'civil-servant': ['công chức'],
  'public-employee': ['viên chức'],
  'contract-worker': ['người lao động hợp đồng', 'lao động hợp đồng', 'hợp đồng lao động', 'người lao động'],
  'commune-cadre': ['cán bộ cấp xã', 'cán bộ xã'],
  'commune-civil-servant': ['công chức cấp xã', 'công chức xã'],
  'association-staff': ['người của hội', 'người làm việc tại hội', 'người làm việc ở hội'],
  'commune-part-timer': ['người hoạt động không chuyên trách cấp xã', 'không chuyên trách cấp xã'],
  'village-part-timer': [
    'người hoạt động không chuyên trách thôn',
    'không chuyên trách thôn',
    'không chuyên trách ở thôn, tổ dân phố',
  ],
};

export const causeWords: Readonly<Record<Cause, readonly string[]>> = {
  reorganised: ['sắp xếp tổ chức bộ máy', 'sắp xếp', 'do sắp xếp tổ chức bộ máy'],
  restructured: ['cơ cấu lại', 'cơ cấu lại đội ngũ', 'tinh giản do cơ cấu lại'],
  'not-re-elected': ['không tái cử', 'không tái cử, tái bổ nhiệm', 'không đủ tuổi tái cử'],
  streamlined: ['tinh giản biên chế'],
  'transferred-off-budget': ['chuyển sang đơn vị tự chủ', 'chuyển sang đơn vị không hưởng ngân sách'],
  'post-abolished': ['kết thúc hoạt động không chuyên trách', 'kết thúc việc bố trí người không chuyên trách'],
  'over-age': ['quá tuổi'],
};

export const employerWords: Readonly<Record<Employer, readonly string[]>> = {
  state: ['nhà nước', 'cơ quan nhà nước', 'đơn vị sự nghiệp công lập'],
  party: ['đảng', 'cơ quan đảng'],
  front: ['mặt trận', 'mặt trận tổ quốc'],
  'political-social': ['chính trị - xã hội', 'tổ chức chính trị - xã hội', 'đoàn thể'],
  'armed-forces': ['lực lượng vũ trang', 'quân đội', 'công an'],
  'commune-part-time': ['không chuyên trách cấp xã', 'không chuyên trách xã'],
  'village-part-time': ['không chuyên trách thôn', 'không chuyên trách ở thôn, tổ dân phố'],
  private: ['doanh nghiệp ngoài nhà nước', 'doanh nghiệp tư nhân', 'ngoài nhà nước'],
};

type NotReElected = NonNullable<NonNullable<Facts['leaving']>['notReElected']>;

export const notReElectedWords: Readonly<Record<NotReElected, readonly string[]>> = {
  'too-old': ['không đủ tuổi tái cử', 'không đủ tuổi', 'quá tuổi tái cử'],
  'still-eligible': ['còn đủ tuổi tái cử', 'đủ tuổi tái cử'],
  'party-committee': ['cấp ủy viên kết thúc hoạt động', 'cấp ủy viên'],
};

export const sexWords = { male: ['Nam'], female: ['Nữ'] } as const;
export const yesNoWords = { yes: ['Có', 'x'], no: ['Không'] } as const;
export const conditionWords = {
  heavy: ['nặng nhọc', 'nặng nhọc, độc hại'],
  'extremely-difficult-area': ['đặc biệt khó khăn', 'vùng đặc biệt khó khăn'],
  both: ['cả hai', 'nặng nhọc và đặc biệt khó khăn', 'nặng nhọc; đặc biệt khó khăn', 'nặng nhọc, đặc biệt khó khăn'],
} as const;

type Options = Partial<Pick<ListColumn<string>, 'alsoCalled' | 'isNeeded' | 'kind' | 'width'>>;

function column<Key extends string>(key: Key, heading: string, help: Sentence, options: Options): ListColumn<Key> {
  return { key, heading, help, alsoCalled: [], isNeeded: true, kind: 'text', width: 12, ...options };
}

const percent = (vi: string, en: string): Sentence => ({
  vi: `${vi}, ghi 25 cho 25 %.`,
  en: `${en}; write 25 for 25 %.`,
});
const words = (of: Readonly<Record<string, readonly string[]>>) =>
  Object.values(of)
    .map(([first]) => first)
    .join('; ');
const day: Options = { width: 12 };
const optionalNumber: Options = { kind: 'number', isNeeded: false, width: 10 };

export const personColumns: readonly ListColumn<PersonKey>[] = [
  column(
    'number',
    'STT',
    { vi: 'Mỗi người một số, không trùng.', en: 'One number a person, never twice.' },
    { alsoCalled: ['so thu tu', 'tt'], width: 6 },
  ),
  column(
    'fullName',
    'Họ và tên',
    { vi: 'Như trên căn cước.', en: 'As on the identity card.' },
    { alsoCalled: ['ho ten', 'ho ten nguoi nghi', 'ho va ten nguoi nghi', 'ho va ten khai sinh'], width: 24 },
  ),
  column(
    'citizenId',
    'Số định danh cá nhân',
    { vi: 'Đủ 12 chữ số, kể cả số 0 ở đầu.', en: 'All 12 digits, with leading zeros.' },
    {
      alsoCalled: ['so dinh danh', 'so cccd', 'cccd', 'so can cuoc', 'so can cuoc cong dan', 'ma dinh danh'],
      width: 15,
    },
  ),
  column(
    'sex',
    'Giới tính',
    { vi: 'Nam hoặc Nữ.', en: 'Nam (male) or Nữ (female).' },
    { alsoCalled: ['nam nu', 'gioi'], width: 7 },
  ),
  column(
    'birth',
    'Ngày sinh',
    {
      vi: 'dd/mm/yyyy; chỉ biết tháng: mm/yyyy; chỉ biết năm: yyyy.',
      en: 'dd/mm/yyyy; mm/yyyy or yyyy when no more is known.',
    },
    { ...day, alsoCalled: ['ngay thang nam sinh', 'nam sinh', 'ngay sinh thang sinh nam sinh'] },
  ),
  column(
    'subject',
    'Đối tượng',
    { vi: `Một trong: ${words(subjectWords)}.`, en: 'One of the words on the left.' },
    { alsoCalled: ['nhom doi tuong', 'loai doi tuong'], width: 18 },
  ),
  column(
    'contractSignedOn',
    'Ngày ký hợp đồng',
    { vi: 'Chỉ ghi cho người lao động hợp đồng.', en: 'For contract workers only.' },
    { ...day, alsoCalled: ['ngay ky hop dong lao dong', 'ngay hop dong'] },
  ),
  column(
    'payingUnit',
    'Mã đơn vị chi trả',
    { vi: 'Mã đơn vị quan hệ ngân sách, 7 chữ số.', en: 'The unit’s budget code, 7 digits.' },
    { alsoCalled: ['ma don vi', 'ma dvqhns', 'ma don vi quan he ngan sach', 'ma don vi su dung ngan sach'], width: 11 },
  ),
  column(
    'employer',
    'Cơ quan, đơn vị công tác',
    { vi: 'Nơi công tác trước khi nghỉ.', en: 'Where the person worked before leaving.' },
    { alsoCalled: ['don vi cong tac', 'co quan cong tac', 'noi cong tac', 'co quan don vi'], width: 28 },
  ),
  column(
    'cause',
    'Lý do nghỉ',
    { vi: `Một trong: ${words(causeWords)}.`, en: 'One of the words on the left.' },
    { alsoCalled: ['ly do', 'truong hop nghi'], width: 20 },
  ),
  column(
    'decisionNumber',
    'Số quyết định nghỉ',
    { vi: 'Số, ký hiệu của quyết định nghỉ.', en: 'Number of the leave decision.' },
    { alsoCalled: ['so quyet dinh', 'quyet dinh so', 'so qd'], width: 16 },
  ),
  column(
    'decidedOn',
    'Ngày quyết định',
    { vi: 'dd/mm/yyyy.', en: 'dd/mm/yyyy.' },
    { ...day, alsoCalled: ['ngay ky quyet dinh', 'ngay qd', 'ngay quyet dinh nghi'] },
  ),
  column(
    'leaveOn',
    'Ngày nghỉ',
    { vi: 'Ngày đầu tiên không làm việc, dd/mm/yyyy.', en: 'The first day without work, dd/mm/yyyy.' },
    { ...day, alsoCalled: ['thoi diem nghi', 'ngay nghi viec', 'nghi tu ngay', 'ngay bat dau nghi'] },
  ),
  column(
    'reorganisedOn',
    'Ngày sắp xếp có hiệu lực',
    {
      vi: 'Ngày quyết định sắp xếp có hiệu lực, dd/mm/yyyy.',
      en: 'The day the reorganisation took effect, dd/mm/yyyy.',
    },
    { ...day, alsoCalled: ['ngay quyet dinh sap xep co hieu luc', 'ngay sap xep', 'thoi diem sap xep'] },
  ),
  column(
    'grade',
    'Hệ số lương',
    {
      vi: 'Của tháng liền kề trước khi nghỉ, ví dụ 4,65; người không chuyên trách ghi hệ số phụ cấp.',
      en: 'Of the month before leaving, such as 4,65; for part-timers the allowance coefficient.',
    },
    { alsoCalled: ['he so', 'he so luong hien huong', 'he so luong theo ngach bac'], kind: 'number', width: 9 },
  ),
  column(
    'position',
    'Hệ số phụ cấp chức vụ',
    { vi: 'Phụ cấp chức vụ lãnh đạo, ví dụ 0,5.', en: 'Leadership allowance, such as 0,5.' },
    { ...optionalNumber, alsoCalled: ['phu cap chuc vu', 'he so chuc vu', 'he so phu cap chuc vu lanh dao'] },
  ),
  column('beyondFrame', '% thâm niên vượt khung', percent('Phần trăm vượt khung', 'Seniority beyond the frame'), {
    ...optionalNumber,
    alsoCalled: ['tham nien vuot khung', 'phu cap tham nien vuot khung', 'vuot khung'],
  }),
  column(
    'reserved',
    'Hệ số chênh lệch bảo lưu',
    { vi: 'Ví dụ 0,2.', en: 'Reserved difference, such as 0,2.' },
    { ...optionalNumber, alsoCalled: ['chenh lech bao luu', 'he so bao luu'] },
  ),
  column('civil-service', '% phụ cấp công vụ', percent('Phụ cấp công vụ', 'Civil-service allowance'), {
    ...optionalNumber,
    alsoCalled: ['phu cap cong vu', 'cong vu'],
  }),
  column(
    'party-work',
    '% công tác đảng, đoàn thể',
    percent('Phụ cấp công tác đảng, đoàn thể', 'Party and mass-organisation work'),
    { ...optionalNumber, alsoCalled: ['phu cap cong tac dang doan the', 'cong tac dang doan the'] },
  ),
  column('professional-incentive', '% ưu đãi nghề', percent('Phụ cấp ưu đãi theo nghề', 'Professional incentive'), {
    ...optionalNumber,
    alsoCalled: ['phu cap uu dai theo nghe', 'phu cap uu dai nghe', 'uu dai nghe'],
  }),
  column(
    'professional-responsibility',
    '% trách nhiệm nghề',
    percent('Phụ cấp trách nhiệm theo nghề', 'Professional responsibility'),
    {
      ...optionalNumber,
      alsoCalled: ['phu cap trach nhiem theo nghe', 'phu cap trach nhiem nghe', 'trach nhiem nghe'],
    },
  ),
  column('professional-seniority', '% thâm niên nghề', percent('Phụ cấp thâm niên nghề', 'Professional seniority'), {
    ...optionalNumber,
    alsoCalled: ['phu cap tham nien nghe', 'tham nien nghe'],
  }),
  column(
    'contractPay',
    'Lương hợp đồng',
    {
      vi: 'Đồng mỗi tháng; ghi thay hệ số lương khi hợp đồng ghi số tiền.',
      en: 'Đồng a month; instead of the coefficient when the contract fixes a sum.',
    },
    { alsoCalled: ['tien luong hop dong', 'muc luong hop dong', 'luong theo hop dong'], kind: 'money', width: 13 },
  ),
  column(
    'bank',
    'Ngân hàng',
    { vi: 'Tên hoặc tên viết tắt, ví dụ Agribank.', en: 'Name or short name, such as Agribank.' },
    { alsoCalled: ['ten ngan hang', 'ngan hang mo tai khoan'], width: 16 },
  ),
  column(
    'accountNumber',
    'Số tài khoản',
    {
      vi: '6 đến 20 chữ số; ghi "chưa có" nếu người này chưa mở tài khoản.',
      en: '6 to 20 digits; write “chưa có” for somebody who has none yet.',
    },
    { alsoCalled: ['stk', 'so tai khoan ngan hang', 'tai khoan'], width: 17 },
  ),
  column(
    'holder',
    'Tên chủ tài khoản',
    { vi: 'Phải là người nghỉ; viết không dấu cũng được.', en: 'Must be the person; may be written without marks.' },
    { alsoCalled: ['chu tai khoan', 'ten tai khoan', 'ho ten chu tai khoan'], width: 24 },
  ),
  column(
    'declaredTotal',
    'Số tiền đơn vị tính',
    { vi: 'Có thể bỏ trống; chỉ dùng để đối chiếu.', en: 'May be left empty; used only to compare.' },
    {
      alsoCalled: [
        'so tien don vi de nghi',
        'don vi tinh so tien',
        'tong so tien',
        'tong cong tro cap',
        'tong tien tro cap',
      ],
      isNeeded: false,
      kind: 'money',
      width: 15,
    },
  ),
  column(
    'armed-forces',
    '% đặc thù lực lượng vũ trang',
    percent('Phụ cấp đặc thù lực lượng vũ trang', 'Armed-forces allowance'),
    { ...optionalNumber, alsoCalled: ['phu cap dac thu luc luong vu trang', 'dac thu luc luong vu trang'] },
  ),
  column(
    'notReElected',
    'Trường hợp không tái cử',
    { vi: `Chỉ khi không tái cử; một trong: ${words(notReElectedWords)}.`, en: 'Only for who does not stand again.' },
    { alsoCalled: ['truong hop khong tai cu tai bo nhiem'], isNeeded: false, width: 20 },
  ),
  yesNo('voluntary', 'Tự nguyện nghỉ', 'Bỏ trống là Có', 'empty means Có', ['tu nguyen']),
  yesNo('drawsPension', 'Đang hưởng lương hưu', 'Bỏ trống là Không', 'empty means Không', ['huong luong huu']),
  yesNo('underInvestigation', 'Đang xem xét kỷ luật, thanh tra', 'Bỏ trống là Không', 'empty means Không', [
    'dang xem xet ky luat',
    'dang bi xem xet ky luat',
  ]),
  yesNo('smallChild', 'Mang thai hoặc nuôi con dưới 36 tháng', 'Bỏ trống là Không', 'empty means Không', [
    'nuoi con duoi 36 thang',
    'mang thai',
  ]),
  yesNo('onlyConcurrentPost', 'Chỉ thôi chức danh kiêm nhiệm', 'Bỏ trống là Không', 'empty means Không', []),
  yesNo('contractLikeCivilServant', 'Hợp đồng áp dụng như công chức', 'Bỏ trống là Không', 'empty means Không', []),
  column(
    'averagePay',
    'Tiền lương bình quân 60 tháng',
    {
      vi: 'Chỉ cho trường hợp theo Nghị định 29/2023; đồng mỗi tháng.',
      en: 'Only under Decree 29/2023; đồng a month.',
    },
    { alsoCalled: ['luong binh quan 60 thang', 'luong binh quan'], isNeeded: false, kind: 'money', width: 13 },
  ),
  column(
    'termEndsOn',
    'Ngày hết nhiệm kỳ, lộ trình',
    {
      vi: 'Chỉ cho người không chuyên trách theo Nghị định 29/2023, dd/mm/yyyy.',
      en: 'Only part-timers under Decree 29/2023.',
    },
    { ...day, alsoCalled: ['ngay het nhiem ky', 'het nhiem ky'], isNeeded: false },
  ),
  column(
    'paidOn',
    'Ngày đã chi trả trước 16/06/2025',
    { vi: 'Chỉ khi đã chi trả theo Nghị định 29/2023, dd/mm/yyyy.', en: 'Only when paid under Decree 29/2023.' },
    { ...day, alsoCalled: ['ngay da chi tra'], isNeeded: false },
  ),
  column(
    'joinedOn',
    'Tháng bắt đầu đóng BHXH',
    {
      vi: 'mm/yyyy. Chỉ khi công tác liên tục một nơi và không ghi sheet Quá trình công tác.',
      en: 'mm/yyyy. Only for service without a break that has no rows on the sheet of periods.',
    },
    {
      alsoCalled: [
        'ngay vao nganh',
        'thang nam vao nganh',
        'ngay tuyen dung',
        'thang nam tuyen dung',
        'thoi diem tuyen dung',
        'thoi diem bat dau dong bhxh',
        'bat dau dong bhxh',
        'nhap ngu tuyen dung',
      ],
      isNeeded: false,
    },
  ),
  column(
    'insuredTime',
    'Thời gian đóng BHXH',
    {
      vi: 'Ví dụ 33 năm 6 tháng; chỉ để đối chiếu với từng giai đoạn, không ghi 33.6.',
      en: 'Such as 33 năm 6 tháng; only compared with the periods; never 33.6.',
    },
    {
      alsoCalled: [
        'thoi gian dong bao hiem xa hoi',
        'thoi gian cong tac co dong bhxh',
        'thoi gian cong tac co dong bhxh bat buoc',
        'tong thoi gian dong bhxh',
        'so nam dong bhxh',
        'thoi gian tham gia bhxh',
      ],
      isNeeded: false,
      width: 16,
    },
  ),
];

function yesNo(
  key: PersonKey,
  heading: string,
  vi: string,
  en: string,
  alsoCalled: readonly string[],
): ListColumn<PersonKey> {
  const help = { vi: `Có hoặc Không. ${vi}.`, en: `Có (yes) or Không (no); ${en}.` };
  return column(key, heading, help, { alsoCalled, isNeeded: false, width: 12 });
}

export const periodColumns: readonly ListColumn<PeriodKey>[] = [
  column(
    'number',
    'STT người',
    { vi: 'STT của người đó ở sheet Danh sách.', en: 'The person’s number on the sheet Danh sách.' },
    { alsoCalled: ['stt', 'so thu tu nguoi', 'stt nguoi nghi', 'so thu tu'], width: 8 },
  ),
  column(
    'from',
    'Từ tháng',
    { vi: 'mm/yyyy, tính cả tháng này.', en: 'mm/yyyy, this month included.' },
    { alsoCalled: ['tu thang nam', 'tu'], width: 11 },
  ),
  column(
    'to',
    'Đến tháng',
    {
      vi: 'mm/yyyy, tính cả tháng này; không quá tháng cuối cùng làm việc.',
      en: 'mm/yyyy, this month included; the last month of work at the latest.',
    },
    { alsoCalled: ['den thang nam', 'den het thang', 'den'], width: 11 },
  ),
  column(
    'employer',
    'Loại hình',
    { vi: `Một trong: ${words(employerWords)}.`, en: 'One of the words on the left.' },
    { alsoCalled: ['loai hinh don vi', 'loai hinh co quan', 'khu vuc'], width: 26 },
  ),
  column(
    'insured',
    'Đã đóng BHXH',
    { vi: 'Có hoặc Không; bỏ trống là Có.', en: 'Có (yes) or Không (no); empty means Có.' },
    { alsoCalled: ['dong bhxh', 'bhxh', 'da dong bao hiem xa hoi', 'dong bhxh bat buoc'], isNeeded: false, width: 10 },
  ),
  column(
    'compensated',
    'Đã hưởng trợ cấp',
    { vi: 'Có hoặc Không; bỏ trống là Không.', en: 'Có (yes) or Không (no); empty means Không.' },
    { alsoCalled: ['da huong tro cap thoi viec', 'huong tro cap', 'da nhan tro cap'], isNeeded: false, width: 10 },
  ),
  column(
    'conditions',
    'Điều kiện',
    { vi: `Bỏ trống, hoặc: ${words(conditionWords)}.`, en: 'Empty, or one of the words on the left.' },
    { alsoCalled: ['dieu kien lam viec', 'dieu kien lao dong'], isNeeded: false, width: 22 },
  ),
];

/**
 * Read, and not in the template: many lists state the birth in one of two columns, and the sex by which of them is
 * filled. They stand in the place of «Giới tính» and «Ngày sinh».
 */
export const splitBirthColumns: readonly ListColumn<PersonKey>[] = [
  column(
    'birthOfMen',
    'Ngày sinh của nam',
    { vi: 'Ngày sinh của nam.', en: 'Birth, of men.' },
    { ...day, alsoCalled: ['ngay thang nam sinh nam', 'nam sinh nam', 'ngay sinh nam'], isNeeded: false },
  ),
  column(
    'birthOfWomen',
    'Ngày sinh của nữ',
    { vi: 'Ngày sinh của nữ.', en: 'Birth, of women.' },
    { ...day, alsoCalled: ['ngay thang nam sinh nu', 'nam sinh nu', 'ngay sinh nu'], isNeeded: false },
  ),
];

/** The meaning of a heading: folded, without what stands in brackets, without marks. */
export function headingMeaning(text: string): string {
  return fold(text)
    .replaceAll(/\([^)]*\)/g, ' ')
    .replaceAll('%', ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .replace(/^(ty le|phan tram) /, '')
    .trim();
}

/** Every heading that means the column. */
export function meaningsOf({ heading, alsoCalled }: ListColumn<string>): readonly string[] {
  return [headingMeaning(heading), ...alsoCalled];
}
