/** One slip of a paying unit: its data, its files, the three signatures, the sending. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may, mayReach } from '../../../shared/case/access.ts';
import { readBatch } from '../../../shared/case/batch.ts';
import { bankName } from '../../../shared/case/banks.ts';
import { accountOf, identityOf, readCase } from '../../../shared/case/case.ts';
import { type Order, readOrder } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { readSlip, type Slip, slipStatus, signatures } from '../../../shared/case/slip.ts';
import { readUnits, type Unit } from '../../../shared/case/unit.ts';
import { formatDong, inWords } from '../../../shared/dong.ts';
import { takeFile } from '../../../shared/disbursement/custody.ts';
import { recordSending, referencesOf, signatureActs, signSlip } from '../../../shared/disbursement/slips.ts';
import { withdrawSlip } from '../../../shared/disbursement/withdraw-slip.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { At, Field, Form, masked, Money, ProblemBox, StatusTag, Table } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { slipStatusNames, sourceNames } from '../words.ts';
import { spreadsheet } from './intake.tsx';
import { sourceOf } from './disbursement-rows.ts';
import { SlipWithdraw } from './slip-withdraw.tsx';
import { SlipChecks } from './slip-checks.tsx';
import { SlipFiles } from './slip-files.tsx';
import { CreditConfirmation } from './slip-credit.tsx';
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
        <SlipChecks visit={visit} slip={slip} />
        <Signing visit={visit} slip={slip} />
        <SlipFiles visit={visit} slip={slip} />
        <SlipWithdraw visit={visit} slip={slip} />
        <CreditConfirmation visit={visit} slip={slip} />
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
                {order.status === 'withdrawn' ? (
                  say('Đã rút lại', 'Taken back')
                ) : (
                  <StatusTag status={order.status} visit={visit} />
                )}
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

export async function takeFileAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const wish = { key: field(form, 'file'), reason: field(form, 'reason') };
  const taken = await takeFile(visit.params['id'] ?? '', wish, account, ports.papers.slipFile, ports);
  if (taken.outcome === 'refused') return slipPage(visit, taken.why);
  const type = mediaTypes.find(([ending]) => taken.name.endsWith(ending))?.[1] ?? 'application/octet-stream';
  return { file: taken.content, name: taken.name, type };
}

const mediaTypes = [
  ['.xlsx', spreadsheet],
  ['.xls', 'application/vnd.ms-excel'],
  ['.pdf', 'application/pdf'],
  ['.xml', 'application/xml'],
] as const;

export async function signAct(visit: Visit): Promise<Answer> {
  const signature = signatures.find((one) => one === field(visit.form, 'signature'));
  if (signature === undefined || !may(visit.account, signatureActs[signature])) {
    return slipPage(visit, {
      vi: 'Tài khoản này không có quyền làm bước này của chứng từ.',
      en: 'This account may not do this step of the slip.',
    });
  }
  const signed = await signSlip(
    visit.params['id'] ?? '',
    signature,
    visit.account,
    visit.ports,
    visit.ports.papers.rowsOf,
  );
  return signed.outcome === 'refused' ? slipPage(visit, signed.why) : { to: slipLink(visit) };
}

export async function sendAct(visit: Visit): Promise<Answer> {
  const sending = { number: field(visit.form, 'number'), on: field(visit.form, 'on') };
  const sent = await recordSending(
    visit.params['id'] ?? '',
    sending,
    visit.account,
    visit.ports,
    visit.ports.papers.rowsOf,
  );
  return sent.outcome === 'refused' ? slipPage(visit, sent.why) : { to: slipLink(visit) };
}

export async function withdrawSlipAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const hold = form.getAll('hold').filter((one): one is string => typeof one === 'string');
  const taken = await withdrawSlip(params['id'] ?? '', { reason: field(form, 'reason'), hold }, account, ports);
  return taken.outcome === 'refused' ? slipPage(visit, taken.why) : { to: slipLink(visit) };
}

function slipLink({ params }: Visit): string {
  return `/chung-tu/${params['id'] ?? ''}`;
}
