/** Chi trả: result files in, and results that contradict one another. */
import type { FC } from 'hono/jsx';
import { may, mayReach } from '../../../shared/case/access.ts';
import { batchSummary } from '../../../shared/case/batch.ts';
import { contradicted, orderSummary } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { importSummary } from '../../../shared/disbursement/result-import.ts';
import { senderNames } from '../../../shared/disbursement/result-senders.ts';
import { At, Form, Money, Table } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import type { Visit } from '../page.tsx';
import { ControlFields } from './results-import.tsx';
import type * as z from 'zod';

export const Paying: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const batches: Paid[] = [];
  for await (const row of allRows(ports.store, { kind: 'batch', status: 'paying' })) {
    batches.push({ id: row.stream.slice('batch/'.length), code: batchSummary.parse(row.summary).code });
  }
  const mayImport = may(account, 'result.import') && batches.length > 0;
  const imports = may(account, 'result.see') ? await newestImports(visit) : [];
  if (!mayImport && imports.length === 0) return <></>;
  return (
    <section id="ket-qua">
      <h2>{say('Kết quả của Kho bạc, ngân hàng', 'Results of the Treasury and the banks')}</h2>
      {mayImport ? <Import visit={visit} batches={batches} senders={await senderNames(ports.store)} /> : ''}
      {mayImport ? batches.map((batch) => <AskAfter visit={visit} batch={batch} />) : ''}
      {imports.length === 0 ? '' : <Imports visit={visit} imports={imports} />}
    </section>
  );
};

interface Paid {
  readonly id: string;
  readonly code: string;
}

