/** Tiếp nhận: the template, an upload, and the lists that were uploaded. */
import type { FC } from 'hono/jsx';
import { daysBetween, formatDay, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { allRows } from '../../../shared/case/store.ts';
import {
  type ChecklistGroup,
  checklistGroups,
  paperKinds,
  paperNames,
  readDossierRules,
} from '../../../shared/case/papers.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { setDossierRules } from '../../../shared/intake/set-dossier-rules.ts';
import { lastDayOf, readCutOff, roundOf, setCutOff } from '../../../shared/intake/cut-off.ts';
import { fileClaim, listRow, listStream, listSummary, mayReachList } from '../../../shared/intake/list.ts';
import { At, Empty, Field, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField, mostUploadMegabytes } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';

export async function intakePage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account } = visit;
  const canSubmit = account.role === 'unit-clerk';
  return {
    page: say('Tiếp nhận', 'Intake'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <CutOff visit={visit} />
        <Dossier visit={visit} />
        {canSubmit ? <Upload visit={visit} /> : ''}
        <Lists visit={visit} />
      </>
    ),
  };
}

/** Until when this month's lists are taken, and the form of who sets it. */
const CutOff: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const cutOff = await readCutOff(ports.store);
  const today = localDateOf(ports.now());
  const last = cutOff === undefined ? undefined : lastDayOf(roundOf(ports.now(), cutOff), cutOff);
  const left = last === undefined ? 0 : daysBetween({ from: today, to: last });
  return (
    <section>
      {cutOff === undefined || last === undefined ? (
        <p class="hint">{say('Chưa đặt hạn gửi hằng tháng.', 'No monthly cut-off is set.')}</p>
      ) : (
        <p class="note">
          {say(
            `Hạn gửi của kỳ này: hết ngày ${formatDay(last)} (còn ${left} ngày), theo ${cutOff.number} ngày ${formatDay(cutOff.on)}. Danh sách gửi sau hạn được xét ở kỳ sau.`,
            `This round closes at the end of ${formatDay(last)} (${left} days left), by ${cutOff.number} of ${formatDay(cutOff.on)}. What comes later waits for the next round.`,
          )}
        </p>
      )}
      {may(account, 'cut-off.set') ? (
        <details class="act">
          <summary>{say('Đặt hạn gửi hằng tháng', 'Set the monthly cut-off')}</summary>
          <Form to="/tiep-nhan/han-gui" visit={visit}>
            <Field
              label={say('Ngày trong tháng (1–28)', 'Day of the month (1–28)')}
              name="day"
              inputmode="numeric"
              required
            />
            <Field label={say('Số, ký hiệu văn bản', 'Number of the letter')} name="number" required />
            <Field label={say('Ngày văn bản', 'Day of the letter')} name="on" type="date" required />
            <button type="submit">{say('Đặt hạn gửi', 'Set the cut-off')}</button>
          </Form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};

const groupNames: Readonly<Record<ChecklistGroup, Sentence>> = {
  'decree-178': { vi: 'Nghị định 178/2024', en: 'Decree 178/2024' },
  'part-timers': { vi: 'Người hoạt động không chuyên trách', en: 'Part-timers' },
  others: { vi: 'Chế độ khác (Nghị định 154, 29; Nghị quyết 07)', en: 'Others (Decrees 154, 29; Resolution 07)' },
};

/** What a dossier holds, and the form of who sets it. */
const Dossier: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account } = visit;
  const { printoutMonths, checklists, by } = await readDossierRules(ports.store);
  const source =
    by === undefined
      ? say(
          'danh mục tạm theo Công văn 1767/BTC-TCCB, Sở Nội vụ chưa quy định',
          'for now by letter 1767/BTC-TCCB; Home Affairs has set none',
        )
      : say(`theo ${by.number} ngày ${formatDay(by.on)}`, `by ${by.number} of ${formatDay(by.on)}`);
  return (
    <details>
      <summary>
        {say('Thành phần hồ sơ', 'What a dossier holds')} ({source})
      </summary>
      <dl>
        {checklistGroups.map((group) => (
          <>
            <dt>{words(groupNames[group])}</dt>
            <dd>{checklists[group].map((kind) => words(paperNames[kind])).join('; ')}</dd>
          </>
        ))}
      </dl>
      <p class="hint">
        {say(
          `Bản quá trình đóng BHXH được xác nhận không quá ${printoutMonths} tháng.`,
          `The insurance printout was stamped at most ${printoutMonths} months ago.`,
        )}
      </p>
      {may(account, 'dossier.set') ? (
        <Form to="/tiep-nhan/thanh-phan-ho-so" visit={visit}>
          {checklistGroups.map((group) => (
            <fieldset>
              <legend>{words(groupNames[group])}</legend>
              {paperKinds.map((kind) => (
                <label class="choice">
                  <input type="checkbox" name={group} value={kind} checked={checklists[group].includes(kind)} />{' '}
                  {words(paperNames[kind])}
                </label>
              ))}
            </fieldset>
          ))}
          <Field
            label={say('Bản quá trình đóng BHXH: không quá bao nhiêu tháng', 'Insurance printout: months at most')}
            name="printoutMonths"
            inputmode="numeric"
            value={String(printoutMonths)}
            required
          />
          <Field label={say('Số, ký hiệu văn bản', 'Number of the letter')} name="dossier-number" required />
          <Field label={say('Ngày văn bản', 'Day of the letter')} name="dossier-on" type="date" required />
          <button type="submit">{say('Đặt thành phần hồ sơ', 'Set what a dossier holds')}</button>
        </Form>
      ) : (
        ''
      )}
    </details>
  );
};

