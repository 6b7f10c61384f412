/** Đã chi nơi khác: lists of payments made without an order of ours, what would come of each row, and a second person. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { paperType } from '../../../shared/case/papers.ts';
import { allRows } from '../../../shared/case/store.ts';
import {
  bringEarlierList,
  confirmEarlierList,
  dropEarlierList,
  earlierListSummary,
  type EarlierList,
  readEarlierList,
} from '../../../shared/disbursement/earlier-list.ts';
import { earlierColumns } from '../../../shared/disbursement/read-earlier.ts';
import { paysAccount, readJudged } from '../../../shared/disbursement/record-earlier.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { spreadsheet } from './intake.tsx';
import { JudgedRows } from './paid-elsewhere-rows.tsx';

const here = '/chi-tra/da-chi-noi-khac';

export async function earlierPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account } = visit;
  return {
    page: say('Đã chi nơi khác', 'Paid elsewhere'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p>
          {say(
            'Khoản đơn vị đã chi trước từ dự toán được giao (Thông tư 07/2025/TT-BTC, Điều 5 khoản 1 điểm d) hoặc đã chi ngoài hệ thống được ghi ở đây theo chứng từ, để không ai được trả hai lần. Chưa có gì được ghi cho đến khi người thứ hai xác nhận.',
            'What a unit paid in advance from its own estimate (Circular 07/2025/TT-BTC, article 5(1)(d)), or beside this system, is recorded here with its evidence, so that nobody is paid twice. Nothing is recorded before a second person confirms.',
          )}
        </p>
        {may(account, 'paid-elsewhere.record') ? <Bring visit={visit} /> : ''}
        <Lists visit={visit} />
      </>
    ),
  };
}

const Bring: FC<{ visit: Visit }> = ({ visit }) => {
  const { say } = visit;
  return (
    <section>
      <h2>{say('Đưa danh sách vào', 'Bring a list')}</h2>
      <p>
        <a href={`${here}/mau.xlsx`} download="">
          {say('Tải tệp mẫu', 'Download the template')}
        </a>
      </p>
      <Form to={here} visit={visit} files>
        <FileField
          visit={visit}
          label={say('Danh sách đã chi (.xlsx, .xls, .csv)', 'List of payments (.xlsx, .xls, .csv)')}
          name="file"
          accept=".xlsx,.xls,.csv"
          hint={say(
            'Mỗi người một dòng: số định danh hoặc mã hồ sơ, họ tên, số tiền, ngày chi, số chứng từ, mã đơn vị đã chi.',
            'A row a person: citizen id or case code, name, sum, day, document, code of the unit that paid.',
          )}
          required
        />
        <FileField
          visit={visit}
          label={say('Bản quét chứng từ đã chi (.pdf, ảnh)', 'Scan of the documents (.pdf, picture)')}
          name="paper"
          accept=".pdf,.jpg,.jpeg,.png"
          required
        />
        <button type="submit" class="primary">
          {say('Kiểm tra danh sách', 'Check the list')}
        </button>
      </Form>
    </section>
  );
};

const Lists: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports } = visit;
  const lists = [];
  for await (const { stream, status, summary } of allRows(ports.store, { kind: 'earlier-list' })) {
    const list = { id: stream.slice('earlier-list/'.length), status, ...earlierListSummary.parse(summary) };
    if (maySee(visit, list)) lists.push(list);
  }
  lists.sort((one, other) => (one.at < other.at ? 1 : -1));
  if (lists.length === 0) return <Empty>{say('Chưa có danh sách nào.', 'No list yet.')}</Empty>;
  const label = say('Danh sách đã đưa vào', 'Lists');
  return (
    <section>
      <h2>{label}</h2>
      <Table label={label}>
        <thead>
          <tr>
            <th>{say('Thời điểm', 'When')}</th>
            <th>{say('Tình trạng', 'State')}</th>
            <th class="number">{say('Dòng', 'Rows')}</th>
            <th class="number">{say('Ghi được', 'Recordable')}</th>
            <th class="number">{say('Số tiền ghi được (đồng)', 'Sum (đồng)')}</th>
            <th class="number">{say('Đã ghi', 'Recorded')}</th>
          </tr>
        </thead>
        <tbody>
          {lists.slice(0, 100).map(({ id, status, at, rows, recordable, total, recorded }) => (
            <tr>
              <td>
                <a href={`${here}/${id}`}>
                  <At instant={at} visit={visit} />
                </a>
              </td>
              <td>
                <State visit={visit} status={status} />
              </td>
              <td class="number">{rows}</td>
              <td class="number">{recordable}</td>
              <td class="number">
                <Money amount={total} />
              </td>
              <td class="number">{recorded ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

const stateNames: Readonly<Record<string, readonly ['waiting' | 'moving' | 'done' | 'back' | 'quiet', Sentence]>> = {
  brought: ['waiting', { vi: '○ Đang kiểm tra', en: '○ Being checked' }],
  read: ['waiting', { vi: '◔ Chờ người thứ hai xác nhận', en: '◔ To be confirmed by a second person' }],
  confirmed: ['moving', { vi: '➜ Đã xác nhận, đang ghi', en: '➜ Confirmed, being recorded' }],
  recorded: ['done', { vi: '● Đã ghi', en: '● Recorded' }],
  unreadable: ['back', { vi: '✕ Không đọc được', en: '✕ Unreadable' }],
  dropped: ['quiet', { vi: '– Đã bỏ', en: '– Dropped' }],
};

const State: FC<{ visit: Visit; status: string }> = ({ visit, status }) => {
  const [tone, words] = stateNames[status] ?? ['quiet', undefined];
  return <Tag tone={tone}>{visit.words(words)}</Tag>;
};

/** A unit's accountant sees their own lists; Finance and inspectors all. */
function maySee({ account }: Visit, { by }: { readonly by: string }): boolean {
  return account.role !== 'unit-chief-accountant' || by === account.id;
}

