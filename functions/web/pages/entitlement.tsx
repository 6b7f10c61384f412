/** Tính chế độ: exceptions first; Home Affairs appraises one by one, or at once all that have nothing to mark. */
import type { FC } from 'hono/jsx';
import { appraisesFrom, may, mayReach } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { markSentence, reasonSentence } from '../../../shared/case/explain.ts';
import { statuses } from '../../../shared/case/lifecycle.ts';
import { completenessOf, readDossierRules } from '../../../shared/case/papers.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { blocks } from '../../../shared/case/unit.ts';
import { formatDong } from '../../../shared/dong.ts';
import { hashOf } from '../../../shared/hash.ts';
import { Empty, Form, Money, ProblemBox, StatusTag, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { caseStatusNames, regimeNames, statusNames } from '../words.ts';
import * as z from 'zod';
import { findPeople } from './find-people.ts';

const rowsAPage = 50;

interface Listed {
  readonly row: Row;
  readonly summary: z.infer<typeof partSummary>;
}

export async function entitlementPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, query, account } = visit;
  const status = z
    .enum(statuses)
    .safeParse(query.get('trang-thai') ?? (may(account, 'case.appraise') ? appraisesFrom(account) : undefined));
  const parts = await listed(visit, status.success ? status.data : undefined);
  const found = await findPeople(visit);
  const marked = parts.filter(({ summary }) => isMarked(summary));
  const plain = parts.filter(({ summary }) => !isMarked(summary));
  const page = Math.max(1, Number(query.get('trang') ?? '1') || 1);
  const ordered = [...marked, ...plain];
  const shown = ordered.slice((page - 1) * rowsAPage, page * rowsAPage);
  return {
    page: say('Tính chế độ', 'Entitlement'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            `${parts.length} hồ sơ được hưởng${status.success ? ` ở trạng thái “${statusNames[status.data].vi}”` : ''}, ${formatDong(totalOf(parts))} đồng; ${marked.length} hồ sơ có điểm cần xem, xếp trước.`,
            `${parts.length} entitled cases${status.success ? ` in “${statusNames[status.data].en}”` : ''}, ${formatDong(totalOf(parts))} đồng; ${marked.length} with something to look at come first.`,
          )}
        </p>
        <Filters visit={visit} status={status.success ? status.data : ''} />
        {found === undefined ? '' : <Found visit={visit} caseIds={found} />}
        {may(account, 'case.appraise') && status.success && status.data === appraisesFrom(account) ? (
          <Form to="/tinh-che-do/tham-dinh" visit={visit}>
            <input type="hidden" name="chosen" value="unmarked" />
            <input type="hidden" name="counted" value={seenHash(plain)} />
            {plain.length === 0 ? (
              ''
            ) : (
              <p class="act">
                <button type="submit" class="primary">
                  {say(
                    `Thẩm định ${plain.length} hồ sơ không có điểm cần xem, ${formatDong(totalOf(plain))} đồng`,
                    `Appraise the ${plain.length} cases with nothing to mark, ${formatDong(totalOf(plain))} đồng`,
                  )}
                </button>
                <span class="hint">
                  {say(
                    'Hồ sơ có điểm cần xem: mở từng hồ sơ, rồi đánh dấu và thẩm định bên dưới.',
                    'Cases with a mark: open each, then tick and appraise below.',
                  )}
                </span>
              </p>
            )}
          </Form>
        ) : (
          ''
        )}
        <Form to="/tinh-che-do/tham-dinh" visit={visit}>
          <input type="hidden" name="chosen" value="ticked" />
          <Parts
            visit={visit}
            shown={shown}
            canTick={may(account, 'case.appraise') && status.success && status.data === appraisesFrom(account)}
          />
        </Form>
        <Pager
          visit={visit}
          page={page}
          of={Math.ceil(ordered.length / rowsAPage)}
          status={status.success ? status.data : ''}
        />
        <Without visit={visit} />
      </>
    ),
  };
}

function isMarked({ marks, open, reason }: Listed['summary']): boolean {
  return marks.length + open.length > 0 || reason !== undefined;
}

/** Exactly these cases as they stand: one more, or one that changed, gives another hash. */
function seenHash(parts: readonly Listed[]): string {
  return hashOf(parts.map(({ row, summary }) => `${row.stream} ${summary.caseHash}`).toSorted());
}

function totalOf(parts: readonly Listed[]): bigint {
  return parts.reduce((total, { summary }) => total + BigInt(summary.total), 0n);
}

async function listed({ ports, account }: Visit, status: string | undefined): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  for await (const row of allRows(ports.store, { kind: 'part', ...(status === undefined ? {} : { status }) })) {
    const summary = partSummary.parse(row.summary);
    if (mayReach(account, { unit: row.unit ?? '', ...summary })) found.push({ row, summary });
  }
  return found;
}

