/** Chi trả: orders by state, estimates, the unit's slips, result files in, and what came back. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { isUnitRole, may, mayReach } from '../../../shared/case/access.ts';
import { batchSummary, readBatch } from '../../../shared/case/batch.ts';
import { bankName } from '../../../shared/case/banks.ts';
import { accountOf, identityOf, readCase } from '../../../shared/case/case.ts';
import { estimateSummary } from '../../../shared/case/funding.ts';
import { type Status, statuses } from '../../../shared/case/lifecycle.ts';
import { contradicted, type Order, orderSummary, readOrder } from '../../../shared/case/order.ts';
import { caseIdOf, partSummary } from '../../../shared/case/part.ts';
import { readSlip, type Slip, slipStatus, slipSummary, signatures } from '../../../shared/case/slip.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { readUnits, sources, type Unit } from '../../../shared/case/unit.ts';
import { formatDong, inWords } from '../../../shared/dong.ts';
import { allot } from '../../../shared/disbursement/fund.ts';
import { explainContradiction } from '../../../shared/disbursement/explain-contradiction.ts';
import { inquire } from '../../../shared/disbursement/inquire.ts';
import { recordSending, referencesOf, signatureActs, signSlip } from '../../../shared/disbursement/slips.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { At, Empty, Field, Form, masked, Money, ProblemBox, StatusTag, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { slipStatusNames, sourceNames } from '../words.ts';
import { spreadsheet } from './intake.tsx';
import * as z from 'zod';

export async function disbursementPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account } = visit;
  const isFinance = !isUnitRole(account.role);
  return {
    page: say('Chi trả', 'Disbursement'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <States visit={visit} />
        {isFinance ? <Paying visit={visit} /> : ''}
        <Slips visit={visit} />
        <Contradictions visit={visit} />
        <CameBack visit={visit} />
        {isFinance ? <Estimates visit={visit} /> : ''}
      </>
    ),
  };
}

async function partRows({ ports, account }: Visit, status?: Status): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of allRows(ports.store, { kind: 'part', ...(status === undefined ? {} : { status }) })) {
    if (mayReach(account, { unit: row.unit ?? '' })) rows.push(row);
  }
  return rows;
}

const fromDecided: readonly Status[] = [
  'decided',
  'waiting-for-estimate',
  'awaiting-unit',
  'sent',
  'treasury-paid',
  'unknown',
  'credited',
  'refused',
  'returned',
];

const States: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say } = visit;
  const counts = new Map<string, { people: number; total: bigint }>();
  for (const { status, summary } of await partRows(visit)) {
    const known = counts.get(status) ?? { people: 0, total: 0n };
    counts.set(status, { people: known.people + 1, total: known.total + BigInt(partSummary.parse(summary).total) });
  }
  const shown = fromDecided.filter((status) => counts.has(status));
  if (shown.length === 0)
    return (
      <Empty>
        {say(
          'Chưa có khoản chi nào: đợt đầu tiên chưa có quyết định của UBND tỉnh.',
          'No order yet: the first batch has no decision.',
        )}
      </Empty>
    );
  return (
    <Table label={say('Khoản chi theo trạng thái', 'Orders by state')}>
      <thead>
        <tr>
          <th>{say('Trạng thái', 'State')}</th>
          <th class="number">{say('Người', 'People')}</th>
          <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((status) => (
          <tr>
            <td>
              <StatusTag status={status} visit={visit} />
            </td>
            <td class="number">{counts.get(status)?.people}</td>
            <td class="number">
              <Money amount={counts.get(status)?.total ?? 0n} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const Paying: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const batches: { id: string; code: string }[] = [];
  for await (const row of allRows(ports.store, { kind: 'batch', status: 'paying' })) {
    batches.push({ id: row.stream.slice('batch/'.length), code: batchSummary.parse(row.summary).code });
  }
  if (!may(account, 'result.import') || batches.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Nhập kết quả của Kho bạc, ngân hàng', "Import the Treasury's and banks' results")}</h2>
      {batches.map(({ id, code }) => (
        <div class="act">
          <h3>
            <a href={`/dot/${id}`}>{say(`Đợt ${code}`, `Batch ${code}`)}</a>
          </h3>
          <Form to={`/chi-tra/${id}/ket-qua`} visit={visit} files>
            <label for={`result-${id}`}>{say('Tệp kết quả (.xlsx)', 'Result file (.xlsx)')}</label>
            <input id={`result-${id}`} name="file" type="file" accept=".xlsx" required />
            <button type="submit" class="primary">
              {say('Nhập kết quả', 'Import')}
            </button>
          </Form>
          <Form to={`/chi-tra/${id}/tra-soat`} visit={visit}>
            <button type="submit">
              {say('Tra soát các khoản chưa có kết quả', 'Ask after orders without an answer')}
            </button>
            <span class="hint">
              {say(
                'Khoản đang tra soát không bao giờ được gửi lại.',
                'An order being asked after is never sent again.',
              )}
            </span>
          </Form>
        </div>
      ))}
    </section>
  );
};

const Slips: FC<{ visit: Visit }> = async ({ visit }) => {
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
  return z.enum(['to-prepare', 'to-confirm-accountant', 'to-confirm-holder', 'to-send', 'sent']).parse(text);
}

function sourceOf(text: string | undefined) {
  return z.enum(sources).parse(text);
}

/** A result that contradicts what is known stops every further payment to the person until it is explained. */
const Contradictions: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const rows: Row[] = [];
  for await (const row of allRows(ports.store, { kind: 'order', waitingFor: contradicted })) {
    if (mayReach(account, { unit: row.unit ?? '' })) rows.push(row);
  }
  if (rows.length === 0) return <></>;
  return (
    <section class="problem">
      <h2>
        {say('Kết quả trái ngược, phải đối chiếu', 'Contradicting results, to be explained')} ({rows.length})
      </h2>
      <p>
        {say(
          'Một tệp kết quả ghi khác với kết quả đã có. Không khoản nào của người này được ký, gửi hay chi lại cho đến khi lãnh đạo Sở Tài chính ghi kết quả đối chiếu với Kho bạc, ngân hàng.',
          'A result file says something else than what is known. Nothing of this person is signed, sent or ordered again until the Finance leader records what the Treasury and the bank answered.',
        )}
      </p>
      {rows.slice(0, 50).map((row) => {
        const reference = row.stream.slice('order/'.length);
        const { part, amount } = orderSummary.parse(row.summary);
        return (
          <div class="act">
            <p>
              <a href={`/ho-so/${caseIdOf(part)}`}>
                <code>{reference}</code>
              </a>
              , <Money amount={amount} /> đồng
            </p>
            {may(account, 'result.explain') ? (
              <Form to="/chi-tra/doi-chieu" visit={visit}>
                <input type="hidden" name="reference" value={reference} />
                <p class="field">
                  <label for={`reason-${reference}`}>
                    {say('Kết quả đối chiếu (văn bản, ngày)', 'What was answered (paper, day)')}
                  </label>
                  <input id={`reason-${reference}`} name="reason" required />
                </p>
                <button type="submit">{say('Ghi kết quả đối chiếu', 'Record')}</button>
              </Form>
            ) : (
              ''
            )}
          </div>
        );
      })}
    </section>
  );
};

