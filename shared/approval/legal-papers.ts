/**
 * The papers of a frozen batch, as data, ready for the State's digital signature: Home Affairs' appraisal letter, Finance's
 * submission, the draft decision of the People's Committee. Layout by Decree 30/2020/NĐ-CP; a confirmation in the
 * application is none of them.
 */
import { formatDay } from '../calendar.ts';
import { type Dong, formatDong, inWords, sum } from '../dong.ts';
import { compareNames } from '../vietnamese.ts';

export const legalPaperKinds = ['appraisal', 'submission', 'decision'] as const;
export type LegalPaperKind = (typeof legalPaperKinds)[number];

/** One person of the list, in clear. */
export interface ListedBeneficiary {
  readonly fullName: string;
  readonly birth: string;
  readonly employer: string;
  /** Name of the paying unit. */
  readonly unit: string;
  readonly regime: string;
  readonly decision: string;
  readonly leaveOn: string;
  readonly total: Dong;
  /** Why somebody should look, in words; empty for most. */
  readonly notes: readonly string[];
}

export interface BatchContent {
  readonly code: string;
  readonly version: number;
  readonly contentHash: string;
  readonly source: string;
  readonly level: string;
  readonly people: readonly ListedBeneficiary[];
}

/** A paper: what stands above, the text, the table of the list in an annex, who signs and who gets it. */
export interface LegalPaper {
  readonly superior: string;
  readonly agency: string;
  /** With the place for the number: `Số:      /SNV-…`. */
  readonly number: string;
  readonly title: string;
  readonly subject: string;
  /** Addressees; none on a decision. */
  readonly to: readonly string[];
  readonly paragraphs: readonly string[];
  readonly tables: readonly LegalTable[];
  readonly closing: readonly string[];
  readonly recipients: readonly string[];
  readonly signatory: string;
  readonly annex: LegalTable & { readonly title: string };
  /** Ties the paper to the frozen list. */
  readonly mark: string;
}

export interface LegalTable {
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly share: number; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly string[];
}

export function legalPaper(kind: LegalPaperKind, batch: BatchContent): LegalPaper {
  const { code, version, contentHash, people } = batch;
  const total = sum(people.map((one) => one.total));
  const said = `${people.length} người, tổng kinh phí ${formatDong(total)} đồng (${inWords(total)})`;
  return {
    ...texts[kind](batch, said),
    annex: { title: 'DANH SÁCH VÀ KINH PHÍ CHI TRẢ CHẾ ĐỘ', ...annexOf(people, total) },
    mark: `Danh sách đợt ${code}, phiên bản ${version}, mã nội dung ${contentHash}`,
  };
}

type Text = Omit<LegalPaper, 'annex' | 'mark'>;

const texts: Readonly<Record<LegalPaperKind, (batch: BatchContent, said: string) => Text>> = {
  appraisal: (batch, said) => ({
    superior: 'ỦY BAN NHÂN DÂN TỈNH NGHỆ AN',
    agency: 'SỞ NỘI VỤ',
    number: 'Số:          /SNV-…',
    title: '',
    subject:
      'V/v thẩm định đối tượng, chế độ của cán bộ, công chức, viên chức, người lao động nghỉ khi sắp xếp tổ chức bộ máy',
    to: ['Sở Tài chính'],
    paragraphs: [
      `Sở Nội vụ đã thẩm định hồ sơ của ${said}, gồm đối tượng, quyết định nghỉ, thời gian công tác và điều khoản áp dụng, theo danh sách kèm theo.`,
      ...exceptions(batch),
    ],
    tables: [byRegime(batch.people), byUnit(batch.people)],
    closing: ['Sở Nội vụ gửi Sở Tài chính thẩm định kinh phí, trình Ủy ban nhân dân tỉnh xem xét, quyết định.'],
    recipients: ['Như trên;', 'Lưu: VT.'],
    signatory: 'GIÁM ĐỐC',
  }),
  submission: (batch, said) => ({
    superior: 'ỦY BAN NHÂN DÂN TỈNH NGHỆ AN',
    agency: 'SỞ TÀI CHÍNH',
    number: 'Số:          /TTr-STC',
    title: 'TỜ TRÌNH',
    subject: 'Về việc phê duyệt danh sách và kinh phí chi trả chế độ khi sắp xếp tổ chức bộ máy',
    to: ['Ủy ban nhân dân tỉnh'],
    paragraphs: [
      'Căn cứ văn bản thẩm định đối tượng, chế độ của Sở Nội vụ số …… ngày ……;',
      `Sở Tài chính đã thẩm định kinh phí và trình Ủy ban nhân dân tỉnh phê duyệt danh sách ${said}; nguồn: ${batch.source}; ${batch.level}.`,
    ],
    tables: [byRegime(batch.people), byUnit(batch.people)],
    closing: ['Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định.'],
    recipients: ['Như trên;', 'Sở Nội vụ;', 'Lưu: VT.'],
    signatory: 'GIÁM ĐỐC',
  }),
  decision: (batch, said) => ({
    superior: '',
    agency: 'ỦY BAN NHÂN DÂN TỈNH NGHỆ AN',
    number: 'Số:          /QĐ-UBND',
    title: 'QUYẾT ĐỊNH',
    subject: 'Về việc phê duyệt danh sách và kinh phí chi trả chế độ khi sắp xếp tổ chức bộ máy',
    to: [],
    paragraphs: [
      'Căn cứ Luật Tổ chức chính quyền địa phương;',
      'Căn cứ Luật Ngân sách nhà nước;',
      ...basesOf(batch.people),
      'Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số …… ngày ……; ý kiến thẩm định của Sở Nội vụ tại văn bản số …… ngày …….',
      'QUYẾT ĐỊNH:',
      `Điều 1. Phê duyệt danh sách và kinh phí chi trả chế độ cho ${said}, theo danh sách kèm theo. Nguồn kinh phí: ${batch.source}; ${batch.level}.`,
      'Điều 2. Các đơn vị có tên trong danh sách lập chứng từ, chi trả cho người hưởng đúng danh sách, đúng số tiền được phê duyệt.',
      'Điều 3. Giám đốc Sở Tài chính, Giám đốc Sở Nội vụ, thủ trưởng các đơn vị liên quan và người có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.',
    ],
    tables: [byUnit(batch.people)],
    closing: [],
    recipients: ['Như Điều 3;', 'Kho bạc Nhà nước khu vực XI;', 'Lưu: VT.'],
    signatory: 'CHỦ TỊCH',
  }),
};

