/** The dry run of a list of payments made elsewhere: what would come of each row, with nothing written. */
import * as z from 'zod';
import type { Account } from '../case/access.ts';
import { mayReach } from '../case/access.ts';
import { type Case, caseStream, citizenClaim, readCase } from '../case/case.ts';
import { mayOpen, partIdOf, readParts } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { payingSources, shareOf } from '../case/shares.ts';
import type { Unit } from '../case/unit.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import { judgePaidElsewhere, objections, type PaidElsewhere } from './paid-elsewhere.ts';
import type { EarlierLine, EarlierPayment } from './read-earlier.ts';

export const verdicts = [
  'recordable',
  'same',
  'repeated',
  'unreadable',
  'unknown-person',
  'other-name',
  'unknown-unit',
  'twice-in-file',
  ...objections,
] as const;

const sentence = z.object({ vi: z.string(), en: z.string() });

/** A row with its verdict, as it is kept in Files. */
export const judgedRow = z.object({
  sheet: z.string(),
  row: z.number(),
  verdict: z.enum(verdicts),
  why: sentence.exactOptional(),
  payment: z
    .object({
      name: z.string(),
      amount: z.string(),
      on: z.string(),
      document: z.string(),
      paidBy: z.string(),
      /** Whom it pays, once they are found. */
      part: z.string().exactOptional(),
    })
    .exactOptional(),
});
export type JudgedRow = z.infer<typeof judgedRow>;

export interface Judging {
  /** Whoever brought the list: a unit's accountant finds only their own units' people. */
  readonly by: Account;
  readonly list: string;
  readonly paper: string;
  readonly units: ReadonlyMap<string, Unit>;
}

export async function judgeEarlier(
  lines: readonly EarlierLine[],
  judging: Judging,
  ports: Pick<Ports, 'store' | 'vault' | 'now'>,
  progress: (done: number) => void = () => {},
): Promise<readonly JudgedRow[]> {
  const rows: JudgedRow[] = [];
  for (const { sheet, row, said } of lines) {
    const told =
      'fault' in said ? { verdict: 'unreadable' as const, why: said.fault } : await judge(said, judging, ports);
    rows.push({ sheet, row, ...told });
    progress(rows.length);
  }
  return withoutRepeats(rows);
}

type Told = Pick<JudgedRow, 'verdict' | 'why' | 'payment'>;

async function judge(
  said: EarlierPayment,
  judging: Judging,
  ports: Pick<Ports, 'store' | 'vault' | 'now'>,
): Promise<Told> {
  const { name, on, document, paidBy } = said;
  const payment = { name, amount: said.amount.toString(), on, document, paidBy };
  const { by, list, paper, units } = judging;
  if (!units.has(paidBy) || !mayReach(by, { unit: paidBy })) {
    return { verdict: 'unknown-unit', why: unknownUnit(paidBy), payment };
  }
  const of = await personOf(said, by, ports);
  if (of === undefined) return { verdict: 'unknown-person', why: unknownPerson, payment };
  const isNamed = (await ports.vault.digest('name', fold(name))) === of.submitted.nameDigest;
  if (!isNamed) return { verdict: 'other-name', why: otherName, payment };
  const part = partIdOf(of.id, sourcePaying(of, said.amount));
  const wish: PaidElsewhere = { part, amount: said.amount, on, document, paidBy, paper, list };
  const judged = await judgePaidElsewhere(wish, ports);
  const found = { ...payment, part };
  if (judged.outcome === 'refused') return { verdict: judged.code, why: judged.why, payment: found };
  return { verdict: judged.outcome === 'recordable' ? 'recordable' : 'same', payment: found };
}

/** Where several sources pay a person: the one that owes this sum, else the first. */
function sourcePaying(of: Case, amount: bigint): string {
  const own = payingSources(of);
  return own.find((source) => shareOf(of, source).total === amount) ?? own[0] ?? of.submitted.source;
}