const whatToDo = {
  undefined: {
    vi: 'Đơn vị lấy đơn của người hưởng và sửa tài khoản',
    en: 'The unit corrects the account on a signed request',
  },
  proposed: {
    vi: 'Kế toán trưởng đơn vị xác nhận tài khoản mới',
    en: "The unit's chief accountant confirms the new account",
  },
  confirmed: { vi: 'Sở Tài chính lập khoản chi lại', en: 'Finance orders again' },
  again: { vi: 'Hệ thống đang lập khoản chi lại', en: 'Being ordered again' },
} as const;

const CameBack: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports } = visit;
  const rows = [...(await partRows(visit, 'returned')), ...(await partRows(visit, 'refused'))];
  if (rows.length === 0) return <></>;
  const shown = await Promise.all(
    rows.slice(0, 100).map(async (row) => {
      const summary = partSummary.parse(row.summary);
      const of = await readCase(ports.store, summary.caseId);
      return {
        summary,
        status: z.enum(statuses).parse(row.status),
        name: of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName,
      };
    }),
  );
  return (
    <section>
      <h2>
        {say('Bị từ chối, chuyển trả', 'Refused or returned')} ({rows.length})
      </h2>
      <Table label={say('Bị từ chối, chuyển trả', 'Refused or returned')}>
        <thead>
          <tr>
            <th>{say('Người hưởng', 'Person')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Vì sao', 'Why')}</th>
            <th>{say('Cần làm gì, ai làm', 'What to do, and who')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ summary, status, name }) => (
            <tr>
              <td>
                <a href={`/ho-so/${summary.caseId}`}>{name}</a>
              </td>
              <td class="number">
                <Money amount={summary.total} />
              </td>
              <td>
                <StatusTag status={status} visit={visit} /> {summary.reason ?? ''}
              </td>
              <td>{words(whatToDo[summary.mending ?? 'undefined'])}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

const Estimates: FC<{ visit: Visit }> = async ({ visit }) => {
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

export async function allotAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const amount = field(form, 'amount').replaceAll(/[.\s]/g, '');
  const unit = (await readUnits(ports.store)).get(field(form, 'unit'));
  const source = sources.find((one) => one === field(form, 'source'));
  if (!/^\d{1,15}$/.test(amount) || unit === undefined || source === undefined) {
    return disbursementPage(visit, {
      vi: 'Hãy chọn đơn vị, nguồn và ghi số tiền bằng chữ số, ví dụ 12.000.000.000.',
      en: 'Choose unit and source, and write the amount in digits, such as 12.000.000.000.',
    });
  }
  const allotted = await allot(
    { unit: unit.code, source, amount: BigInt(amount), document: field(form, 'document'), on: field(form, 'on') },
    account.id,
    ports,
  );
  return allotted.outcome === 'refused' ? disbursementPage(visit, allotted.why) : { to: '/chi-tra' };
}

export async function importResults(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const file = await upload(form, 'file');
  if (file === undefined)
    return disbursementPage(visit, { vi: 'Chưa chọn tệp kết quả.', en: 'No result file was chosen.' });
  const stored = await ports.files.put(file.bytes);
  return {
    to: `/viec/${await ports.jobs.start('import-results', { batchId: params['batch'], file: stored, by: account.id }, account.id)}`,
  };
}

export async function explainAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const explained = await explainContradiction(field(form, 'reference'), field(form, 'reason'), account, ports);
  return explained.outcome === 'refused' ? disbursementPage(visit, explained.why) : { to: '/chi-tra' };
}

export async function inquireAct(visit: Visit): Promise<Answer> {
  const batch = await readBatch(visit.ports.store, visit.params['batch'] ?? '');
  if (batch?.provincial === undefined) {
    return disbursementPage(visit, {
      vi: 'Không có đợt này, hoặc đợt chưa được chi.',
      en: 'There is no such batch, or it is not being paid.',
    });
  }
  await inquire(batch.id, visit.account.id, visit.ports);
  return { to: '/chi-tra' };
}

export async function slipPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports } = visit;
  const slip = await ownSlip(visit);
  if (slip === undefined)
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <p>{say('Không có chứng từ này của đơn vị.', 'There is no such slip.')}</p>,
      status: 404,
    };
  const unit = (await readUnits(ports.store)).get(slip.unit);
  const batch = await readBatch(ports.store, slip.batch);
  return {
    page: say('Chứng từ chi trả của đơn vị', "The unit's payment slip"),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <SlipData
          visit={visit}
          slip={slip}
          unit={unit}
          code={batch?.code ?? ''}
          decidedOn={batch?.provincial?.on ?? ''}
        />
        <Signing visit={visit} slip={slip} />
        <Beneficiaries visit={visit} slip={slip} />
      </>
    ),
  };
}

