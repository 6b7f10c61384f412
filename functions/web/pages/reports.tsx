/** Báo cáo: the frozen reports, each with its receiver, its instant and its figures; one is made. No names. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { readReports, type Report, type ReportKind, reportKinds } from '../../../shared/completion/freeze-report.ts';
import { definitionSentences, type Receiver, receivers } from '../../../shared/completion/report-definitions.ts';
import { definitionAt } from '../../../shared/completion/set-definition.ts';
import { behind, isSmall } from '../../../shared/completion/small-sums.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';

export const receiverNames: Readonly<Record<Receiver, Sentence>> = {
  'people-committee': { vi: 'UBND tỉnh', en: "Provincial People's Committee" },
  'party-committee': { vi: 'Tỉnh ủy', en: 'Provincial Party Committee' },
  'home-affairs-ministry': { vi: 'Bộ Nội vụ', en: 'Ministry of Home Affairs' },
  'finance-ministry': { vi: 'Bộ Tài chính', en: 'Ministry of Finance' },
  'steering-committee': { vi: 'Ban Chỉ đạo', en: 'Steering Committee' },
};

export const reportKindNames: Readonly<Record<ReportKind, Sentence>> = {
  periodic: { vi: 'Báo cáo định kỳ', en: 'Periodic report' },
  units: { vi: 'Danh sách theo đơn vị', en: 'List by unit' },
};

export async function reportsPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account } = visit;
  return {
    page: say('Báo cáo', 'Reports'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            'Mỗi báo cáo được chốt ở một thời điểm, có số thứ tự liền nhau theo năm và nơi nhận. In lại sau này luôn ra đúng bản đã phát hành.',
            'Each report is frozen at an instant and numbered without gaps a year and receiver. Printed again later, it is the same to the byte.',
          )}
        </p>
        {may(account, 'report.make') ? <Make visit={visit} /> : ''}
        <Made visit={visit} reports={await readReports(ports.store)} />
        <Definitions visit={visit} />
      </>
    ),
  };
}

const Make: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words, form } = visit;
  return (
    <section class="act">
      <h2>{say('Lập báo cáo với số liệu bây giờ', 'Make a report with the figures of now')}</h2>
      <Form to="/hoan-thanh/bao-cao" visit={visit}>
        <p class="field">
          <label for="receiver">{say('Nơi nhận', 'Receiver')}</label>
          <select id="receiver" name="receiver" required>
            {receivers.map((one) => (
              <option value={one} selected={field(form, 'receiver') === one}>
                {words(receiverNames[one])}
              </option>
            ))}
          </select>
        </p>
        <p class="field">
          <label for="kind">{say('Loại báo cáo', 'Kind')}</label>
          <select id="kind" name="kind" required>
            {reportKinds.map((one) => (
              <option value={one} selected={field(form, 'kind') === one}>
                {words(reportKindNames[one])}
              </option>
            ))}
          </select>
        </p>
        <button type="submit" class="primary">
          {say('Lấy mã neo và chốt báo cáo', 'Take an anchor and freeze the report')}
        </button>
      </Form>
    </section>
  );
};

const mostShown = 100;

const Made: FC<{ visit: Visit; reports: readonly Report[] }> = ({ visit, reports }) => {
  const { say, words } = visit;
  if (reports.length === 0) return <Empty>{say('Chưa có báo cáo nào.', 'No report yet.')}</Empty>;
  return (
    <section>
      <h2>{say('Các báo cáo đã chốt', 'Frozen reports')}</h2>
      <Table label={say('Các báo cáo đã chốt', 'Frozen reports')}>
        <thead>
          <tr>
            <th>{say('Mã báo cáo', 'Code')}</th>
            <th>{say('Nơi nhận', 'Receiver')}</th>
            <th>{say('Loại', 'Kind')}</th>
            <th>{say('Số liệu lúc', 'Figures of')}</th>
            <th class="number">{say('Được hưởng', 'Entitled')}</th>
            <th class="number">{say('Đã chi trả', 'Paid')}</th>
            <th class="number">{say('Đã chi trả (đồng)', 'Paid (đồng)')}</th>
            <th class="number">{say('Chưa chi trả', 'Unpaid')}</th>
          </tr>
        </thead>
        <tbody>
          {reports.slice(0, mostShown).map(({ code, receiver, kind, at, base, paid, unpaid }) => (
            <tr>
              <td>
                <a href={`/hoan-thanh/bao-cao/${code}`}>{code}</a>
              </td>
              <td>{words(receiverNames[receiver])}</td>
              <td>{words(reportKindNames[kind])}</td>
              <td>
                <At instant={at} visit={visit} />
              </td>
              <td class="number">{base.people}</td>
              <td class="number">{paid.people}</td>
              <td class="number">{isSmall(behind(paid)) ? '•' : <Money amount={paid.total} />}</td>
              <td class="number">{unpaid.people}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

/** Each receiver counts in its own way; the report itself says the same. */
const Definitions: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account } = visit;
  const defined = await Promise.all(
    receivers.map(async (receiver) => ({ receiver, ...(await definitionAt(ports.store, receiver, ports.now())) })),
  );
  return (
    <section id="cach-tinh">
      <h2>{say('Cách tính theo nơi nhận', 'How each receiver counts')}</h2>
      {defined.map(({ receiver, value, by, sure }) => (
        <details>
          <summary>{words(receiverNames[receiver])}</summary>
          <ul lang="vi">
            <li>Kính gửi: {value.addressee}</li>
            {definitionSentences(value).map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
          <p class="hint">
            {say('Căn cứ: ', 'By: ')}
            {words(by)}
            {sure === 'L' ? say(' (giả định của chúng tôi)', ' (our assumption)') : ''}.
          </p>
        </details>
      ))}
      {may(account, 'report.define') ? <Define visit={visit} /> : ''}
    </section>
  );
};

