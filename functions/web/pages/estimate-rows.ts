/** Rows of estimates as the pages read them, with the check that every đồng of each is in one place. */
import { mayReach } from '../../../shared/case/access.ts';
import { estimateSummary } from '../../../shared/case/funding.ts';
import { allRows } from '../../../shared/case/store.ts';
import type { Source } from '../../../shared/case/unit.ts';
import type { Dong } from '../../../shared/dong.ts';
import type { Visit } from '../page.tsx';
import { sourceOf } from './disbursement-rows.ts';

/** Where the money of an estimate is, đồng. */
export interface EstimateSums {
  readonly allotted: Dong;
  /** Paid back by persons. */
  readonly received: Dong;
  readonly left: Dong;
  /** Reserved, ordered or paid. */
  readonly held: Dong;
  readonly blocked: Dong;
  readonly deposit: Dong;
  readonly lapsed: Dong;
  readonly surrendered: Dong;
}

export interface EstimateRow extends EstimateSums {
  readonly unit: string;
  readonly source: Source;
  readonly blockedOrders: number;
}

/** The estimates that the account may see. */
export async function estimateRows({ ports, account }: Visit): Promise<readonly EstimateRow[]> {
  const found: EstimateRow[] = [];
  for await (const { unit = '', source, summary } of allRows(ports.store, { kind: 'estimate' })) {
    if (!mayReach(account, { unit })) continue;
    const { since: _, blockedOrders, ...sums } = estimateSummary.parse(summary);
    found.push({
      unit,
      source: sourceOf(source),
      blockedOrders,
      allotted: BigInt(sums.allotted),
      received: BigInt(sums.received),
      left: BigInt(sums.left),
      held: BigInt(sums.held),
      blocked: BigInt(sums.blocked),
      deposit: BigInt(sums.deposit),
      lapsed: BigInt(sums.lapsed),
      surrendered: BigInt(sums.surrendered),
    });
  }
  return found;
}

/** What is over: allotted + paid back − everything else; anything but nothing is a fault of ours. */
export function overIn({ allotted, received, left, held, blocked, deposit, lapsed, surrendered }: EstimateSums): Dong {
  return allotted + received - left - held - blocked - deposit - lapsed - surrendered;
}

export function totalOf(rows: readonly EstimateSums[]): EstimateSums {
  const total = {
    allotted: 0n,
    received: 0n,
    left: 0n,
    held: 0n,
    blocked: 0n,
    deposit: 0n,
    lapsed: 0n,
    surrendered: 0n,
  };
  for (const row of rows) {
    total.allotted += row.allotted;
    total.received += row.received;
    total.left += row.left;
    total.held += row.held;
    total.blocked += row.blocked;
    total.deposit += row.deposit;
    total.lapsed += row.lapsed;
    total.surrendered += row.surrendered;
  }
  return total;
}