const Found: FC<{ visit: Visit; caseIds: readonly string[] }> = async ({ visit, caseIds }) => {
  const { say, ports } = visit;
  if (caseIds.length === 0)
    return (
      <Empty>
        {say(
          'Không có ai khớp. Hãy ghi đủ họ và tên, hoặc đủ 12 số định danh.',
          'Nobody matches. Write the full name, or all 12 digits.',
        )}
      </Empty>
    );
  const cases = await Promise.all(caseIds.slice(0, 20).map((id) => readCase(ports.store, id)));
  return (
    <ul class="note">
      {
        await Promise.all(
          cases.map(async (of) =>
            of === undefined ? (
              ''
            ) : (
              <li>
                <a href={`/ho-so/${of.id}`}>{(await identityOf(ports.vault, of)).fullName}</a>, {of.submitted.employer}
              </li>
            ),
          ),
        )
      }
    </ul>
  );
};

const Filters: FC<{ visit: Visit; status: string }> = ({ visit, status }) => {
  const { say, words } = visit;
  return (
    <div class="filters">
      <form method="get" action="/tinh-che-do">
        <label for="trang-thai">{say('Trạng thái', 'State')}</label>
        <select id="trang-thai" name="trang-thai">
          <option value="">{say('Tất cả', 'All')}</option>
          {statuses.map((one) => (
            <option value={one} selected={one === status}>
              {words(statusNames[one])}
            </option>
          ))}
        </select>
        <button type="submit">{say('Lọc', 'Filter')}</button>
      </form>
      <Form to="/tinh-che-do/tim" visit={visit}>
        <label for="tim">
          {say('Tìm người (họ và tên, hoặc số định danh)', 'Find a person (full name or citizen id)')}
        </label>
        <input id="tim" name="tim" autocomplete="off" />
        <button type="submit">{say('Tìm', 'Find')}</button>
      </Form>
    </div>
  );
};

const Parts: FC<{ visit: Visit; shown: readonly Listed[]; canTick: boolean }> = async ({ visit, shown, canTick }) => {
  const { say, words, ports } = visit;
  if (shown.length === 0) return <Empty>{say('Không có hồ sơ nào.', 'No case.')}</Empty>;
  const rules = await readDossierRules(ports.store);
  const nothing = { due: [], missing: [] };
  const rows = await Promise.all(
    shown.map(async ({ row, summary }) => {
      const of = await readCase(ports.store, summary.caseId);
      const name = of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName;
      const { due, missing } = of === undefined ? nothing : completenessOf(of, rules);
      const papers = { there: due.length - missing.length, due: due.length };
      return { row, summary, name, papers, part: partOf(row), caseHash: of?.caseHash ?? '' };
    }),
  );
  return (
    <>
      {canTick ? rows.map(({ part, caseHash }) => <input type="hidden" name={`seen-${part}`} value={caseHash} />) : ''}
      <Table label={say('Hồ sơ', 'Cases')}>
        <thead>
          <tr>
            {canTick ? (
              <th>
                <span class="unseen">{say('Chọn', 'Choose')}</span>
              </th>
            ) : (
              ''
            )}
            <th>{say('Họ và tên', 'Name')}</th>
            <th>{say('Nơi công tác', 'Employer')}</th>
            <th>{say('Chế độ', 'Regime')}</th>
            <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
            <th>{say('Cần xem', 'To look at')}</th>
            <th>{say('Giấy tờ', 'Papers')}</th>
            <th>{say('Trạng thái', 'State')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, summary, name, papers, part }) => (
            <tr>
              {canTick ? (
                <td>
                  <input type="checkbox" name="part" value={part} aria-label={say(`Chọn ${name}`, `Choose ${name}`)} />
                </td>
              ) : (
                ''
              )}
              <td>
                <a href={`/ho-so/${summary.caseId}`}>{name}</a>
              </td>
              <td>{summary.employer}</td>
              <td>{words(regimeNames[summary.regime])}</td>
              <td class="number">
                <Money amount={summary.total} />
              </td>
              <td>
                {[...summary.marks.map(markSentence), ...summary.open.map(reasonSentence)].map((sentence) => (
                  <Tag tone="stuck">! {words(sentence)}</Tag>
                ))}
                {summary.reason === undefined ? '' : <Tag tone="stuck">! {summary.reason}</Tag>}
              </td>
              <td>
                {papers.there === papers.due ? (
                  <Tag tone="done">● {papers.due}</Tag>
                ) : (
                  <Tag tone="waiting">
                    ○ {papers.there}/{papers.due}
                  </Tag>
                )}
              </td>
              <td>
                <StatusTag status={z.enum(statuses).parse(row.status)} visit={visit} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {canTick ? (
        <p class="act">
          <button type="submit">{say('Thẩm định các hồ sơ đã đánh dấu', 'Appraise the ticked cases')}</button>
        </p>
      ) : (
        ''
      )}
    </>
  );
};

