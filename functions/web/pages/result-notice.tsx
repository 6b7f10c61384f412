/** The notice of result on the screen, as it is printed for the person: large letters, one column; and its way onto paper. */
import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { renderSVG } from 'uqr';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { checkPath, noticeFor, recordGivenOut, type SignedNotice } from '../../../shared/completion/issue-notice.ts';
import { asOfWords } from '../../../shared/completion/result-notice.ts';
import type { Standing } from '../../../shared/completion/result-notice-standing.ts';
import type { NoticeSum } from '../../../shared/completion/result-notice-sum.ts';
import { Form } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';

export async function resultNoticePage(visit: Visit): Promise<Answer> {
  const { say, params, account, ports } = visit;
  const signed = await noticeFor(params['id'] ?? '', ports.now(), account, ports);
  if (signed === undefined) return noSuchCase(visit);
  const { notice, seal } = signed;
  return {
    page: say('Thông báo kết quả giải quyết chế độ', 'Notice of result'),
    body: (
      <>
        <p class="to-case">
          <a href={`/ho-so/${notice.caseId}`}>{say('Về hồ sơ', 'Back to the case')}</a>
        </p>
        {may(account, 'result-notice.give-out') ? <ToPaper visit={visit} caseId={notice.caseId} /> : ''}
        <article class="notice">
          <NoticeHead visit={visit} signed={signed} />
          {notice.standings.map((standing) => (
            <Where visit={visit} standing={standing} />
          ))}
          {notice.sum === undefined ? '' : <How visit={visit} sum={notice.sum} />}
          <Rest visit={visit} signed={signed} />
          <section class="seal">
            <div class="qr" role="img" aria-label={say('Mã QR có chữ ký', 'Signed QR code')}>
              {raw(renderSVG(seal, { ecc: 'M', border: 4 }))}
            </div>
            <p>
              {say('Kiểm tra: mở ', 'To check: open ')}
              <a href={checkPath}>
                {ports.publicUrl}
                {checkPath}
              </a>
              {say(', quét mã và dán chữ quét được.', ', scan the code and paste its text.')}
            </p>
            <details class="act">
              <summary>{say('Chữ trong mã QR', 'The text of the QR')}</summary>
              <p class="code">{seal}</p>
            </details>
          </section>
        </article>
      </>
    ),
  };
}

function noSuchCase({ say }: Visit): Answer {
  return {
    page: say('Không tìm thấy', 'Not found'),
    status: 404,
    body: (
      <p>
        {say(
          'Không có hồ sơ này, hoặc hồ sơ thuộc đơn vị khác.',
          'There is no such case, or it belongs to another unit.',
        )}
      </p>
    ),
  };
}

const ToPaper: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => (
  <Form to={`/ho-so/${caseId}/thong-bao`} visit={visit} class="act">
    <button type="submit" class="primary">
      {visit.say('Lập bản in (PDF) để đưa cho người hưởng', 'Make the paper (PDF) for the person')}
    </button>
    <p class="hint">
      {visit.say(
        'Bản in chỉ có tiếng Việt; việc đưa thông báo được ghi lại. Chỉ đưa tận tay người hưởng hoặc người được ủy quyền.',
        'The paper is in Vietnamese; that it was given out is recorded. Hand it to the person alone, or to whom they authorised.',
      )}
    </p>
  </Form>
);

const NoticeHead: FC<{ visit: Visit; signed: SignedNotice }> = ({ visit, signed: { notice } }) => {
  const { say, words } = visit;
  return (
    <>
      <p>
        <strong>{notice.unit.name}</strong>
        <br />
        {words(asOfWords(notice.asOf))} – {say('Mã hồ sơ', 'Case')} {notice.caseId.toUpperCase()}
      </p>
      <p>
        {say('Ông/bà ', '')}
        <strong>{notice.fullName}</strong> – {say('số định danh', 'citizen id')} {notice.maskedCitizenId}
      </p>
      <p class="answer">{words(notice.headline)}</p>
      {notice.sum === undefined ? '' : <p class="hint">{say(`Bằng chữ: ${notice.sum.inWords}.`, '')}</p>}
      {notice.whyNoSum.map((why) => (
        <p>{words(why)}</p>
      ))}
    </>
  );
};

const Where: FC<{ visit: Visit; standing: Standing }> = ({ visit, standing }) => {
  const { say, words } = visit;
  const { where, holder, since, next, expected } = standing;
  return (
    <section>
      <h2>{say('Hồ sơ ở đâu', 'Where it stands')}</h2>
      <p>
        {words(where)}{' '}
        {holder === undefined
          ? ''
          : say(
              `Cơ quan đang giữ: ${holder.vi}, từ ${formatDay(since)}.`,
              `It is with ${holder.en} since ${formatDay(since)}.`,
            )}
      </p>
      {next === undefined ? '' : <p>{words(next)}</p>}
      {expected === undefined ? '' : <p>{words(expected)}</p>}
    </section>
  );
};

const How: FC<{ visit: Visit; sum: NoticeSum }> = ({ visit, sum }) => {
  const { say, words } = visit;
  return (
    <section>
      <h2>{say('Vì sao là số tiền này', 'Why this sum')}</h2>
      <ol>
        {sum.lines.map((line) => (
          <li>{words(line)}</li>
        ))}
      </ol>
      {[...sum.figures, ...sum.periods, ...sum.notes].map((sentence) => (
        <p>{words(sentence)}</p>
      ))}
      {sum.returnDuty === undefined ? '' : <p>{words(sum.returnDuty)}</p>}
    </section>
  );
};

const Rest: FC<{ visit: Visit; signed: SignedNotice }> = ({ visit, signed: { notice } }) => {
  const { say, words } = visit;
  return (
    <section>
      <h2>{say('Hỏi ở đâu, khiếu nại thế nào', 'Whom to ask, how to complain')}</h2>
      {notice.account === undefined ? '' : <p>{words(notice.account)}</p>}
      <p>
        {say('Hỏi ', 'Ask ')}
        {notice.askAt.map(words).join(say('; hoặc ', '; or '))}.
      </p>
      <p>{words(notice.complaint)}</p>
      <p>
        <strong>{words(notice.warning)}</strong>
      </p>
      <p>
        {say('Giấy này để biết và theo dõi, không thay quyết định.', 'This is for information and is no decision.')}
      </p>
    </section>
  );
};

/** The paper itself; that it was given out is written first. */
export async function giveOutNoticeAct(visit: Visit): Promise<Answer> {
  const { params, account, ports } = visit;
  const signed = await noticeFor(params['id'] ?? '', ports.now(), account, ports);
  if (signed === undefined) return noSuchCase(visit);
  await recordGivenOut(signed, account, ports);
  return {
    file: await ports.papers.resultNotices([signed], {
      asOf: signed.notice.asOf,
      checkedAt: `${ports.publicUrl}${checkPath}`,
    }),
    name: `thong-bao-ket-qua-${signed.notice.caseId}.pdf`,
    type: 'application/pdf',
  };
}
