/** Sổ hoàn trả: who must give the allowance back on re-entering the State sector, until when; and what is to come back. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { mayReach } from '../../../shared/case/access.ts';
import { type Case, identityOf, readCase } from '../../../shared/case/case.ts';
import { mayReachRow, partSummary } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { paidTo } from '../../../shared/disbursement/open-recovery.ts';
import { type ReturnDuty, returnDutyOf } from '../../../shared/case/return-duty.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { Day, Empty, Form, Money, ProblemBox, Table } from '../elements.tsx';
import { type Answer, type Problem, type Visit } from '../page.tsx';
import { regimeNames } from '../words.ts';
import { Recoveries } from './recoveries.tsx';
import { findPeople } from './find-people.ts';

export const returnDutyPath = '/so-hoan-tra';

export async function returnDutyPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say } = visit;
  const found = await findPeople(visit);
  return {
    page: say('Sổ hoàn trả, thu hồi', 'Register of money to come back'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <Search visit={visit} />
        {found === undefined ? '' : <Found visit={visit} caseIds={found} />}
        <Recoveries visit={visit} />
        <Duties visit={visit} />
      </>
    ),
  };
}

const Search: FC<{ visit: Visit }> = ({ visit }) => {
  const { say } = visit;
  return (
    <section>
      <h2>{say('Người này có phải hoàn trả không?', 'Must this person give money back?')}</h2>
      <p>
        {say(
          'Người đã nhận trợ cấp theo Nghị định 154/2025 mà được bầu cử, tuyển dụng lại vào cơ quan hưởng lương từ ngân sách nhà nước trong thời hạn hoàn trả thì phải trả lại số tiền đã nhận.',
          'Who was paid under Decree 154/2025 and re-enters a body paid from the State budget within the term must give the money back.',
        )}
      </p>
      <Form to={`${returnDutyPath}/tim`} visit={visit}>
        <p class="field">
          <label for="tim">{say('Số định danh hoặc họ và tên đầy đủ', 'Citizen id or full name')}</label>
          <input id="tim" name="tim" autocomplete="off" required />
        </p>
        <button type="submit" class="primary">
          {say('Tra cứu', 'Search')}
        </button>
      </Form>
    </section>
  );
};

const Found: FC<{ visit: Visit; caseIds: readonly string[] }> = async ({ visit, caseIds }) => {
  const { say, ports } = visit;
  const cases = await Promise.all(caseIds.slice(0, 20).map((id) => readCase(ports.store, id)));
  const shown = cases.filter((of) => of !== undefined);
  if (shown.length === 0) {
    return (
      <Empty>
        {say(
          'Không có ai khớp. Hãy ghi đủ họ và tên, hoặc đủ 12 số định danh.',
          'Nobody matches. Write the full name, or all 12 digits.',
        )}
      </Empty>
    );
  }
  const items = await Promise.all(
    shown.map(async (of) => ({
      of,
      name: (await identityOf(ports.vault, of)).fullName,
      paid: await paidTo(of, ports.store),
    })),
  );
  return (
    <div role="status">
      {items.map(({ of, name, paid }) => (
        <p class="note">
          <a href={`/ho-so/${of.id}`}>{name}</a>, {of.submitted.employer}: <DutyOf visit={visit} of={of} paid={paid} />
        </p>
      ))}
    </div>
  );
};

/** Whether there is a duty, the sum, from when until when, and where it stands. */
export const DutyOf: FC<{ visit: Visit; of: Case; paid: bigint }> = ({ visit, of, paid }) => {
  const { say, words, ports } = visit;
  if (of.submitted.difference !== undefined) {
    return (
      <>{say('hồ sơ chi chênh lệch, tính cùng hồ sơ đầu tiên.', 'pays a difference; counted with the first case.')}</>
    );
  }
  if (paid === 0n || of.assessment.outcome !== 'entitled') {
    return <>{say('chưa nhận tiền, không phải hoàn trả.', 'not paid; nothing to give back.')}</>;
  }
  const duty = returnDutyOf(of.assessment.regime, of.submitted.facts.leaving?.on ?? '');
  if (duty.duty !== 'owed') {
    return (
      <>
        {duty.duty === 'none' ? say('không phải hoàn trả. ', 'no duty. ') : ''}
        {words(duty.why)}
      </>
    );
  }
  return (
    <>
      {duty.until < localDateOf(ports.now())
        ? say('đã hết thời hạn hoàn trả; ', 'the term is over; ')
        : say('phải hoàn trả nếu vào lại khu vực nhà nước; ', 'must give back on re-entering the State sector; ')}
      <Money amount={paid} /> đồng, {say('từ', 'from')} <Day day={duty.from} /> {say('đến hết', 'to the end of')}{' '}
      <Day day={duty.until} /> ({duty.months} {say('tháng', 'months')}; {words(duty.by)}).
    </>
  );
};

