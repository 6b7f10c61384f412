/** The tables of a report: by regime, level, block and source, by cause, by unit. */
import { daysBetween, localDateOf } from '../../shared/calendar.ts';
import { awaitedOf } from '../../shared/case/lifecycle.ts';
import { budgetLevels, sources, type Unit } from '../../shared/case/unit.ts';
import type { ReportFacts } from '../../shared/completion/freeze-report.ts';
import type { Figures, ReportGroup } from '../../shared/completion/report-content.ts';
import { paidWords } from '../../shared/completion/report-definitions.ts';
import type { ReportCell, ReportTable } from '../../shared/completion/report-paper.ts';
import { behind, hiddenGroups, hiddenLines } from '../../shared/completion/small-sums.ts';
import { capitalized } from '../../shared/vietnamese.ts';
import { blockNames, causeNames, levelNames, regimeNames, sourceNames } from '../web/words.ts';
import { money, totalsOf } from './report-summary.ts';

type Grouping = 'regime' | 'level' | 'block' | 'source';

const captions: Readonly<Record<Grouping, readonly [name: string, caption: string, heading: string]>> = {
  regime: ['Theo chế độ', 'Theo chế độ', 'Chế độ'],
  level: ['Theo cấp ngân sách', 'Theo cấp ngân sách', 'Cấp ngân sách'],
  block: ['Theo khối', 'Theo khối', 'Khối'],
  source: [
    'Theo nguồn',
    'Theo nguồn kinh phí (người có nhiều nguồn đếm ở nguồn thứ nhất, tiền ghi ở từng nguồn)',
    'Nguồn kinh phí',
  ],
};

const names: Readonly<Record<Grouping, (key: string) => string>> = {
  regime: (key) => regimeNames[key]?.vi ?? 'Chưa rõ chế độ',
  level: (key) => capitalized(levelNames[budgetLevels.find((one) => one === key) ?? 'provincial'].vi),
  block: (key) => blockNames[key]?.vi ?? key,
  source: (key) => sourceNames[sources.find((one) => one === key) ?? 'regular'].vi,
};

function countColumns({ definition }: ReportFacts): ReportTable['columns'] {
  const { column, unpaidColumn } = paidWords(definition);
  return ['Được hưởng', column, unpaidColumn].flatMap((heading) => [
    { heading: `${heading} (người)`, share: 9, kind: 'number' as const },
    { heading: `${heading} (đồng)`, share: 17, kind: 'money' as const },
  ]);
}

export function groupTable(of: ReportFacts, grouping: Grouping, groups: readonly ReportGroup[]): ReportTable {
  const [name, caption, heading] = captions[grouping];
  const ordered = groups.toSorted((one, other) => placeOf(grouping, one.key) - placeOf(grouping, other.key));
  const hidden = hiddenIn(of, ordered);
  return {
    name,
    caption,
    columns: [{ heading, share: 22, kind: 'text' }, ...countColumns(of)],
    rows: ordered.map((group, index) => [names[grouping](group.key), ...counts(group, hidden[index] === true)]),
    total: totals(of),
    isInSheetsOnly: false,
  };
}

/** Regimes stand in the order in which the pages name them: Decree 178 first. */
function placeOf(grouping: Grouping, key: string): number {
  return grouping === 'regime' ? Object.keys(regimeNames).indexOf(key) : 0;
}

function hiddenIn(of: ReportFacts, groups: readonly ReportGroup[]): readonly boolean[] {
  return of.definition.hidesSmallSums ? hiddenGroups(groups, totalsOf(of).shown) : [];
}

function counts({ base, paid, unpaid }: ReportGroup, isHidden: boolean): ReportCell[] {
  return [base, paid, unpaid].flatMap((one) => [{ count: one.people }, money(one, !isHidden)]);
}

function totals(of: ReportFacts): ReportCell[] {
  const { base, paid, unpaid, shown } = totalsOf(of);
  return [
    'Tổng cộng',
    { count: base.people },
    money(base, shown.base),
    { count: paid.people },
    money(paid, shown.paid),
    { count: unpaid.people },
    money(unpaid, shown.unpaid),
  ];
}

/** Whole days in Viet Nam from one instant to the other. */
function daysFrom(since: string, at: string): number {
  return daysBetween({ from: localDateOf(since), to: localDateOf(at) });
}

