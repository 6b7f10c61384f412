/** Dự toán: where the money of every estimate is, money that came back, and what the Finance leader sets. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { lineNames } from '../../../shared/case/explain.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { readLineSources } from '../../../shared/case/line-sources.ts';
import { readPauses } from '../../../shared/case/pause.ts';
import { readUnits, sources, type Unit } from '../../../shared/case/unit.ts';
import { formatDong } from '../../../shared/dong.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { sourceNames } from '../words.ts';
import { type EstimateRow, estimateRows, overIn, totalOf } from './estimate-rows.ts';

export async function fundingPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account } = visit;
  const units = await readUnits(ports.store);
  const rows = await estimateRows(visit);
  return {
    page: say('Dự toán và nguồn', 'Estimates and sources'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <Sums visit={visit} rows={rows} units={units} />
        <CameBack visit={visit} rows={rows} units={units} />
        <LineSources visit={visit} units={units} />
        <Pauses visit={visit} units={units} />
        {may(account, 'year.close') ? <YearEnd visit={visit} units={units} /> : ''}
      </>
    ),
  };
}

const columns = [
  { of: 'allotted', vi: 'Được giao', en: 'Allotted' },
  { of: 'received', vi: 'Nộp lại', en: 'Paid back' },
  { of: 'held', vi: 'Đã giữ, đang chi, đã chi', en: 'Reserved, ordered, paid' },
  { of: 'left', vi: 'Còn', en: 'Left' },
  { of: 'blocked', vi: 'Chuyển trả, chưa rõ ở đâu', en: 'Returned, not seen yet' },
  { of: 'deposit', vi: 'Ở tiền gửi', en: 'On deposit' },
  { of: 'lapsed', vi: 'Đã hủy cuối năm', en: 'Lapsed' },
  { of: 'surrendered', vi: 'Nộp ngân sách', en: 'To the budget' },
] as const;

interface Shown {
  readonly visit: Visit;
  readonly rows: readonly EstimateRow[];
  readonly units: ReadonlyMap<string, Unit>;
}

const Sums: FC<Shown> = ({ visit, rows, units }) => {
  const { say } = visit;
  if (rows.length === 0) return <Empty>{say('Chưa có dự toán nào được ghi.', 'No estimate is recorded.')}</Empty>;
  const total = totalOf(rows);
  const over = overIn(total);
  const wrong = rows.filter((row) => overIn(row) !== 0n);
  const shown = columns.filter(({ of }) => total[of] !== 0n || of === 'left');
  const moving = rows.filter(isMoving);
  const idle = rows.filter((row) => !isMoving(row));
  return (
    <section>
      <h2>{say('Tiền của từng dự toán ở đâu', 'Where the money of each estimate is')}</h2>
      <p>
        {shown
          .filter(({ of }) => of === 'allotted' || of === 'received')
          .map(({ of, vi, en }) => `${say(vi, en)} ${formatDong(total[of])}`)
          .join(' + ')}
        {' = '}
        {shown
          .filter(({ of }) => of !== 'allotted' && of !== 'received')
          .map(({ of, vi, en }) => `${say(vi, en).toLocaleLowerCase('vi')} ${formatDong(total[of])}`)
          .join(' + ')}
        {over === 0n && wrong.length === 0
          ? say(' (đồng). Khớp từng đồng.', ' (đồng). It agrees to the đồng.')
          : say(' (đồng).', ' (đồng).')}
      </p>
      {over === 0n && wrong.length === 0 ? (
        ''
      ) : (
        <ProblemBox
          visit={visit}
          problem={{
            vi: `Lệch ${formatDong(over)} đồng; ${wrong.length} dự toán không khớp. Báo quản trị hệ thống ngay.`,
            en: `Off by ${formatDong(over)} đồng; ${wrong.length} estimates do not agree. Tell the administrator now.`,
          }}
        />
      )}
      {moving.length === 0 ? (
        ''
      ) : (
        <SumTable
          visit={visit}
          rows={moving}
          units={units}
          label={say('Dự toán theo đơn vị và nguồn', 'Estimates by unit and source')}
        />
      )}
      {idle.length === 0 ? (
        ''
      ) : (
        <details open={moving.length === 0}>
          <summary>
            {say(`Dự toán chưa dùng đến (${idle.length})`, `Estimates of which nothing is used yet (${idle.length})`)}
          </summary>
          <SumTable
            visit={visit}
            rows={idle}
            units={units}
            label={say('Dự toán chưa dùng đến', 'Estimates of which nothing is used yet')}
          />
        </details>
      )}
    </section>
  );
};

/** Something of it was reserved, came back or lapsed. */
function isMoving({ held, blocked, deposit, lapsed, received }: EstimateRow): boolean {
  return [held, blocked, deposit, lapsed, received].some((sum) => sum !== 0n);
}

