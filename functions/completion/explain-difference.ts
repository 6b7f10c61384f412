/** Explains somebody else's figure: everybody as they stood at its instant, the chosen steps, and the list where there is one. */
import * as z from 'zod';
import { caseStream, readCase } from '../../shared/case/case.ts';
import { type Ports, type Refused, refused } from '../../shared/case/ports.ts';
import { allRows, type Store } from '../../shared/case/store.ts';
import { type Counted, stepNames, takeSteps } from '../../shared/completion/difference-steps.ts';
import { type ListMatch, matchList, type MatchedRow } from '../../shared/completion/match-list.ts';
import { explain, readOutsideFigure, recordExplanation } from '../../shared/completion/outside-figure.ts';
import { type OutsideRow, readOutsideList } from '../../shared/completion/outside-list.ts';
import { type Standing, standingsAt } from '../../shared/completion/standing-at.ts';
import { fold } from '../../shared/vietnamese.ts';
import { readSheets } from '../papers/sheet.ts';

export const explainWish = z.object({ id: z.string(), steps: z.array(z.enum(stepNames)), by: z.string() });

export async function explainDifference(
  { id, steps, by }: z.infer<typeof explainWish>,
  ports: Ports,
  progress: (done: number) => void,
): Promise<{ readonly outcome: 'explained' } | Refused> {
  const figure = await readOutsideFigure(ports.store, id);
  if (figure === undefined) return refused('Không có số liệu này.', 'There is no such figure.');
  const standings: Standing[] = [];
  for await (const one of standingsAt(ports.store, figure.asOf, progress)) standings.push(one);
  const persons = await personsOf(standings, ports.store);
  const personOf = ({ caseId }: Standing) => persons.get(caseId) ?? caseId;
  const counted = takeSteps(standings, steps, personOf);
  const statuses = new Map(standings.filter(({ isCounted }) => isCounted).map((one) => [one.caseId, one.status]));
  const list =
    figure.list === undefined ? undefined : await matchFile(figure.list, { counted, persons, statuses }, ports);
  if (list !== undefined && 'outcome' in list) return list;
  await recordExplanation(id, explain(figure, counted, steps, list), by, ports);
  return { outcome: 'explained' };
}

/** Whoever is paid the rest in a case of its own is the person of the first case. */
async function personsOf(standings: readonly Standing[], store: Store): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { caseId } of standings.filter(({ isRest }) => isRest)) {
    const of = await readCase(store, caseId);
    if (of?.submitted.difference !== undefined) found.set(caseId, of.submitted.difference.of);
  }
  return found;
}

async function matchFile(
  file: string,
  { counted, persons, statuses }: Ours,
  ports: Ports,
): Promise<ListMatch | Refused> {
  const sheets = await readSheets((await ports.files.get(file)) ?? new Uint8Array());
  const read = sheets.outcome === 'refused' ? sheets : readOutsideList(sheets.sheets);
  if (read.outcome === 'refused') return read;
  const known = await knownCases(persons, read.rows, ports.store);
  const rows: MatchedRow[] = [];
  for (const row of read.rows) rows.push(await matched(row, known, counted, ports));
  return matchList(rows, counted, (person) => statuses.get(person));
}

/** Our figure after its steps; whose case a case is; where each person's own part stood. */
interface Ours {
  readonly counted: Counted;
  readonly persons: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, Standing['status']>;
}

interface KnownCases {
  readonly byCitizen: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byDecision: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byCode: ReadonlyMap<string, string>;
}

/** Decisions stand in the histories alone, which are read only where a list names people by nothing else. */
async function knownCases(
  persons: ReadonlyMap<string, string>,
  rows: readonly OutsideRow[],
  store: Store,
): Promise<KnownCases> {
  const [byCitizen, byDecision, byCode] = [
    new Map<string, Set<string>>(),
    new Map<string, Set<string>>(),
    new Map<string, string>(),
  ];
  const needsDecisions = rows.some(({ citizenId, caseCode }) => citizenId === '' && caseCode === '');
  for await (const { stream, summary } of allRows(store, { kind: 'case' })) {
    const caseId = stream.slice(caseStream('').length);
    const person = persons.get(caseId) ?? caseId;
    byCode.set(caseId, person);
    addTo(byCitizen, String(summary['citizenDigest']), person);
    if (!needsDecisions) continue;
    const number = (await readCase(store, caseId))?.submitted.facts.leaving?.decisionNumber;
    if (number !== undefined) addTo(byDecision, fold(number), person);
  }
  return { byCitizen, byDecision, byCode };
}

function addTo(map: Map<string, Set<string>>, key: string, person: string): void {
  const known = map.get(key) ?? new Set<string>();
  known.add(person);
  map.set(key, known);
}

async function matched(
  { sheet, row, citizenId, caseCode, decision, total, isUnreadable }: OutsideRow,
  { byCitizen, byDecision, byCode }: KnownCases,
  counted: Counted,
  { vault }: Ports,
): Promise<MatchedRow> {
  const named = { place: `${sheet}, dòng ${row}`, ...(total === undefined ? {} : { total }) };
  if (isUnreadable) return { ...named, trouble: 'unreadable' };
  if (citizenId === '' && caseCode === '') return fromDecision(named, byDecision.get(fold(decision)) ?? new Set());
  const found =
    citizenId !== ''
      ? [...(byCitizen.get(await vault.digest('citizen', citizenId)) ?? [])]
      : [byCode.get(caseCode)].filter((person) => person !== undefined);
  // Somebody may have a case that was given up beside the one that pays.
  const person = found.find((one) => counted.persons.has(one)) ?? found[0];
  return person === undefined ? { ...named, trouble: 'unknown' } : { ...named, person };
}

/** One decision may name several people: then it names none. */
function fromDecision(named: Pick<MatchedRow, 'place' | 'total'>, found: ReadonlySet<string>): MatchedRow {
  const [person] = found;
  if (person === undefined) return { ...named, trouble: 'unknown' };
  return found.size > 1 ? { ...named, trouble: 'several' } : { ...named, person };
}