export async function dossierAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const kinds = (group: ChecklistGroup) => paperKinds.filter((kind) => form.getAll(group).includes(kind));
  const wish = {
    printoutMonths: field(form, 'printoutMonths'),
    checklists: { 'decree-178': kinds('decree-178'), 'part-timers': kinds('part-timers'), others: kinds('others') },
    number: field(form, 'dossier-number'),
    on: field(form, 'dossier-on'),
  };
  const outcome = await setDossierRules(wish, account, ports);
  return outcome.outcome === 'refused' ? intakePage(visit, outcome.why) : { to: '/tiep-nhan' };
}

export async function cutOffAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const wish = { day: field(form, 'day'), number: field(form, 'number'), on: field(form, 'on') };
  const outcome = await setCutOff(wish, account, ports);
  return outcome.outcome === 'refused' ? intakePage(visit, outcome.why) : { to: '/tiep-nhan' };
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
            <FileField
              required
              name="file"
              label={say('Chọn tệp danh sách đã điền', 'Choose the filled list')}
              hint={say(
                'Excel (.xlsx, .xls) hoặc .csv, cả danh sách theo mẫu riêng của đơn vị. Chưa gửi đi đâu cho đến khi đồng chí xác nhận.',
                'Excel (.xlsx, .xls) or .csv, lists in a form of your own too. Nothing is submitted until you confirm.',
              )}
              accept=".xlsx,.xls,.csv,.txt"
              visit={visit}
            />
            <button type="submit" class="primary">
              {say('Tải lên để kiểm tra', 'Upload to be checked')}
            </button>
          </Form>
        </li>
      </ol>
      <p>
        <a href="/tiep-nhan/nhap">{say('Hoặc nhập một người ngay trên trang', 'Or type in one person on a page')}</a>
      </p>
    </section>
  );
};

const Lists: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const lists: { id: string; status: string; summary: ReturnType<typeof listSummary.parse> }[] = [];
  for await (const row of allRows(ports.store, { kind: 'list' })) {
    const summary = listSummary.parse(row.summary);
    if (mayReachList(account, summary)) {
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
  const bytes = (await upload(visit.form, 'file'))?.bytes;
  if (bytes === undefined) {
    return intakePage(visit, {
      vi: 'Chưa chọn tệp. Hãy chọn tệp danh sách (.xlsx, .xls hoặc .csv) rồi tải lên.',
      en: 'No file was chosen. Choose the list (.xlsx, .xls or .csv) and upload it.',
    });
  }
  if (bytes.length > mostUploadMegabytes * 1024 * 1024) {
    return intakePage(visit, {
      vi: `Tệp lớn hơn ${mostUploadMegabytes} MB. Danh sách không cần ảnh; hãy xóa ảnh hoặc chia thành nhiều tệp.`,
      en: `The file is over ${mostUploadMegabytes} MB. A list needs no pictures; delete them or split the file.`,
    });
  }
  return storeList(visit, bytes);
}

/** Keeps the file as it came and has it read; the same file again is the list that is there already. */
export async function storeList({ ports, account }: Visit, bytes: Uint8Array): Promise<Answer> {
  const listId = ports.id();
  const file = await ports.files.put(bytes);
  const at = ports.now();
  const outcome = await ports.store.commit([
    {
      stream: listStream(listId),
      readAt: 0,
      entries: [{ kind: 'uploaded', at, by: account.id, data: { file } }],
      row: listRow({ id: listId, entries: [], by: account.id, at, file }, 'uploaded', { people: 0, faults: 0 }),
      claims: [fileClaim(account.id, file)],
    },
  ]);
  if (outcome.outcome === 'claimed') return { to: `/tiep-nhan/${outcome.holder.slice('list/'.length)}?lap-lai=1` };
  return { to: `/viec/${await ports.jobs.start('read-list', { listId, account }, account.id)}` };
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