const regimeTexts: Readonly<Record<string, string>> = {
  '178': 'Nghị định số 178/2024/NĐ-CP, được sửa đổi, bổ sung bởi Nghị định số 67/2025/NĐ-CP',
  '154': 'Nghị định số 154/2025/NĐ-CP',
  '29': 'Nghị định số 29/2023/NĐ-CP',
  '07': 'Nghị quyết số 07/2025/NQ-CP',
};

/** `178/7a` → `Nghị định số 178/2024/NĐ-CP, …, Điều 7a`. */
function regimeText(regime: string): string {
  const [text = '', article = ''] = regime.split('/');
  const name = regimeTexts[text] ?? text;
  return /^\d/.test(article) ? `Điều ${article} ${name}` : name;
}

function basesOf(people: readonly ListedBeneficiary[]): readonly string[] {
  const bases = new Set(people.map(({ regime }) => regimeTexts[regime.split('/')[0] ?? ''] ?? regime));
  return [...bases].toSorted().map((text) => `Căn cứ ${text};`);
}

/** People whom an appraiser must name: open readings, edges, year-only births. */
function exceptions({ people }: BatchContent): readonly string[] {
  const noted = people.filter(({ notes }) => notes.length > 0);
  if (noted.length === 0) return [];
  const named = noted.map(({ fullName, notes }) => `${fullName} (${notes.join('; ')})`).join('; ');
  return [`Các trường hợp cần lưu ý: ${named}.`];
}

function grouped(
  people: readonly ListedBeneficiary[],
  key: (one: ListedBeneficiary) => string,
): readonly (readonly [string, number, Dong])[] {
  const groups = Map.groupBy(people, key);
  return [...groups]
    .toSorted(([one], [other]) => one.localeCompare(other, 'vi', { numeric: true }))
    .map(([name, of]) => [name, of.length, sum(of.map(({ total }) => total))]);
}

function groupTable(caption: string, heading: string, groups: ReturnType<typeof grouped>): LegalTable {
  const people = groups.reduce((count, [, of]) => count + of, 0);
  return {
    caption,
    columns: [
      { heading: 'STT', share: 8 },
      { heading, share: 56 },
      { heading: 'Số người', share: 12, isNumber: true },
      { heading: 'Số tiền (đồng)', share: 24, isNumber: true },
    ],
    rows: groups.map(([name, count, total], index) => [String(index + 1), name, String(count), formatDong(total)]),
    total: ['', 'Tổng cộng', String(people), formatDong(sum(groups.map(([, , total]) => total)))],
  };
}

function byRegime(people: readonly ListedBeneficiary[]): LegalTable {
  return groupTable(
    'Theo điều khoản áp dụng',
    'Điều khoản',
    grouped(people, ({ regime }) => regimeText(regime)),
  );
}

function byUnit(people: readonly ListedBeneficiary[]): LegalTable {
  return groupTable(
    'Theo đơn vị chi trả',
    'Đơn vị',
    grouped(people, ({ unit }) => unit),
  );
}

function annexOf(people: readonly ListedBeneficiary[], total: Dong): LegalTable {
  const ordered = people.toSorted(
    (one, other) => one.unit.localeCompare(other.unit, 'vi') || compareNames(one.fullName, other.fullName),
  );
  return {
    caption: '',
    columns: [
      { heading: 'STT', share: 5 },
      { heading: 'Họ và tên', share: 18 },
      { heading: 'Ngày sinh', share: 10 },
      { heading: 'Nơi công tác', share: 21 },
      { heading: 'Quyết định nghỉ', share: 14 },
      { heading: 'Nghỉ từ', share: 10 },
      { heading: 'Điều khoản', share: 9 },
      { heading: 'Số tiền (đồng)', share: 13, isNumber: true },
    ],
    rows: ordered.map((one, index) => [
      String(index + 1),
      one.fullName,
      formatDay(one.birth),
      one.employer,
      one.decision,
      formatDay(one.leaveOn),
      one.regime,
      formatDong(one.total),
    ]),
    total: ['', 'Tổng cộng', '', '', '', '', '', formatDong(total)],
  };
}