async function ownSlip({ ports, params, account }: Visit): Promise<Slip | undefined> {
  const slip = await readSlip(ports.store, params['id'] ?? '');
  return slip !== undefined && mayReach(account, slip) ? slip : undefined;
}

const SlipData: FC<{ visit: Visit; slip: Slip; unit: Unit | undefined; code: string; decidedOn: string }> = ({
  visit,
  slip,
  unit,
  code,
  decidedOn,
}) => {
  const { say, words } = visit;
  const total = BigInt(slip.total);
  return (
    <section class="result">
      <p class="total">
        {say(`${slip.people} người, ${formatDong(total)} đồng`, `${slip.people} people, ${formatDong(total)} đồng`)}
      </p>
      <p class="hint">{inWords(total)}.</p>
      <dl class="facts">
        <dt>{say('Giấy rút dự toán cho', 'Estimate slip of')}</dt>
        <dd>
          {unit?.name} ({say('mã ĐVQHNS', 'code')} {slip.unit})
        </dd>
        <dt>{say('Chương; tài khoản tại Kho bạc', 'Chapter; Treasury account')}</dt>
        <dd>
          {unit?.chapter}; {unit?.treasuryAccount}
        </dd>
        <dt>{say('Nguồn', 'Source')}</dt>
        <dd>{words(sourceNames[sourceOf(slip.source)])}</dd>
        <dt>{say('Nội dung chi', 'Purpose')}</dt>
        <dd>
          {say(
            `Chi trả chế độ theo Quyết định số ${slip.decision} ngày ${formatDay(decidedOn)} của UBND tỉnh, đợt ${code}`,
            `Allowances by decision ${slip.decision} of ${formatDay(decidedOn)}, batch ${code}`,
          )}
        </dd>
        <dt>{say('Số chứng từ', 'Slip number')}</dt>
        <dd>
          <code>{slip.id}</code>
        </dd>
      </dl>
      <p>
        <a class="button" href={`/chung-tu/${slip.id}/mau-09.xlsx`} download="">
          {say('Tải Mẫu số 09 (danh sách người hưởng)', 'Download form 09 (beneficiaries)')}
        </a>{' '}
        <span class="hint">
          SHA-256 <code>{slip.beneficiaryList.slice(0, 16)}</code>
        </span>
      </p>
    </section>
  );
};

