/** Tiếp nhận: the template, an upload, every fault at once, and the good rows going on. */
import type { FC } from 'hono/jsx';
import { allRows } from '../../../shared/case/store.ts';
import { type List, listRow, listStream, listSummary, readListHistory } from '../../../shared/intake/list.ts';
import { type Fault, storedReading } from '../../../shared/intake/read-list.ts';
import { At, Empty, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, type Problem, upload, type Visit } from '../page.tsx';

const mostUploadBytes = 10 * 1024 * 1024;

export async function intakePage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account } = visit;
  const canSubmit = account.role === 'unit-clerk';
  return {
    page: say('Tiếp nhận', 'Intake'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        {canSubmit ? <Upload visit={visit} /> : ''}
        <Lists visit={visit} />
      </>
    ),
  };
}

const Upload: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words, ports } = visit;
  return (
    <section class="steps">
      <h2>{say('Gửi danh sách', 'Send a list')}</h2>
      <ol>
        <li>
          <a href="/tiep-nhan/mau.xlsx" download="">
            {say('Tải mẫu danh sách (.xlsx)', 'Download the list template (.xlsx)')}
          </a>
          {ports.samples.length === 0 ? (
            ''
          ) : (
            <span class="hint">
              {say('Bản trình diễn có sẵn: ', 'The demonstration offers: ')}
              {ports.samples.map(({ name, title }, index) => (
                <>
                  {index > 0 ? ' · ' : ''}
                  <a href={`/tiep-nhan/vi-du/${name}.xlsx`} download="">
                    {words(title)}
                  </a>
                </>
              ))}
            </span>
          )}
        </li>
        <li>
          {say(
            'Điền mỗi người một dòng ở “Danh sách”, mỗi giai đoạn một dòng ở “Quá trình công tác”. Không ghi tổng số năm hay tổng số tiền: hệ thống tính từ ngày tháng.',
            'One row a person in “Danh sách”, one row a period in “Quá trình công tác”. No totals of years or money: they are computed from dates.',
          )}
        </li>
        <li>
          <Form to="/tiep-nhan" visit={visit} files>
            <label for="file">{say('Chọn tệp danh sách đã điền', 'Choose the filled list')}</label>
            <input id="file" name="file" type="file" accept=".xlsx" required />
            <button type="submit" class="primary">
              {say('Tải lên để kiểm tra', 'Upload to be checked')}
            </button>
            <span class="hint">
              {say('Chưa gửi đi đâu cho đến khi đồng chí xác nhận.', 'Nothing is submitted until you confirm.')}
            </span>
          </Form>
        </li>
      </ol>
    </section>
  );
};

