/** One list: how it was understood, every fault at once, what confirming it would do, and what goes back to the unit. */
import type { FC } from 'hono/jsx';
import * as z from 'zod';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { factName } from '../../../shared/case/explain.ts';
import { type List, mayReachList, readListHistory } from '../../../shared/intake/list.ts';
import { type ListReport, listReport } from '../../../shared/intake/list-report.ts';
import { personColumns, periodColumns } from '../../../shared/intake/list-columns.ts';
import { tellColumns } from '../../../shared/intake/learnt-headings.ts';
import { storedUnknownColumns, type UnknownColumns } from '../../../shared/intake/read-list.ts';
import { recordSubmissionLetter, reconciled } from '../../../shared/intake/submission-letter.ts';
import { Field, Form, ProblemBox, Table } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { spreadsheet } from './intake.tsx';

/** A clerk sees their own lists. */
export async function listPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say } = visit;
  const list = await ownList(visit);
  if (list === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <p>{say('Không có danh sách này.', 'There is no such list.')}</p>,
      status: 404,
    };
  }
  if (list.unreadable !== undefined) return unreadablePage(visit, list, problem);
  const report = list.read === undefined ? undefined : await storedJson(visit, list.read.report, listReport);
  if (list.read === undefined || report === undefined) {
    return {
      page: say('Đang đọc danh sách', 'Reading the list'),
      body: <p>{say('Danh sách đang được đọc.', 'The list is being read.')}</p>,
      refreshAfter: 1,
    };
  }
  return readPage(visit, list, list.read.rows, report, problem);
}

function readPage(visit: Visit, list: List, rows: number, report: ListReport, problem: Problem | undefined): Answer {
  const { say, words } = visit;
  const { people, faults, warnings, notices, declared } = report;
  return {
    page: say('Kết quả kiểm tra danh sách', 'What was read in the list'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        {visit.query.get('lap-lai') === null ? (
          ''
        ) : (
          <p class="note" role="status">
            {say(
              'Tệp này đã được tải lên trước đó; đây là danh sách ấy. Không có gì được ghi thêm.',
              'This very file was uploaded before; this is that list. Nothing more was recorded.',
            )}
          </p>
        )}
        <p class="lead">
          {say(
            `Đọc ${rows} dòng: ${people} người không có lỗi, ${faults.count} lỗi ở ${faults.rows} dòng, ${warnings.count} điều cần lưu ý.`,
            `${rows} rows read: ${people} people without a fault, ${faults.count} faults in ${faults.rows} rows, ${warnings.count} warnings.`,
          )}
        </p>
        {declared > 0 ? (
          <p class="hint">
            {say(
              `Đơn vị ghi số tiền cho ${declared} người; số này chỉ để đối chiếu.`,
              `The unit states a sum for ${declared} people; it is only compared.`,
            )}
          </p>
        ) : (
          ''
        )}
        <Confirm visit={visit} list={list} report={report} />
        <Letter visit={visit} list={list} report={report} rows={rows} />
        <Faults visit={visit} faults={faults} title={say('Lỗi cần sửa', 'Faults to mend')} />
        {faults.count > 0 ? <GoesBack visit={visit} list={list} report={report} /> : ''}
        <Faults
          visit={visit}
          faults={warnings}
          title={say('Cần lưu ý (không chặn)', 'Warnings (nothing is stopped)')}
        />
        <section>
          <h2>{say('Tệp được hiểu như sau', 'How the file was understood')}</h2>
          {notices.length === 0 ? (
            ''
          ) : (
            <ul>
              {notices.map((notice) => (
                <li>{words(notice)}</li>
              ))}
            </ul>
          )}
          <Columns visit={visit} list={list} />
        </section>
      </>
    ),
  };
}

