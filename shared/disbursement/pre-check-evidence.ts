/** Everything the checks of a slip look at, read once: orders, cases, accounts, the frozen list, the estimate, the unit. */
import type { AccountVerdict } from '../case/account-check.ts';
import { accountStanding } from '../case/account-standing.ts';
import { type Batch, type FrozenList, readBatch, readFrozenList } from '../case/batch.ts';
import { type BankAccount, readCase } from '../case/case.ts';
import { type Estimate, readEstimate } from '../case/funding.ts';
import { type Limit, readLimits } from '../case/limits.ts';
import { type Order, readOrder } from '../case/order.ts';
import { caseIdOf } from '../case/part.ts';
import { type Payee, payeeOf } from '../case/payee.ts';
import type { Files, Ports } from '../case/ports.ts';
import { readSignatories, type Signatory } from '../case/signatories.ts';
import type { Slip } from '../case/slip.ts';
import { readUnits, type Unit } from '../case/unit.ts';

/** One order of the slip with the account it pays. */
export interface Paid {
  readonly order: Order;
  readonly account: BankAccount;
  readonly verdict: AccountVerdict;
  /** Why it goes to an account in another name, where that was stated. */
  readonly payee?: Pick<Payee, 'as' | 'document'>;
  /** Two people of the unit put the account in the place of the frozen one: a payment came back, or an heir is paid. */
  readonly isAfterFreezing?: boolean;
}

export interface SlipEvidence {
  readonly slip: Slip;
  readonly references: readonly string[];
  readonly paid: readonly Paid[];
  /** References without an order or without its case. */
  readonly lost: readonly string[];
  /** An order, or the one it replaces, has a result that nobody has explained. */
  readonly isContradicted: boolean;
  readonly batch: Batch | undefined;
  /** `undefined` where the file is gone or does not match the hash it was frozen with. */
  readonly list: FrozenList | undefined;
  readonly units: ReadonlyMap<string, Unit>;
  readonly estimate: Estimate;
  readonly signatories: readonly Signatory[];
  /** The calendar's: the campaign's own, and what was recorded on top of them. */
  readonly limits: readonly Limit[];
  /** The stored list of beneficiaries (Mẫu số 09): its rows where a reader was given. */
  readonly stored: 'gone' | 'unread' | Rows;
}

export type Rows = readonly (readonly string[])[];

/** Reads the rows of a sheet that we wrote, each as the texts of its filled cells; `undefined` when it is none. */
export interface RowReader {
  (content: Uint8Array): Promise<Rows | undefined>;
}

type ReadPorts = Pick<Ports, 'store' | 'files' | 'vault'>;

/** Throws when a history cannot be read; what merely disagrees is evidence. */
export async function slipEvidence(
  slip: Slip,
  references: readonly string[],
  ports: ReadPorts,
  readRows?: RowReader,
): Promise<SlipEvidence> {
  const { store, files } = ports;
  const [batch, units, estimate, signatories, limits, read] = await Promise.all([
    readBatch(store, slip.batch),
    readUnits(store),
    readEstimate(store, slip.unit, slip.source),
    readSignatories(store),
    readLimits(store),
    Promise.all(references.map(async (reference) => paidOf(reference, ports))),
  ]);
  const found = read.filter((one) => one !== undefined);
  const known = new Set(found.map(({ paid }) => paid.order.reference));
  return {
    slip,
    references,
    paid: found.map(({ paid }) => paid),
    lost: references.filter((reference) => !known.has(reference)),
    isContradicted: found.some(({ isContradicted }) => isContradicted),
    batch,
    list: batch?.frozen === undefined ? undefined : await listOrNone(files, batch),
    units,
    estimate,
    signatories,
    limits,
    stored: await storedRows(slip, files, readRows),
  };
}

async function paidOf(
  reference: string,
  { store, vault }: ReadPorts,
): Promise<{ readonly paid: Paid; readonly isContradicted: boolean } | undefined> {
  const order = await readOrder(store, reference);
  const of = order && (await readCase(store, caseIdOf(order.part)));
  if (order === undefined || of === undefined) return undefined;
  const [{ account, verdict, findings }, before] = await Promise.all([
    accountStanding(of, { sealed: order.account, digest: order.accountDigest }, { store, vault }),
    order.replaces === undefined ? undefined : readOrder(store, order.replaces),
  ]);
  const payee = payeeOf(of, order.accountDigest) ?? heirOf(account);
  return {
    paid: {
      order,
      account,
      isAfterFreezing: of.accountsAfterFreezing.includes(order.accountDigest),
      verdict: { verdict, findings },
      ...(payee === undefined ? {} : { payee }),
    },
    isContradicted: order.isContradicted || before?.isContradicted === true,
  };
}

/** An heir whom two people of the unit have recorded with the account. */
function heirOf({ heir }: BankAccount): Paid['payee'] {
  return heir === undefined ? undefined : { as: 'heir', document: heir.relation };
}

async function listOrNone(files: Files, batch: Batch): Promise<FrozenList | undefined> {
  try {
    return await readFrozenList(files, batch);
  } catch {
    return undefined;
  }
}

async function storedRows(slip: Slip, files: Files, readRows: RowReader | undefined): Promise<SlipEvidence['stored']> {
  const content = await contentOrNone(files, slip.beneficiaryList);
  if (content === undefined) return 'gone';
  return readRows === undefined ? 'unread' : ((await readRows(content)) ?? 'gone');
}

/** A file whose stored bytes no longer match its hash is as good as gone. */
async function contentOrNone(files: Files, hash: string): Promise<Uint8Array | undefined> {
  try {
    return await files.get(hash);
  } catch {
    return undefined;
  }
}
