/** Use case: the good rows of a unit's list become cases. Small commits that can be killed anywhere and go on. */
import type { BankAccount } from '../case/case.ts';
import { accountKey, caseStream, citizenClaim, likenessClaim, type Submitted } from '../case/case.ts';
import { type LineSource, lineSourcesOf, readLineSources } from '../case/line-sources.ts';
import { newCase } from '../case/new-case.ts';
import type { Facts } from '../case/facts.ts';
import { groupsOf } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import type { Change } from '../case/store.ts';
import type { Assessment } from '../case/assessment.ts';
import type { Unit } from '../case/unit.ts';
import { hashOf } from '../hash.ts';
import type { SetReadings } from '../law/readings.ts';
import { fold } from '../vietnamese.ts';
import { peopleSheet } from './list-columns.ts';
import { standingOf } from './standing.ts';

/** A row of the list that has no fault. */
export interface GoodRow {
  readonly sheet: string;
  readonly row: number;
  readonly facts: Facts;
  readonly fullName: string;
  readonly citizenId: string;
  readonly account: BankAccount;
  readonly payingUnit: string;
  readonly employer: string;
  readonly declaredTotal?: string | undefined;
  readonly periodRows: readonly { readonly sheet: string; readonly row: number }[];
}

export interface Submission {
  readonly listId: string;
  readonly by: string;
  readonly people: readonly GoodRow[];
  /** Whether whoever submits may reach a unit's cases. */
  readonly mayUse: (unit: string) => boolean;
  /** The month whose round the list waits for, when it came after the cut-off. */
  readonly round?: string;
  /** The open readings that are set, as `assess` uses them. */
  readonly readings?: SetReadings;
}

export interface SubmitResult {
  /** New cases, those of an earlier run of the same list among them. */
  readonly submitted: number;
  /** Cases whose facts the list corrected. */
  readonly corrected: number;
  /** Rows that say what their case says already. */
  readonly same: number;
  /** Rows of people with a case of another unit: never a second paid regime for one person. */
  readonly elsewhere: readonly string[];
  /** Rows that differ from their case in what a list cannot change. */
  readonly left: readonly string[];
}

/** What the stages that intake does not import do for it. */
export interface Doing {
  assess(facts: Facts): Assessment;
  /** Records the corrected facts of a case and computes it again; `false` when it cannot be corrected any more. */
  correct(caseId: string, facts: Facts): Promise<boolean>;
}

/** Cases in one commit; each is two streams and at most eight actions, and more where several sources pay. */
const groupSizes = { oneSource: 12, severalSources: 8 };

/**
 * Takes the rows and the units by code. A row that was submitted before by this very list is left as it is, so that
 * the job can be run again after a kill.
 */
export async function submitList(
  { listId, by, people, mayUse, readings = {}, round }: Submission,
  units: ReadonlyMap<string, Unit>,
  doing: Doing,
  ports: Ports,
  progress: (done: number) => void = () => {},
): Promise<SubmitResult> {
  const came = { submitted: 0, corrected: 0, same: 0, elsewhere: [] as string[], left: [] as string[] };
  const lineSources = await readLineSources(ports.store);
  const groupSize = lineSources.length === 0 ? groupSizes.oneSource : groupSizes.severalSources;
  let done = 0;
  for (const group of groupsOf(people, groupSize)) {
    const fresh: GoodRow[] = [];
    for (const person of group) {
      const caseId = caseIdOf(listId, person);
      const of = await standingOf(person, mayUse, ports);
      if (of.standing === 'new' || ('caseId' in of && of.caseId === caseId)) fresh.push(person);
      else if (of.standing === 'same') came.same += 1;
      else if (of.standing === 'elsewhere') came.elsewhere.push(rowName(person));
      else if (of.isTaken && (await doing.correct(of.caseId, person.facts))) came.corrected += 1;
      else came.left.push(rowName(person));
    }
    await ports.vault.prepare(fresh.map((person) => caseIdOf(listId, person)));
    const prepared = await Promise.all(
      fresh.map((person) =>
        prepare(person, { listId, by, units, lineSources, assess: doing.assess, readings, round }, ports),
      ),
    );
    const faster = await commitGroup(prepared, ports);
    came.elsewhere.push(...faster);
    came.submitted += fresh.length - faster.length;
    done += group.length;
    progress(done);
  }
  return came;
}

/** `12`, or `12 (Biểu 03B)` where a list has several sheets of people. */
export function rowName({ sheet, row }: Pick<GoodRow, 'sheet' | 'row'>): string {
  return fold(sheet) === fold(peopleSheet) ? String(row) : `${row} (${sheet})`;
}

/** The same row of the same list is always the same case. */
function caseIdOf(listId: string, { sheet, row }: GoodRow): string {
  return hashOf({ listId, sheet, row }).slice(0, 20);
}

