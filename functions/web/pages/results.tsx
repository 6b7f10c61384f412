/** Chi trả: result files in, and results that contradict one another. */
import type { FC } from 'hono/jsx';
import { may, mayReach } from '../../../shared/case/access.ts';
import { batchSummary } from '../../../shared/case/batch.ts';
import { contradicted, orderSummary } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { allRows, type Row } from '../../../shared/case/store.ts';
import { Form, Money } from '../elements.tsx';
import type { Visit } from '../page.tsx';

export const Paying: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const batches: { id: string; code: string }[] = [];
  for await (const row of allRows(ports.store, { kind: 'batch', status: 'paying' })) {
    batches.push({ id: row.stream.slice('batch/'.length), code: batchSummary.parse(row.summary).code });
  }
  if (!may(account, 'result.import') || batches.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Nhập kết quả của Kho bạc, ngân hàng', "Import the Treasury's and banks' results")}</h2>
      {batches.map(({ id, code }) => (
        <div class="act">
          <h3>
            <a href={`/dot/${id}`}>{say(`Đợt ${code}`, `Batch ${code}`)}</a>
          </h3>
          <Form to={`/chi-tra/${id}/ket-qua`} visit={visit} files>
            <label for={`result-${id}`}>{say('Tệp kết quả (.xlsx)', 'Result file (.xlsx)')}</label>
            <input id={`result-${id}`} name="file" type="file" accept=".xlsx" required />
            <button type="submit" class="primary">
              {say('Nhập kết quả', 'Import')}
            </button>
          </Form>
          <Form to={`/chi-tra/${id}/tra-soat`} visit={visit}>
            <button type="submit">
              {say('Tra soát các khoản chưa có kết quả', 'Ask after orders without an answer')}
            </button>
            <span class="hint">
              {say(
                'Khoản đang tra soát không bao giờ được gửi lại.',
                'An order being asked after is never sent again.',
              )}
            </span>
          </Form>
        </div>
      ))}
    </section>
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