const signatureNames = {
  prepared: { vi: 'Người lập', en: 'Preparer' },
  'accountant-confirmed': { vi: 'Kế toán trưởng', en: 'Chief accountant' },
  'holder-confirmed': { vi: 'Chủ tài khoản', en: 'Account holder' },
} as const;

const Signing: FC<{ visit: Visit; slip: Slip }> = async ({ visit, slip }) => {
  const { say, words, ports, account, form } = visit;
  const status = slipStatus(slip);
  const due = signatures[slip.signed.length];
  const done = await Promise.all(
    slip.signed.map(async ({ signature, by, at }) => ({ signature, at, name: await ports.directory.nameOf(by) })),
  );
  return (
    <section class="act">
      <h2>{words(slipStatusNames[status])}</h2>
      <ol class="steps-done">
        {done.map(({ signature, at, name }) => (
          <li>
            ● {words(signatureNames[signature])}: {name}, <At instant={at} visit={visit} />
          </li>
        ))}
        {slip.sent === undefined ? (
          ''
        ) : (
          <li>
            ● {say('Đã gửi qua dịch vụ công Kho bạc: số ', "Sent through the Treasury's service: ")}
            {slip.sent.number}, {formatDay(slip.sent.on)}
          </li>
        )}
      </ol>
      {due !== undefined && may(account, signatureActs[due]) ? (
        <Form to={`/chung-tu/${slip.id}/ky`} visit={visit}>
          <input type="hidden" name="signature" value={due} />
          <button type="submit" class="primary">
            {say(
              `Xác nhận với vai trò ${signatureNames[due].vi.toLocaleLowerCase('vi')}: ${slip.people} người, ${formatDong(BigInt(slip.total))} đồng`,
              `Confirm as ${signatureNames[due].en.toLowerCase()}: ${slip.people} people, ${formatDong(BigInt(slip.total))} đồng`,
            )}
          </button>
        </Form>
      ) : (
        ''
      )}
      {status === 'to-send' && may(account, 'slip.prepare') ? (
        <Form to={`/chung-tu/${slip.id}/gui`} visit={visit}>
          <p>
            {say(
              'Gửi chứng từ và Mẫu số 09 qua dịch vụ công trực tuyến của Kho bạc, rồi ghi lại ở đây.',
              "Send the slip and form 09 through the Treasury's online service, then record it here.",
            )}
          </p>
          <Field
            label={say('Số hồ sơ dịch vụ công', 'Number of the sending')}
            name="number"
            required
            value={field(form, 'number')}
          />
          <Field label={say('Ngày gửi', 'Day')} name="on" type="date" required value={field(form, 'on')} />
          <button type="submit" class="primary">
            {say('Ghi nhận đã gửi Kho bạc', 'Record the sending')}
          </button>
        </Form>
      ) : (
        ''
      )}
    </section>
  );
};

