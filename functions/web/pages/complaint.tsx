/** Khiếu nại: one of them. Who complains of what, who must act by when, what was said, what may be done now. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import { identityOf } from '../../../shared/case/case.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { mayNotAnswer } from '../../../shared/completion/answer-complaint.ts';
import { type ComplaintWords, isClosedComplaint, openWords, saidIn } from '../../../shared/completion/complaint.ts';
import { isOverdue, limitOf } from '../../../shared/completion/complaint-limit.ts';
import {
  type ComplaintStanding,
  isOfBody,
  type NextActors,
  nextActors,
  openComplaint,
} from '../../../shared/completion/complaint-standing.ts';
import { bodyNames, complainantNames, complaintEntryNames, remedyNames, subjectNames } from '../complaint-words.ts';
import { complaintsPath } from '../complaints-waiting.ts';
import { At, Day, ProblemBox } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';
import { roleNames } from '../words.ts';
import { ComplaintForms } from './complaint-forms.tsx';
import { Limit, StateTag } from './complaints.tsx';

export async function complaintPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account, ports, params } = visit;
  const standing = await openComplaint(ports.store, params['id'] ?? '', account);
  if (standing === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      status: 404,
      body: (
        <p>
          {say(
            'Không có khiếu nại này, hoặc hồ sơ thuộc đơn vị khác.',
            'There is no such complaint, or the case belongs to another unit.',
          )}
        </p>
      ),
    };
  }
  const { complaint } = standing;
  const against = mayNotAnswer(standing, account);
  return {
    page: say(`Khiếu nại, đơn số đến ${complaint.number}`, `Complaint, letter ${complaint.number}`),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          <StateTag visit={visit} state={complaint.state} />
        </p>
        <Next visit={visit} standing={standing} next={await nextActors(standing, ports.directory)} />
        {against === undefined || !isOfBody(standing, account) || isClosedComplaint(complaint.state) ? (
          ''
        ) : (
          <p class="hint">{visit.words(against.why)}</p>
        )}
        <ComplaintForms visit={visit} standing={standing} mayAnswer={against === undefined} />
        <Facts visit={visit} standing={standing} />
        <History visit={visit} standing={standing} />
      </>
    ),
  };
}

/** Who must act, by name, and until when. */
const Next: FC<{ visit: Visit; standing: ComplaintStanding; next: NextActors }> = ({ visit, standing, next }) => {
  const { say, ports } = visit;
  const { complaint } = standing;
  if (isClosedComplaint(complaint.state)) return <></>;
  const limit = limitOf(complaint);
  const isLate = isOverdue(limit?.until, localDateOf(ports.now()));
  return (
    <section class="note">
      <p>
        {next.isForWantOfSomebody
          ? say(
              'Chưa có ai đủ điều kiện trả lời (người đã thẩm định không được trả lời). Quản trị hệ thống phải mở tài khoản cho người khác: ',
              'Nobody may answer (whoever appraised may not). The administrators must open an account for somebody: ',
            )
          : say('Người phải làm tiếp: ', 'Who must act next: ')}
        <strong>{next.accounts.map((account) => titled(visit, account)).join('; ')}</strong>.
      </p>
      {limit === undefined ? (
        ''
      ) : (
        <p>
          {complaint.accepted === undefined
            ? say(
                'Phải thụ lý, hoặc nói rõ lý do không thụ lý, chậm nhất ',
                'To be accepted, or not with the ground, by ',
              )
            : say('Phải trả lời chậm nhất ', 'To be answered by ')}
          <Limit visit={visit} due={limit.until} isLate={isLate} />{' '}
          <span class="hint">({say(`${limit.days} ngày, ${limit.by.vi}`, `${limit.days} days, ${limit.by.en}`)})</span>
        </p>
      )}
      <Remedy visit={visit} standing={standing} />
    </section>
  );
};

function titled({ words }: Visit, { name, role }: Account): string {
  return `${name} (${words(roleNames[role])})`;
}

/** Where what was upheld is mended: an ordinary act on the case's own page. */
const Remedy: FC<{ visit: Visit; standing: ComplaintStanding }> = ({ visit, standing }) => {
  const { say, words } = visit;
  const { complaint, of } = standing;
  if (complaint.upheld === undefined) return <></>;
  const page = `/ho-so/${of.id}`;
  const { remedy } = complaint.upheld;
  return complaint.state === 'mended' ? (
    <p>
      {say('Việc phải sửa đã làm xong', 'What was wrong is mended')}: {words(remedyNames[remedy])}.{' '}
      <a href={caseOfStream(complaint.mended?.stream) ?? page}>{say('Xem hồ sơ', 'See the case')}</a>
    </p>
  ) : (
    <p>
      {say('Việc phải làm', 'What must follow')}: <strong>{words(remedyNames[remedy])}</strong>.{' '}
      {remedy === 'correct-facts' ? (
        <a href={`${page}/sua-tren-trang`}>{say('Sửa trên trang', 'Correct on a page')}</a>
      ) : remedy === 'compute-again' ? (
        <>
          <a href={page}>{say('Trả hồ sơ về đơn vị', 'Return the case')}</a>,{' '}
          <a href="/diem-chua-thong-nhat">{say('điểm chưa thống nhất', 'open readings')}</a>
        </>
      ) : (
        <a href={page}>{say('Mở hồ sơ', 'Open the case')}</a>
      )}
    </p>
  );
};

