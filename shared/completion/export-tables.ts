/** The tables that an inspector may take out, with names: who was looked at, what differed, a list of findings, a settlement. */
import { formatInstant } from '../calendar.ts';
import { identityOf, readCase } from '../case/case.ts';
import { inexactAsText } from '../case/paper-sheet.ts';
import type { Ports } from '../case/ports.ts';
import { readUnits } from '../case/unit.ts';
import type { ExportColumn, ExportTable } from './export.ts';
import { faultNames } from './fault-names.ts';
import { type FindingCode, findingNames, findingValues } from './finding-names.ts';
import { drawingWords, scopeWords } from './inspection-words.ts';
import type { Inspection } from './inspection.ts';
import { readFaults, readFound, readResults } from './inspection-lists.ts';
import { type Settlement, settlementsOf } from './settlement.ts';
import { readBalance } from './treasury-balance.ts';

const column = (heading: string, width: number, about: string, kind: ExportColumn['kind'] = 'text'): ExportColumn => ({
  heading,
  width,
  kind,
  about,
});

const caseColumns = [
  column('Mã hồ sơ', 38, 'Mã của hồ sơ trong hệ thống; trang /kiem-tra/ho-so/ mã này đi từ giấy tờ đến báo có.'),
  column('Họ và tên', 28, 'Người hưởng. Để trống khi mục không thuộc riêng một người.'),
  column('Số định danh', 16, 'Số định danh cá nhân (CCCD).'),
];
const placeColumns = [
  column('Lịch sử', 44, 'Tên chuỗi lịch sử gốc chứa mục này.'),
  column('Mục số', 8, 'Số thứ tự của mục trong chuỗi; để trống khi nói về cả chuỗi.', 'number'),
];

/** Name and citizen id, each opened once. */
function peopleOnce({ store, vault }: Pick<Ports, 'store' | 'vault'>) {
  const known = new Map<string, readonly [string, string]>();
  return async (caseId: string | undefined): Promise<readonly [string, string]> => {
    if (caseId === undefined) return ['', ''];
    const before = known.get(caseId);
    if (before !== undefined) return before;
    const of = await readCase(store, caseId).catch(() => undefined);
    const { fullName, citizenId } = of === undefined ? { fullName: '–', citizenId: '–' } : await identityOf(vault, of);
    known.set(caseId, [fullName, citizenId]);
    return [fullName, citizenId];
  };
}

function scopeOf(inspection: Inspection): readonly string[] {
  const { id, population, sample } = inspection;
  return [
    `Cuộc kiểm tra: ${id}`,
    `Tổng thể: ${scopeWords(inspection.criteria).vi}; ${population.people} người, mã băm ${population.hash}`,
    `Cách chọn: ${drawingWords(inspection.drawing).vi}; ${sample.people} người, mã băm ${sample.hash}`,
  ];
}

/** Everybody of the sample with the stored and the recomputed sum. */
export async function peopleTable(inspection: Inspection, ports: Ports): Promise<ExportTable> {
  const who = peopleOnce(ports);
  const units = await readUnits(ports.store);
  const rows: ExportTable['rows'][number][] = [];
  for (const { caseId, unit, regime, stored, recomputed } of await readResults(inspection, ports)) {
    const [name, citizenId] = await who(caseId);
    const sums = [stored, recomputed, stored - recomputed].map(inexactAsText);
    const cells = [caseId, name, citizenId, unit, units.get(unit)?.name ?? '', regime, ...sums];
    rows.push({ key: caseId, amount: stored, cells });
  }
  return {
    title: 'Danh sách được chọn kiểm tra và kết quả tính lại',
    scope: scopeOf(inspection),
    columns: [
      ...caseColumns,
      column('Mã đơn vị', 12, 'Mã đơn vị có quan hệ với ngân sách của đơn vị chi trả.'),
      column('Đơn vị chi trả', 36, 'Tên đơn vị chi trả theo sổ đăng ký.'),
      column('Chế độ', 10, 'Nghị định/điều, ví dụ 178/7 là Điều 7 Nghị định 178/2024/NĐ-CP.'),
      column('Đang lưu (đồng)', 18, 'Số tiền hệ thống đang lưu; cột này là cột được cộng.', 'money'),
      column(
        'Tính lại (đồng)',
        18,
        'Số tiền tính lại từ dữ kiện, theo các con số pháp luật và cách hiểu đã dùng.',
        'money',
      ),
      column('Chênh lệch (đồng)', 18, 'Đang lưu trừ tính lại; mong đợi bằng 0, không có dung sai.', 'money'),
    ],
    rows,
  };
}

/** Whatever the recheck found; the sum is that of the differences. */
export async function faultsTable(inspection: Inspection, ports: Ports): Promise<ExportTable> {
  const who = peopleOnce(ports);
  const rows: ExportTable['rows'][number][] = [];
  for (const { what, caseId, stream, seq, expected, found, difference } of await readFaults(inspection, ports)) {
    const [name, citizenId] = await who(caseId);
    const place = [stream, seq?.toString() ?? ''];
    const cells = [
      faultNames[what].vi,
      caseId ?? '',
      name,
      citizenId,
      ...place,
      expected,
      found,
      inexactAsText(difference),
    ];
    rows.push({ key: `${what}/${stream}/${seq ?? ''}`, amount: difference, cells });
  }
  return {
    title: 'Những điểm không khớp khi tính lại và đối chiếu',
    scope: scopeOf(inspection),
    columns: [
      column('Điểm không khớp', 40, 'Loại sai khác.'),
      ...caseColumns,
      ...placeColumns,
      column('Phải là', 30, 'Giá trị tính lại hoặc giá trị ở bước trước.'),
      column('Đang là', 30, 'Giá trị đang lưu.'),
      column('Chênh lệch (đồng)', 18, 'Đang là trừ phải là, khi cả hai là số tiền; cột này là cột được cộng.', 'money'),
    ],
    rows,
  };
}

