/** Chi trả: what is allotted to the units, what is short. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { estimateSummary } from '../../../shared/case/funding.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import { readUnits, sources, type Unit } from '../../../shared/case/unit.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { Field, Form, Money, Table } from '../elements.tsx';
import { field, type Visit } from '../page.tsx';
import { sourceNames } from '../words.ts';
import { partRows, sourceOf } from './disbursement-rows.ts';

/** The codes of an estimate as the form asks for them. */
const codeFields = [
  { name: 'level', vi: 'Mã cấp ngân sách (1 chữ số)', en: 'Budget level (1 digit)' },
  { name: 'category', vi: 'Khoản (3 chữ số)', en: 'Category (3 digits)' },
  { name: 'item', vi: 'Tiểu mục (4 chữ số)', en: 'Item (4 digits)' },
  { name: 'source', vi: 'Mã tính chất nguồn (2 chữ số)', en: 'Source code (2 digits)' },
  { name: 'account', vi: 'Tài khoản dự toán (4 chữ số)', en: 'Estimate account (4 digits)' },
  { name: 'programme', vi: 'Mã chương trình, dự án (5 chữ số, nếu có)', en: 'Programme (5 digits, if any)' },
] as const;

export const Estimates: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account, form } = visit;
  const units = await readUnits(ports.store);
  const short = new Map<string, { unit: string; source: string; total: bigint }>();
  for (const row of await partRows(visit, 'waiting-for-estimate')) {
    const key = `${row.unit}.${row.source}`;
    const known = short.get(key) ?? { unit: row.unit ?? '', source: row.source ?? '', total: 0n };
    short.set(key, { ...known, total: known.total + BigInt(partSummary.parse(row.summary).total) });
  }
  const left = new Map<string, ReturnType<typeof estimateSummary.parse>>();
  for await (const row of allRows(ports.store, { kind: 'estimate' }))
    left.set(`${row.unit}.${row.source}`, estimateSummary.parse(row.summary));
  return (
    <section>
      <h2>{say('Dự toán', 'Estimates')}</h2>
      <p>
        <a href="/du-toan">
          {say(
            'Tiền của từng dự toán, tiền chuyển trả, nguồn, năm ngân sách',
            'Where the money is, money sent back, sources, budget year',
          )}
        </a>
      </p>
      {short.size === 0 ? (
        <p class="hint">{say('Không có đơn vị nào đang chờ dự toán.', 'No unit waits for an estimate.')}</p>
      ) : (
        <Table label={say('Đơn vị chờ giao dự toán', 'Units waiting for an estimate')}>
          <thead>
            <tr>
              <th>{say('Đơn vị', 'Unit')}</th>
              <th>{say('Nguồn', 'Source')}</th>
              <th class="number">{say('Cần (đồng)', 'Needed')}</th>
              <th class="number">{say('Còn (đồng)', 'Left')}</th>
              <th class="number">{say('Thiếu (đồng)', 'Short')}</th>
            </tr>
          </thead>
          <tbody>
            {[...short].map(([key, { unit, source, total }]) => {
              const rest = BigInt(left.get(key)?.left ?? '0');
              return (
                <tr>
                  <td>{units.get(unit)?.name ?? unit}</td>
                  <td>{words(sourceNames[sourceOf(source)])}</td>
                  <td class="number">
                    <Money amount={total} />
                  </td>
                  <td class="number">
                    <Money amount={rest} />
                  </td>
                  <td class="number">
                    <Money amount={total - rest} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
      {may(account, 'estimate.record') ? (
        <details class="act" open={short.size > 0}>
          <summary>{say('Ghi dự toán được giao', 'Record an estimate')}</summary>
          <Form to="/chi-tra/du-toan" visit={visit}>
            <p class="field">
              <label for="unit">{say('Đơn vị', 'Unit')}</label>
              <select id="unit" name="unit" required>
                {unitsByNeed(units, short).map(({ code, name }) => (
                  <option value={code} selected={field(form, 'unit') === code}>
                    {name}
                  </option>
                ))}
              </select>
            </p>
            <p class="field">
              <label for="source">{say('Nguồn', 'Source')}</label>
              <select id="source" name="source" required>
                {sources.map((source) => (
                  <option value={source} selected={field(form, 'source') === source}>
                    {words(sourceNames[source])}
                  </option>
                ))}
              </select>
            </p>
            <Field
              label={say('Số tiền (đồng)', 'Amount (đồng)')}
              name="amount"
              inputmode="numeric"
              required
              value={field(form, 'amount')}
            />
            <Field
              label={say('Số văn bản giao dự toán', 'Number of the paper')}
              name="document"
              required
              value={field(form, 'document')}
            />
            <Field
              label={say('Ngày văn bản', 'Day of the paper')}
              name="on"
              type="date"
              required
              value={field(form, 'on')}
            />
            <details>
              <summary>{say('Mã ngân sách ghi trong văn bản', 'Budget codes that the paper states')}</summary>
              {codeFields.map(({ name, vi, en }) => (
                <p class="field">
                  <label for={`code-${name}`}>{say(vi, en)}</label>
                  <input
                    id={`code-${name}`}
                    name={`code-${name}`}
                    inputmode="numeric"
                    value={field(form, `code-${name}`)}
                  />
                </p>
              ))}
            </details>
            <button type="submit">{say('Ghi dự toán', 'Record')}</button>
          </Form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};

/** Units that wait come first. */
function unitsByNeed(units: ReadonlyMap<string, Unit>, short: ReadonlyMap<string, { unit: string }>): readonly Unit[] {
  const waiting = new Set([...short.values()].map(({ unit }) => unit));
  return [...units.values()].toSorted(
    (one, other) =>
      Number(waiting.has(other.code)) - Number(waiting.has(one.code)) || compareNames(one.name, other.name),
  );
}