const Beneficiaries: FC<{ visit: Visit; slip: Slip }> = async ({ visit, slip }) => {
  const { say, ports } = visit;
  const references = await referencesOf(slip, ports);
  const orders = (
    await Promise.all(references.slice(0, 100).map((reference) => readOrder(ports.store, reference)))
  ).filter((order): order is Order => order !== undefined);
  const rows = await Promise.all(
    orders.map(async (order) => {
      const caseId = caseIdOf(order.part);
      const of = await readCase(ports.store, caseId);
      return {
        order,
        caseId,
        name: of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName,
        account: await accountOf(ports.vault, caseId, order.account),
      };
    }),
  );
  rows.sort((one, other) => compareNames(one.name, other.name));
  return (
    <section>
      <h2>{say('Người hưởng', 'Beneficiaries')}</h2>
      <Table label={say('Người hưởng', 'Beneficiaries')}>
        <thead>
          <tr>
            <th>{say('Họ và tên', 'Name')}</th>
            <th>{say('Ngân hàng, tài khoản', 'Bank, account')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Mã khoản chi', 'Reference')}</th>
            <th>{say('Trạng thái', 'State')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ order, caseId, name, account }) => (
            <tr>
              <td>
                <a href={`/ho-so/${caseId}`}>{name}</a>
              </td>
              <td>
                {bankName(account.bank)}, {masked(account.number)}
              </td>
              <td class="number">
                <Money amount={order.amount} />
              </td>
              <td>
                <code>{order.reference}</code>
              </td>
              <td>
                <StatusTag status={order.status} visit={visit} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colspan={2}>{say('Tổng', 'Total')}</th>
            <td class="number">
              <Money amount={slip.total} />
            </td>
            <td colspan={2}></td>
          </tr>
        </tfoot>
      </Table>
      {references.length > 100 ? (
        <p class="hint">
          {say(
            `Còn ${references.length - 100} người; xem đủ trong Mẫu số 09.`,
            `${references.length - 100} more in form 09.`,
          )}
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

export async function slipFile(visit: Visit): Promise<Answer> {
  const slip = await ownSlip(visit);
  const content = slip && (await visit.ports.files.get(slip.beneficiaryList));
  if (slip === undefined || content === undefined) return slipPage(visit);
  return { file: content, name: `mau-09-${slip.id}.xlsx`, type: spreadsheet };
}

export async function signAct(visit: Visit): Promise<Answer> {
  const signature = signatures.find((one) => one === field(visit.form, 'signature'));
  if (signature === undefined || !may(visit.account, signatureActs[signature])) {
    return slipPage(visit, {
      vi: 'Tài khoản này không có quyền làm bước này của chứng từ.',
      en: 'This account may not do this step of the slip.',
    });
  }
  const signed = await signSlip(visit.params['id'] ?? '', signature, visit.account, visit.ports);
  return signed.outcome === 'refused' ? slipPage(visit, signed.why) : { to: slipLink(visit) };
}

export async function sendAct(visit: Visit): Promise<Answer> {
  const sending = { number: field(visit.form, 'number'), on: field(visit.form, 'on') };
  const sent = await recordSending(visit.params['id'] ?? '', sending, visit.account, visit.ports);
  return sent.outcome === 'refused' ? slipPage(visit, sent.why) : { to: slipLink(visit) };
}

function slipLink({ params }: Visit): string {
  return `/chung-tu/${params['id'] ?? ''}`;
}
