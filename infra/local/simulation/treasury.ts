/**
 * The Treasury and the banks of a simulated campaign. They know where the money really is; what they say of it comes
 * late, twice, out of order, by halves, wrong, or only when asked.
 */
import type { Order, OrderOutcome } from '../../../shared/case/order.ts';
import type { ResultFile, ResultLine } from '../../../shared/disbursement/reconcile.ts';
import { sum } from '../../../shared/dong.ts';
import type { Random } from '../seeded.ts';

/** What really became of an order: the person has the money, it came back, or it never left. */
type Truth = 'credited' | 'returned' | 'refused';

interface Held {
  readonly order: Order;
  readonly truth: Truth;
  /** Says nothing of it until it is asked. */
  readonly isSilent: boolean;
  /** How many files go by before it is in one. */
  late: number;
  said: number;
}

export type Fault =
  | 'late'
  | 'twice'
  | 'out-of-order'
  | 'half'
  | 'wrong-sum'
  | 'unknown-reference'
  | 'wrong-batch'
  | 'never'
  | 'refused'
  | 'returned'
  | 'contradicting';

export interface Treasury {
  /** A slip arrived with its orders; one that arrives again is the same one. */
  take(orders: readonly Order[]): void;
  /** The next result file of the batch, or `undefined` when there is nothing to say. */
  file(batchId: string, code: string): ResultFile | undefined;
  /** Asked after: what was silent speaks. */
  ask(references: readonly string[]): void;
  /** From now on everything is answered at once and right. */
  settleDown(): void;
  /** Money that persons have, by reference. */
  credited(): readonly Order[];
  readonly faults: ReadonlyMap<Fault, number>;
}

export function treasury(random: Random): Treasury {
  const held = new Map<string, Held>();
  const asked = new Set<string>();
  const faults = new Map<Fault, number>();
  let isCalm = false;
  const met = (fault: Fault) => void faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const isToSay = ({ order, isSilent, late, said }: Held) =>
    said === 0 && (!isSilent || asked.has(order.reference)) && (isCalm || late <= 0);

  /** A file of which one line is wrong, or the whole; and the references it says nothing of after all. */
  function spoilt(file: ResultFile): { readonly file: ResultFile; readonly unsaid: readonly string[] } {
    const [first] = file.lines;
    const all = file.lines.map(({ reference }) => reference);
    if (first === undefined) return { file, unsaid: all };
    const kind = random.of(['half', 'wrong-sum', 'unknown-reference', 'wrong-batch'] as const);
    met(kind);
    if (kind === 'half')
      return { file: { ...file, lines: file.lines.slice(0, Math.floor(file.lines.length / 2)) }, unsaid: all };
    if (kind === 'wrong-batch') return { file: { ...file, batchCode: `${file.batchCode}X` }, unsaid: all };
    const line =
      kind === 'wrong-sum' ? { ...first, amount: first.amount + 1n } : { ...first, reference: 'CT0000000000-1' };
    const lines = [line, ...file.lines.slice(1)];
    const isSaidBeside = lines.slice(1).some(({ reference }) => reference === first.reference);
    return {
      file: { ...file, lines, statedTotal: sum(lines.map(({ amount }) => amount)) },
      unsaid: isSaidBeside ? [] : [first.reference],
    };
  }

  return {
    faults,
    take(orders) {
      for (const order of orders) {
        if (held.has(order.reference)) continue;
        const truth = random.weighted<Truth>([
          ['credited', order.attempt > 2 ? 1 : 0.74],
          ['returned', order.attempt > 2 ? 0 : 0.16],
          ['refused', order.attempt > 2 ? 0 : 0.1],
        ]);
        if (truth !== 'credited') met(truth);
        const isSilent = random.chance(0.12);
        if (isSilent) met('never');
        const late = random.chance(0.2) ? random.between(1, 2) : 0;
        if (late > 0) met('late');
        held.set(order.reference, { order, truth, isSilent, late, said: 0 });
      }
    },
    file(batchId, code) {
      const own = [...held.values()].filter(({ order }) => order.batch === batchId);
      const now = own.filter(isToSay);
      for (const one of own) one.late -= 1;
      const again = isCalm ? [] : own.filter(({ said }) => said > 0 && random.chance(0.08));
      if (again.length > 0) met('twice');
      if (now.length === 0) return undefined;
      // Somebody whose money came back is said to have it after all.
      const lying = isCalm
        ? []
        : own.filter(({ truth, said }) => truth === 'returned' && said > 0 && random.chance(0.06));
      if (lying.length > 0) met('contradicting');
      const all = [...now, ...again, ...lying.map((one) => ({ ...one, truth: 'credited' as const }))];
      const lines = all.map((one, index) => lineOf(one, index));
      const isTurned = !isCalm && lines.length > 1 && random.chance(0.3);
      if (isTurned) met('out-of-order');
      const file: ResultFile = {
        batchCode: code,
        statedCount: lines.length,
        statedTotal: sum(lines.map(({ amount }) => amount)),
        lines: isTurned ? lines.toReversed() : lines,
      };
      // What a file did not say, or said wrongly, comes once more.
      const given = !isCalm && random.chance(0.25) ? spoilt(file) : { file, unsaid: [] };
      for (const one of now) if (!given.unsaid.includes(one.order.reference)) one.said += 1;
      return given.file;
    },
    ask(references) {
      for (const reference of references) asked.add(reference);
    },
    settleDown() {
      isCalm = true;
    },
    credited: () => [...held.values()].filter(({ truth }) => truth === 'credited').map(({ order }) => order),
  };
}

function lineOf({ order, truth }: Held, index: number): ResultLine {
  const outcome: OrderOutcome = truth;
  const reason = truth === 'credited' ? {} : { reason: truth === 'returned' ? 'Tài khoản đã đóng' : 'Sai tên' };
  return {
    row: index + 5,
    reference: order.reference,
    amount: BigInt(order.amount),
    outcome,
    on: '2025-10-01',
    ...reason,
  };
}
