/** A case is one person: what was submitted, how it was assessed, where it is paid. */
import * as z from 'zod';
import { hashOf } from '../hash.ts';
import { fold } from '../vietnamese.ts';
import { assessment } from './assessment.ts';
import { facts } from './facts.ts';
import { dataOf, lastOfKind, once } from './history.ts';
import type { SetReadings } from '../law/readings.ts';
import type { Vault } from './ports.ts';
import { setReadings } from './recorded-readings.ts';
import type { Entry, Row, Store } from './store.ts';
import { blocks, budgetLevels, sources } from './unit.ts';

/** Sealed under the person's key. */
export const identity = z.object({ fullName: z.string(), citizenId: z.string() });
export type Identity = z.infer<typeof identity>;
/** Sealed under the person's key. `bank` is a code of the bank table. */
export const bankAccount = z.object({
  bank: z.string(),
  number: z.string(),
  holder: z.string(),
  /** Who is paid in the person's place, by what right: an heir whom the heirs have named. */
  heir: z.object({ fullName: z.string(), relation: z.string() }).exactOptional(),
});
export type BankAccount = z.infer<typeof bankAccount>;

/** What an earlier case of the same person has paid, where this one pays the rest after a recomputation. */
const difference = z.object({
  of: z.string(),
  /** 1 for the first difference of that case. */
  number: z.number().int(),
  /** Everything paid before, đồng. */
  paid: z.string().regex(/^\d+$/),
  /** The edition of the law's data, and the readings, it was paid under. */
  paidUnder: z.string(),
  paidReadings: setReadings.default({}),
});
export type Difference = z.infer<typeof difference>;

export const submitted = z.object({
  facts,
  identity: z.string(),
  account: z.string(),
  accountDigest: z.string(),
  /** There was none when the case was submitted. */
  hasNoAccount: z.literal(true).exactOptional(),
  citizenDigest: z.string(),
  nameDigest: z.string(),
  employer: z.string(),
  payingUnit: z.string(),
  block: z.enum(blocks),
  level: z.enum(budgetLevels),
  source: z.enum(sources),
  /** Lines that another source pays, as Finance had set it when the case was submitted. */
  lineSources: z.record(z.string(), z.enum(sources)).exactOptional(),
  /** Where the facts came from: the list, its sheet and row, and the rows of the periods. */
  list: z.string(),
  sheet: z.string().exactOptional(),
  row: z.number(),
  periodRows: z.array(z.object({ sheet: z.string(), row: z.number() })).exactOptional(),
  declaredTotal: z.string().optional(),
  difference: difference.exactOptional(),
  /** Keys that other cases must not share unseen: the account by bank and number, the person by name, birth, decision. */
  likeness: z.object({ account: z.string(), person: z.string() }).exactOptional(),
  /** Came after the month's cut-off: the month whose round it waits for. */
  round: z.string().exactOptional(),
  /** The cases that had one of those keys first: somebody must look. */
  alike: z.array(z.object({ in: z.enum(['account', 'person']), caseId: z.string() })).exactOptional(),
});
export type Submitted = z.infer<typeof submitted>;

const assessed = z.object({
  assessment,
  caseHash: z.string(),
  /** The open readings that were set when it was computed. */
  readings: setReadings.default({}),
});

/** A recorded fact was wrong: the whole facts as they are now, by a document. */
const factsCorrected = z.object({ facts, reason: z.string(), paper: z.string() });

/** After a payment the sum came out otherwise: what was owed in all, what was paid, and the case that pays the rest. */
export const differenceEntry = z.object({
  number: z.number().int(),
  entitled: z.string(),
  paid: z.string(),
  paidUnder: z.string(),
  law: z.string(),
  topUp: z.string().optional(),
});

/** The person's signed request for another account, as the unit's clerk brought it. */
const accountProposed = z.object({
  account: z.string(),
  accountDigest: z.string(),
  reason: z.string(),
  paper: z.string(),
});
const accountConfirmed = z.object({
  accountDigest: z.string(),
  /** Its key among all cases, and the case that had it first. */
  likeness: z.string().exactOptional(),
  alike: z.string().exactOptional(),
  /** A payment to the account before had come back, or the person has died and an heir is paid. */
  isAfterFreezing: z.boolean().exactOptional(),
});