const Import: FC<{ visit: Visit; batches: readonly Paid[]; senders: readonly string[] }> = ({
  visit,
  batches,
  senders,
}) => {
  const { say } = visit;
  return (
    <Form to="/chi-tra/ket-qua" visit={visit} files class="act">
      <h3>{say('Nhập tệp kết quả', 'Import a result file')}</h3>
      <FileField
        required
        label={say('Tệp kết quả (.xlsx, .xls, .csv, .xml)', 'Result file (.xlsx, .xls, .csv, .xml)')}
        name="file"
        accept=".xlsx,.xls,.csv,.xml"
        hint={say(
          'Bảng tính của Kho bạc, ngân hàng; hoặc điện ISO 20022: pain.002, camt.053, camt.054.',
          'A sheet of the Treasury or a bank, or an ISO 20022 message: pain.002, camt.053, camt.054.',
        )}
        visit={visit}
      />
      <p class="field">
        <label for="batch">{say('Đợt', 'Batch')}</label>
        <select id="batch" name="batch">
          <option value="">{say('Không chọn: tệp có thể có nhiều đợt', 'None: the file may hold several')}</option>
          {batches.map(({ id, code }) => (
            <option value={id}>{code}</option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for="sender">{say('Bên gửi', 'Sender')}</label>
        <span class="hint" id="sender-hint">
          {say(
            'Cần khi tệp dùng tên cột riêng của bên gửi. Ví dụ: Kho bạc khu vực XI.',
            "Needed where the file has the sender's own columns. Such as Kho bạc khu vực XI.",
          )}
        </span>
        <input id="sender" name="sender" list="senders" aria-describedby="sender-hint" />
        <datalist id="senders">
          {senders.map((name) => (
            <option value={name}></option>
          ))}
        </datalist>
      </p>
      <ControlFields visit={visit} />
      <button type="submit" class="primary">
        {say('Nhập kết quả', 'Import')}
      </button>
    </Form>
  );
};

const AskAfter: FC<{ visit: Visit; batch: Paid }> = ({ visit, batch: { id, code } }) => {
  const { say } = visit;
  return (
    <div class="act">
      <h3>
        <a href={`/dot/${id}`}>{say(`Đợt ${code}`, `Batch ${code}`)}</a>
      </h3>
      <Form to={`/chi-tra/${id}/tra-soat`} visit={visit}>
        <button type="submit">{say('Tra soát các khoản chưa có kết quả', 'Ask after orders without an answer')}</button>
        <span class="hint">
          {say('Khoản đang tra soát không bao giờ được gửi lại.', 'An order being asked after is never sent again.')}
        </span>
      </Form>
    </div>
  );
};

const importsShown = 50;

interface Shown extends z.infer<typeof importSummary> {
  readonly file: string;
  readonly name: string;
}

async function newestImports({ ports }: Visit): Promise<readonly Shown[]> {
  const all: Omit<Shown, 'name'>[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'result' })) {
    all.push({ ...importSummary.parse(summary), file: stream.slice('result/'.length) });
  }
  const newest = all.toSorted((one, other) => (one.at < other.at ? 1 : -1)).slice(0, importsShown);
  return Promise.all(newest.map(async (one) => ({ ...one, name: await ports.directory.nameOf(one.by) })));
}

const Imports: FC<{ visit: Visit; imports: readonly Shown[] }> = ({ visit, imports }) => {
  const { say } = visit;
  return (
    <Table label={say('Các tệp đã nhập', 'Files that were imported')}>
      <thead>
        <tr>
          <th>{say('Ngày giờ nhập', 'Imported at')}</th>
          <th>{say('Người nhập', 'By')}</th>
          <th>{say('Bên gửi', 'Sender')}</th>
          <th class="number">{say('Dòng', 'Lines')}</th>
          <th class="number">{say('Đã ghi', 'Recorded')}</th>
          <th class="number">{say('Khác', 'Others')}</th>
        </tr>
      </thead>
      <tbody>
        {imports.map(({ file, at, name, sender, lines, counts }) => (
          <tr>
            <td>
              <a href={`/chi-tra/ket-qua/${file}`}>
                <At instant={at} visit={visit} />
              </a>
            </td>
            <td>{name}</td>
            <td>{sender ?? '–'}</td>
            <td class="number">{lines}</td>
            <td class="number">{counts === undefined ? '–' : (counts.matched?.lines ?? 0)}</td>
            <td class="number">
              {counts === undefined ? say('chưa xong', 'unfinished') : lines - (counts.matched?.lines ?? 0)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

/** A result that contradicts what is known stops every further payment to the person until it is explained. */
export const Contradictions: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const rows: Row[] = [];
  for await (const row of allRows(ports.store, { kind: 'order', waitingFor: contradicted })) {
    if (mayReach(account, { unit: row.unit ?? '' })) rows.push(row);
  }
  if (rows.length === 0) return <></>;
  return (
    <section class="problem">
      <h2>
        {say('Kết quả trái ngược, phải đối chiếu', 'Contradicting results, to be explained')} ({rows.length})
      </h2>
      <p>
        {say(
          'Một tệp kết quả ghi khác với kết quả đã có. Không khoản nào của người này được ký, gửi hay chi lại cho đến khi lãnh đạo Sở Tài chính ghi kết quả đối chiếu với Kho bạc, ngân hàng.',
          'A result file says something else than what is known. Nothing of this person is signed, sent or ordered again until the Finance leader records what the Treasury and the bank answered.',
        )}
      </p>
      {rows.slice(0, 50).map((row) => {
        const reference = row.stream.slice('order/'.length);
        const { part, amount } = orderSummary.parse(row.summary);
        return (
          <div class="act">
            <p>
              <a href={`/ho-so/${caseIdOf(part)}`}>
                <code>{reference}</code>
              </a>
              , <Money amount={amount} /> đồng
            </p>
            {may(account, 'result.explain') ? (
              <Form to="/chi-tra/doi-chieu" visit={visit}>
                <input type="hidden" name="reference" value={reference} />
                <p class="field">
                  <label for={`reason-${reference}`}>
                    {say('Kết quả đối chiếu (văn bản, ngày)', 'What was answered (paper, day)')}
                  </label>
                  <input id={`reason-${reference}`} name="reason" required />
                </p>
                <button type="submit">{say('Ghi kết quả đối chiếu', 'Record')}</button>
              </Form>
            ) : (
              ''
            )}
          </div>
        );
      })}
    </section>
  );
};
