/** Nhật ký xem dữ liệu: who opened whose data and when, day by day, with the decision they did it under. No names of people. */
import type { FC } from 'hono/jsx';
import { addDays, isLocalDate, localDateOf } from '../../../shared/calendar.ts';
import { type LoggedRead, readNames, readsOf } from '../../../shared/completion/reads.ts';
import { type Mandate, readMandate } from '../../../shared/completion/mandate.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Day, Empty, Table } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';

const rowsAPage = 100;
const path = '/kiem-tra/nhat-ky';

/** Inspectors see everybody's reads, their own among them: whoever inspects is inspected. */
export async function readLogPage(visit: Visit): Promise<Answer> {
  const { say, ports, query } = visit;
  const today = localDateOf(ports.now());
  const asked = query.get('ngay') ?? today;
  const day = isLocalDate(asked) ? asked : today;
  const account = query.get('tai-khoan')?.trim() ?? '';
  const of = query.get('cua')?.trim() ?? '';
  // A day in Viet Nam begins in the evening of the day before, in UTC.
  const reads = await readsOf(ports.store, {
    days: [addDays(day, -1), day],
    ...(account === '' ? {} : { account }),
    ...(of === '' ? {} : { of }),
  });
  const own = reads.filter(({ at }) => localDateOf(at) === day);
  const page = Math.max(1, Number(query.get('trang')) || 1);
  return {
    page: say('Nhật ký xem dữ liệu', 'Log of reads'),
    body: (
      <>
        <p>
          {say(
            'Mỗi lần mở hồ sơ, giấy tờ, danh sách có họ tên hoặc tệp đều được ghi trước khi trang hiện ra. Nhật ký nối chuỗi mã băm như mọi lịch sử: không ai sửa hay xóa được, kể cả quản trị hệ thống.',
            'Each opening of a case, paper, list with names or file is written before the page is shown. The log is chained by hashes as every history is: nobody can change or delete it, an administrator included.',
          )}
        </p>
        <form method="get" action={path} class="filters">
          <label for="ngay">{say('Ngày', 'Day')}</label>
          <input id="ngay" name="ngay" type="date" value={day} />
          <label for="tai-khoan">{say('Tài khoản', 'Account')}</label>
          <input id="tai-khoan" name="tai-khoan" value={account} />
          <label for="cua">{say('Mã hồ sơ, đợt, chứng từ', 'Id of a case, batch or slip')}</label>
          <input id="cua" name="cua" value={of} />
          <button type="submit">{say('Xem', 'Show')}</button>
        </form>
        <Reads visit={visit} reads={own.slice((page - 1) * rowsAPage, page * rowsAPage)} all={own.length} day={day} />
        <Pages query={query} visit={visit} page={page} of={Math.ceil(own.length / rowsAPage)} />
        <Refused visit={visit} />
      </>
    ),
  };
}

