/** Use case: the good rows of a unit's list become cases. Small commits that can be killed anywhere and go on. */
import type { BankAccount } from '../case/case.ts';
import { accountKey, caseStream, type Submitted } from '../case/case.ts';
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

/** A row of the list that has no fault. */
export interface GoodRow {
  readonly row: number;
  readonly facts: Facts;
  readonly fullName: string;
  readonly citizenId: string;
  readonly account: BankAccount;
  readonly payingUnit: string;
  readonly employer: string;
  readonly declaredTotal?: string | undefined;
}

export interface Submission {
  readonly listId: string;
  readonly by: string;
  readonly people: readonly GoodRow[];
  /** The open readings that are set, as `assess` uses them. */
  readonly readings?: SetReadings;
}

export interface SubmitResult {
  readonly submitted: number;
  /** Rows of people who already have a case: never a second paid regime for one person. */
  readonly alreadyThere: readonly number[];
}

/** Cases in one commit; each is two streams and at most six actions. */
const groupSize = 15;

/**
 * Takes the rows, the units by code, and the assessment (the stages do not import one another). A row that was
 * submitted before by this very list is left as it is, so that the job can be run again after a kill.
 */
export async function submitList(
  { listId, by, people, readings = {} }: Submission,
  units: ReadonlyMap<string, Unit>,
  assess: (facts: Facts) => Assessment,
  ports: Ports,
  progress: (done: number) => void = () => {},
): Promise<SubmitResult> {
  const alreadyThere: number[] = [];
  let done = 0;
  for (const group of groupsOf(people, groupSize)) {
    const fresh: GoodRow[] = [];
    for (const person of group) {
      if (await isElsewhere(person, listId, ports)) alreadyThere.push(person.row);
      else fresh.push(person);
    }
    await ports.vault.prepare(fresh.map((person) => caseIdOf(listId, person.row)));
    const prepared = await Promise.all(
      fresh.map((person) => prepare(person, { listId, by, units, assess, readings }, ports)),
    );
    alreadyThere.push(...(await commitGroup(prepared, ports)));
    done += group.length;
    progress(done);
  }
  return { submitted: people.length - alreadyThere.length, alreadyThere };
}

/** The same row of the same list is always the same case. */
function caseIdOf(listId: string, row: number): string {
  return hashOf({ listId, row }).slice(0, 20);
}

/** A look before the work; what counts is the claim of the commit, should somebody be faster. */
async function isElsewhere({ citizenId, row }: GoodRow, listId: string, { store, vault }: Ports): Promise<boolean> {
  const holder = await store.holderOf(citizenClaim(await vault.digest('citizen', citizenId)));
  return holder !== undefined && holder !== caseStream(caseIdOf(listId, row));
}

/** One live case a person: a second paid regime stops here, across units, lists and years. */
function citizenClaim(citizenDigest: string): string {
  return `citizen/${citizenDigest}`;
}

interface Prepared {
  readonly row: number;
  readonly caseId: string;
  readonly changes: readonly Change[];
}

interface Preparing {
  readonly listId: string;
  readonly by: string;
  readonly units: ReadonlyMap<string, Unit>;
  readonly assess: (facts: Facts) => Assessment;
  readonly readings: SetReadings;
}

async function prepare(
  person: GoodRow,
  { listId, by, units, assess, readings }: Preparing,
  { vault, now }: Ports,
): Promise<Prepared> {
  const unit = units.get(person.payingUnit);
  if (unit === undefined) throw new Error(`list ${listId} row ${person.row}: unknown unit`);
  const caseId = caseIdOf(listId, person.row);
  const given: Submitted = {
    facts: person.facts,
    identity: await vault.seal(caseId, JSON.stringify({ fullName: person.fullName, citizenId: person.citizenId })),
    account: await vault.seal(caseId, JSON.stringify(person.account)),
    accountDigest: await vault.digest('account', accountKey(person.account)),
    citizenDigest: await vault.digest('citizen', person.citizenId),
    nameDigest: await vault.digest('name', fold(person.fullName)),
    employer: person.employer,
    payingUnit: unit.code,
    block: unit.block,
    level: unit.level,
    source: unit.source,
    list: listId,
    row: person.row,
    ...(person.declaredTotal === undefined ? {} : { declaredTotal: person.declaredTotal }),
  };
  const assessment = assess(person.facts);
  return {
    row: person.row,
    caseId,
    changes: newCase(caseId, given, { assessment, readings }, by, now(), [citizenClaim(given.citizenDigest)]),
  };
}

/** Commits the group less those who are there already; returns the rows of those whom another case holds. */
async function commitGroup(prepared: readonly Prepared[], { store }: Ports): Promise<readonly number[]> {
  const alreadyThere: number[] = [];
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
    // A conflict means that this very row was submitted before a kill: nothing to do for it.
    if (outcome.outcome === 'claimed') alreadyThere.push(culprit.row);
    left = left.filter((one) => one !== culprit);
  }
  return alreadyThere;
}