type Choice = readonly [value: string, says: string];

const Define: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words, form } = visit;
  const choose = (name: string, label: string, choices: readonly Choice[]) => (
    <p class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name} required>
        {choices.map(([value, says]) => (
          <option value={value} selected={field(form, name) === value}>
            {says}
          </option>
        ))}
      </select>
    </p>
  );
  return (
    <details class="act" open={field(form, 'defined') !== ''}>
      <summary>{say('Ghi cách tính theo văn bản của nơi nhận', 'Record how a receiver counts')}</summary>
      <Form to="/hoan-thanh/bao-cao/cach-tinh" visit={visit}>
        {choose(
          'defined',
          say('Nơi nhận nào', 'Which receiver'),
          receivers.map((one) => [one, words(receiverNames[one])]),
        )}
        <Field
          label={say('Kính gửi (ghi trên báo cáo)', 'Addressee on the report')}
          name="addressee"
          required
          value={field(form, 'addressee')}
        />
        {choose('base', say('Người hưởng là', 'Who is counted'), [
          ['computed', say('Mọi người đã được tính số tiền', 'Everybody with a computed sum')],
          ['decided', say('Người đã được UBND tỉnh phê duyệt', 'Who is on a decided list')],
        ])}
        {choose('paid', say('Đã chi trả là', 'What is paid'), [
          ['credited', say('Ngân hàng đã báo có', 'Credited by the bank')],
          ['treasury-paid', say('Kho bạc đã thanh toán', 'Paid by the Treasury')],
        ])}
        {choose('elsewhere', say('Khoản đã chi ngoài hệ thống', 'What was paid elsewhere'), [
          ['counts', say('Tính là đã chi trả', 'Counts as paid')],
          ['apart', say('Ghi riêng', 'Stands apart')],
        ])}
        {choose('small', say('Số tiền của nhóm dưới 3 người', 'Sums of under 3 people'), [
          ['hidden', say('Không ghi', 'Left out')],
          ['shown', say('Ghi', 'Shown')],
        ])}
        <Field
          label={say('Số văn bản', 'Number of the document')}
          name="number"
          required
          value={field(form, 'number')}
        />
        <Field
          label={say('Ngày văn bản', 'Day of the document')}
          name="on"
          type="date"
          required
          value={field(form, 'on')}
        />
        <button type="submit">{say('Ghi cách tính', 'Record it')}</button>
      </Form>
    </details>
  );
};