export interface Case {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly submitted: Submitted;
  readonly assessment: z.infer<typeof assessment>;
  readonly readings: SetReadings;
  /** Over facts, assessment, identity and account: what an appraisal and a frozen batch are bound to. */
  readonly caseHash: string;
  /** The confirmed account, sealed, and its keyed digest. */
  readonly account: { readonly sealed: string; readonly digest: string };
  /**
   * Digests of accounts that two people of the unit put in the place of the one that was frozen: a payment came back, or an
   * heir is paid. An order may go to one of them without another freezing.
   */
  readonly accountsAfterFreezing: readonly string[];
  /** A correction that waits for a second person. */
  readonly proposed?: {
    readonly sealed: string;
    readonly digest: string;
    readonly by: string;
    readonly reason: string;
  };
}

export function caseStream(caseId: string): string {
  return `case/${caseId}`;
}

/** Whoever has this key has the person's one live case: a second paid regime stops here, across units and years. */
export function citizenClaim(citizenDigest: string): string {
  return `citizen/${citizenDigest}`;
}

/** Whoever has the key has a case with this account, or with this name, birth and decision; a second one is marked. */
export function likenessClaim(what: 'account' | 'person', digest: string): string {
  return `like-${what}/${digest}`;
}

/** What a checker should see of a case: the marks of its assessment, and likenesses to other cases, a later round. */
export function marksOf(shown: Pick<Case, 'submitted' | 'assessment' | 'account'>): readonly string[] {
  const { submitted: given, assessment: of } = shown;
  const none = lacksAccount(shown) ? ['no-account'] : [];
  const alike = (given.alike ?? []).map(({ in: what }) => `check-${what}`);
  return [...of.marks, ...none, ...alike, ...(given.round === undefined ? [] : [`round-${given.round}`])];
}

/** The person has no account yet: nothing is paid before the unit has recorded one. */
export function lacksAccount({ submitted: given, account }: Pick<Case, 'submitted' | 'account'>): boolean {
  return given.hasNoAccount === true && account.digest === given.accountDigest;
}

export async function readCase(store: Pick<Store, 'read'>, caseId: string): Promise<Case | undefined> {
  return caseOf(await store.read(caseStream(caseId)));
}

const caseOf = once((entries): Case | undefined => {
  const caseId = entries[0]?.stream.slice(caseStream('').length) ?? '';
  const first = lastOfKind(entries, 'submitted');
  const computed = lastOfKind(entries, 'assessed');
  if (first === undefined || computed === undefined) return undefined;
  const correction = lastOfKind(entries, 'facts-corrected');
  const stated = dataOf(first, submitted);
  const corrected = correction === undefined ? stated : { ...stated, facts: dataOf(correction, factsCorrected).facts };
  const given = { ...corrected, ...likenessOf(corrected, entries) };
  const { assessment: of, caseHash, readings } = dataOf(computed, assessed);
  return { id: caseId, entries, submitted: given, assessment: of, readings, caseHash, ...accountsOf(given, entries) };
});

/** The case as it was when it was computed with this hash: the facts, the readings and the account of that time. */
export function caseAsOf(of: Case, caseHash: string): Case | undefined {
  const at = of.entries.findLast((entry) => entry.kind === 'assessed' && dataOf(entry, assessed).caseHash === caseHash);
  const first = of.entries.find(({ kind }) => kind === 'submitted');
  if (at === undefined || first === undefined) return undefined;
  const before = of.entries.filter(({ seq }) => seq < at.seq);
  const stated = dataOf(first, submitted);
  const correction = lastOfKind(before, 'facts-corrected');
  const { account } = accountsOf(stated, before);
  const { assessment: computed, readings } = dataOf(at, assessed);
  const given: Submitted = {
    ...stated,
    accountDigest: account.digest,
    ...(correction === undefined ? {} : { facts: dataOf(correction, factsCorrected).facts }),
  };
  return { ...of, submitted: given, assessment: computed, readings, caseHash, account };
}

