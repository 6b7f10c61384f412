/** Puts a frozen report into words and tables: the periodic report, or the list by unit. */
import { formatInstant, localDateOf } from '../../shared/calendar.ts';
import type { Store } from '../../shared/case/store.ts';
import { readUnits, type Unit } from '../../shared/case/unit.ts';
import type { ReportFacts } from '../../shared/completion/freeze-report.ts';
import { definitionSentences } from '../../shared/completion/report-definitions.ts';
import type { ReportBlock, ReportPaper } from '../../shared/completion/report-paper.ts';
import { placesTable, summaryLines } from './report-summary.ts';
import { causesTable, groupTable, unitsTable, waitingUnitsTable } from './report-tables.ts';

/** The same figures give the same words on the same register of units. */
export async function reportPaper(of: ReportFacts, store: Store): Promise<ReportPaper> {
  const { definition, code, at, anchor, kind } = of;
  const units = await readUnits(store);
  const [year, month, day] = localDateOf(at).split('-');
  return {
    superior: definition.superior,
    issuer: definition.issuer,
    number: `Số:          ${definition.numberSign}`,
    place: `Nghệ An, ngày ${day} tháng ${month} năm ${year}`,
    title: 'BÁO CÁO',
    subject:
      kind === 'periodic'
        ? `Kết quả chi trả chế độ khi sắp xếp tổ chức bộ máy, tinh giản biên chế (tính đến ${formatInstant(at)})`
        : `Kết quả chi trả chế độ theo từng đơn vị (tính đến ${formatInstant(at)})`,
    addressee: definition.addressee,
    isLandscape: kind === 'units',
    blocks: kind === 'periodic' ? periodic(of, units) : byUnit(of, units),
    signatory: definition.signatory,
    copies: definition.copies,
    marks: [
      `Mã báo cáo ${code}; số liệu chốt ${formatInstant(at)}; in lại luôn được đúng bản này.`,
      `Mã neo của lịch sử dữ liệu: ${anchor}`,
    ],
  };
}

function periodic(of: ReportFacts, units: ReadonlyMap<string, Unit>): ReportBlock[] {
  const { byRegime, byLevel, byBlock, bySource } = of.figures;
  return [
    ...opening(of),
    { heading: '2. Mọi người, mọi đồng đều có một chỗ' },
    { table: placesTable(of) },
    { heading: '3. Theo chế độ, cấp ngân sách, khối và nguồn kinh phí' },
    { table: groupTable(of, 'regime', byRegime) },
    { table: groupTable(of, 'level', byLevel) },
    { table: groupTable(of, 'block', byBlock) },
    { table: groupTable(of, 'source', bySource) },
    ...stillUnpaid(of, units),
    { table: { ...unitsTable(of, units), isInSheetsOnly: true } },
    definitionHeading('5'),
    ...definitionBlocks(of),
  ];
}

/** Nobody is unpaid: then there is nothing to say of causes. */
function stillUnpaid(of: ReportFacts, units: ReadonlyMap<string, Unit>): ReportBlock[] {
  if (of.figures.unpaid.length === 0) {
    return [
      { heading: '4. Người chưa nhận tiền' },
      { text: 'Không còn ai chưa nhận tiền theo cách tính của báo cáo này.', isStrong: false },
    ];
  }
  return [
    { heading: '4. Người chưa nhận tiền: nguyên nhân, ai phải làm, đã chờ bao lâu' },
    { table: causesTable(of) },
    { table: waitingUnitsTable(of, units) },
  ];
}

function byUnit(of: ReportFacts, units: ReadonlyMap<string, Unit>): ReportBlock[] {
  return [
    ...opening(of),
    { heading: '2. Kết quả theo đơn vị chi trả' },
    { table: unitsTable(of, units) },
    definitionHeading('3'),
    ...definitionBlocks(of),
  ];
}

function opening(of: ReportFacts): ReportBlock[] {
  return [
    { heading: '1. Kết quả chung' },
    ...summaryLines(of).map((text, index): ReportBlock => ({ text, isStrong: index === 0 })),
  ];
}

const definitionHeading = (number: string): ReportBlock => ({ heading: `${number}. Cách tính của báo cáo này` });

function definitionBlocks({ definition, definitionBy, figures: { outside, withoutSum } }: ReportFacts): ReportBlock[] {
  const cases = withoutSum.reduce((total, { people }) => total + people, 0);
  const lines = [
    ...definitionSentences(definition),
    ...(outside.people === 0 ? [] : [`Ngoài số trên còn ${outside.people} người chưa thuộc cách tính này.`]),
    ...(cases === 0
      ? []
      : [`${cases} hồ sơ chưa có số tiền (cần xin ý kiến, thiếu giấy tờ, không thuộc diện) không có trong báo cáo.`]),
    `Căn cứ của cách tính: ${definitionBy}.`,
  ];
  return lines.map((text) => ({ text: `- ${text}`, isStrong: false }));
}