const SumTable: FC<Shown & { label: string }> = ({ visit, rows, units, label }) => {
  const { say, words } = visit;
  const total = totalOf(rows);
  const shown = columns.filter(({ of }) => total[of] !== 0n || of === 'left');
  const byName = rows.toSorted((one, other) => compareNames(nameOf(units, one.unit), nameOf(units, other.unit)));
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{say('Đơn vị', 'Unit')}</th>
          <th>{say('Nguồn', 'Source')}</th>
          {shown.map(({ vi, en }) => (
            <th class="number">{say(vi, en)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {byName.map((row) => (
          <tr>
            <td>
              <a href={`/du-toan/${row.unit}`}>{nameOf(units, row.unit)}</a>{' '}
              {overIn(row) === 0n ? '' : <Tag tone="stuck">✗ {say('không khớp', 'does not agree')}</Tag>}
            </td>
            <td>{words(sourceNames[row.source])}</td>
            {shown.map(({ of }) => (
              <td class="number">
                <Money amount={row[of]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th colspan={2}>{say('Tổng', 'Total')}</th>
          {shown.map(({ of }) => (
            <td class="number">
              <Money amount={total[of]} />
            </td>
          ))}
        </tr>
      </tfoot>
    </Table>
  );
};

function nameOf(units: ReadonlyMap<string, Unit>, code: string): string {
  return units.get(code)?.name ?? code;
}

/** So many orders are ticked on one page; the rest follows when these are recorded. */
const mostShown = 300;

/** Money that banks sent back and nobody has seen yet; the unit's chief accountant says where it is. */
const CameBack: FC<Shown> = async ({ visit, rows, units }) => {
  const { say, ports, account, form } = visit;
  const blocked = rows.filter(({ blockedOrders }) => blockedOrders > 0);
  if (blocked.length === 0) return <></>;
  const estimates = await Promise.all(blocked.map(({ unit, source }) => readEstimate(ports.store, unit, source)));
  const orders = estimates.flatMap(({ unit, blocked: sums }) =>
    [...sums].map(([reference, amount]) => ({ unit, reference, amount })),
  );
  const mayRecord = may(account, 'comeback.record');
  const table = (
    <Table label={say('Tiền chuyển trả', 'Money sent back')}>
      <thead>
        <tr>
          {mayRecord ? <th>{say('Chọn', 'Choose')}</th> : ''}
          <th>{say('Mã khoản chi', 'Reference')}</th>
          <th>{say('Đơn vị', 'Unit')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
        </tr>
      </thead>
      <tbody>
        {orders.slice(0, mostShown).map(({ unit, reference, amount }) => (
          <tr>
            {mayRecord ? (
              <td>
                <input type="checkbox" name="reference" value={reference} checked aria-label={reference} />
              </td>
            ) : (
              ''
            )}
            <td>
              <code>{reference}</code>
            </td>
            <td>{nameOf(units, unit)}</td>
            <td class="number">
              <Money amount={amount} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
  return (
    <section>
      <h2>
        {say('Tiền chuyển trả, chưa rõ đã về đâu', 'Money sent back, not seen yet')} ({orders.length})
      </h2>
      <p>
        {say(
          'Tiền này bị khóa: không chi lại cho ai cho đến khi kế toán trưởng đơn vị ghi, theo chứng từ của Kho bạc, đã về dự toán hay về tài khoản tiền gửi.',
          "This money is blocked: nobody is paid again with it until the unit's chief accountant records, by the Treasury's paper, whether it is back in the estimate or in the deposit account.",
        )}
      </p>
      {mayRecord ? (
        <Form to="/du-toan/tien-ve" visit={visit} class="act">
          {table}
          <p class="field">
            <label for="comeback-to">{say('Tiền đã về', 'It came back to')}</label>
            <select id="comeback-to" name="to" required>
              <option value="estimate">{say('Dự toán (khôi phục dự toán)', 'The estimate')}</option>
              <option value="deposit">{say('Tài khoản tiền gửi của đơn vị', "The unit's deposit account")}</option>
            </select>
          </p>
          <p class="field">
            <label for="comeback-document">{say('Số chứng từ của Kho bạc', "Number of the Treasury's paper")}</label>
            <input id="comeback-document" name="document" required value={field(form, 'document')} />
          </p>
          <p class="field">
            <label for="comeback-on">{say('Ngày chứng từ', 'Its day')}</label>
            <input id="comeback-on" name="on" type="date" required value={field(form, 'on')} />
          </p>
          <button type="submit" class="primary">
            {say('Ghi tiền đã về', 'Record')}
          </button>
        </Form>
      ) : (
        table
      )}
    </section>
  );
};

const LineSources: FC<{ visit: Visit; units: ReadonlyMap<string, Unit> }> = async ({ visit, units }) => {
  const { say, words, ports, account } = visit;
  const rules = await readLineSources(ports.store);
  return (
    <section>
      <h2>{say('Nguồn riêng của từng khoản', 'Sources of single components')}</h2>
      {rules.length === 0 ? (
        <p class="hint">
          {say(
            'Mọi khoản của một người được chi từ nguồn của đơn vị chi trả.',
            "Every component is paid from the paying unit's own source.",
          )}
        </p>
      ) : (
        <ul>
          {rules.map(({ line, source, unit, number, on }) => (
            <li>
              {words(lineNames[line] ?? { vi: line, en: line })}
              {unit === undefined ? '' : `, ${nameOf(units, unit)}`}:{' '}
              {source === undefined
                ? say('nguồn của đơn vị', "the unit's own source")
                : words(sourceNames[source]).toLocaleLowerCase('vi')}{' '}
              <span class="hint">
                {say('theo ', 'by ')}
                {number}, {formatDay(on)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {may(account, 'line-source.set') ? (
        <details class="act">
          <summary>{say('Đặt nguồn của một khoản', 'Set the source of a component')}</summary>
          <p class="hint">
            {say(
              'Áp dụng cho hồ sơ gửi từ nay; hồ sơ đã gửi giữ nguồn như khi gửi.',
              'For cases submitted from now on; the others keep the source they were submitted with.',
            )}
          </p>
          <Form to="/du-toan/nguon" visit={visit} files>
            <p class="field">
              <label for="line">{say('Khoản', 'Component')}</label>
              <select id="line" name="line" required>
                {Object.entries(lineNames).map(([line, name]) => (
                  <option value={line}>{words(name)}</option>
                ))}
              </select>
            </p>
            <p class="field">
              <label for="line-source">{say('Chi từ nguồn', 'Paid from')}</label>
              <select id="line-source" name="source">
                <option value="">{say('Nguồn của đơn vị', "The unit's own source")}</option>
                {sources.map((source) => (
                  <option value={source}>{words(sourceNames[source])}</option>
                ))}
              </select>
            </p>
            <UnitChoice visit={visit} units={units} id="line-unit" label={say('Áp dụng cho đơn vị', 'For the unit')} />
            <Field label={say('Văn bản quy định', 'Document')} name="number" required />
            <Field label={say('Ngày văn bản', 'Its day')} name="on" type="date" required />
            <FileField
              visit={visit}
              label={say('Bản quét văn bản (PDF, ảnh)', 'Its scan (PDF, picture)')}
              name="paper"
              accept=".pdf,.png,.jpg,.jpeg"
              required
            />
            <button type="submit">{say('Đặt nguồn', 'Set')}</button>
          </Form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};

const UnitChoice: FC<{ visit: Visit; units: ReadonlyMap<string, Unit>; id: string; label: string }> = ({
  visit,
  units,
  id,
  label,
}) => (
  <p class="field">
    <label for={id}>{label}</label>
    <select id={id} name="unit">
      <option value="">{visit.say('Tất cả', 'All')}</option>
      {[...units.values()]
        .toSorted((one, other) => compareNames(one.name, other.name))
        .map(({ code, name }) => (
          <option value={code}>{name}</option>
        ))}
    </select>
  </p>
);

const Pauses: FC<{ visit: Visit; units: ReadonlyMap<string, Unit> }> = async ({ visit, units }) => {
  const { say, ports, account } = visit;
  const pauses = await readPauses(ports.store);
  const maySet = may(account, 'payments.pause');
  if (pauses.length === 0 && !maySet) return <></>;
  return (
    <section>
      <h2>{say('Tạm dừng chi trả', 'Payments paused')}</h2>
      {pauses.length === 0 ? <p class="hint">{say('Không có.', 'None.')}</p> : ''}
      {pauses.map(({ unit, reason, since }) => (
        <div class="act">
          <p>
            <Tag tone="stuck">
              ! {unit === undefined ? say('Toàn tỉnh', 'The whole province') : nameOf(units, unit)}
            </Tag>{' '}
            {reason}, {say('từ', 'since')} <At instant={since} visit={visit} />
          </p>
          {maySet ? (
            <Form to="/du-toan/tam-dung" visit={visit}>
              <input type="hidden" name="act" value="resume" />
              <input type="hidden" name="unit" value={unit ?? ''} />
              <p class="field">
                <label for={`resume-${unit ?? 'all'}`}>{say('Lý do cho chi lại', 'Why payments go on')}</label>
                <input id={`resume-${unit ?? 'all'}`} name="reason" required />
              </p>
              <button type="submit">{say('Cho chi lại', 'Let payments go on')}</button>
            </Form>
          ) : (
            ''
          )}
        </div>
      ))}
      {maySet ? (
        <details class="act">
          <summary>{say('Tạm dừng khi Kho bạc dừng nhận hồ sơ', 'Pause while the Treasury takes nothing')}</summary>
          <p class="hint">
            {say(
              'Không khoản mới nào được lập, không chứng từ nào được ký hay gửi; kết quả vẫn được nhận. Mọi việc đã làm giữ nguyên.',
              'Nothing new is ordered, no slip is signed or sent; results are still taken in. Everything done stays.',
            )}
          </p>
          <Form to="/du-toan/tam-dung" visit={visit}>
            <input type="hidden" name="act" value="pause" />
            <UnitChoice visit={visit} units={units} id="pause-unit" label={say('Đơn vị tạm dừng', 'Unit to pause')} />
            <p class="field">
              <label for="pause-reason">{say('Lý do tạm dừng', 'Why')}</label>
              <input id="pause-reason" name="reason" required />
            </p>
            <button type="submit">{say('Tạm dừng', 'Pause')}</button>
          </Form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};

const YearEnd: FC<{ visit: Visit; units: ReadonlyMap<string, Unit> }> = ({ visit, units }) => {
  const { say, words, form } = visit;
  return (
    <section>
      <h2>{say('Kết thúc năm ngân sách', 'End of the budget year')}</h2>
      <details class="act" open={field(form, 'year') !== ''}>
        <summary>{say('Khóa dự toán của năm', 'Close the estimates of a year')}</summary>
        <p class="hint">
          {say(
            'Số còn lại bị hủy, hoặc được chuyển nguồn theo quyết định. Không ai mất quyền lợi: người chưa được chi chờ dự toán năm sau.',
            "What is left lapses, or is carried over by a decision. Nobody's right lapses: who is unpaid waits for the next year's estimate.",
          )}
        </p>
        <Form to="/du-toan/khoa-nam" visit={visit}>
          <Field label={say('Năm', 'Year')} name="year" inputmode="numeric" required value={field(form, 'year')} />
          <p class="field">
            <label for="year-outcome">{say('Số còn lại', 'What is left')}</label>
            <select id="year-outcome" name="outcome" required>
              <option value="lapsed">{say('Hủy dự toán', 'Lapses')}</option>
              <option value="carried">{say('Chuyển nguồn sang năm sau', 'Is carried over')}</option>
            </select>
          </p>
          <UnitChoice visit={visit} units={units} id="year-unit" label={say('Của đơn vị', 'Of the unit')} />
          <p class="field">
            <label for="year-source">{say('Của nguồn', 'Of the source')}</label>
            <select id="year-source" name="source">
              <option value="">{say('Tất cả', 'All')}</option>
              {sources.map((source) => (
                <option value={source}>{words(sourceNames[source])}</option>
              ))}
            </select>
          </p>
          <p class="field">
            <label for="year-document">{say('Số quyết định', 'Number of the decision')}</label>
            <input id="year-document" name="document" required value={field(form, 'document')} />
          </p>
          <p class="field">
            <label for="year-on">{say('Ngày quyết định', 'Its day')}</label>
            <input id="year-on" name="on" type="date" required value={field(form, 'on')} />
          </p>
          <button type="submit">{say('Khóa dự toán', 'Close')}</button>
        </Form>
      </details>
    </section>
  );
};