interface Prepared {
  readonly row: string;
  readonly caseId: string;
  readonly changes: readonly Change[];
  /** Prepares the same row anew: somebody else has taken its account or its likeness since. */
  again(): Promise<Prepared>;
}

interface Preparing {
  readonly listId: string;
  readonly by: string;
  readonly units: ReadonlyMap<string, Unit>;
  readonly lineSources: readonly LineSource[];
  readonly assess: (facts: Facts) => Assessment;
  readonly readings: SetReadings;
  readonly round: string | undefined;
}

async function prepare(
  person: GoodRow,
  preparing: Preparing,
  { store, vault, now }: Pick<Ports, 'store' | 'vault' | 'now'>,
): Promise<Prepared> {
  const { listId, by, units, lineSources, assess, readings, round } = preparing;
  const unit = units.get(person.payingUnit);
  if (unit === undefined) throw new Error(`list ${listId} row ${person.row}: unknown unit`);
  const caseId = caseIdOf(listId, person);
  const otherSources = lineSourcesOf(lineSources, unit);
  const likeness = await likenessOf(person, vault);
  const alike: NonNullable<Submitted['alike']> = [];
  const likenessClaims: string[] = [];
  for (const what of ['account', 'person'] as const) {
    const claim = likenessClaim(what, likeness[what]);
    const holder = await store.holderOf(claim);
    if (holder === undefined || holder === caseStream(caseId)) likenessClaims.push(claim);
    else alike.push({ in: what, caseId: holder.slice(caseStream('').length) });
  }
  const given: Submitted = {
    facts: person.facts,
    identity: await vault.seal(caseId, JSON.stringify({ fullName: person.fullName, citizenId: person.citizenId })),
    account: await vault.seal(caseId, JSON.stringify(person.account)),
    accountDigest: await vault.digest('account', accountKey(person.account)),
    ...(person.account.number === '' ? { hasNoAccount: true as const } : {}),
    citizenDigest: await vault.digest('citizen', person.citizenId),
    nameDigest: await vault.digest('name', fold(person.fullName)),
    employer: person.employer,
    payingUnit: unit.code,
    block: unit.block,
    level: unit.level,
    source: unit.source,
    ...(Object.keys(otherSources).length === 0 ? {} : { lineSources: otherSources }),
    list: listId,
    sheet: person.sheet,
    row: person.row,
    periodRows: [...person.periodRows],
    ...(person.declaredTotal === undefined ? {} : { declaredTotal: person.declaredTotal }),
    likeness,
    ...(round === undefined ? {} : { round }),
    ...(alike.length === 0 ? {} : { alike }),
  };
  const assessment = assess(person.facts);
  const claims = [citizenClaim(given.citizenDigest), ...likenessClaims];
  return {
    row: rowName(person),
    caseId,
    changes: newCase(caseId, given, { assessment, readings }, by, now(), claims),
    again: () => prepare(person, preparing, { store, vault, now }),
  };
}

/** The account by bank and number alone, whoever holds it; the person by what two units would both know. */
async function likenessOf(
  { account, fullName, citizenId, facts }: GoodRow,
  vault: Pick<Ports['vault'], 'digest'>,
): Promise<NonNullable<Submitted['likeness']>> {
  const decision = fold(facts.leaving?.decisionNumber ?? '');
  return {
    // Who has none shares it with nobody.
    account: await vault.digest(
      'account',
      account.number === '' ? `none/${citizenId}` : `${account.bank}/${account.number}`,
    ),
    person: await vault.digest('name', `${fold(fullName)}/${facts.person?.birth ?? ''}/${decision}`),
  };
}

/** Commits the group less those who are there already; returns the rows of those whom another case holds. */
async function commitGroup(prepared: readonly Prepared[], { store }: Ports): Promise<readonly string[]> {
  const alreadyThere: string[] = [];
  let left = [...prepared];
  while (left.length > 0) {
    const outcome = await store.commit(left.flatMap(({ changes }) => changes));
    if (outcome.outcome === 'committed') break;
    const culprit = left.find(({ changes }) =>
      outcome.outcome === 'claimed'
        ? changes.some(({ claims }) => claims?.includes(outcome.key))
        : changes.some(({ stream }) => stream === outcome.stream),
    );
    if (culprit === undefined) throw new Error('a commit was refused for a stream it does not name');
    if (outcome.outcome === 'claimed' && outcome.key.startsWith('like-')) {
      const again = await culprit.again();
      left = left.map((one) => (one === culprit ? again : one));
      continue;
    }
    // A conflict means that this very row was submitted before a kill: nothing to do for it.
    if (outcome.outcome === 'claimed') alreadyThere.push(culprit.row);
    left = left.filter((one) => one !== culprit);
  }
  return alreadyThere;
}
