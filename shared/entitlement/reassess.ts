/**
 * Use case: after a reading was set, a law changed or a fact was corrected, everyone is computed again. Who is not in a
 * batch gets the new sum and is appraised anew; who was paid gets the rest as a new case, or stands in the recovery
 * list; who is in a batch or whose money is on its way is looked at when that has come to an end.
 */
import type { Assessment } from '../case/assessment.ts';
import { type Case, caseHashOf, caseRow, caseStream, differenceEntry, readCase, type Submitted } from '../case/case.ts';
import { commitDeciding, dataOf, ofKind } from '../case/history.ts';
import { isBeforeBatch, type Status } from '../case/lifecycle.ts';
import { newCase, newParts } from '../case/new-case.ts';
import { assessedAnew, type Part, readParts, standsAt } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { readRecordedReadings } from '../case/recorded-readings.ts';
import { recoveryRow, recoveryStream } from '../case/recovery.ts';
import { payingSources } from '../case/shares.ts';
import { allRows, type Change } from '../case/store.ts';
import { hashOf } from '../hash.ts';
import type { SetReadings } from '../law/readings.ts';
import { assessCase, saysTheSame } from './assess-case.ts';

/** What came of one case. */
export type Reassessed = 'same' | 'changed' | 'later' | 'top-up' | 'overpaid';

export type Counted = Readonly<Record<Reassessed, number>>;

/** Every case of the province. Run again after a kill it does what is left to do. */
export async function reassessAll(
  ports: Ports,
  progress: (done: number, of: number) => void = () => {},
): Promise<Counted> {
  const { set } = await readRecordedReadings(ports.store);
  const cases: string[] = [];
  for await (const { stream, status } of allRows(ports.store, { kind: 'case' })) {
    if (status !== 'closed') cases.push(stream.slice('case/'.length));
  }
  const counted: Record<Reassessed, number> = { same: 0, changed: 0, later: 0, 'top-up': 0, overpaid: 0 };
  for (const [index, caseId] of cases.entries()) {
    counted[await reassess(caseId, set, ports)] += 1;
    progress(index + 1, cases.length);
  }
  return counted;
}

/** One case under these readings. */
export async function reassess(caseId: string, set: SetReadings, ports: Ports): Promise<Reassessed> {
  let came: Reassessed = 'same';
  await commitDeciding(ports.store, async () => {
    came = 'same';
    const of = await readCase(ports.store, caseId);
    if (of === undefined || of.entries.some(({ kind }) => kind === 'closed')) return { stop: 'ended' };
    const parts = await readParts(ports.store, of);
    if (parts.length > 0 && parts.every(({ status }) => isPaid(status))) {
      const changes = await differenceOf(of, set, ports);
      came = changes.came;
      return changes.changes.length === 0 ? { stop: 'paid right' } : changes;
    }
    const again = assessCase(of.submitted, set);
    if (saysTheSame(again, of.assessment)) return { stop: 'the same' };
    if (!parts.every(isAtRest)) {
      came = 'later';
      return { stop: 'in a batch' };
    }
    came = 'changed';
    return { changes: changesOf(of, parts, again, set, ports.now()) };
  });
  return came;
}

function isPaid(status: Status): boolean {
  return status === 'credited' || status === 'paid-elsewhere';
}

/** Not in a batch, and nothing ordered: a new sum harms nobody's decision. */
function isAtRest(part: Part): boolean {
  return part.ordered === undefined && isBeforeBatch(standsAt(part));
}

/** The new assessment, and the parts back to be appraised; held when there is no sum any more. */
function changesOf(
  of: Case,
  parts: readonly Part[],
  assessment: Assessment,
  readings: SetReadings,
  at: string,
): readonly Change[] {
  const given: Submitted = { ...of.submitted, accountDigest: of.account.digest };
  const caseHash = caseHashOf(given, assessment);
  const now: Case = { ...of, assessment, readings, caseHash };
  const caseChange: Change = {
    stream: caseStream(of.id),
    readAt: of.entries.length,
    entries: [{ kind: 'assessed', at, by: 'system', data: { assessment, caseHash, readings } }],
    row: caseRow(of.submitted, assessment),
  };
  const missing = payingSources(now).filter((source) => !parts.some((part) => part.source === source));
  return [caseChange, ...parts.map((part) => assessedAnew(now, part, at)), ...newParts(now, missing, at)];
}