const Lists: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const lists: { id: string; status: string; summary: ReturnType<typeof listSummary.parse> }[] = [];
  for await (const row of allRows(ports.store, { kind: 'list' })) {
    const summary = listSummary.parse(row.summary);
    if (account.role !== 'unit-clerk' || summary.by === account.id) {
      lists.push({ id: row.stream.slice('list/'.length), status: row.status, summary });
    }
  }
  lists.sort((one, other) => (one.summary.at < other.summary.at ? 1 : -1));
  if (lists.length === 0) return <Empty>{say('Chưa có danh sách nào.', 'No list yet.')}</Empty>;
  return (
    <section>
      <h2>{say('Danh sách đã tải lên', 'Lists')}</h2>
      <Table label={say('Danh sách đã tải lên', 'Lists')}>
        <thead>
          <tr>
            <th>{say('Thời điểm', 'When')}</th>
            <th>{say('Tình trạng', 'State')}</th>
            <th class="number">{say('Dòng không lỗi', 'Good rows')}</th>
            <th class="number">{say('Lỗi', 'Faults')}</th>
            <th class="number">{say('Đã gửi', 'Submitted')}</th>
          </tr>
        </thead>
        <tbody>
          {lists.slice(0, 50).map(({ id, status, summary }) => (
            <tr>
              <td>
                <a href={`/tiep-nhan/${id}`}>
                  <At instant={summary.at} visit={visit} />
                </a>
              </td>
              <td>{listStatus(status, visit)}</td>
              <td class="number">{summary.people}</td>
              <td class="number">{summary.faults}</td>
              <td class="number">{summary.submitted ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

function listStatus(status: string, { say }: Visit) {
  if (status === 'submitted') return <Tag tone="done">● {say('Đã gửi', 'Submitted')}</Tag>;
  if (status === 'unreadable') return <Tag tone="back">✕ {say('Không đọc được', 'Unreadable')}</Tag>;
  return <Tag tone="waiting">○ {say('Chưa gửi', 'Not submitted')}</Tag>;
}

export async function uploadList(visit: Visit): Promise<Answer> {
  const { ports, account } = visit;
  const file = await upload(visit.form, 'file');
  if (file === undefined) {
    return intakePage(visit, {
      vi: 'Chưa chọn tệp. Hãy chọn tệp danh sách .xlsx rồi tải lên.',
      en: 'No file was chosen. Choose the .xlsx list and upload it.',
    });
  }
  if (file.bytes.length > mostUploadBytes) {
    return intakePage(visit, {
      vi: 'Tệp lớn hơn 10 MB. Danh sách không cần ảnh; hãy xóa ảnh hoặc chia thành nhiều tệp.',
      en: 'The file is over 10 MB. A list needs no pictures; delete them or split the file.',
    });
  }
  const listId = ports.id();
  const stored = await ports.files.put(file.bytes);
  const at = ports.now();
  const data = { file: stored };
  await ports.store.commit([
    {
      stream: listStream(listId),
      readAt: 0,
      entries: [{ kind: 'uploaded', at, by: account.id, data }],
      row: listRow({ id: listId, entries: [], by: account.id, at, ...data }, 'uploaded', { people: 0, faults: 0 }),
    },
  ]);
  return { to: `/viec/${await ports.jobs.start('read-list', { listId, account }, account.id)}` };
}

/** One list: what was read in it. A clerk sees their own lists. */
export async function listPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports } = visit;
  const list = await ownList(visit);
  if (list === undefined)
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <p>{say('Không có danh sách này.', 'There is no such list.')}</p>,
      status: 404,
    };
  if (list.unreadable !== undefined) {
    return {
      page: say('Không đọc được danh sách', 'The list cannot be read'),
      body: (
        <>
          <ProblemBox problem={list.unreadable} visit={visit} />
          <p>
            <a href="/tiep-nhan">{say('Tải tệp khác', 'Upload another file')}</a>
          </p>
        </>
      ),
      status: 422,
    };
  }
  const content = list.read === undefined ? undefined : await ports.files.get(list.read.reading);
  if (list.read === undefined || content === undefined) {
    return {
      page: say('Đang đọc danh sách', 'Reading the list'),
      body: <p>{say('Danh sách đang được đọc.', 'The list is being read.')}</p>,
      refreshAfter: 1,
    };
  }
  const reading = storedReading.parse(JSON.parse(new TextDecoder().decode(content)));
  const { people, faults, warnings } = list.read;
  const faultyRows = new Set(reading.faults.map(({ sheet, row }) => `${sheet}/${row}`)).size;
  const declared = reading.people.filter(({ declaredTotal }) => declaredTotal !== undefined).length;
  return {
    page: say('Kết quả kiểm tra danh sách', 'What was read in the list'),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            `Đọc ${list.read.rows} dòng: ${people} người không có lỗi, ${faults} lỗi ở ${faultyRows} dòng, ${warnings} điều cần lưu ý.`,
            `${list.read.rows} rows read: ${people} people without a fault, ${faults} faults in ${faultyRows} rows, ${warnings} warnings.`,
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
        <Submit visit={visit} list={list} faultyRows={faultyRows} />
        <Faults visit={visit} faults={reading.faults} title={say('Lỗi cần sửa', 'Faults to mend')} />
        <Faults
          visit={visit}
          faults={reading.warnings}
          title={say('Cần lưu ý (không chặn)', 'Warnings (nothing is stopped)')}
        />
      </>
    ),
  };
}

const Submit: FC<{ visit: Visit; list: List; faultyRows: number }> = ({ visit, list, faultyRows }) => {
  const { say } = visit;
  const people = list.read?.people ?? 0;
  if (list.submitted !== undefined) {
    const { submitted, alreadyThere } = list.submitted;
    return (
      <div class="note" role="status">
        <p>
          {say(
            `Đã gửi ${submitted} người để Sở Nội vụ thẩm định.`,
            `${submitted} people were submitted to Home Affairs.`,
          )}
        </p>
        {alreadyThere.length === 0 ? (
          ''
        ) : (
          <p>
            {say(
              `${alreadyThere.length} dòng không gửi vì người đó đã có hồ sơ (dòng ${alreadyThere.join(', ')}). Mỗi người chỉ hưởng một chế độ. Nếu cần sửa hồ sơ cũ, hãy báo Sở Nội vụ.`,
              `${alreadyThere.length} rows were not submitted: these people have a case already (rows ${alreadyThere.join(', ')}). One person has one regime.`,
            )}
          </p>
        )}
      </div>
    );
  }
  if (people === 0 || visit.account.role !== 'unit-clerk') return <></>;
  return (
    <Form to={`/tiep-nhan/${list.id}/gui`} visit={visit} class="act">
      <button type="submit" class="primary">
        {say(`Gửi ${people} người để Sở Nội vụ thẩm định`, `Submit ${people} people to Home Affairs`)}
      </button>
      {faultyRows === 0 ? (
        ''
      ) : (
        <span class="hint">
          {say(
            `${faultyRows} dòng có lỗi chưa được gửi; sửa rồi tải lên lại sau cũng được.`,
            `${faultyRows} rows with faults stay; mend and upload them later.`,
          )}
        </span>
      )}
    </Form>
  );
};

const Faults: FC<{ visit: Visit; faults: readonly Fault[]; title: string }> = ({ visit, faults, title }) => {
  const { say, words } = visit;
  if (faults.length === 0) return <></>;
  const shown = faults.slice(0, 300);
  return (
    <section>
      <h2>
        {title} ({faults.length})
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
          {shown.map(({ sheet, row, cell, column, found, why }) => (
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
      {faults.length > shown.length ? (
        <p class="hint">
          {say(`Còn ${faults.length - shown.length} lỗi nữa.`, `${faults.length - shown.length} more.`)}
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

export async function submitListPage(visit: Visit): Promise<Answer> {
  const list = await ownList(visit);
  if (list?.read === undefined || list.submitted !== undefined) return listPage(visit);
  const job = await visit.ports.jobs.start('submit-list', { listId: list.id }, visit.account.id);
  return { to: `/viec/${job}` };
}

async function ownList({ ports, params, account }: Visit): Promise<List | undefined> {
  const list = await readListHistory(ports.store, params['id'] ?? '');
  const isHidden = account.role === 'unit-clerk' && list?.by !== account.id;
  return isHidden ? undefined : list;
}

export const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function templateFile({ ports }: Visit): Promise<Answer> {
  return { file: await ports.papers.listTemplate(), name: 'mau-danh-sach.xlsx', type: spreadsheet };
}

export async function sampleFile(visit: Visit): Promise<Answer> {
  const sample = visit.ports.samples.find(({ name }) => `${name}.xlsx` === visit.params['name']);
  if (sample === undefined) return intakePage(visit);
  return { file: await sample.content(), name: `vi-du-${sample.name}.xlsx`, type: spreadsheet };
}
