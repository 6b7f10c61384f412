/** Khiếu nại: the register. How many with whom, how many past the limit; and, by right of the role, each of them. */
import type { FC } from 'hono/jsx';
import { daysBetween, localDateOf } from '../../../shared/calendar.ts';
import { type Account, may, mayReach, type Role } from '../../../shared/case/access.ts';
import { identityOf } from '../../../shared/case/case.ts';
import type { Directory } from '../../../shared/case/ports.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { readUnits, type Unit } from '../../../shared/case/unit.ts';
import {
  complaintBodies,
  complaintStates,
  complaintStream,
  complaintSubjects,
  type ComplaintState,
  type ComplaintSummary,
  complaintSummary,
  isClosedComplaint,
} from '../../../shared/completion/complaint.ts';
import { isOverdue } from '../../../shared/completion/complaint-limit.ts';
import { nextActors, openComplaint } from '../../../shared/completion/complaint-standing.ts';
import { bodyNames, stateLooks, stateNames, subjectNames } from '../complaint-words.ts';
import { complaintsPath, waitsFor } from '../complaints-waiting.ts';
import { Day, Empty, Table, Tag } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';

interface Listed {
  readonly id: string;
  readonly row: Row;
  readonly state: ComplaintState;
  readonly summary: ComplaintSummary;
  readonly isLate: boolean;
}

/** So many are shown; the filters find the others. */
const mostShown = 200;

export async function complaintsPage(visit: Visit): Promise<Answer> {
  const { say, ports } = visit;
  const all = await listed(visit);
  const units = await readUnits(ports.store);
  const chosen = (await mineIn(visit, all.filter(isChosen(visit)))).toSorted(byLimit);
  return {
    page: say('Khiếu nại, kiến nghị', 'Complaints'),
    body: (
      <>
        <Counts visit={visit} all={all} />
        {may(visit.account, 'complaint.see') ? (
          <>
            <Filters visit={visit} units={units} all={all} />
            <List visit={visit} chosen={chosen} units={units} />
          </>
        ) : (
          <p class="hint">
            {say(
              'Danh sách có tên người khiếu nại do các cơ quan giải quyết và thanh tra xem.',
              'The list with names is seen by the bodies that answer, and the inspector.',
            )}
          </p>
        )}
      </>
    ),
  };
}

/** Every complaint of a case that the account may reach; leadership all, of which it sees the numbers alone. */
async function listed({ account, ports }: Visit): Promise<readonly Listed[]> {
  const today = localDateOf(ports.now());
  const found: Listed[] = [];
  for await (const row of allRows(ports.store, { kind: 'complaint' })) {
    const summary = complaintSummary.parse(row.summary);
    const state = complaintStates.find((one) => one === row.status);
    if (state === undefined || !mayReach(account, { unit: row.unit ?? '', block: summary.block })) continue;
    const id = row.stream.slice(complaintStream('').length);
    found.push({ id, row, state, summary, isLate: isOverdue(summary.due, today) });
  }
  return found;
}

/** What the address asks for; without a state, those that are open. */
function isChosen({ query }: Visit): (one: Listed) => boolean {
  const [state, unit, subject] = ['trang-thai', 'don-vi', 'noi-dung'].map((name) => query.get(name) ?? '');
  const isLateOnly = query.get('qua-han') === '1';
  return (one) =>
    (state === 'tat-ca' || (state === '' ? !isClosedComplaint(one.state) : one.state === state)) &&
    (unit === '' || one.row.unit === unit) &&
    (subject === '' || one.summary.subject === subject) &&
    (!isLateOnly || one.isLate);
}

/** Where the address asks for it, those alone that wait for whoever looks. */
async function mineIn({ query, account, ports }: Visit, list: readonly Listed[]): Promise<readonly Listed[]> {
  if (query.get('cho') !== 'toi') return list;
  const waits = await Promise.all(list.map(({ row, summary }) => waitsFor(account, row, summary, ports.store)));
  return list.filter((_one, index) => waits[index]);
}

