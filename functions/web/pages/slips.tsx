/** Chi trả: the slips of the paying units. */
import type { FC } from 'hono/jsx';
import { may, mayReach } from '../../../shared/case/access.ts';
import { slipSummary } from '../../../shared/case/slip.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { At, Money, Table, Tag } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { slipStatusNames, sourceNames } from '../words.ts';
import * as z from 'zod';
import { sourceOf } from './disbursement-rows.ts';
export const Slips: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account } = visit;
  const units = await readUnits(ports.store);
  const rows: Row[] = [];
  for await (const row of allRows(ports.store, { kind: 'slip' }))
    if (mayReach(account, { unit: row.unit ?? '' })) rows.push(row);
  if (rows.length === 0 || !may(account, 'slip.see')) return <></>;
  const waiting = rows.toSorted((one, other) => (one.status === 'sent' ? 1 : 0) - (other.status === 'sent' ? 1 : 0));
  return (
    <section>
      <h2>
        {say('Chứng từ của đơn vị', "Units' slips")} ({rows.length})
      </h2>
      <Table label={say('Chứng từ của đơn vị', "Units' slips")}>
        <thead>
          <tr>
            <th>{say('Đơn vị', 'Unit')}</th>
            <th>{say('Nguồn', 'Source')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Trạng thái', 'State')}</th>
            <th>{say('Từ', 'Since')}</th>
          </tr>
        </thead>
        <tbody>
          {waiting.slice(0, 150).map((row) => {
            const { people, total, since } = slipSummary.parse(row.summary);
            const status = slipStatusOf(row.status);
            return (
              <tr>
                <td>
                  <a href={`/chung-tu/${row.stream.slice('slip/'.length)}`}>
                    {units.get(row.unit ?? '')?.name ?? row.unit}
                  </a>
                </td>
                <td>{words(sourceNames[sourceOf(row.source)])}</td>
                <td class="number">{people}</td>
                <td class="number">
                  <Money amount={total} />
                </td>
                <td>
                  <Tag tone={status === 'sent' ? 'done' : 'waiting'}>
                    {status === 'sent' ? '➜' : '○'} {words(slipStatusNames[status])}
                  </Tag>
                </td>
                <td>
                  <At instant={since} visit={visit} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </section>
  );
};

function slipStatusOf(text: string) {
  return z
    .enum(['to-prepare', 'to-confirm-accountant', 'to-confirm-holder', 'to-send', 'sent', 'withdrawn'])
    .parse(text);
}
