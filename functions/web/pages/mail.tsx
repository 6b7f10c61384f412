/** Thư đã gửi: who was written to, what became of each mail, and sending one again. Never what a mail says. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { askAgain } from '../../../shared/approval/ask-again.ts';
import { type Refused, refused } from '../../../shared/case/ports.ts';
import { At, Empty, Form, NoteBox, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import type { MailRecord } from '../ports.ts';
import { roleNames } from '../words.ts';

const mailsAPage = 40;

export async function mailsPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, query } = visit;
  const wanted = Math.max(1, Math.trunc(Number(query.get('trang') ?? '1')) || 1);
  const { mails, count } = await ports.mails.page(wanted, mailsAPage);
  const lost = await ports.mails.bounced();
  return {
    page: say('Thư đã gửi', 'Mails sent'),
    ...(problem === undefined ? {} : { status: 409 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <NoteBox note={query.get('gui-lai') === null ? undefined : sentAgainNote} visit={visit} />
        <p class="lead">
          {say(
            `${count} thư; ${lost.length} thư không tới người nhận.`,
            `${count} mails; ${lost.length} did not arrive.`,
          )}
        </p>
        <p class="hint">
          {say(
            '“Đã gửi” là máy chủ thư đã nhận chuyển. Trang này không hiện nội dung thư; liên kết trong thư chỉ người nhận dùng được.',
            '“Sent” means that the mail server took it. What a mail says is not shown here; its link serves the receiver alone.',
          )}
        </p>
        {mails.length === 0 ? (
          <Empty>{say('Không có thư nào ở trang này.', 'No mail on this page.')}</Empty>
        ) : (
          <MailTable visit={visit} mails={mails} />
        )}
        <Pager visit={visit} page={wanted} pages={Math.ceil(count / mailsAPage)} />
      </>
    ),
  };
}

const sentAgainNote: Problem = {
  vi: 'Đã đưa thư vào hàng gửi lại.',
  en: 'The mail is on its way again.',
};

const MailTable: FC<{ visit: Visit; mails: readonly MailRecord[] }> = ({ visit, mails }) => {
  const { say, words, account } = visit;
  return (
    <Table label={say('Thư, mới nhất trước', 'Mails, newest first')}>
      <thead>
        <tr>
          <th>{say('Người nhận', 'Receiver')}</th>
          <th>{say('Thư', 'Mail')}</th>
          <th>{say('Kết quả', 'What became of it')}</th>
          {may(account, 'mail.resend') ? <th>{say('Việc', 'Act')}</th> : ''}
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <tr>
            <td>
              {mail.receiver.name}
              {mail.receiver.role === undefined ? '' : <span class="hint">{words(roleNames[mail.receiver.role])}</span>}
            </td>
            <td>
              {mail.subject}
              <span class="hint">
                {say('lập lúc ', 'written ')}
                <At instant={mail.at} visit={visit} />
              </span>
            </td>
            <td class="found">
              <Became mail={mail} visit={visit} />
            </td>
            {may(account, 'mail.resend') ? (
              <td>
                <SendAgain mail={mail} visit={visit} />
              </td>
            ) : (
              ''
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const Became: FC<{ mail: MailRecord; visit: Visit }> = ({ mail: { delivery }, visit }) => {
  const { say } = visit;
  switch (delivery.state) {
    case 'waiting':
      return <Tag tone="waiting">○ {say('Chờ gửi', 'Waiting')}</Tag>;
    case 'failing':
      return (
        <>
          <Tag tone="stuck">‖ {say('Chưa gửi được', 'Not sent yet')}</Tag>
          <span class="hint">
            {say(`đã thử ${delivery.tries} lần, sẽ thử lại lúc `, `tried ${delivery.tries} times, next at `)}
            <At instant={delivery.next} visit={visit} />
          </span>
          <Said visit={visit} answer={delivery.reason} />
        </>
      );
    case 'sent':
      return (
        <>
          <Tag tone="done">● {say('Đã gửi', 'Sent')}</Tag>
          <span class="hint">
            <At instant={delivery.at} visit={visit} />
            {delivery.together > 1
              ? say(`, chung một thư với ${delivery.together} việc`, `, in one mail of ${delivery.together}`)
              : ''}
          </span>
          <Said visit={visit} answer={delivery.answer} />
        </>
      );
    case 'bounced':
      return (
        <>
          <Tag tone="back">✕ {say('Không tới người nhận', 'Did not arrive')}</Tag>
          <span class="hint">
            <At instant={delivery.at} visit={visit} />
            {say(`, sau ${delivery.tries} lần thử`, `, after ${delivery.tries} tries`)}
          </span>
          <Said visit={visit} answer={delivery.reason} />
        </>
      );
    case 'unneeded':
      return (
        <>
          <Tag tone="quiet">– {say('Không tới, không còn cần gửi', 'Did not arrive, no longer needed')}</Tag>
          <span class="hint">
            <At instant={delivery.at} visit={visit} />
          </span>
        </>
      );
  }
};

/** The server's own words, in whatever language it speaks. */
const Said: FC<{ visit: Visit; answer: string }> = ({ visit, answer }) =>
  answer === '' ? (
    <></>
  ) : (
    <span class="hint">
      {visit.say('máy chủ thư: ', 'mail server: ')}
      <span lang="en">{answer}</span>
    </span>
  );

