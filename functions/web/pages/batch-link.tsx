/** The links in mails to approvers. They open the batch for the right person and do nothing else. */
import { formatDay, localDateOf } from '../../../shared/calendar.ts';
import { type Batch, readBatch } from '../../../shared/case/batch.ts';
import { linkClaim } from '../../../shared/approval/request.ts';
import { sha256 } from '../../../shared/hash.ts';
import { ProblemBox } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';

/** A link from a mail: tied to person, step, version and content. It opens the page and does nothing else. */
export async function openLink(visit: Visit): Promise<Answer> {
  const { ports, params, account } = visit;
  const token = params['token'] ?? '';
  const holder = await ports.store.holderOf(linkClaim(token));
  const batch = holder === undefined ? undefined : await readBatch(ports.store, holder.slice('batch/'.length));
  if (batch === undefined) {
    return linkProblem(
      visit,
      'Liên kết không đúng. Hãy mở lại thư và bấm đúng liên kết, hoặc vào “Việc của tôi”.',
      'This link is not right. Open the mail again, or go to “My work”.',
    );
  }
  const asked = askedBy(batch, token);
  if (asked === undefined) {
    return linkProblem(
      visit,
      `Liên kết này thuộc phiên bản cũ của đợt ${batch.code}. Danh sách đã được chốt lại; hãy dùng thư mới nhất hoặc vào “Việc của tôi”.`,
      `This link belongs to an older version of batch ${batch.code}. Use the newest mail or go to “My work”.`,
    );
  }
  if (asked.account !== account.id) {
    return linkProblem(
      visit,
      'Liên kết này được gửi cho người khác. Hãy đăng nhập bằng tài khoản nhận thư, hoặc vào “Việc của tôi”.',
      'This link was sent to someone else. Sign in with the account that got the mail, or go to “My work”.',
    );
  }
  if (batch.decisions.some(({ step }) => step === asked.step)) {
    return linkProblem(
      visit,
      `Bước này của đợt ${batch.code} đã được xác nhận; liên kết đã dùng xong.`,
      `This step of batch ${batch.code} was decided; the link is used.`,
    );
  }
  if (localDateOf(ports.now()) > asked.until) {
    return linkProblem(
      visit,
      `Liên kết đã hết hạn ngày ${formatDay(asked.until)}. Đợt ${batch.code} vẫn chờ đồng chí: hãy mở từ “Việc của tôi”.`,
      `This link expired on ${formatDay(asked.until)}. Batch ${batch.code} still waits for you: open it from “My work”.`,
    );
  }
  return { to: `/dot/${batch.id}` };
}

function askedBy(batch: Batch, token: string) {
  return batch.asked.find(({ link }) => link === sha256(token));
}

function linkProblem(visit: Visit, vi: string, en: string): Answer {
  return {
    page: visit.say('Không mở được liên kết', 'The link does not open'),
    status: 409,
    body: (
      <>
        <ProblemBox problem={{ vi, en }} visit={visit} />
        <p>
          <a class="button" href="/">
            {visit.say('Việc của tôi', 'My work')}
          </a>
        </p>
      </>
    ),
  };
}