const Reads: FC<{ visit: Visit; reads: readonly LoggedRead[]; all: number; day: string }> = async ({
  visit,
  reads,
  all,
  day,
}) => {
  const { say, words, ports } = visit;
  if (reads.length === 0) return <Empty>{say('Không có lượt xem nào.', 'No reads.')}</Empty>;
  const names = new Map<string, string>();
  const mandates = new Map<string, Mandate | undefined>();
  for (const { by, mandate } of reads) {
    if (!names.has(by)) names.set(by, await ports.directory.nameOf(by));
    if (mandate !== undefined && !mandates.has(mandate)) mandates.set(mandate, await readMandate(ports.store, mandate));
  }
  return (
    <Table label={say('Các lượt xem', 'Reads')}>
      <thead>
        <tr>
          <th>{say('Lúc', 'At')}</th>
          <th>{say('Ai', 'Who')}</th>
          <th>{say('Xem gì', 'What')}</th>
          <th>{say('Trang', 'Page')}</th>
          <th>{say('Theo quyết định', 'Under')}</th>
          <th>{say('Trong lịch sử gốc', 'In the raw histories')}</th>
        </tr>
      </thead>
      <tbody>
        {reads.map(({ at, by, what, path: opened, mandate, stream, seq }) => {
          const under = mandate === undefined ? undefined : mandates.get(mandate);
          return (
            <tr>
              <td>
                <At instant={at} visit={visit} />
              </td>
              <td>
                {names.get(by)} <span class="hint cell">{by}</span>
              </td>
              <td>{words(readNames[what])}</td>
              <td>
                <code>{opened}</code>
              </td>
              <td>{under === undefined ? '–' : `${under.number}: ${under.scope}`}</td>
              <td>
                <code>
                  {stream} #{seq}
                </code>
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td colspan={6}>
            {all} {say('lượt xem ngày ', 'reads on ')}
            <Day day={day} />
          </td>
        </tr>
      </tfoot>
    </Table>
  );
};

/** Of whoever was not let in: no read, and so in no history. */
const Refused: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports } = visit;
  const refused = await ports.refusals.latest(rowsAPage);
  const names = new Map<string, string>();
  for (const { by } of refused) if (by !== undefined) names.set(by, await ports.directory.nameOf(by));
  return (
    <section>
      <h2>{say('Truy cập bị từ chối', 'Access refused')}</h2>
      <p class="hint">
        {say(
          `${rowsAPage} dòng mới nhất; giữ 90 ngày. Mỗi dòng là lần đầu trong một giờ của một người hoặc một hệ thống kết nối ở một địa chỉ, các lần sau trong giờ đó không ghi thêm. Lời gọi bị tường lửa hoặc cổng vào chặn trước khi đến hệ thống không có ở đây. Danh sách này không nối chuỗi mã băm như nhật ký ở trên.`,
          `The newest ${rowsAPage}; kept 90 days. A line is the first of an hour by one account or system at one address. What a firewall or gateway stopped before is not here. This list is not chained by hashes as the log above is.`,
        )}
      </p>
      {refused.length === 0 ? (
        <Empty>{say('Chưa có lần nào.', 'None yet.')}</Empty>
      ) : (
        <Table label={say('Truy cập bị từ chối', 'Access refused')}>
          <thead>
            <tr>
              <th>{say('Lúc', 'At')}</th>
              <th>{say('Ai', 'Who')}</th>
              <th>{say('Địa chỉ', 'Address')}</th>
              <th>{say('Vì sao', 'Why')}</th>
            </tr>
          </thead>
          <tbody>
            {refused.map(({ at, by, what, status }) => (
              <tr>
                <td>
                  <At instant={at} visit={visit} />
                </td>
                <td>
                  {by === undefined ? (
                    say('không rõ', 'unknown')
                  ) : (
                    <>
                      {names.get(by)} <span class="hint cell">{by}</span>
                    </>
                  )}
                </td>
                <td>
                  <code>{what}</code>
                </td>
                <td>{visit.words(refusedWhy[status])}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
};

const refusedWhy: Readonly<Record<number, Sentence>> = {
  401: { vi: 'không có mã truy cập đúng', en: 'no valid token' },
  403: { vi: 'không có quyền', en: 'not allowed' },
  429: { vi: 'gọi quá nhiều', en: 'too many calls' },
};

const Pages: FC<{ visit: Visit; query: URLSearchParams; page: number; of: number }> = ({ visit, query, page, of }) => {
  const { say } = visit;
  if (of <= 1) return <></>;
  const to = (number: number) => {
    const next = new URLSearchParams(query);
    next.set('trang', String(number));
    return `${path}?${next.toString()}`;
  };
  return (
    <p class="pager">
      {say(`Trang ${page} trên ${of}. `, `Page ${page} of ${of}. `)}
      {page > 1 ? <a href={to(page - 1)}>{say('Trang trước', 'Before')}</a> : ''}{' '}
      {page < of ? <a href={to(page + 1)}>{say('Trang sau', 'Next')}</a> : ''}
    </p>
  );
};