async function find(visit: Visit): Promise<EarlierList | undefined> {
  const list = await readEarlierList(visit.ports.store, visit.params['list'] ?? '');
  return list === undefined || !maySee(visit, list) ? undefined : list;
}

function notFound({ say }: Visit): Answer {
  return {
    page: say('Không tìm thấy', 'Not found'),
    body: <p>{say('Không có danh sách này.', 'There is no such list.')}</p>,
    status: 404,
  };
}

export async function earlierListPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports } = visit;
  const list = await find(visit);
  if (list === undefined) return notFound(visit);
  const shown = list.recorded?.results ?? list.read?.reading;
  const rows = shown === undefined ? [] : await readJudged(shown, ports);
  return {
    page: say('Danh sách đã chi nơi khác', 'List of payments made elsewhere'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem ?? list.unreadable} visit={visit} />
        <p class="lead">
          <State visit={visit} status={list.status} />
        </p>
        <p>
          {say('Người đưa vào: ', 'Brought by ')}
          {await ports.directory.nameOf(list.by)}, <At instant={list.at} visit={visit} />.{' '}
          {list.confirmed === undefined
            ? ''
            : say(
                `Người xác nhận: ${await ports.directory.nameOf(list.confirmed.by)}.`,
                `Confirmed by ${await ports.directory.nameOf(list.confirmed.by)}.`,
              )}{' '}
          {list.dropped === undefined ? '' : say(`Đã bỏ: ${list.dropped.reason}.`, `Dropped: ${list.dropped.reason}.`)}{' '}
          <a href={`${here}/${list.id}/chung-tu`}>{say('Mở bản quét chứng từ', 'Open the documents')}</a>
        </p>
        {list.recorded === undefined ? '' : <Outcome visit={visit} list={list} />}
        <JudgedRows visit={visit} rows={rows} path={`${here}/${list.id}`} />
        <Decide visit={visit} list={list} />
      </>
    ),
  };
}

const Outcome: FC<{ visit: Visit; list: EarlierList }> = ({ visit, list }) => {
  const { recorded = 0, same = 0, left = 0 } = list.recorded ?? {};
  return (
    <p class="note" role="status">
      {visit.say(
        `Đã ghi ${recorded} người là đã chi nơi khác; ${same} khoản đã ghi từ trước; ${left} dòng không ghi được nữa vì hồ sơ đã thay đổi sau khi kiểm tra.`,
        `${recorded} people recorded as paid elsewhere; ${same} were recorded before; ${left} rows could not be recorded any more, for their cases had changed.`,
      )}
    </p>
  );
};

