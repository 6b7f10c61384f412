/** One paying unit's money: its people's sums in one place each, and the ledger of each of its estimates. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { mayReach } from '../../../shared/case/access.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { type Balances, balancesOf, faultsIn, type LedgerAccount, postingsOf } from '../../../shared/case/ledger.ts';
import { allRows } from '../../../shared/case/store.ts';
import { readUnits, type Source, sources } from '../../../shared/case/unit.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import { Empty, Money, ProblemBox, Table } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { sourceNames } from '../words.ts';
import { ZeroSumLine } from './zero-sum.tsx';

export async function unitMoneyPage(visit: Visit): Promise<Answer> {
  const { say, ports, params, account } = visit;
  const code = params['unit'] ?? '';
  const unit = (await readUnits(ports.store)).get(code);
  if (unit === undefined || !mayReach(account, { unit: code })) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: (
        <p>{say('Không có đơn vị này, hoặc không thuộc phạm vi của đồng chí.', 'There is no such unit for you.')}</p>
      ),
      status: 404,
    };
  }
  const counted = await tally(ports.store, localDateOf, { unit: code });
  const ledgers = await ledgersOf(visit, code);
  return {
    page: unit.name,
    body: (
      <>
        <section>
          <h2>{say('Tiền của mọi người thuộc đơn vị đang ở đâu', "Where the money of the unit's people is")}</h2>
          <ZeroSumLine visit={visit} whole={counted.entitled} counted={counted} over={remainder(counted)} />
        </section>
        <Ledgers visit={visit} ledgers={ledgers} />
      </>
    ),
  };
}

interface Ledger {
  readonly source: Source;
  readonly balances: Balances;
}

async function ledgersOf({ ports }: Visit, unit: string): Promise<readonly Ledger[]> {
  const found: Ledger[] = [];
  for (const source of sources) {
    const { entries } = await readEstimate(ports.store, unit, source);
    const orders: Promise<Awaited<ReturnType<typeof ports.store.read>>>[] = [];
    for await (const { stream } of allRows(ports.store, { kind: 'order', unit, source })) {
      orders.push(ports.store.read(stream));
    }
    if (entries.length === 0 && orders.length === 0) continue;
    found.push({ source, balances: balancesOf(postingsOf(entries, await Promise.all(orders))) });
  }
  return found;
}

const accountNames: Readonly<Record<Exclude<LedgerAccount, 'province' | 'between'>, { vi: string; en: string }>> = {
  available: { vi: 'Còn trong dự toán', en: 'Left of the estimate' },
  reserved: { vi: 'Đã giữ cho người trong danh sách', en: 'Reserved for people of a list' },
  ordered: { vi: 'Đã lập lệnh, chưa về người hưởng', en: 'Ordered, not credited' },
  persons: { vi: 'Người hưởng đã nhận', en: 'With the persons' },
  blocked: { vi: 'Chuyển trả, chưa rõ đã về đâu', en: 'Sent back, not seen yet' },
  deposit: { vi: 'Ở tài khoản tiền gửi', en: 'In the deposit account' },
  lapsed: { vi: 'Đã hủy cuối năm', en: 'Lapsed' },
  budget: { vi: 'Đã nộp ngân sách', en: 'Paid to the budget' },
};
const named = ['available', 'reserved', 'ordered', 'persons', 'blocked', 'deposit', 'lapsed', 'budget'] as const;

const Ledgers: FC<{ visit: Visit; ledgers: readonly Ledger[] }> = ({ visit, ledgers }) => {
  const { say, words } = visit;
  if (ledgers.length === 0) return <Empty>{say('Đơn vị chưa có dự toán.', 'The unit has no estimate.')}</Empty>;
  const wrong = ledgers.filter(({ balances }) => faultsIn(balances).length > 0);
  return (
    <section>
      <h2>{say('Sổ cái của từng dự toán', 'Ledger of each estimate')}</h2>
      {wrong.map(({ source, balances }) => (
        <ProblemBox
          visit={visit}
          problem={{
            vi: `Sổ cái nguồn ${words(sourceNames[source]).toLocaleLowerCase('vi')} không khớp (${faultsIn(balances).join(', ')}). Báo quản trị hệ thống ngay.`,
            en: `The ledger of ${words(sourceNames[source])} does not hold (${faultsIn(balances).join(', ')}). Tell the administrator now.`,
          }}
        />
      ))}
      <Table label={say('Sổ cái', 'Ledger')}>
        <thead>
          <tr>
            <th>{say('Tiền ở đâu (đồng)', 'Where it is (đồng)')}</th>
            {ledgers.map(({ source }) => (
              <th class="number">{words(sourceNames[source])}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {named.map((account) => (
            <tr>
              <td>{words(accountNames[account])}</td>
              {ledgers.map(({ balances }) => (
                <td class="number">
                  <Money amount={balances[account]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{say('Được giao', 'Allotted')}</th>
            {ledgers.map(({ balances }) => (
              <td class="number">
                <Money amount={-balances.province} />
              </td>
            ))}
          </tr>
        </tfoot>
      </Table>
    </section>
  );
};