const SendAgain: FC<{ mail: MailRecord; visit: Visit }> = ({ mail, visit }) => {
  const { say } = visit;
  if (mail.isSentAgain) return <span class="hint">{say('đã gửi lại', 'sent again')}</span>;
  if (!maySendAgain(mail)) return <></>;
  return (
    <Form to="/thu" visit={visit}>
      <input type="hidden" name="mail" value={mail.key} />
      <button
        type="submit"
        aria-label={say(
          `Gửi lại cho ${mail.receiver.name}: ${mail.subject}`,
          `Send again to ${mail.receiver.name}: ${mail.subject}`,
        )}
      >
        {say('Gửi lại', 'Send again')}
      </button>
    </Form>
  );
};

/** A mail that was sent is made anew by the batch it asks about; other words are gone once they were sent. */
function maySendAgain({ delivery: { state }, batch }: MailRecord): boolean {
  return state === 'bounced' || (state === 'sent' && batch !== undefined);
}

const Pager: FC<{ visit: Visit; page: number; pages: number }> = ({ visit: { say }, page, pages }) =>
  pages < 2 ? (
    <></>
  ) : (
    <nav class="pager" aria-label={say('Các trang', 'Pages')}>
      {page > 1 ? <a href={`/thu?trang=${page - 1}`}>← {say('Trước', 'Before')}</a> : ''}{' '}
      {say(`Trang ${page} trên ${pages}`, `Page ${page} of ${pages}`)}{' '}
      {page < pages ? <a href={`/thu?trang=${page + 1}`}>{say('Sau', 'Next')} →</a> : ''}
    </nav>
  );

/** Sends one mail again. The same form posted twice sends one: the mail has been sent again by then. */
export async function sendAgainAct(visit: Visit): Promise<Answer> {
  const mail = await visit.ports.mails.find(field(visit.form, 'mail'));
  if (mail === undefined) return mailsPage(visit, noSuchMail.why);
  const answer = await sendAgain(mail, visit);
  return answer?.outcome === 'refused' ? mailsPage(visit, answer.why) : { to: '/thu?gui-lai=1' };
}

async function sendAgain(mail: MailRecord, { ports, account }: Visit): Promise<Refused | undefined> {
  const { key, batch, receiver } = mail;
  if (mail.isSentAgain) return alreadySentAgain;
  if (!maySendAgain(mail)) return notNow;
  if (batch === undefined) return (await ports.mails.sendAgain(key)) ? undefined : notNow;
  const asked = await askAgain({ batchId: batch, account: receiver.account, mail: key, by: account.id }, ports);
  if (asked.outcome !== 'refused') return undefined;
  await ports.mails.settle(key);
  return asked;
}

const noSuchMail = refused('Không có thư này. Hãy mở lại trang.', 'There is no such mail. Open the page again.');
const alreadySentAgain = refused('Thư này đã được gửi lại rồi.', 'This mail was sent again already.');
const notNow = refused(
  'Thư này không gửi lại được: đang chờ gửi, hoặc nội dung đã được xóa sau khi gửi. Hãy làm lại việc đã sinh ra thư.',
  'This mail cannot be sent again: it waits to be sent, or its words were deleted. Repeat the act that wrote it.',
);