const Pager: FC<{ visit: Visit; page: number; of: number; status: string }> = ({ visit, page, of, status }) => {
  const { say } = visit;
  if (of <= 1) return <></>;
  const link = (to: number) => `/tinh-che-do?trang=${to}${status === '' ? '' : `&trang-thai=${status}`}`;
  return (
    <nav class="pager" aria-label={say('Các trang', 'Pages')}>
      {page > 1 ? <a href={link(page - 1)}>← {say('Trước', 'Before')}</a> : ''}{' '}
      {say(`Trang ${page} trên ${of}`, `Page ${page} of ${of}`)}{' '}
      {page < of ? <a href={link(page + 1)}>{say('Sau', 'Next')} →</a> : ''}
    </nav>
  );
};

const blockOf = ({ summary }: Row) => z.object({ block: z.enum(blocks).default('government') }).parse(summary).block;
const employerOf = ({ summary }: Row) => z.object({ employer: z.string() }).parse(summary).employer;

/** Cases that nothing can be paid on yet: a person must decide, papers are missing, or there is no right. */
const Without: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account } = visit;
  const rows: { id: string; status: string; employer: string }[] = [];
  for (const status of ['review', 'incomplete', 'not-entitled']) {
    for await (const row of allRows(ports.store, { kind: 'case', status })) {
      const block = blockOf(row);
      if (mayReach(account, { unit: row.unit ?? '', block, isWithBoard: block === 'party' }))
        rows.push({ id: row.stream.slice('case/'.length), status, employer: employerOf(row) });
    }
  }
  if (rows.length === 0) return <></>;
  return (
    <section>
      <h2>
        {say('Chưa tính được tiền', 'No sum yet')} ({rows.length})
      </h2>
      <Table label={say('Chưa tính được tiền', 'No sum yet')}>
        <thead>
          <tr>
            <th>{say('Hồ sơ', 'Case')}</th>
            <th>{say('Nơi công tác', 'Employer')}</th>
            <th>{say('Vì sao', 'Why')}</th>
          </tr>
        </thead>
        <tbody>
          {
            await Promise.all(
              rows.slice(0, 50).map(async ({ id, status, employer }) => {
                const of = await readCase(ports.store, id);
                return (
                  <tr>
                    <td>
                      <a href={`/ho-so/${id}`}>
                        {of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName}
                      </a>
                    </td>
                    <td>{employer}</td>
                    <td>
                      <Tag tone="stuck">? {words(caseStatusNames[status])}</Tag>
                    </td>
                  </tr>
                );
              }),
            )
          }
        </tbody>
      </Table>
    </section>
  );
};

function partOf({ stream }: Row): string {
  return stream.slice('part/'.length);
}

/** Appraises what was ticked, or everything that has nothing to mark, each on its case hash. */
export async function appraiseAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, say } = visit;
  const ticked = form.getAll('part').map(String);
  const isTicked = field(form, 'chosen') === 'ticked';
  if (isTicked && ticked.length === 0) {
    return entitlementPage(visit, {
      vi: 'Chưa đánh dấu hồ sơ nào. Hãy đánh dấu ít nhất một hồ sơ.',
      en: 'No case is ticked. Tick at least one.',
    });
  }
  const parts = await listed(visit, appraisesFrom(account));
  const wanted = new Set(ticked);
  const chosen = parts.filter(({ row, summary }) => (isTicked ? wanted.has(partOf(row)) : !isMarked(summary)));
  if (!isTicked && field(form, 'counted') !== seenHash(chosen)) {
    return entitlementPage(visit, {
      vi: 'Danh sách đã thay đổi từ khi trang này được mở (có hồ sơ mới hoặc vừa được xử lý). Chưa có gì được ghi nhận; hãy xem lại con số bên dưới rồi thẩm định.',
      en: 'The list has changed since this page was opened. Nothing was recorded; look at the figure below again.',
    });
  }
  // What was ticked counts for what stood on the page.
  const seen = chosen.map(({ row, summary }) => {
    const part = partOf(row);
    return { part, caseHash: isTicked ? field(form, `seen-${part}`) : summary.caseHash };
  });
  if (seen.length === 0)
    return entitlementPage(visit, {
      vi: say('Không còn hồ sơ nào chờ thẩm định.', ''),
      en: 'No case waits for appraisal.',
    });
  const file = await ports.files.put(new TextEncoder().encode(JSON.stringify(seen)));
  return {
    to: `/viec/${await ports.jobs.start('appraise', { seen: file, by: { id: account.id, role: account.role } }, account.id)}`,
  };
}
