/** The people behind a figure of the completion page: named, for whoever may see their cases. */
import type { FC } from 'hono/jsx';
import { daysBetween, localDateOf } from '../../../shared/calendar.ts';
import { type Account, may } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { awaitedOf, bucketOf, type Status, statuses } from '../../../shared/case/lifecycle.ts';
import { mayReachRow, partSummary } from '../../../shared/case/part.ts';
import type { Row, Store } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { Empty, Money, StatusTag, Table } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { blockNames, bucketNames, causeNames, levelNames, regimeNames, sourceNames } from '../words.ts';
import * as z from 'zod';

const groupings = ['all', 'cause', 'bucket', 'regime', 'level', 'block', 'source', 'unit'] as const;

/** A group of the completion page, or the whole. Of a bucket all its people, else those who are unpaid. */
export interface Behind {
  readonly by: (typeof groupings)[number];
  readonly key: string;
}

const peopleAPage = 50;
/** So many rows are looked at for one page at most; the next page goes on from there. */
const rowsAPage = 20_000;

export async function peopleBehindPage(visit: Visit): Promise<Answer> {
  const { say, query, ports, account } = visit;
  const by = z.enum(groupings).safeParse(query.get('theo') ?? 'all').data;
  const key = query.get('la') ?? '';
  const page = say('Danh sách phía sau số liệu', 'The people behind a figure');
  const name = by === undefined ? undefined : await nameOf({ by, key }, visit);
  if (by === undefined || name === undefined) {
    const what = say('Không có nhóm này. Hãy chọn một số trên trang Hoàn thành.', 'There is no such group.');
    return { page, status: 404, body: <Empty>{what}</Empty> };
  }
  const after = query.get('sau') ?? undefined;
  const { rows, next } = await peopleOf({ by, key }, account, ports.store, after);
  return {
    page,
    body: (
      <>
        <p>
          <a href="/hoan-thanh">{say('Về trang Hoàn thành', 'Back to completion')}</a>
        </p>
        <h2>{by === 'bucket' ? name : say(`Chưa nhận tiền: ${name}`, `Unpaid: ${name}`)}</h2>
        {rows.length === 0 ? (
          <Empty>
            {next === undefined
              ? say('Không còn ai.', 'Nobody is left.')
              : say('Chưa thấy ai ở phần này.', 'Nobody here.')}
          </Empty>
        ) : (
          <People visit={visit} rows={rows} />
        )}
        {next === undefined ? (
          ''
        ) : (
          <p class="pager">
            <a href={`/hoan-thanh/danh-sach?${new URLSearchParams({ theo: by, la: key, sau: next }).toString()}`}>
              {say('Trang sau', 'Next page')}
            </a>
          </p>
        )}
      </>
    ),
  };
}

/** `undefined` for a group that there is not. */
async function nameOf({ by, key }: Behind, { say, words, ports }: Visit): Promise<string | undefined> {
  if (by === 'all') return say('toàn tỉnh', 'the whole province');
  if (by === 'unit') return (await readUnits(ports.store)).get(key)?.name;
  const names = {
    cause: causeNames,
    bucket: bucketNames,
    regime: regimeNames,
    level: levelNames,
    block: blockNames,
    source: sourceNames,
  }[by];
  const name = Object.entries(names).find(([one]) => one === key)?.[1];
  return name === undefined ? undefined : words(name);
}

/** Rows of one page, in the order of cases. */
async function peopleOf(
  behind: Behind,
  account: Account,
  store: Store,
  after: string | undefined,
): Promise<{ readonly rows: readonly Row[]; readonly next?: string }> {
  const found: Row[] = [];
  const unit = behind.by === 'unit' ? { unit: behind.key } : {};
  let from = after;
  for (let looked = 0; looked < rowsAPage; looked += 1000) {
    const { rows, next } = await store.page({
      kind: 'part',
      ...unit,
      limit: 1000,
      ...(from === undefined ? {} : { after: from }),
    });
    for (const row of rows) {
      if (!isBehind(row, behind) || !mayReachRow(account, row)) continue;
      found.push(row);
      if (found.length === peopleAPage) return { rows: found, next: row.stream };
    }
    if (next === undefined) return { rows: found };
    from = next;
  }
  return { rows: found, ...(from === undefined ? {} : { next: from }) };
}

function isBehind({ status: text, source, unit, summary }: Row, { by, key }: Behind): boolean {
  const status = statusOf(text);
  const bucket = bucketOf[status];
  if (by === 'bucket') return bucket === key;
  if (bucket === 'credited' || bucket === 'cancelled') return false;
  if (by === 'all') return true;
  if (by === 'cause') return awaitedOf[status] === key;
  if (by === 'source') return source === key;
  if (by === 'unit') return unit === key;
  return groupOf.parse(summary)[by] === key;
}

const groupOf = partSummary.pick({ regime: true, level: true, block: true });

const statusOf = (text: string): Status => z.enum(statuses).parse(text);

const People: FC<{ visit: Visit; rows: readonly Row[] }> = async ({ visit, rows }) => {
  const { say, words, ports, account } = visit;
  const today = localDateOf(ports.now());
  const units = await readUnits(ports.store);
  const people = await Promise.all(
    rows.map(async ({ status, unit = '', summary }) => {
      const { caseId, since, total, regime } = partSummary.parse(summary);
      const of = await readCase(ports.store, caseId);
      const { fullName } = of === undefined ? { fullName: '–' } : await identityOf(ports.vault, of);
      return { caseId, fullName, unit: units.get(unit)?.name ?? unit, status: statusOf(status), since, total, regime };
    }),
  );
  return (
    <Table label={say('Những người trong nhóm', 'People of the group')}>
      <thead>
        <tr>
          <th>{say('Họ và tên', 'Name')}</th>
          <th>{say('Đơn vị chi trả', 'Paying unit')}</th>
          <th>{say('Chế độ', 'Regime')}</th>
          <th>{say('Đang ở đâu', 'Where')}</th>
          <th>{say('Ai phải làm', 'Who must act')}</th>
          <th class="number">{say('Số ngày', 'Days')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ caseId, fullName, unit, status, since, total, regime }) => (
          <tr>
            <td>{may(account, 'case.see') ? <a href={`/ho-so/${caseId}`}>{fullName}</a> : fullName}</td>
            <td>{unit}</td>
            <td>{words(regimeNames[regime])}</td>
            <td>
              <StatusTag status={status} visit={visit} />
            </td>
            <td>{words(causeNames[awaitedOf[status]])}</td>
            <td class="number">{daysBetween({ from: localDateOf(since), to: today })}</td>
            <td class="number">
              <Money amount={total} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};