interface Listed {
  readonly caseId: string;
  readonly unit: string;
  readonly regime: string;
  readonly total: string;
  readonly duty: Extract<ReturnDuty, { duty: 'owed' }>;
}

/** Everybody who was paid and whose term is not over, the first to end first. */
async function listed({ ports, account }: Visit, unit: string): Promise<readonly Listed[]> {
  const today = localDateOf(ports.now());
  const found: Listed[] = [];
  for (const status of ['credited', 'paid-elsewhere'] as const) {
    const query = { kind: 'part', status, ...(unit === '' ? {} : { unit }) };
    for await (const row of allRows(ports.store, query)) {
      const { caseId, regime, total, isDifference, leaveOn } = partSummary.parse(row.summary);
      if (!regime.startsWith('154/') || isDifference === true || !mayReachRow(account, row)) continue;
      const left = leaveOn ?? (await readCase(ports.store, caseId))?.submitted.facts.leaving?.on;
      const duty = left === undefined ? undefined : returnDutyOf(regime, left);
      if (duty?.duty !== 'owed' || duty.until < today) continue;
      found.push({ caseId, unit: row.unit ?? '', regime, total, duty });
    }
  }
  return found.toSorted((one, other) => (one.duty.until < other.duty.until ? -1 : 1));
}

const mostShown = 100;

const Duties: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, query, account } = visit;
  const units = await readUnits(ports.store);
  const chosen = query.get('don-vi') ?? '';
  const all = await listed(visit, chosen);
  const label = say('Đang trong thời hạn hoàn trả', 'Within the term of the duty');
  const own = [...units.values()].filter(({ code }) =>
    mayReach(account, { unit: code, block: units.get(code)?.block }),
  );
  return (
    <section>
      <h2>
        {label} ({all.length})
      </h2>
      <form method="get" action={returnDutyPath} class="filters">
        <label for="don-vi">{say('Đơn vị', 'Unit')}</label>
        <select id="don-vi" name="don-vi">
          <option value="">{say('Tất cả', 'All')}</option>
          {own
            .toSorted((one, other) => compareNames(one.name, other.name))
            .map(({ code, name }) => (
              <option value={code} selected={code === chosen}>
                {name}
              </option>
            ))}
        </select>
        <button type="submit">{say('Lọc', 'Filter')}</button>
      </form>
      {all.length === 0 ? (
        <Empty>{say('Không có ai.', 'Nobody.')}</Empty>
      ) : (
        <DutyTable
          visit={visit}
          label={label}
          rows={all.slice(0, mostShown)}
          nameOf={(code) => units.get(code)?.name ?? code}
        />
      )}
      {all.length > mostShown ? (
        <p class="hint">
          {say(
            `Hiện ${mostShown} người hết hạn sớm nhất; hãy lọc theo đơn vị hoặc tra cứu theo tên.`,
            `The ${mostShown} whose term ends first are shown; filter by unit, or search.`,
          )}
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

const DutyTable: FC<{
  visit: Visit;
  label: string;
  rows: readonly Listed[];
  nameOf: (code: string) => string;
}> = async ({ visit, label, rows, nameOf }) => {
  const { say, words, ports } = visit;
  const named = await Promise.all(
    rows.map(async (row) => {
      const of = await readCase(ports.store, row.caseId);
      return { ...row, name: of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName };
    }),
  );
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{say('Người hưởng', 'Person')}</th>
          <th>{say('Đơn vị chi trả', 'Paying unit')}</th>
          <th>{say('Chế độ', 'Regime')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
          <th>{say('Từ', 'From')}</th>
          <th>{say('Đến hết', 'To the end of')}</th>
          <th>{say('Điều', 'Article')}</th>
        </tr>
      </thead>
      <tbody>
        {named.map(({ caseId, name, unit, regime, total, duty }) => (
          <tr>
            <td>
              <a href={`/ho-so/${caseId}`}>{name}</a>
            </td>
            <td>{nameOf(unit)}</td>
            <td>{words(regimeNames[regime])}</td>
            <td class="number">
              <Money amount={total} />
            </td>
            <td>
              <Day day={duty.from} />
            </td>
            <td>
              <Day day={duty.until} />
            </td>
            <td>{words(duty.by)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};