export function causesTable(of: ReportFacts): ReportTable {
  const { figures, at, definition } = of;
  const { unpaid, shown } = totalsOf(of);
  const hidden = hiddenLines(
    figures.unpaid.map((cause) => [behind(cause)]),
    [shown.unpaid],
  );
  return {
    name: 'Chưa nhận theo nguyên nhân',
    caption: 'Đang chờ ai, chờ việc gì',
    columns: [
      { heading: 'Đang chờ', share: 42, kind: 'text' },
      { heading: 'Người', share: 10, kind: 'number' },
      { heading: 'Số tiền (đồng)', share: 22, kind: 'money' },
      { heading: 'Chờ lâu nhất (ngày)', share: 13, kind: 'number' },
      { heading: 'Một nửa chờ ít nhất (ngày)', share: 13, kind: 'number' },
    ],
    rows: figures.unpaid.map((cause, index) => [
      causeNames[cause.key]?.vi ?? cause.key,
      { count: cause.people },
      money(cause, !(definition.hidesSmallSums && hidden[index] === true)),
      { count: daysFrom(cause.since, at) },
      { count: daysFrom(cause.median, at) },
    ]),
    total: ['Tổng cộng', { count: unpaid.people }, money(unpaid, shown.unpaid), '', ''],
    isInSheetsOnly: false,
  };
}

export function unitsTable(of: ReportFacts, units: ReadonlyMap<string, Unit>): ReportTable {
  const { byUnit } = of.figures;
  const hidden = hiddenIn(of, byUnit);
  const sum = (people: (unit: Figures['byUnit'][number]) => number) =>
    byUnit.reduce((total, unit) => total + people(unit), 0);
  return {
    name: 'Theo đơn vị',
    caption: 'Theo đơn vị chi trả',
    columns: [
      { heading: 'Mã đơn vị', share: 7, kind: 'text' },
      { heading: 'Đơn vị', share: 19, kind: 'text' },
      ...countColumns(of).map((column) => ({ ...column, share: column.kind === 'money' ? 11 : 5 })),
      { heading: 'Bị trả lại', share: 4, kind: 'number' },
      { heading: 'Đang thanh toán', share: 5, kind: 'number' },
      { heading: 'Chưa lập', share: 4, kind: 'number' },
      { heading: 'Tạm dừng', share: 4, kind: 'number' },
      { heading: 'Chờ lâu nhất (ngày)', share: 5, kind: 'number' },
    ],
    rows: byUnit.map((unit, index) => [
      unit.key,
      units.get(unit.key)?.name ?? unit.key,
      ...counts(unit, hidden[index] === true),
      { count: unit.returned.people },
      { count: unit.inFlight.people },
      { count: unit.notOrdered.people },
      { count: unit.held.people },
      unit.since === '' ? '–' : { count: daysFrom(unit.since, of.at) },
    ]),
    total: [
      '',
      ...totals(of),
      { count: sum(({ returned }) => returned.people) },
      { count: sum(({ inFlight }) => inFlight.people) },
      { count: sum(({ notOrdered }) => notOrdered.people) },
      { count: sum(({ held }) => held.people) },
      '',
    ],
    isInSheetsOnly: false,
  };
}

const mostWaitingUnits = 10;

/** The units that have waited longest, with whom they wait for. */
export function waitingUnitsTable(
  { figures, at, definition }: ReportFacts,
  units: ReadonlyMap<string, Unit>,
): ReportTable {
  const waiting = figures.byUnit
    .filter(({ since }) => since !== '')
    .toSorted((one, other) => (one.since < other.since ? -1 : 1))
    .slice(0, mostWaitingUnits);
  return {
    name: 'Đơn vị chờ lâu nhất',
    caption: `Đơn vị có người chờ lâu nhất (nhiều nhất ${mostWaitingUnits} đơn vị; đủ danh sách ở báo cáo theo đơn vị)`,
    columns: [
      { heading: 'Đơn vị', share: 36, kind: 'text' },
      { heading: `${paidWords(definition).unpaidColumn} (người)`, share: 12, kind: 'number' },
      { heading: 'Chờ lâu nhất (ngày)', share: 12, kind: 'number' },
      { heading: 'Người chờ lâu nhất đang chờ', share: 40, kind: 'text' },
    ],
    rows: waiting.map(({ key, unpaid, since, status }) => [
      units.get(key)?.name ?? key,
      { count: unpaid.people },
      { count: daysFrom(since, at) },
      status === undefined ? '–' : (causeNames[awaitedOf[status]]?.vi ?? '–'),
    ]),
    total: [],
    isInSheetsOnly: false,
  };
}
