/** Quyết toán: one unit's estimates in one budget year by source, beside the balance that the Treasury confirmed. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { may, mayReach } from '../../../shared/case/access.ts';
import { readUnits, type Source, sources } from '../../../shared/case/unit.ts';
import { type Settlement, settlementsOf, totalOfSettlements } from '../../../shared/completion/settlement.ts';
import { readBalance, recordBalance, type TreasuryBalance } from '../../../shared/completion/treasury-balance.ts';
import { Day, Empty, Field, Form, Money, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { mandateNow } from '../personal-reads.ts';
import { sourceNames } from '../words.ts';
import { estimateRows } from './estimate-rows.ts';

const path = '/kiem-tra/quyet-toan';

export async function settlementPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account, query, form } = visit;
  const asked = field(form, 'year') || (query.get('nam') ?? '');
  const year = /^20\d\d$/.test(asked) ? asked : localDateOf(ports.now()).slice(0, 4);
  const unit = field(form, 'unit') || (query.get('don-vi') ?? account.units[0] ?? '');
  const names = new Map([...(await readUnits(ports.store)).values()].map(({ code, name }) => [code, name]));
  const known = new Set((await estimateRows(visit)).map((row) => row.unit));
  const isOpen = known.has(unit) && mayReach(account, { unit });
  return {
    page: say('Quyết toán, đối chiếu với Kho bạc', 'Settlement and Treasury balances'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <form method="get" action={path} class="filters">
          <label for="don-vi">{say('Đơn vị chi trả', 'Paying unit')}</label>
          <select id="don-vi" name="don-vi">
            {[...known].map((code) => (
              <option value={code} selected={code === unit}>
                {names.get(code) ?? code}
              </option>
            ))}
          </select>
          <label for="nam">{say('Năm ngân sách', 'Budget year')}</label>
          <input id="nam" name="nam" inputmode="numeric" value={year} />
          <button type="submit">{say('Xem', 'Show')}</button>
        </form>
        {isOpen ? (
          <OfUnit visit={visit} unit={unit} name={names.get(unit) ?? unit} year={year} />
        ) : (
          <Empty>{say('Hãy chọn đơn vị và năm.', 'Choose a unit and a year.')}</Empty>
        )}
        <Whole visit={visit} year={year} />
      </>
    ),
  };
}

interface Compared {
  readonly of: Settlement;
  readonly treasury: TreasuryBalance | undefined;
}

const OfUnit: FC<{ visit: Visit; unit: string; name: string; year: string }> = async ({ visit, unit, name, year }) => {
  const { say, ports, account } = visit;
  const compared: Compared[] = [];
  for (const of of await settlementsOf(ports.store, year, unit)) {
    compared.push({ of, treasury: await readBalance(ports.store, of) });
  }
  if (compared.length === 0) {
    return <Empty>{say(`Năm ${year} đơn vị này không có dự toán.`, `No estimate of this unit in ${year}.`)}</Empty>;
  }
  return (
    <>
      <section>
        <h2>
          {name}, {say('năm', 'year')} {year}
        </h2>
        <Columns visit={visit} compared={compared} />
        <p class="hint">
          {say(
            'Theo ngày trên chứng từ; thời gian chỉnh lý sau 31/12 không tách riêng. Còn lại = được sử dụng − đã sử dụng + thu hồi − hủy.',
            'By the day on the paper; the weeks of adjustment after 31 December are not told apart. Left = usable − used + recovered − lapsed.',
          )}{' '}
          <a href={`/du-toan/${unit}`}>{say('Sổ cái của đơn vị', 'The ledger')}</a>
        </p>
      </section>
      {may(account, 'settlement.record') ? <Confirm visit={visit} unit={unit} year={year} /> : ''}
    </>
  );
};

type Row = Exclude<keyof Settlement, 'unit' | 'source' | 'year'>;
const rows: readonly { readonly row: Row; readonly vi: string; readonly en: string; readonly isSum?: true }[] = [
  { row: 'carriedIn', vi: 'Năm trước chuyển sang', en: 'Carried in' },
  { row: 'allotted', vi: 'Giao trong năm', en: 'Allotted in the year' },
  { row: 'usable', vi: 'Được sử dụng trong năm', en: 'Usable', isSum: true },
  { row: 'withdrawn', vi: 'Kho bạc đã chi', en: 'Paid out by the Treasury' },
  { row: 'restored', vi: 'Khôi phục dự toán', en: 'Restored' },
  { row: 'paid', vi: 'Đã sử dụng (đã chi trừ khôi phục)', en: 'Used', isSum: true },
  { row: 'recovered', vi: 'Thu hồi, ghi giảm chi', en: 'Recovered' },
  { row: 'lapsed', vi: 'Hủy dự toán', en: 'Lapsed' },
  { row: 'left', vi: 'Còn lại ở Kho bạc', en: 'Left at the Treasury', isSum: true },
  { row: 'credited', vi: 'Trong đó người hưởng đã nhận', en: 'Of that, credited to persons' },
  { row: 'returned', vi: 'Ngân hàng chuyển trả trong năm', en: 'Sent back by banks' },
];

const Columns: FC<{ visit: Visit; compared: readonly Compared[] }> = ({ visit, compared }) => {
  const { say, words } = visit;
  const total = totalOfSettlements(compared.map(({ of }) => of));
  const treasury = (of: 'paid' | 'left') =>
    compared.every(({ treasury: one }) => one !== undefined)
      ? compared.reduce((all, { treasury: one }) => all + (one?.[of] ?? 0n), 0n)
      : undefined;
  return (
    <Table label={say('Quyết toán theo nguồn', 'Settlement by source')}>
      <thead>
        <tr>
          <th>{say('Chỉ tiêu (đồng)', 'Item (đồng)')}</th>
          {compared.map(({ of }) => (
            <th class="number">{words(sourceNames[of.source])}</th>
          ))}
          <th class="number">{say('Cộng', 'Total')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, vi, en, isSum }) => (
          <tr>
            <td>{isSum === true ? <strong>{say(vi, en)}</strong> : say(vi, en)}</td>
            {compared.map(({ of }) => (
              <td class="number">
                <Money amount={of[row]} />
              </td>
            ))}
            <td class="number">
              <Money amount={total[row]} />
            </td>
          </tr>
        ))}
        <TreasuryRow visit={visit} compared={compared} of="paid" total={treasury('paid')} />
        <TreasuryRow visit={visit} compared={compared} of="left" total={treasury('left')} />
      </tbody>
      <tfoot>
        <tr>
          <th>{say('Kho bạc trừ hệ thống, còn lại', 'Treasury less ours, left')}</th>
          {compared.map(({ of, treasury: one }) => (
            <td class="number">
              <Difference visit={visit} difference={one === undefined ? undefined : one.left - of.left} />
            </td>
          ))}
          <td class="number">
            <Difference
              visit={visit}
              difference={treasury('left') === undefined ? undefined : (treasury('left') ?? 0n) - total.left}
            />
          </td>
        </tr>
      </tfoot>
    </Table>
  );
};

const TreasuryRow: FC<{
  visit: Visit;
  compared: readonly Compared[];
  of: 'paid' | 'left';
  total: bigint | undefined;
}> = ({ visit: { say }, compared, of, total }) => (
  <tr>
    <td>
      {of === 'paid'
        ? say('Kho bạc xác nhận đã sử dụng', 'Confirmed by the Treasury: used')
        : say('Kho bạc xác nhận còn lại', 'Confirmed by the Treasury: left')}
    </td>
    {compared.map(({ treasury }) => (
      <td class="number">
        {treasury === undefined ? (
          say('chưa có', 'none yet')
        ) : (
          <>
            <Money amount={treasury[of]} />
            <span class="hint cell">
              {treasury.number}, <Day day={treasury.on} />
            </span>
          </>
        )}
      </td>
    ))}
    <td class="number">{total === undefined ? '–' : <Money amount={total} />}</td>
  </tr>
);

const Difference: FC<{ visit: Visit; difference: bigint | undefined }> = ({ visit: { say }, difference }) => {
  if (difference === undefined) return <>–</>;
  return difference === 0n ? (
    <Tag tone="done">● {say('khớp', 'agrees')}</Tag>
  ) : (
    <Tag tone="back">
      ✕ <Money amount={difference} />
    </Tag>
  );
};

const Confirm: FC<{ visit: Visit; unit: string; year: string }> = ({ visit, unit, year }) => {
  const { say, words, form } = visit;
  return (
    <section class="act">
      <h2>{say('Ghi số Kho bạc đã xác nhận', 'Record what the Treasury confirmed')}</h2>
      <p class="hint">
        {say(
          'Theo bản đối chiếu dự toán có xác nhận của Kho bạc. Ghi đúng như bản ấy; nếu lệch, hệ thống nêu số lệch và giữ cả hai.',
          'From the paper that the Treasury confirmed, as it has it; a difference is named, and both are kept.',
        )}
      </p>
      <Form to={path} visit={visit}>
        <input type="hidden" name="unit" value={unit} />
        <input type="hidden" name="year" value={year} />
        <p class="field">
          <label for="source">{say('Nguồn', 'Source')}</label>
          <select id="source" name="source">
            {sources.map((one: Source) => (
              <option value={one} selected={field(form, 'source') === one}>
                {words(sourceNames[one])}
              </option>
            ))}
          </select>
        </p>
        <Field
          label={say('Số bản đối chiếu', 'Number of the paper')}
          name="number"
          required
          value={field(form, 'number')}
        />
        <Field label={say('Ngày xác nhận', 'Confirmed on')} name="on" type="date" required value={field(form, 'on')} />
        <Field
          label={say('Đã sử dụng (đồng)', 'Used (đồng)')}
          name="paid"
          inputmode="numeric"
          required
          value={field(form, 'paid')}
        />
        <Field
          label={say('Còn lại (đồng)', 'Left (đồng)')}
          name="left"
          inputmode="numeric"
          required
          value={field(form, 'left')}
        />
        <button type="submit" class="primary">
          {say('Ghi số Kho bạc xác nhận', 'Record it')}
        </button>
      </Form>
    </section>
  );
};

/** Every unit at once takes longer than a page may: it is made as a file. */
const Whole: FC<{ visit: Visit; year: string }> = async ({ visit, year }) => {
  const { say, account } = visit;
  if (!may(account, 'inspection.export') || (await mandateNow(visit)) === undefined) return <></>;
  return (
    <section class="act">
      <h2>{say(`Mọi đơn vị, năm ${year}`, `Every unit, ${year}`)}</h2>
      <Form to="/kiem-tra/xuat" visit={visit} class="filters">
        <input type="hidden" name="year" value={year} />
        <button type="submit" name="format" value="xlsx">
          {say('Xuất bảng tính .xlsx', 'Take out as .xlsx')}
        </button>
        <button type="submit" name="format" value="csv">
          {say('Xuất CSV', 'Take out as CSV')}
        </button>
      </Form>
    </section>
  );
};

export async function recordBalanceAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const wish = {
    unit: field(form, 'unit'),
    source: field(form, 'source'),
    year: field(form, 'year'),
    number: field(form, 'number'),
    on: field(form, 'on'),
    paid: field(form, 'paid'),
    left: field(form, 'left'),
  };
  const outcome = await recordBalance(wish, account, ports);
  if (outcome.outcome === 'refused') return settlementPage(visit, outcome.why);
  return { to: `${path}?don-vi=${encodeURIComponent(wish.unit)}&nam=${encodeURIComponent(wish.year)}` };
}