/** The limit that ends first stands first; what has none by when it came. */
function byLimit(one: Listed, other: Listed): number {
  const key = ({ summary }: Listed) => `${summary.due ?? '9999'} ${summary.receivedOn} ${summary.number}`;
  return key(one) < key(other) ? -1 : 1;
}

const Counts: FC<{ visit: Visit; all: readonly Listed[] }> = ({ visit, all }) => {
  const { say, words } = visit;
  const open = all.filter(({ state }) => !isClosedComplaint(state));
  const late = open.filter(({ isLate }) => isLate);
  const of = (list: readonly Listed[], body: string) => list.filter(({ summary }) => summary.body === body).length;
  return (
    <section>
      <p class="lead">
        {open.length === 0
          ? say('Không có khiếu nại nào đang giải quyết.', 'No complaint is open.')
          : say(
              `${open.length} khiếu nại đang giải quyết, trong đó ${late.length} quá hạn.`,
              `${open.length} complaints are open, ${late.length} of them past the limit.`,
            )}
      </p>
      <Table label={say('Khiếu nại theo cơ quan giải quyết', 'Complaints by body')}>
        <thead>
          <tr>
            <th>{say('Cơ quan giải quyết', 'Body')}</th>
            <th class="number">{say('Đang giải quyết', 'Open')}</th>
            <th class="number">{say('Quá hạn', 'Past the limit')}</th>
            <th class="number">{say('Đã xong', 'Settled')}</th>
          </tr>
        </thead>
        <tbody>
          {complaintBodies.map((body) => (
            <tr>
              <td>{words(bodyNames[body])}</td>
              <td class="number">{of(open, body)}</td>
              <td class="number">{of(late, body)}</td>
              <td class="number">{of(all, body) - of(open, body)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{say('Cộng', 'Total')}</th>
            <td class="number">{open.length}</td>
            <td class="number">{late.length}</td>
            <td class="number">{all.length - open.length}</td>
          </tr>
        </tfoot>
      </Table>
    </section>
  );
};

const Filters: FC<{ visit: Visit; units: ReadonlyMap<string, Unit>; all: readonly Listed[] }> = ({
  visit,
  units,
  all,
}) => {
  const { say, words, query } = visit;
  const present = [...new Set(all.map(({ row }) => row.unit ?? ''))].toSorted();
  const chosen = (name: string) => query.get(name) ?? '';
  return (
    <div class="filters">
      <form method="get" action={complaintsPath}>
        <label for="trang-thai">{say('Bước', 'State')}</label>
        <select id="trang-thai" name="trang-thai">
          <option value="">{say('Đang giải quyết', 'Open')}</option>
          <option value="tat-ca" selected={chosen('trang-thai') === 'tat-ca'}>
            {say('Tất cả', 'All')}
          </option>
          {complaintStates.map((one) => (
            <option value={one} selected={one === chosen('trang-thai')}>
              {words(stateNames[one])}
            </option>
          ))}
        </select>
        <label for="don-vi">{say('Đơn vị', 'Unit')}</label>
        <select id="don-vi" name="don-vi">
          <option value="">{say('Tất cả', 'All')}</option>
          {present.map((code) => (
            <option value={code} selected={code === chosen('don-vi')}>
              {units.get(code)?.name ?? code}
            </option>
          ))}
        </select>
        <label for="noi-dung">{say('Nội dung', 'Subject')}</label>
        <select id="noi-dung" name="noi-dung">
          <option value="">{say('Tất cả', 'All')}</option>
          {complaintSubjects.map((one) => (
            <option value={one} selected={one === chosen('noi-dung')}>
              {words(subjectNames[one])}
            </option>
          ))}
        </select>
        <label for="qua-han">
          <input id="qua-han" name="qua-han" type="checkbox" value="1" checked={chosen('qua-han') === '1'} />{' '}
          {say('Quá hạn', 'Past the limit')}
        </label>
        <button type="submit">{say('Lọc', 'Filter')}</button>
      </form>
    </div>
  );
};

const List: FC<{ visit: Visit; chosen: readonly Listed[]; units: ReadonlyMap<string, Unit> }> = async ({
  visit,
  chosen,
  units,
}) => {
  const { say, words } = visit;
  const directory = holdingOnce(visit.ports.directory);
  const opened = chosen.slice(0, mostShown).map(async (one) => named(visit, one, directory));
  const shown = (await Promise.all(opened)).filter((one) => one !== undefined);
  if (shown.length === 0) return <Empty>{say('Không có khiếu nại nào như vậy.', 'There is none like that.')}</Empty>;
  return (
    <>
      {chosen.length > mostShown ? (
        <p class="hint">
          {say(
            `Hiện ${mostShown} trên ${chosen.length}; hãy lọc để thấy phần còn lại.`,
            `${mostShown} of ${chosen.length} are shown; filter to see the rest.`,
          )}
        </p>
      ) : (
        ''
      )}
      <Table label={say('Sổ khiếu nại', 'Register of complaints')}>
        <thead>
          <tr>
            <th>{say('Số đến, ngày nhận', 'Number, received')}</th>
            <th>{say('Người hưởng', 'Person')}</th>
            <th>{say('Nội dung', 'Subject')}</th>
            <th>{say('Đơn vị', 'Unit')}</th>
            <th>{say('Bước', 'State')}</th>
            <th>{say('Ai phải làm', 'Who must act')}</th>
            <th>{say('Hạn', 'Limit')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, name, who, state, summary, row, isLate }) => (
            <tr>
              <td>
                <a href={`${complaintsPath}/${id}`}>{summary.number}</a>, <Day day={summary.receivedOn} />
              </td>
              <td>{name}</td>
              <td>{words(subjectNames[summary.subject])}</td>
              <td>{units.get(row.unit ?? '')?.name ?? row.unit}</td>
              <td>
                <StateTag visit={visit} state={state} />
              </td>
              <td>{who}</td>
              <td>
                <Limit visit={visit} due={summary.due} isLate={isLate} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
};

async function named({ account, ports }: Visit, one: Listed, directory: Pick<Directory, 'holding'>) {
  const opened = await openComplaint(ports.store, one.id, account);
  if (opened === undefined) return undefined;
  const { accounts } = await nextActors(opened, directory);
  const who = accounts.map((next) => next.name).join(', ');
  return { ...one, who, name: (await identityOf(ports.vault, opened.of)).fullName };
}

/** Many complaints wait for the same few people. */
function holdingOnce(directory: Directory): Pick<Directory, 'holding'> {
  const known = new Map<Role, Promise<readonly Account[]>>();
  return {
    async holding(role) {
      const before = known.get(role) ?? directory.holding(role);
      known.set(role, before);
      return before;
    },
  };
}

export const StateTag: FC<{ visit: Visit; state: ComplaintState }> = ({ visit, state }) => (
  <Tag tone={stateLooks[state].tone}>
    <span aria-hidden="true">{stateLooks[state].shape}</span> {visit.words(stateNames[state])}
  </Tag>
);

/** The last day, and how far it is from today. */
export const Limit: FC<{ visit: Visit; due: string | undefined; isLate: boolean }> = ({ visit, due, isLate }) => {
  const { say, ports } = visit;
  if (due === undefined) return <></>;
  const days = daysBetween({ from: localDateOf(ports.now()), to: due });
  return (
    <>
      <Day day={due} />{' '}
      {isLate ? (
        <Tag tone="back">✕ {say(`quá hạn ${-days} ngày`, `${-days} days late`)}</Tag>
      ) : (
        <span class="hint">{days === 0 ? say('hôm nay', 'today') : say(`còn ${days} ngày`, `${days} days left`)}</span>
      )}
    </>
  );
};
