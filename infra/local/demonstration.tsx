/** What only the demonstration has: the mailbox in the place of SMTP, and the simulated Treasury's result files. */
import type { FC } from 'hono/jsx';
import { formatInstant, localDateOf } from '../../shared/calendar.ts';
import { batchSummary } from '../../shared/case/batch.ts';
import { allRows } from '../../shared/case/store.ts';
import { Empty, Table } from '../../functions/web/elements.tsx';
import type { Answer, Visit } from '../../functions/web/page.tsx';
import { spreadsheet } from '../../functions/web/pages/intake.tsx';
import type { Route } from '../../functions/web/routes.ts';
import type { Letter } from '../../functions/home/postman.ts';
import { type KeptMail, keptMails } from '../../functions/home/mails.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { resultSheet } from './treasury.ts';

/** Where its mails are shown. */
export const mailbox = '/hop-thu';

export function demonstrationRoutes(scratch: Scratch, seed: string): readonly Route[] {
  return [
    { method: 'get', path: mailbox, act: 'home.see', run: async (visit) => mailboxPage(visit, scratch) },
    { method: 'get', path: '/kho-bac', act: 'result.import', run: treasuryPage },
    {
      method: 'get',
      path: '/kho-bac/:batch/ket-qua.xlsx',
      act: 'result.import',
      run: async (visit) => resultFile(visit, scratch, seed),
    },
  ];
}

async function mailboxPage(visit: Visit, scratch: Scratch): Promise<Answer> {
  const { say } = visit;
  const mails = await keptMails(scratch);
  return {
    page: say('Hộp thư trình diễn', 'Mailbox of the demonstration'),
    body: (
      <>
        <p class="hint">
          {say(
            'Mọi thư mà hệ thống gửi hiện ở đây, vì chưa cấu hình SMTP. Liên kết chỉ mở trang khi đăng nhập đúng người nhận.',
            'Every mail the system sends is shown here, as no SMTP is configured. A link opens only for the person it was sent to.',
          )}
        </p>
        {mails.length === 0 ? <Empty>{say('Chưa có thư nào.', 'No mail yet.')}</Empty> : ''}
        {mails.slice(0, 100).map((mail) => (
          <KeptMailArticle mail={mail} visit={visit} />
        ))}
      </>
    ),
  };
}

const KeptMailArticle: FC<{ mail: KeptMail; visit: Visit }> = ({ mail, visit }) => {
  const { to, subject, lines, button, footer, at } = mail;
  return (
    <article class="act">
      <h2>{subject}</h2>
      <p class="hint">
        {visit.say('Đến', 'To')} {to} · {formatInstant(at, visit.language)}
      </p>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      {button === undefined ? (
        ''
      ) : (
        <p>
          <a class="button" href={new URL(button.url).pathname}>
            {button.label}
          </a>
        </p>
      )}
      {footer.map((line) => (
        <p class="hint">{line}</p>
      ))}
    </article>
  );
};

/** The mailbox where a mail service has taken the mails: each as it was handed over, newest first. */
export async function lettersPage({ say }: Visit, letters: readonly Letter[]): Promise<Answer> {
  return {
    page: say('Hộp thư trình diễn', 'Mailbox of the demonstration'),
    body: (
      <>
        {letters.length === 0 ? <Empty>{say('Chưa có thư nào.', 'No mail yet.')}</Empty> : ''}
        {letters.toReversed().map(({ subject, to, text }) => (
          <article class="act">
            <h2>{subject}</h2>
            <p class="hint">
              {say('Đến', 'To')} {to}
            </p>
            {text.split('\n').map((line) => (URL.canParse(line) ? <Way url={line} /> : <p>{line}</p>))}
          </article>
        ))}
      </>
    ),
  };
}

const Way: FC<{ url: string }> = ({ url }) => (
  <p>
    <a href={new URL(url).pathname}>{url}</a>
  </p>
);

async function treasuryPage(visit: Visit): Promise<Answer> {
  const { say, ports } = visit;
  const batches: { id: string; code: string; people: number }[] = [];
  for await (const row of allRows(ports.store, { kind: 'batch', status: 'paying' })) {
    const { code, people } = batchSummary.parse(row.summary);
    batches.push({ id: row.stream.slice('batch/'.length), code, people });
  }
  return {
    page: say('Kho bạc mô phỏng', 'Simulated Treasury'),
    body: (
      <>
        <p>
          {say(
            'Kho bạc mô phỏng trả lời các khoản đơn vị đã gửi: phần lớn báo có, một số bị từ chối, bị chuyển trả, đến chậm, lặp lại, hoặc im lặng cho đến khi được tra soát. Tải tệp rồi nhập ở trang Chi trả.',
            'The simulated Treasury answers what units have sent: most is credited, some refused, returned, late, repeated, or silent until asked after. Download the file and import it on the Disbursement page.',
          )}
        </p>
        {batches.length === 0 ? (
          <Empty>{say('Chưa có đợt nào đang chi trả.', 'No batch is being paid.')}</Empty>
        ) : (
          <Table label={say('Đợt đang chi trả', 'Batches being paid')}>
            <thead>
              <tr>
                <th>{say('Đợt', 'Batch')}</th>
                <th class="number">{say('Người', 'People')}</th>
                <th>{say('Tệp', 'File')}</th>
              </tr>
            </thead>
            <tbody>
              {batches.map(({ id, code, people }) => (
                <tr>
                  <td>{code}</td>
                  <td class="number">{people}</td>
                  <td>
                    <a href={`/kho-bac/${id}/ket-qua.xlsx`} download="">
                      {say('Tệp kết quả mới nhất', 'Newest result file')}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </>
    ),
  };
}

async function resultFile(visit: Visit, scratch: Scratch, seed: string): Promise<Answer> {
  const { params, ports, say } = visit;
  const batchId = params['batch'] ?? '';
  const round = Number((await scratch.get('treasury', batchId)) ?? '0');
  const sheet = await resultSheet(batchId, seed, round, localDateOf(ports.now()), ports.store);
  if (sheet === undefined) {
    return {
      page: say('Kho bạc chưa có kết quả mới', 'Nothing new from the Treasury'),
      status: 404,
      body: (
        <Empty>
          {say(
            'Chưa có kết quả mới cho đợt này: đơn vị chưa gửi thêm chứng từ, hoặc các khoản còn lại phải được tra soát trước.',
            'Nothing new for this batch: no further slip was sent, or what is left must be asked after first.',
          )}
        </Empty>
      ),
    };
  }
  await scratch.put('treasury', batchId, String(round + 1));
  return { file: await ports.papers.write([sheet]), name: `ket-qua-${batchId}-${round + 1}.xlsx`, type: spreadsheet };
}
