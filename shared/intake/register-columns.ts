/** The registers as sheets: units, and documents that reorganised bodies. Written and read by these columns. */
import type { Block, BudgetLevel, Source, UnitKind } from '../case/unit.ts';
import type { ListColumn } from './list-columns.ts';

export type UnitColumn =
  | 'code'
  | 'name'
  | 'kind'
  | 'block'
  | 'level'
  | 'source'
  | 'chapter'
  | 'treasuryAccount'
  | 'hasChiefAccountant'
  | 'hasSpecimens'
  | 'autonomy'
  | 'paidBy'
  | 'successorOf';

export type DocumentColumn = 'number' | 'on' | 'effectiveOn' | 'title' | 'bodies';

export const unitsSheet = 'Đơn vị';
export const documentsSheet = 'Văn bản sắp xếp';

export const unitKindWords: Readonly<Record<UnitKind, readonly string[]>> = {
  department: ['sở, ban, ngành', 'sở', 'ban', 'ngành', 'cơ quan hành chính'],
  commune: ['xã, phường', 'xã', 'phường', 'UBND cấp xã'],
  'party-body': ['cơ quan Đảng, Mặt trận, đoàn thể', 'cơ quan Đảng', 'Mặt trận', 'đoàn thể'],
  'public-service': ['đơn vị sự nghiệp', 'đơn vị sự nghiệp công lập', 'sự nghiệp'],
  school: ['trường học', 'trường'],
  other: ['khác'],
};
export const blockWords: Readonly<Record<Block, readonly string[]>> = {
  government: ['Nhà nước', 'chính quyền', 'khối Nhà nước'],
  party: ['Đảng, đoàn thể', 'Đảng', 'khối Đảng'],
};
export const levelWords: Readonly<Record<BudgetLevel, readonly string[]>> = {
  provincial: ['ngân sách tỉnh', 'tỉnh', 'cấp tỉnh'],
  commune: ['ngân sách xã', 'xã', 'cấp xã'],
};
export const sourceWords: Readonly<Record<Source, readonly string[]>> = {
  'wage-reform': ['cải cách tiền lương', 'nguồn cải cách tiền lương'],
  regular: ['dự toán thường xuyên', 'thường xuyên', 'dự toán của đơn vị'],
  'central-supplement': ['Trung ương bổ sung', 'bổ sung từ Trung ương'],
};
export const autonomyWords = { '1': ['1'], '2': ['2'], '3': ['3'], '4': ['4'] } as const;

function column<Key extends string>(
  key: Key,
  heading: string,
  [vi, en]: readonly [vi: string, en: string],
  more: Partial<Pick<ListColumn<Key>, 'alsoCalled' | 'isNeeded' | 'kind' | 'width'>> = {},
): ListColumn<Key> {
  return { key, heading, alsoCalled: [], isNeeded: true, kind: 'text', width: 16, help: { vi, en }, ...more };
}

const firstWords = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.values(table)
    .map(([first]) => first)
    .join('; ');

export const unitColumns: readonly ListColumn<UnitColumn>[] = [
  column('code', 'Mã ĐVQHNS', ['Bảy chữ số.', 'Seven digits.'], { alsoCalled: ['ma don vi', 'ma dvqhns'], width: 12 }),
  column('name', 'Tên đơn vị', ['Tên đầy đủ; xã, phường theo tên từ 01/07/2025.', 'The whole name.'], {
    alsoCalled: ['don vi', 'ten co quan'],
    width: 38,
  }),
  column('kind', 'Loại đơn vị', [`Một trong: ${firstWords(unitKindWords)}.`, 'One of the words on the left.'], {
    width: 22,
  }),
  column('block', 'Khối', [`Một trong: ${firstWords(blockWords)}.`, 'One of the words on the left.']),
  column('level', 'Cấp ngân sách', [`Một trong: ${firstWords(levelWords)}.`, 'One of the words on the left.']),
  column('source', 'Nguồn kinh phí', [`Một trong: ${firstWords(sourceWords)}.`, 'One of the words on the left.'], {
    alsoCalled: ['nguon'],
    width: 20,
  }),
  column('chapter', 'Mã chương', ['Ba chữ số.', 'Three digits.'], { alsoCalled: ['chuong'], width: 8 }),
  column('treasuryAccount', 'Tài khoản tại Kho bạc', ['Bỏ trống nếu chưa mở.', 'Empty while there is none.'], {
    alsoCalled: ['tai khoan kho bac', 'so tai khoan kho bac'],
    width: 18,
  }),
  column('hasChiefAccountant', 'Có kế toán trưởng', ['Có hoặc Không.', 'Có (yes) or Không (no).'], {
    alsoCalled: ['ke toan truong'],
    width: 10,
  }),
  column('hasSpecimens', 'Đã đăng ký mẫu dấu, chữ ký', ['Có hoặc Không.', 'Có (yes) or Không (no).'], {
    alsoCalled: ['mau dau chu ky'],
    width: 12,
  }),
  column(
    'autonomy',
    'Nhóm tự chủ',
    [
      'Chỉ đơn vị sự nghiệp, trường học: 1 đến 4 (Nghị định 60/2021, Điều 9).',
      'Only public-service units: 1 to 4 (Decree 60/2021, article 9).',
    ],
    { isNeeded: false, width: 8 },
  ),
  column(
    'paidBy',
    'Đơn vị chi trả thay',
    ['Mã ĐVQHNS của đơn vị cấp trên chi trả thay, nếu có.', 'Code of the unit that pays in its place.'],
    { isNeeded: false, width: 12 },
  ),
  column(
    'successorOf',
    'Kế thừa',
    ['Tên các cơ quan cũ, cách nhau bằng dấu chấm phẩy.', 'Names of the bodies it took over, with semicolons.'],
    { alsoCalled: ['ke thua tu', 'don vi cu'], isNeeded: false, width: 40 },
  ),
];

export const documentColumns: readonly ListColumn<DocumentColumn>[] = [
  column('number', 'Số, ký hiệu', ['Như trên văn bản.', 'As on the document.'], {
    alsoCalled: ['so ky hieu van ban', 'so van ban'],
    width: 20,
  }),
  column('on', 'Ngày ban hành', ['dd/mm/yyyy.', 'dd/mm/yyyy.'], {
    alsoCalled: ['ngay ky', 'ngay van ban'],
    kind: 'date',
    width: 12,
  }),
  column(
    'effectiveOn',
    'Ngày có hiệu lực',
    [
      'dd/mm/yyyy; mốc tính 12 tháng (Thông tư 01/2025/TT-BNV, Điều 3 khoản 1).',
      'dd/mm/yyyy; starts the twelve months (Circular 01/2025/TT-BNV, article 3(1)).',
    ],
    { alsoCalled: ['ngay hieu luc', 'hieu luc tu ngay'], kind: 'date', width: 12 },
  ),
  column('title', 'Trích yếu', ['Về việc gì.', 'What it is about.'], { alsoCalled: ['noi dung'], width: 50 }),
  column(
    'bodies',
    'Cơ quan được sắp xếp',
    [
      'Tên như trong danh sách của đơn vị, cách nhau bằng dấu chấm phẩy.',
      'Names as lists write them, with semicolons between.',
    ],
    { alsoCalled: ['co quan sap xep', 'don vi duoc sap xep'], width: 60 },
  ),
];