/** After a payment: the rest as a new case, or what was paid too much in the recovery list; nothing when it was right. */
async function differenceOf(
  of: Case,
  set: SetReadings,
  ports: Ports,
): Promise<{ readonly came: Reassessed; readonly changes: readonly Change[] }> {
  // What a top-up pays is measured on the case it tops up.
  if (of.submitted.difference !== undefined || of.assessment.outcome !== 'entitled')
    return { came: 'same', changes: [] };
  const past = ofKind(of.entries, 'difference').map((entry) => dataOf(entry, differenceEntry));
  const paid = await paidSoFar(of.assessment.total, past, ports);
  if (paid === 'on its way') return { came: 'later', changes: [] };
  const whole = assessCase({ facts: of.submitted.facts }, set);
  // A person must decide before anything is paid or asked back.
  if (whole.outcome !== 'entitled' && whole.outcome !== 'not-entitled') return { came: 'later', changes: [] };
  const entitled = whole.outcome === 'entitled' ? BigInt(whole.total) : 0n;
  const isNoted = past.at(-1)?.entitled === entitled.toString() && past.at(-1)?.paid === paid.toString();
  if (entitled === paid || isNoted) return { came: 'same', changes: [] };
  const number = past.length + 1;
  const { law: paidUnder } = of.assessment;
  const at = ports.now();
  const noted = { number, entitled: entitled.toString(), paid: paid.toString(), paidUnder, law: whole.law };
  if (entitled < paid) {
    const over = (paid - entitled).toString();
    return {
      came: 'overpaid',
      changes: [notedOn(of, noted, at), recoveryFound(of, { ...noted, over }, at)],
    };
  }
  const topUp = hashOf({ differenceOf: of.id, number }).slice(0, 20);
  const given = await topUpOf(
    of,
    topUp,
    { of: of.id, number, paid: paid.toString(), paidUnder, paidReadings: of.readings },
    ports,
  );
  const assessment = assessCase(given, set);
  const made = newCase(topUp, given, { assessment, readings: set }, 'system', at, [`difference/${of.id}/${number}`]);
  return { came: 'top-up', changes: [notedOn(of, { ...noted, topUp }, at), ...made] };
}

/** What this person has been paid; a top-up that is not credited yet carries the newest sum itself. */
async function paidSoFar(
  first: string,
  past: readonly { readonly topUp?: string | undefined }[],
  { store }: Ports,
): Promise<bigint | 'on its way'> {
  let paid = BigInt(first);
  for (const { topUp } of past) {
    if (topUp === undefined) continue;
    const of = await readCase(store, topUp);
    const part = of && (await readParts(store, of))[0];
    if (of === undefined || part?.status === 'cancelled' || of.entries.some(({ kind }) => kind === 'closed')) continue;
    if (part === undefined || !isPaid(part.status) || of.assessment.outcome !== 'entitled') return 'on its way';
    paid += BigInt(of.assessment.total);
  }
  return paid;
}

function notedOn(of: Case, data: Readonly<Record<string, unknown>>, at: string): Change {
  return {
    stream: caseStream(of.id),
    readAt: of.entries.length,
    entries: [{ kind: 'difference', at, by: 'system', data }],
  };
}

interface Over {
  readonly number: number;
  readonly entitled: string;
  readonly paid: string;
  readonly over: string;
  readonly paidUnder: string;
  readonly law: string;
}

function recoveryFound(of: Case, { number, ...found }: Over, at: string): Change {
  return {
    stream: recoveryStream(`${of.id}.${number}`),
    readAt: 0,
    entries: [{ kind: 'found', at, by: 'system', data: { caseId: of.id, ...found } }],
    row: recoveryRow('open', of.submitted.payingUnit, { caseId: of.id, over: found.over, since: at }),
  };
}

/** The same person under a key of the new case, with the account that is confirmed now. */
async function topUpOf(
  of: Case,
  topUp: string,
  difference: NonNullable<Submitted['difference']>,
  { vault }: Ports,
): Promise<Submitted> {
  const opened = await Promise.all([vault.open(of.id, of.submitted.identity), vault.open(of.id, of.account.sealed)]);
  const [identity, account] = opened;
  if (identity === undefined || account === undefined)
    throw new Error(`case ${of.id} was erased and cannot be topped up`);
  await vault.prepare([topUp]);
  return {
    ...of.submitted,
    identity: await vault.seal(topUp, identity),
    account: await vault.seal(topUp, account),
    accountDigest: of.account.digest,
    difference,
  };
}