/** The keys of likeness that hold now: those of another account once one was confirmed. */
function likenessOf(given: Submitted, entries: readonly Entry[]): Pick<Submitted, 'likeness' | 'alike'> {
  const confirmed = lastOfKind(entries, 'account-confirmed');
  const { likeness, alike } = confirmed === undefined ? {} : dataOf(confirmed, accountConfirmed);
  if (likeness === undefined || given.likeness === undefined) return {};
  const others = (given.alike ?? []).filter((one) => one.in !== 'account');
  return {
    likeness: { ...given.likeness, account: likeness },
    alike: alike === undefined ? others : [...others, { in: 'account', caseId: alike }],
  };
}

function accountsOf(
  given: Submitted,
  entries: readonly Entry[],
): Pick<Case, 'account' | 'proposed' | 'accountsAfterFreezing'> {
  const accountsAfterFreezing: string[] = [];
  let account: Case['account'] = { sealed: given.account, digest: given.accountDigest };
  let proposed: NonNullable<Case['proposed']> | undefined;
  for (const entry of entries) {
    if (entry.kind === 'account-proposed') {
      const { account: sealed, accountDigest: digest, reason } = dataOf(entry, accountProposed);
      proposed = { sealed, digest, by: entry.by, reason };
    }
    if (entry.kind !== 'account-confirmed') continue;
    const { accountDigest, isAfterFreezing } = dataOf(entry, accountConfirmed);
    if (proposed?.digest !== accountDigest) continue;
    account = { sealed: proposed.sealed, digest: proposed.digest };
    if (isAfterFreezing === true) accountsAfterFreezing.push(accountDigest);
    proposed = undefined;
  }
  return { account, accountsAfterFreezing, ...(proposed === undefined ? {} : { proposed }) };
}

/** What an appraisal is bound to. The sealed texts differ each time they are sealed, hence the digests. */
export function caseHashOf(given: Submitted, of: z.infer<typeof assessment>): string {
  const { facts: stated, citizenDigest, nameDigest, accountDigest, employer, payingUnit, source, level } = given;
  const { lineSources } = given;
  const paidBefore = given.difference;
  return hashOf({
    facts: stated,
    assessment: of,
    citizenDigest,
    nameDigest,
    accountDigest,
    employer,
    payingUnit,
    source,
    lineSources,
    level,
    difference: paidBefore,
  });
}

/** The name and citizen id in clear; of an erased person, a dash. */
export async function identityOf(vault: Vault, { id, submitted: given }: Case): Promise<Identity> {
  const opened = await vault.open(id, given.identity);
  return opened === undefined ? { fullName: '–', citizenId: '–' } : identity.parse(JSON.parse(opened));
}

export async function accountOf(vault: Vault, caseId: string, sealed: string): Promise<BankAccount> {
  const opened = await vault.open(caseId, sealed);
  return opened === undefined ? { bank: '–', number: '–', holder: '–' } : bankAccount.parse(JSON.parse(opened));
}

/** What a digest of an account stands for in hashes and confirmations: bank, number and holder. */
export function accountKey({ bank, number, holder, heir }: BankAccount): string {
  const own = `${bank}/${number}/${fold(holder)}`;
  return heir === undefined ? own : `${own}/${fold(heir.fullName)}`;
}

export type CaseStatus = 'entitled' | 'not-entitled' | 'incomplete' | 'review';

/** The case's row; nothing in it names a person. */
export function caseRow(given: Submitted, of: z.infer<typeof assessment>): Omit<Row, 'stream'> {
  return {
    kind: 'case',
    status: of.outcome,
    unit: given.payingUnit,
    source: given.source,
    summary: {
      employer: given.employer,
      block: given.block,
      list: given.list,
      citizenDigest: given.citizenDigest,
      nameDigest: given.nameDigest,
      ...(of.outcome === 'entitled' ? { total: of.total, regime: of.regime } : {}),
      ...(of.outcome === 'review' ? { reasons: of.reasons.map(({ reason }) => reason) } : {}),
    },
  };
}