function caseOfStream(stream: string | undefined): string | undefined {
  const id = /^(?:case|part)\/([^.]+)/.exec(stream ?? '')?.[1];
  return id === undefined ? undefined : `/ho-so/${id}`;
}

const Facts: FC<{ visit: Visit; standing: ComplaintStanding }> = async ({ visit, standing }) => {
  const { say, words, ports } = visit;
  const { complaint, of } = standing;
  const { id, complainant, subject, body, receivedOn, number, paper, unit } = complaint;
  const [who, said, units] = await Promise.all([
    identityOf(ports.vault, of),
    openWords(ports.vault, of.id, complaint.sealed),
    readUnits(ports.store),
  ]);
  return (
    <section>
      <h2>{say('Nội dung đơn', 'The complaint')}</h2>
      <dl class="facts">
        <dt>{say('Người hưởng', 'Person')}</dt>
        <dd>
          <a href={`/ho-so/${of.id}`}>{who.fullName}</a>, {units.get(unit)?.name ?? unit}
        </dd>
        <dt>{say('Người khiếu nại', 'Complainant')}</dt>
        <dd>
          {words(complainantNames[complainant])}
          {said.name === '' ? '' : `: ${said.name}`}
        </dd>
        <dt>{say('Khiếu nại về', 'About')}</dt>
        <dd>{words(subjectNames[subject])}</dd>
        <dt>{say('Theo lời người khiếu nại', 'In their words')}</dt>
        <dd>{said.text}</dd>
        <dt>{say('Đơn', 'Letter')}</dt>
        <dd>
          {say('số đến', 'number')} {number}, {say('nhận ngày', 'received')} <Day day={receivedOn} />,{' '}
          <a href={`${complaintsPath}/${id}/van-ban/${paper}`} download>
            {say('mở bản quét đơn', 'open the letter')}
          </a>
        </dd>
        <dt>{say('Cơ quan giải quyết', 'Who answers')}</dt>
        <dd>{words(bodyNames[body])}</dd>
      </dl>
    </section>
  );
};

interface Told {
  readonly entry: Entry;
  readonly who: string;
  readonly said: ComplaintWords | undefined;
}

const History: FC<{ visit: Visit; standing: ComplaintStanding }> = async ({ visit, standing }) => {
  const { say, words, ports } = visit;
  const { complaint } = standing;
  const told = await Promise.all(
    complaint.entries.map(async (entry): Promise<Told> => {
      const said = entry.seq === 1 ? undefined : saidIn(entry);
      const opened = said === undefined ? undefined : await openWords(ports.vault, complaint.caseId, said.sealed);
      return { entry, who: await ports.directory.nameOf(entry.by), said: opened };
    }),
  );
  return (
    <section>
      <h2>{say('Quá trình giải quyết', 'How it went')}</h2>
      <ol class="history">
        {told.map(({ entry, who, said }) => (
          <li>
            <At instant={entry.at} visit={visit} /> –{' '}
            {words(complaintEntryNames[entry.kind] ?? { vi: entry.kind, en: entry.kind })}
            {said === undefined || said.text === '' ? '' : `: ${said.text}`}
            {said === undefined || said.citation === '' ? '' : ` (${said.citation})`}
            <PaperOf visit={visit} id={complaint.id} entry={entry} />
            <span class="hint">
              {' '}
              {entry.by === 'system' ? say('Hệ thống', 'System') : who} · {entry.hash.slice(0, 12)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};

const PaperOf: FC<{ visit: Visit; id: string; entry: Entry }> = ({ visit, id, entry }) => {
  const { say } = visit;
  const document = entry.seq === 1 ? undefined : saidIn(entry)?.document;
  if (document === undefined) return <></>;
  return (
    <>
      {'. '}
      <a href={`${complaintsPath}/${id}/van-ban/${document.paper}`} download>
        {say('Văn bản', 'Paper')} {document.number}
      </a>{' '}
      {say('ngày', 'of')} <Day day={document.on} />
    </>
  );
};