/** What confirming would do, before anything is done; afterwards, what was done. */
const Confirm: FC<{ visit: Visit; list: List; report: ListReport }> = ({ visit, list, report }) => {
  const { say } = visit;
  if (list.submitted !== undefined) return <Done visit={visit} submitted={list.submitted} />;
  const { fresh, same, taken, changed, elsewhere } = report;
  const faultyRows = report.faults.rows;
  return (
    <section>
      <h2>{say('Khi đồng chí xác nhận', 'When you confirm')}</h2>
      <ul>
        <li>{say(`${fresh} hồ sơ mới được lập.`, `${fresh} new cases are made.`)}</li>
        {changed.count > 0 ? (
          <li>
            {say(
              `${taken} hồ sơ đã có được sửa theo danh sách này và tính lại; ${changed.count - taken} hồ sơ khác phải sửa trên trang hồ sơ.`,
              `${taken} existing cases are corrected by this list and computed again; ${changed.count - taken} others are changed on their own pages.`,
            )}
          </li>
        ) : (
          ''
        )}
        {same > 0 ? <li>{say(`${same} người giữ nguyên, không đổi gì.`, `${same} people stay as they are.`)}</li> : ''}
        {elsewhere.length > 0 ? (
          <li>
            {say(
              `${elsewhere.length} người không gửi được vì đã có hồ sơ ở nơi khác (dòng ${elsewhere.join(', ')}). Mỗi người chỉ hưởng một chế độ; hãy báo Sở Nội vụ.`,
              `${elsewhere.length} people have a case elsewhere (rows ${elsewhere.join(', ')}). One person has one regime; tell Home Affairs.`,
            )}
          </li>
        ) : (
          ''
        )}
        {faultyRows > 0 ? (
          <li>
            {say(
              `${faultyRows} dòng có lỗi chưa được gửi; sửa rồi tải lên lại sau cũng được, các dòng khác không phải chờ.`,
              `${faultyRows} rows with faults stay; mend and upload them later, the others do not wait.`,
            )}
          </li>
        ) : (
          ''
        )}
      </ul>
      <Changes visit={visit} changed={changed.first} />
      {fresh + taken === 0 || visit.account.role !== 'unit-clerk' ? (
        ''
      ) : (
        <Form to={`/tiep-nhan/${list.id}/gui`} visit={visit} class="act">
          <button type="submit" class="primary">
            {say(`Gửi ${fresh + taken} người để Sở Nội vụ thẩm định`, `Submit ${fresh + taken} people to Home Affairs`)}
          </button>
        </Form>
      )}
    </section>
  );
};

const Changes: FC<{ visit: Visit; changed: ListReport['changed']['first'] }> = ({ visit, changed }) => {
  const { say } = visit;
  if (changed.length === 0) return <></>;
  const names: Readonly<Record<string, string>> = {
    fullName: say('họ tên', 'name'),
    account: say('tài khoản', 'account'),
    employer: say('nơi công tác', 'employer'),
    payingUnit: say('đơn vị chi trả', 'paying unit'),
  };
  const label = say('Người đã có hồ sơ và có điểm khác', 'People with a case that differs');
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th class="number">{say('Dòng', 'Row')}</th>
          <th>{say('Hồ sơ', 'Case')}</th>
          <th>{say('Khác ở', 'Differs in')}</th>
          <th>{say('Sẽ', 'What happens')}</th>
        </tr>
      </thead>
      <tbody>
        {changed.map(({ row, fullName, standing: of }) =>
          of.standing === 'changed' ? (
            <tr>
              <td class="number">{row}</td>
              <td>
                <a href={`/ho-so/${of.caseId}`}>{fullName}</a>
              </td>
              <td>{of.differs.map((path) => names[path] ?? factName(path, visit.language)).join(', ')}</td>
              <td>
                {of.isTaken
                  ? say('sửa theo danh sách này', 'is corrected by this list')
                  : say('giữ nguyên; sửa trên trang hồ sơ', 'stays; change it on the page of the case')}
              </td>
            </tr>
          ) : (
            ''
          ),
        )}
      </tbody>
    </Table>
  );
};