/** One list of findings. */
export async function findingTable(inspection: Inspection, code: FindingCode, ports: Ports): Promise<ExportTable> {
  const who = peopleOnce(ports);
  const rows: ExportTable['rows'][number][] = [];
  for (const [index, { caseId, total, stream, seq, at, by, why }] of (
    await readFound(inspection, code, ports)
  ).entries()) {
    const [name, citizenId] = await who(caseId);
    const when = at === undefined ? '' : formatInstant(at);
    const cells = [
      caseId ?? '',
      name,
      citizenId,
      inexactAsText(total),
      why,
      when,
      by ?? '',
      stream,
      seq?.toString() ?? '',
    ];
    rows.push({ key: `${index + 1}/${stream}/${seq ?? ''}`, amount: total, cells });
  }
  return {
    title: `Dấu hiệu: ${findingNames[code].vi}`,
    scope: scopeOf(inspection),
    columns: [
      ...caseColumns,
      column(
        'Số tiền (đồng)',
        18,
        'Số tiền gắn với mục: của người, của danh sách hoặc của chứng từ; cột này là cột được cộng.',
        'money',
      ),
      column(findingValues[code]?.vi ?? 'Lý do', 40, 'Giá trị tìm thấy, hoặc lý do người thực hiện đã ghi.'),
      column('Lúc', 24, 'Thời điểm ghi mục.'),
      column('Tài khoản', 24, 'Tài khoản đã ghi mục.'),
      ...placeColumns,
    ],
    rows,
  };
}

const settlementColumns = [
  column('Mã đơn vị', 12, 'Mã đơn vị có quan hệ với ngân sách.'),
  column('Đơn vị', 36, 'Đơn vị chi trả.'),
  column(
    'Nguồn',
    20,
    'Nguồn kinh phí: wage-reform cải cách tiền lương, regular thường xuyên, central-supplement trung ương bổ sung.',
  ),
  column('Năm trước chuyển sang', 18, 'Dự toán còn lại cuối năm trước.', 'money'),
  column('Giao trong năm', 18, 'Theo ngày của văn bản giao dự toán.', 'money'),
  column('Được sử dụng', 18, 'Năm trước chuyển sang cộng giao trong năm.', 'money'),
  column('Kho bạc đã chi', 18, 'Khoản chi từ dự toán mà Kho bạc đã thanh toán, theo ngày trên kết quả.', 'money'),
  column('Khôi phục dự toán', 18, 'Tiền ngân hàng chuyển trả đã về lại dự toán.', 'money'),
  column('Đã sử dụng', 18, 'Kho bạc đã chi trừ khôi phục.', 'money'),
  column('Thu hồi về dự toán', 18, 'Người hưởng nộp lại, ghi giảm chi.', 'money'),
  column('Hủy', 18, 'Hủy dự toán cuối năm.', 'money'),
  column('Còn lại', 18, 'Được sử dụng trừ đã sử dụng, cộng thu hồi, trừ hủy; cột này là cột được cộng.', 'money'),
  column('Người hưởng đã nhận', 18, 'Ngân hàng đã báo có trong năm.', 'money'),
  column('Ngân hàng chuyển trả', 18, 'Trong năm, dù tiền nay ở đâu.', 'money'),
  column('Kho bạc xác nhận đã chi', 18, 'Theo bản đối chiếu đã nhập; trống khi chưa có.', 'money'),
  column('Kho bạc xác nhận còn lại', 18, 'Theo bản đối chiếu đã nhập; trống khi chưa có.', 'money'),
  column('Lệch còn lại', 18, 'Kho bạc xác nhận trừ số của hệ thống; mong đợi bằng 0.', 'money'),
];

/** Every estimate of the year beside what the Treasury confirmed. */
export async function settlementTable(year: string, { store }: Pick<Ports, 'store'>): Promise<ExportTable> {
  const units = await readUnits(store);
  const rows: ExportTable['rows'][number][] = [];
  for (const one of await settlementsOf(store, year)) {
    const said = await readBalance(store, one);
    const treasury =
      said === undefined ? [null, null, null] : [said.paid, said.left, said.left - one.left].map(inexactAsText);
    const name = units.get(one.unit)?.name ?? '';
    const cells = [one.unit, name, one.source, ...sumsOf(one).map(inexactAsText), ...treasury];
    rows.push({ key: `${one.unit}/${one.source}/${year}`, amount: one.left, cells });
  }
  return {
    title: `Quyết toán dự toán chi trả theo nguồn, năm ${year}`,
    scope: [`Năm ngân sách: ${year}, theo ngày của chứng từ`, 'Đơn vị: tất cả đơn vị có dự toán'],
    columns: settlementColumns,
    rows,
  };
}

function sumsOf(of: Settlement): readonly bigint[] {
  const { carriedIn, allotted, usable, withdrawn, restored, paid, recovered, lapsed, left, credited, returned } = of;
  return [carriedIn, allotted, usable, withdrawn, restored, paid, recovered, lapsed, left, credited, returned];
}
