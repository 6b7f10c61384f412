/** Chi trả: orders by state, estimates, the unit's slips, result files in, and what came back. */
import type { FC } from 'hono/jsx';
import { isUnitRole, may } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { type Status, statuses } from '../../../shared/case/lifecycle.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { Empty, Money, ProblemBox, StatusTag, Table } from '../elements.tsx';
import { type Answer, type Problem, type Visit } from '../page.tsx';
import { partRows } from './disbursement-rows.ts';
import { Estimates } from './estimates.tsx';
import { Contradictions, Paying } from './results.tsx';
import { Slips } from './slips.tsx';
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
        {may(account, 'paid-elsewhere.see') ? (
          <p>
            <a href="/chi-tra/da-chi-noi-khac">{say('Các khoản đã chi nơi khác', 'Payments made elsewhere')}</a>
          </p>
        ) : (
          ''
        )}
        {isFinance ? <Paying visit={visit} /> : ''}
        <Slips visit={visit} />
        <Contradictions visit={visit} />
        <CameBack visit={visit} />
        {isFinance ? <Estimates visit={visit} /> : ''}
      </>
    ),
  };
}

const fromDecided: readonly Status[] = [
  'decided',
  'waiting-for-estimate',
  'awaiting-unit',
  'sent',
  'treasury-paid',
  'unknown',
  'credited',
  'paid-elsewhere',
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