/** By case code, or whoever holds the citizen id's key; nothing for an account that may not see the case. */
async function personOf(
  { citizenId, caseCode }: EarlierPayment,
  by: Account,
  { store, vault }: Pick<Ports, 'store' | 'vault'>,
): Promise<Case | undefined> {
  const holder =
    caseCode === ''
      ? await store.holderOf(citizenClaim(await vault.digest('citizen', citizenId)))
      : caseStream(caseCode);
  const of = holder === undefined ? undefined : await readCase(store, holder.slice(caseStream('').length));
  if (of === undefined || of.entries.some(({ kind }) => kind === 'closed')) return undefined;
  if (caseCode !== '' && citizenId !== '') {
    if ((await vault.digest('citizen', citizenId)) !== of.submitted.citizenDigest) return undefined;
  }
  const [part] = await readParts(store, of);
  return mayOpen(by, of, part) ? of : undefined;
}

/**
 * A person who stands in several rows: the very same payment counts once; different ones are told in each of their rows and
 * none of them is taken, for nobody here knows which is right.
 */
function withoutRepeats(rows: readonly JudgedRow[]): readonly JudgedRow[] {
  const byPart = new Map<string, JudgedRow[]>();
  for (const one of rows) {
    const part = one.payment?.part;
    if (part !== undefined) byPart.set(part, [...(byPart.get(part) ?? []), one]);
  }
  return rows.map((one) => {
    const own = byPart.get(one.payment?.part ?? '') ?? [];
    const [first] = own;
    if (first === undefined || own.length < 2) return one;
    const others = own.filter((other) => other !== one).map(({ row }) => row);
    if (!own.every((other) => isSamePayment(other, first))) {
      return { ...one, verdict: 'twice-in-file', why: twiceInFile(others) };
    }
    return one === first ? one : { ...one, verdict: 'repeated', why: repeats(first.row) };
  });
}

function isSamePayment({ payment: one }: JudgedRow, { payment: other }: JudgedRow): boolean {
  return (
    one?.amount === other?.amount &&
    one?.on === other?.on &&
    one?.document === other?.document &&
    one?.paidBy === other?.paidBy
  );
}

function twiceInFile(others: readonly number[]): Sentence {
  return {
    vi: `Người này còn ở dòng ${others.join(', ')} với chứng từ, ngày hoặc số tiền khác. Nếu đã chi hai lần thì phải thu hồi một lần; nếu chi nhiều lần cho đủ thì ghi một dòng với tổng số và các số chứng từ.`,
    en: `The person also stands in row ${others.join(', ')} with another document, day or sum. If paid twice, one is to be recovered; if paid in pieces, write one row with the whole sum and all documents.`,
  };
}

function repeats(row: number): Sentence {
  return { vi: `Lặp lại dòng ${row}; chỉ ghi một lần.`, en: `Repeats row ${row}; taken once.` };
}

function unknownUnit(code: string): Sentence {
  return {
    vi: `Không có đơn vị mã ${code}, hoặc đó không phải đơn vị của người đưa danh sách vào. Hãy ghi mã ở trang Đơn vị.`,
    en: `There is no unit ${code}, or it is not a unit of whoever brought the list. See the page of units.`,
  };
}

const unknownPerson: Sentence = {
  vi: 'Không có hồ sơ nào của người này mà người đưa danh sách vào được xem. Đơn vị phải gửi hồ sơ trước (trang Tiếp nhận); hồ sơ khối Đảng phải được Ban Tổ chức Tỉnh ủy chuyển sang.',
  en: 'There is no case of this person that whoever brought the list may see. The unit must submit it first; a case of the Party block must have been passed on by its board.',
};
const otherName: Sentence = {
  vi: 'Họ tên trong tệp khác họ tên trong hồ sơ của số định danh này. Hãy kiểm tra cả hai.',
  en: 'The name in the file is not the name in the case of this citizen id. Check both.',
};