const Decide: FC<{ visit: Visit; list: EarlierList }> = ({ visit, list }) => {
  const { say, account } = visit;
  const { id, status, read, by } = list;
  const isOpen = status === 'read' || status === 'brought';
  const mayConfirm = may(account, 'paid-elsewhere.confirm') && by !== account.id;
  const canConfirm = mayConfirm && status === 'read' && read !== undefined && read.recordable > 0;
  return (
    <>
      {canConfirm || (mayConfirm && status === 'confirmed') ? (
        <Form to={`${here}/${id}/xac-nhan`} visit={visit}>
          <input type="hidden" name="reading" value={read?.reading ?? ''} />
          <button type="submit" class="primary">
            {status === 'confirmed'
              ? say('Ghi tiếp', 'Go on recording')
              : say(`Xác nhận và ghi ${read?.recordable ?? 0} khoản`, `Confirm and record ${read?.recordable ?? 0}`)}
          </button>
        </Form>
      ) : (
        ''
      )}
      {status === 'read' && by === account.id && read !== undefined && read.recordable > 0 ? (
        <p class="hint">
          {say('Một người khác của Sở Tài chính phải xác nhận.', 'Another person of Finance must confirm this.')}
        </p>
      ) : (
        ''
      )}
      {isOpen && may(account, 'paid-elsewhere.drop') ? (
        <Form to={`${here}/${id}/bo`} visit={visit}>
          <Field label={say('Lý do bỏ danh sách', 'Why the list is dropped')} name="reason" required />
          <button type="submit">{say('Bỏ danh sách này', 'Drop this list')}</button>
        </Form>
      ) : (
        ''
      )}
    </>
  );
};

export async function bringEarlierAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const [file, paper] = [await upload(form, 'file'), await upload(form, 'paper')];
  if (paper !== undefined && paperType(paper.bytes) === undefined) {
    return earlierPage(visit, {
      vi: 'Bản quét chứng từ phải là tệp PDF, JPEG hoặc PNG.',
      en: 'The scan of the documents must be a PDF, JPEG or PNG file.',
    });
  }
  const stored = {
    file: file === undefined ? '' : await ports.files.put(file.bytes),
    paper: paper === undefined ? '' : await ports.files.put(paper.bytes),
  };
  const list = await bringEarlierList(stored, account, ports);
  if (list.outcome === 'refused') return earlierPage(visit, list.why);
  if (list.outcome === 'open-already') {
    return maySee(visit, (await readEarlierList(ports.store, list.id)) ?? { by: '' })
      ? { to: `${here}/${list.id}` }
      : earlierPage(visit, broughtByAnother);
  }
  return { to: `/viec/${await ports.jobs.start('read-earlier', { list: list.id, account }, account.id)}` };
}

const broughtByAnother: Problem = {
  vi: 'Tệp này đã được người khác đưa vào và đang chờ xác nhận. Không cần đưa vào lần nữa.',
  en: 'Somebody else has brought this file and it waits to be confirmed. There is no need to bring it again.',
};

export async function confirmEarlierAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const list = await find(visit);
  if (list === undefined) return notFound(visit);
  if (list.status !== 'confirmed') {
    const reading = field(form, 'reading');
    const isPaidBy = async () => paysAccount(reading, account, ports);
    const confirmed = await confirmEarlierList(list.id, reading, isPaidBy, account, ports);
    if (confirmed.outcome === 'refused') return earlierListPage(visit, confirmed.why);
  }
  // A confirmed list whose recording stopped half way goes on; a row that is recorded is left as it is.
  return { to: `/viec/${await ports.jobs.start('record-earlier', { list: list.id }, account.id)}` };
}

export async function dropEarlierAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const list = await find(visit);
  if (list === undefined) return notFound(visit);
  const dropped = await dropEarlierList(list.id, field(form, 'reason'), account, ports);
  return dropped.outcome === 'refused' ? earlierListPage(visit, dropped.why) : { to: here };
}

const types = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;

export async function earlierPaper(visit: Visit): Promise<Answer> {
  const list = await find(visit);
  const file = list === undefined ? undefined : await visit.ports.files.get(list.paper);
  const type = file === undefined ? undefined : paperType(file);
  if (file === undefined || type === undefined) return notFound(visit);
  return { file, name: `chung-tu-da-chi.${type}`, type: types[type] };
}

export async function earlierTemplate({ ports }: Visit): Promise<Answer> {
  const columns = Object.values(earlierColumns).map(({ heading, width, kind }) => ({ heading, width, kind }));
  const sheet = {
    name: 'Da chi noi khac',
    title: [
      'DANH SÁCH CÁC KHOẢN ĐÃ CHI NGOÀI HỆ THỐNG',
      'Mỗi người một dòng; số tiền là tổng số người đó được hưởng. Ghi số định danh hoặc mã hồ sơ.',
    ],
    columns,
    rows: [],
    landscape: true,
  };
  return { file: await ports.papers.write([sheet]), name: 'mau-da-chi-noi-khac.xlsx', type: spreadsheet };
}