/** The unit's signed letter, held against its list. */
const Letter: FC<{ visit: Visit; list: List; report: ListReport; rows: number }> = ({ visit, list, report, rows }) => {
  const { say, words, account } = visit;
  if (list.letter === undefined && !may(account, 'list.submit')) return <></>;
  return (
    <section>
      <h2>{say('Tờ trình của đơn vị', 'The unit’s letter of submission')}</h2>
      {list.letter === undefined ? (
        <details class="act">
          <summary>
            {say('Ghi tờ trình để đối chiếu với danh sách', 'Record the letter, to compare it with the list')}
          </summary>
          <Form to={`/tiep-nhan/${list.id}/to-trinh`} visit={visit} files>
            <Field label={say('Số, ký hiệu', 'Number')} name="number" required />
            <Field label={say('Ngày', 'Day')} name="on" type="date" required />
            <Field label={say('Số người', 'People')} name="count" inputmode="numeric" required />
            <Field
              label={say('Tổng số tiền (nếu ghi)', 'Total (if stated)')}
              name="total"
              inputmode="numeric"
              hint={say('Đồng, ví dụ 31.250.000.000.', 'Đồng, such as 31.250.000.000.')}
            />
            <FileField
              visit={visit}
              label={say('Bản quét đã ký', 'Signed scan')}
              name="scan"
              accept=".pdf,.jpg,.jpeg,.png"
              required
            />
            <button type="submit">{say('Ghi và đối chiếu', 'Record and compare')}</button>
          </Form>
        </details>
      ) : (
        <ul>
          {reconciled(list.letter, rows, report).map((sentence) => (
            <li>{words(sentence)}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Done: FC<{ visit: Visit; submitted: NonNullable<List['submitted']> }> = ({ visit, submitted }) => {
  const { say } = visit;
  const { submitted: made, corrected, same, elsewhere, left } = submitted;
  return (
    <div class="note" role="status">
      <p>{say(`Đã gửi ${made} người để Sở Nội vụ thẩm định.`, `${made} people were submitted to Home Affairs.`)}</p>
      {submitted.round === undefined ? (
        ''
      ) : (
        <p>
          {say(
            `Danh sách gửi sau hạn của tháng nên được xét ở kỳ tháng ${formatDay(submitted.round)}.`,
            `The list came after the month’s cut-off and waits for the round of ${formatDay(submitted.round)}.`,
          )}
        </p>
      )}
      {corrected > 0 ? <p>{say(`Đã sửa ${corrected} hồ sơ.`, `${corrected} cases were corrected.`)}</p> : ''}
      {same > 0 ? <p>{say(`${same} người không thay đổi.`, `${same} people are unchanged.`)}</p> : ''}
      {elsewhere.length > 0 ? (
        <p>
          {say(
            `${elsewhere.length} dòng không gửi vì người đó đã có hồ sơ (dòng ${elsewhere.join(', ')}). Mỗi người chỉ hưởng một chế độ. Nếu cần sửa hồ sơ cũ, hãy báo Sở Nội vụ.`,
            `${elsewhere.length} rows were not submitted: these people have a case already (rows ${elsewhere.join(', ')}). One person has one regime.`,
          )}
        </p>
      ) : (
        ''
      )}
      {left.length > 0 ? (
        <p>
          {say(
            `${left.length} dòng khác với hồ sơ đã có nhưng danh sách không sửa được (dòng ${left.join(', ')}). Hãy sửa trên trang hồ sơ.`,
            `${left.length} rows differ from their case in what a list cannot change (rows ${left.join(', ')}). Change it on the page of the case.`,
          )}
        </p>
      ) : (
        ''
      )}
    </div>
  );
};

/** The marked file, and words to send with it. */
const GoesBack: FC<{ visit: Visit; list: List; report: ListReport }> = ({ visit, list, report }) => {
  const { say } = visit;
  return (
    <section>
      <h2>{say('Gửi lại đơn vị', 'To send back to the unit')}</h2>
      <Marked visit={visit} list={list} />
      <p>
        <a href={`/tiep-nhan/${list.id}/tep-goc`} download="">
          {say('Tải tệp gốc, đúng như đã nhận', 'The original file, as it came')}
        </a>
      </p>
      <details>
        <summary>{say('Lời nhắn soạn sẵn để gửi kèm', 'Words to send with it')}</summary>
        <pre class="letter" lang="vi">
          {report.letter}
        </pre>
      </details>
    </section>
  );
};

const Marked: FC<{ visit: Visit; list: List }> = ({ visit, list }) => {
  const { say, account } = visit;
  if (list.marked !== undefined) {
    return (
      <p>
        <a href={`/tiep-nhan/${list.id}/danh-dau.xlsx`} download="">
          {list.marked.as === 'copy'
            ? say('Tải tệp của đơn vị, các ô có lỗi đã đánh dấu (.xlsx)', 'The unit’s file, its faults marked (.xlsx)')
            : say('Tải bảng kê mọi lỗi (.xlsx)', 'A table of every fault (.xlsx)')}
        </a>
      </p>
    );
  }
  if (!may(account, 'list.mark')) return <></>;
  return (
    <Form to={`/tiep-nhan/${list.id}/danh-dau`} visit={visit} class="act">
      <button type="submit">{say('Đánh dấu lỗi trong tệp của đơn vị', 'Mark the faults in the unit’s file')}</button>
    </Form>
  );
};

const Faults: FC<{ visit: Visit; faults: ListReport['faults']; title: string }> = ({ visit, faults, title }) => {
  const { say, words } = visit;
  if (faults.count === 0) return <></>;
  const left = faults.count - faults.first.length;
  return (
    <section>
      <h2>
        {title} ({faults.count})
      </h2>
      <Table label={title}>
        <thead>
          <tr>
            <th>{say('Trang', 'Sheet')}</th>
            <th class="number">{say('Dòng', 'Row')}</th>
            <th>{say('Ô', 'Cell')}</th>
            <th>{say('Cột', 'Column')}</th>
            <th>{say('Đang ghi', 'Found')}</th>
            <th>{say('Vì sao, và cần làm gì', 'Why, and what to do')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.first.map(({ sheet, row, cell, column, found, why }) => (
            <tr>
              <td class="short">{sheet}</td>
              <td class="number">{row}</td>
              <td>{cell}</td>
              <td>{column}</td>
              <td class="found">{found}</td>
              <td>{words(why)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {left > 0 ? (
        <p class="hint">{say(`Còn ${left} lỗi nữa, có trong tệp đã đánh dấu.`, `${left} more, in the marked file.`)}</p>
      ) : (
        ''
      )}
    </section>
  );
};

const headingsOf = (columns: readonly { readonly key: string; readonly heading: string }[]) =>
  new Map(columns.map(({ key, heading }) => [key, heading]));
const personHeadings = headingsOf(personColumns);
const periodHeadings = headingsOf(periodColumns);

const Columns: FC<{ visit: Visit; list: List }> = ({ visit, list }) => (
  <details>
    <summary>{visit.say('Cột nào được hiểu là gì', 'Which column means what')}</summary>
    {(list.read?.tables ?? []).map(({ sheet, headingRow, places }) => (
      <>
        <h3>
          {visit.say(
            `Trang «${sheet}», tiêu đề ở dòng ${headingRow}`,
            `Sheet «${sheet}», headings in row ${headingRow}`,
          )}
        </h3>
        <p>
          {Object.entries(places)
            .toSorted(([, one], [, other]) => one.length - other.length || (one < other ? -1 : 1))
            .map(
              ([key, column]) =>
                `${column}: ${('fullName' in places ? personHeadings : periodHeadings).get(key) ?? key}`,
            )
            .join(' · ')}
        </p>
      </>
    ))}
  </details>
);

async function unreadablePage(visit: Visit, list: List, problem: Problem | undefined): Promise<Answer> {
  const { say } = visit;
  const hash = list.unreadable?.columns;
  const columns = hash === undefined ? undefined : await storedJson(visit, hash, z.array(storedUnknownColumns));
  return {
    page: say('Không đọc được danh sách', 'The list cannot be read'),
    body: (
      <>
        <ProblemBox problem={problem ?? list.unreadable} visit={visit} />
        {columns === undefined || visit.account.role !== 'unit-clerk' ? (
          ''
        ) : (
          <TellColumns visit={visit} list={list} columns={columns} />
        )}
        <p>
          <a href="/tiep-nhan">{say('Tải tệp khác', 'Upload another file')}</a>
        </p>
      </>
    ),
    status: 422,
  };
}

/** Which of the unknown columns is which of the missing ones: asked once, remembered for the unit. */
const TellColumns: FC<{ visit: Visit; list: List; columns: readonly UnknownColumns[] }> = ({
  visit,
  list,
  columns,
}) => {
  const { say } = visit;
  const asked = columns.flatMap((of) =>
    of.unknown.map((one) => ({ ...one, table: of.table, sheet: of.sheet, absent: of.absent })),
  );
  return (
    <Form to={`/tiep-nhan/${list.id}/cot`} visit={visit}>
      <h2>{say('Tiêu đề cột của đơn vị nghĩa là gì?', 'What do the unit’s headings mean?')}</h2>
      <p>
        {say(
          'Nếu cột còn thiếu có trong tệp dưới tên khác, hãy chọn ý nghĩa của cột ấy. Hệ thống nhớ cho các danh sách sau của đơn vị.',
          'If a missing column is there under another name, choose what it means. It is remembered for the unit’s next lists.',
        )}
      </p>
      {asked.map(({ heading, samples, table, sheet, absent, column }, index) => (
        <p class="field">
          <label for={`cot-${index}`}>
            {sheet} · «{heading}»
          </label>
          <span class="hint" id={`cot-${index}-hint`}>
            {say('Đang ghi: ', 'Holds: ')}
            {samples.join(' · ')}
          </span>
          <input type="hidden" name={`bang-${index}`} value={table} />
          <input type="hidden" name={`tieu-de-${index}`} value={heading} />
          <select id={`cot-${index}`} name={`cot-${index}`} aria-describedby={`cot-${index}-hint`} data-column={column}>
            <option value="">{say('không dùng', 'no use')}</option>
            {absent.map(({ key, heading: meaning }) => (
              <option value={key}>{meaning}</option>
            ))}
          </select>
        </p>
      ))}
      <button type="submit" class="primary">
        {say('Ghi nhớ và đọc lại danh sách', 'Remember, and read the list again')}
      </button>
    </Form>
  );
};

/** More columns than a sheet is read with cannot have been asked. */
const mostAsked = 200;

export async function tellColumnsAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const list = await ownList(visit);
  if (list === undefined) return listPage(visit);
  const told = Array.from({ length: mostAsked }, (_, index) => ({
    table: field(form, `bang-${index}`) === 'periods' ? ('periods' as const) : ('people' as const),
    heading: field(form, `tieu-de-${index}`),
    key: field(form, `cot-${index}`),
  })).filter(({ heading }) => heading !== '');
  const outcome = await tellColumns(list.id, told, account, ports);
  if (outcome.outcome === 'refused') return listPage(visit, outcome.why);
  return { to: `/viec/${await ports.jobs.start('read-list', { listId: list.id, account }, account.id)}` };
}

export async function submitListPage(visit: Visit): Promise<Answer> {
  const { ports, account } = visit;
  const list = await ownList(visit);
  if (list?.read === undefined || list.submitted !== undefined) return listPage(visit);
  return { to: `/viec/${await ports.jobs.start('submit-list', { listId: list.id, account }, account.id)}` };
}

export async function letterAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const list = await ownList(visit);
  if (list === undefined) return listPage(visit);
  const scan = (await upload(form, 'scan'))?.bytes ?? new Uint8Array();
  const [number, on, count, total] = [
    field(form, 'number'),
    field(form, 'on'),
    field(form, 'count'),
    field(form, 'total'),
  ];
  const outcome = await recordSubmissionLetter(list.id, { number, on, count, total, scan }, account, ports);
  return listPage(visit, outcome.outcome === 'refused' ? outcome.why : undefined);
}

export async function markListAct(visit: Visit): Promise<Answer> {
  const list = await ownList(visit);
  if (list?.read === undefined || list.marked !== undefined) return listPage(visit);
  return { to: `/viec/${await visit.ports.jobs.start('mark-list', { listId: list.id }, visit.account.id)}` };
}

export async function markedFile(visit: Visit): Promise<Answer> {
  const list = await ownList(visit);
  const file = list?.marked === undefined ? undefined : await visit.ports.files.get(list.marked.file);
  return file === undefined ? listPage(visit) : { file, name: 'danh-sach-da-danh-dau.xlsx', type: spreadsheet };
}

export async function originalFile(visit: Visit): Promise<Answer> {
  const list = await ownList(visit);
  const file = list === undefined ? undefined : await visit.ports.files.get(list.file);
  if (file === undefined) return listPage(visit);
  const ending = file[0] === 0x50 ? 'xlsx' : file[0] === 0xd0 ? 'xls' : 'csv';
  return { file, name: `danh-sach-goc.${ending}`, type: 'application/octet-stream' };
}

async function ownList({ ports, params, account }: Visit): Promise<List | undefined> {
  const list = await readListHistory(ports.store, params['id'] ?? '');
  return list !== undefined && mayReachList(account, { by: list.by, block: list.read?.block }) ? list : undefined;
}

async function storedJson<T>({ ports }: Visit, hash: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const content = await ports.files.get(hash);
  return content === undefined ? undefined : schema.parse(JSON.parse(new TextDecoder().decode(content)));
}
