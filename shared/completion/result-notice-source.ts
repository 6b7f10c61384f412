/** What a person's notice is made of, read from the histories as they stood at an instant. */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import type { AssessedLine } from '../case/assessment.ts';
import { type BankAccount, accountOf, type Case, caseAsOf, identityOf, type Identity, readCase } from '../case/case.ts';
import { type ProvincialDecision, readBatch } from '../case/batch.ts';
import { type Contact, readContacts } from '../case/contacts.ts';
import { dataOf, lastOfKind } from '../case/history.ts';
import type { Status } from '../case/lifecycle.ts';
import { type Order, readOrder } from '../case/order.ts';
import { type Elsewhere, type Part, readParts, standsAt } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { recoveriesOf, type Recovery } from '../case/recovery.ts';
import { shareOf } from '../case/shares.ts';
import type { Store } from '../case/store.ts';
import { payerOf, readUnits, type Unit } from '../case/unit.ts';

/** What one source pays, once that was decided or paid: only then may a figure be told. */
export interface DecidedShare {
  /** The case as it was decided. */
  readonly of: Case;
  readonly lines: readonly AssessedLine[];
  readonly total: bigint;
  readonly by:
    | { readonly kind: 'province'; readonly decision: ProvincialDecision }
    | { readonly kind: 'elsewhere'; readonly payment: Elsewhere };
}

export interface NoticePart {
  readonly part: Part;
  readonly order?: Order;
  readonly share?: DecidedShare;
  /** The day the money arrived, by the bank's or the unit's word. */
  readonly creditedOn?: string;
}

export interface NoticeSource {
  readonly asOf: Instant;
  readonly of: Case;
  readonly parts: readonly NoticePart[];
  readonly who: Identity;
  readonly account: BankAccount;
  readonly unit: Pick<Unit, 'code' | 'name'>;
  /** Who pays in the unit's place; the unit itself when nobody does. */
  readonly payer: Pick<Unit, 'code' | 'name'>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly recoveries: readonly Recovery[];
}

/** Takes the histories as of the instant; `undefined` when there was no such case then. */
export async function readNoticeSource(
  caseId: string,
  asOf: Instant,
  { store, vault }: Pick<Ports, 'store' | 'vault'>,
): Promise<NoticeSource | undefined> {
  const of = await readCase(store, caseId);
  if (of === undefined) return undefined;
  const parts = await readParts(store, of);
  const units = await readUnits(store);
  const named = (code: string) => ({ code, name: units.get(code)?.name ?? code });
  const [who, account, contacts, recoveries] = await Promise.all([
    identityOf(vault, of),
    accountOf(vault, of.id, of.account.sealed),
    readContacts(store),
    recoveriesOf(of, store),
  ]);
  return {
    asOf,
    of,
    parts: await Promise.all(parts.map(async (part) => noticePart(of, part, store))),
    who,
    account,
    unit: named(of.submitted.payingUnit),
    payer: named(payerOf(units, of.submitted.payingUnit)),
    contacts,
    recoveries,
  };
}

async function noticePart(of: Case, part: Part, store: Store): Promise<NoticePart> {
  const order = part.ordered === undefined ? undefined : await readOrder(store, part.ordered.reference);
  const share = await decidedShare(of, part, store);
  const creditedOn = part.status === 'paid-elsewhere' ? part.last.elsewhere?.on : creditDay(part, order);
  return {
    part,
    ...(order === undefined ? {} : { order }),
    ...(share === undefined ? {} : { share }),
    ...(creditedOn === undefined ? {} : { creditedOn }),
  };
}

const settledOn = z.object({ on: z.string() });

function creditDay({ status }: Part, order: Order | undefined): string | undefined {
  const settled = status === 'credited' && order !== undefined ? lastOfKind(order.entries, 'settled') : undefined;
  return settled === undefined ? undefined : dataOf(settled, settledOn).on;
}

/** Where a part stands once the People's Committee has decided; one that was cancelled since promises nothing. */
const afterDecision: readonly (Status | undefined)[] = [
  'decided',
  'waiting-for-estimate',
  'awaiting-unit',
  'sent',
  'treasury-paid',
  'unknown',
  'credited',
  'refused',
  'returned',
];

async function decidedShare(of: Case, part: Part, store: Store): Promise<DecidedShare | undefined> {
  const { elsewhere } = part.last;
  if (part.status === 'paid-elsewhere' && elsewhere !== undefined) {
    // A fact that was corrected since was no part of what was paid.
    const paid = caseAsOf(of, of.caseHash) ?? of;
    const { lines } = shareOf(paid, part.source);
    return { of: paid, lines, total: BigInt(elsewhere.amount), by: { kind: 'elsewhere', payment: elsewhere } };
  }
  if (!afterDecision.includes(standsAt(part)) || part.batch === undefined || part.appraised === undefined) {
    return undefined;
  }
  const decision = (await readBatch(store, part.batch.id))?.provincial;
  // A list takes a part only as it was appraised, so that this is the case as it was decided.
  const decided = caseAsOf(of, part.appraised.caseHash);
  if (decision === undefined || decided === undefined) return undefined;
  return { of: decided, ...shareOf(decided, part.source), by: { kind: 'province', decision } };
}
