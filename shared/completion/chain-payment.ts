/** The way of the money in a chain: reserved, ordered, on a slip with three signatures, sent, settled. */
import type { Case } from '../case/case.ts';
import { readEstimate, reservationKey } from '../case/funding.ts';
import type { Order } from '../case/order.ts';
import type { Part } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { readSlip, type Slip } from '../case/slip.ts';
import type { Entry } from '../case/store.ts';
import { payersEver } from '../case/unit.ts';
import { type ChainStep, hash, money, stepAt, textIn, told } from './chain-step.ts';

/** Where in an estimate the money was reserved for an order of the part. */
export async function reservedSteps(
  of: Case,
  part: Part,
  { store }: Pick<Ports, 'store'>,
): Promise<readonly ChainStep[]> {
  const steps: ChainStep[] = [];
  for (const unit of await payersEver(store, of.submitted.payingUnit)) {
    const { entries } = await readEstimate(store, unit, part.source);
    for (const entry of entries) {
      const isReserving = entry.kind === 'reserved' || entry.kind === 'spent-from-deposit';
      if (!isReserving || !entry.data.includes(`"${reservationKey(part.id, 0).slice(0, -1)}`)) continue;
      steps.push(
        stepAt('reserved', entry, [
          { what: 'unit', value: unit, link: `/du-toan/${unit}` },
          { what: 'source', value: part.source },
        ]),
      );
    }
  }
  return steps;
}

export async function orderSteps(order: Order, ports: Pick<Ports, 'store' | 'files'>): Promise<readonly ChainStep[]> {
  const { reference } = order;
  const slip = await readSlip(ports.store, order.slip);
  const [first, ...later] = order.entries;
  const steps: ChainStep[] = [];
  if (first !== undefined) {
    steps.push(
      stepAt('ordered', first, [
        { what: 'reference', value: reference },
        money('sum', order.amount),
        hash('account', order.accountDigest),
        { what: 'document', value: order.decision },
        told('replaces', order.replaces),
      ]),
    );
  }
  if (slip !== undefined) steps.push(...slipSteps(slip));
  for (const entry of later) steps.push(...outcomeSteps(entry, reference));
  return steps;
}

function slipSteps(slip: Slip): readonly ChainStep[] {
  const link = `/chung-tu/${slip.id}`;
  return slip.entries.flatMap((entry): readonly ChainStep[] => {
    switch (entry.kind) {
      case 'made':
        return [
          stepAt('slip', entry, [
            { what: 'slip', value: slip.id, link },
            { what: 'people', value: String(slip.people) },
            money('total', slip.total),
            hash('file', slip.beneficiaryList),
          ]),
        ];
      case 'prepared':
      case 'accountant-confirmed':
      case 'holder-confirmed':
        return [stepAt(entry.kind, entry, [told('total', textIn(entry, 'total'), 'money')])];
      case 'file-taken':
        return [
          stepAt('file-taken', entry, [
            told('file', textIn(entry, 'hash'), 'hash'),
            told('named', textIn(entry, 'file')),
            told('reason', textIn(entry, 'reason')),
          ]),
        ];
      case 'sent':
        return [
          stepAt('sent', entry, [told('document', textIn(entry, 'number')), told('on', textIn(entry, 'on'), 'day')]),
        ];
      default:
        return [];
    }
  });
}

function outcomeSteps(entry: Entry, reference: string): readonly ChainStep[] {
  if (entry.kind === 'unknown') return [stepAt('inquired', entry, [{ what: 'reference', value: reference }])];
  if (entry.kind === 'explained') return [stepAt('explained', entry, [told('reason', textIn(entry, 'reason'))])];
  if (entry.kind !== 'settled' && entry.kind !== 'contradicted') return [];
  const file = textIn(entry, 'file') ?? '';
  const link = `/chi-tra/ket-qua/${file}`;
  return [
    stepAt(entry.kind === 'settled' ? 'result' : 'contradicted', entry, [
      told('outcome', textIn(entry, 'outcome')),
      told('on', textIn(entry, 'on'), 'day'),
      { what: 'file', value: file, kind: 'hash', link },
      told('reason', textIn(entry, 'reason')),
    ]),
  ];
}
