/** The evidence packs of a batch: making one, taking one, and the number that proves it. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import type { Batch } from '../../../shared/case/batch.ts';
import { type PackMade, readPacks } from '../../../shared/completion/packs.ts';
import { At, Field, Form, Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';

export const BatchPacks: FC<{ visit: Visit; batch: Batch }> = async ({ visit, batch }) => {
  const { say, account, ports } = visit;
  if (!may(account, 'pack.make')) return <></>;
  const packs = await readPacks(ports.store, batch.id);
  return (
    <section id="goi-chung-cu">
      <h2>{say('Gói chứng cứ', 'Evidence packs')}</h2>
      <p>
        {say(
          'Một tệp .zip chứng minh cả đợt: dữ kiện theo ô, từng dòng tiền, quyết định và nội dung đã xem, khoản chi, kết quả, lịch sử và mã neo. Bộ kiểm tra nằm trong gói, chạy được ở máy không có mạng.',
          'One .zip that proves the whole batch: facts by cell, lines, decisions and what was seen, orders, results, histories and anchors. Its verifier lies in it and runs without a network.',
        )}
      </p>
      {packs.length === 0 ? '' : <Packs visit={visit} batch={batch} packs={packs} />}
      <Form to={`/dot/${batch.id}/goi-chung-cu`} visit={visit}>
        <p class="hint">
          {say(
            'Họ tên, số định danh, số tài khoản còn niêm phong; các tệp chỉ có mã băm.',
            'Names, ids and accounts stay sealed; files stand by their hash.',
          )}
        </p>
        <button type="submit">{say('Lập gói chứng cứ', 'Make the evidence pack')}</button>
      </Form>
      <details class="act">
        <summary>{say('Lập gói đầy đủ cho một người nhận', 'A full pack for one receiver')}</summary>
        <p>
          {say(
            'Gói đầy đủ có họ tên, số tài khoản và các tệp, được mã hóa: chỉ khóa riêng của người nhận mở được. Việc lập gói được ghi lại cùng mã khóa.',
            'The full pack has names, accounts and files, and is sealed: only the receiver’s private key opens it. Making it is recorded with the key’s id.',
          )}
        </p>
        <Form to={`/dot/${batch.id}/goi-chung-cu`} visit={visit} files>
          <Field
            label={say('Khóa công khai của người nhận (.pem)', 'The receiver’s public key (.pem)')}
            name="receiver"
            type="file"
            accept=".pem,.pub,.txt"
            hint={say('X25519; tệp bắt đầu bằng BEGIN PUBLIC KEY', 'X25519; the file begins with BEGIN PUBLIC KEY')}
            required
          />
          <button type="submit">{say('Lập gói đầy đủ', 'Make the full pack')}</button>
        </Form>
      </details>
    </section>
  );
};

const Packs: FC<{ visit: Visit; batch: Batch; packs: readonly PackMade[] }> = async ({ visit, batch, packs }) => {
  const { say, ports } = visit;
  const names = new Map(
    await Promise.all(packs.map(async ({ by }) => [by, await ports.directory.nameOf(by)] as const)),
  );
  return (
    <Table label={say('Các gói đã lập', 'Packs that were made')}>
      <thead>
        <tr>
          <th>{say('Lập lúc', 'Made')}</th>
          <th>{say('Người lập', 'By')}</th>
          <th>{say('Mã gói', 'Root')}</th>
          <th>{say('Người nhận', 'Receiver')}</th>
          <th>{say('Tệp', 'File')}</th>
        </tr>
      </thead>
      <tbody>
        {packs.toReversed().map(({ at, by, root, file, receiver }) => (
          <tr>
            <td>
              <At instant={at} visit={visit} />
            </td>
            <td>{names.get(by)}</td>
            <td>
              <code class="anchor">{root}</code>
            </td>
            <td>
              {receiver === undefined ? (
                say('ai cũng kiểm được', 'anybody may verify it')
              ) : (
                <>
                  {say('khóa ', 'key ')}
                  <code>{receiver.slice(0, 16)}</code>
                </>
              )}
            </td>
            <td>
              <a href={`/dot/${batch.id}/goi-chung-cu/${file}`} download="">
                {say('Tải gói', 'Download')} {root.slice(0, 8)}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};
