/** Use case: the Finance leader explains a result that contradicted what was known; until then nothing goes on. */
import type { Account } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { orderRow, orderStream, readOrder } from '../case/order.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

export async function explainContradiction(
  reference: string,
  reason: string,
  by: Account,
  { store, now }: Ports,
): Promise<{ readonly outcome: 'explained' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const order = await readOrder(store, reference);
    if (order?.isContradicted !== true) {
      return { stop: refused('Khoản chi này không có kết quả trái ngược.', 'This order is not contradicted.') };
    }
    if (reason.trim() === '') {
      return {
        stop: refused(
          'Hãy ghi kết quả đối chiếu với Kho bạc, ngân hàng (văn bản, ngày).',
          'State what the Treasury and the bank answered (paper, day).',
        ),
      };
    }
    const at = now();
    const { entries: past, status, isContradicted: _before, ...ordered } = order;
    return {
      changes: [
        {
          stream: orderStream(reference),
          readAt: past.length,
          entries: [{ kind: 'explained', at, by: by.id, data: { reason: reason.trim() } }],
          row: orderRow(ordered, status, at, order.reason),
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'explained' };
}
