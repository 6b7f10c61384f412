/** Hồ sơ: the person, every line as a sentence with its article, where it stands, and what may be done now. */
import type { FC } from 'hono/jsx';
import { appraisesFrom, may } from '../../../shared/case/access.ts';
import { mayFollow } from '../../../shared/case/lifecycle.ts';
import type { Part } from '../../../shared/case/part.ts';
import { noticeStream } from '../../../shared/completion/issue-notice.ts';
import { Form, ProblemBox, StatusTag, Tag } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';
import { caseStatusNames } from '../words.ts';
import { canCorrect, canWithdraw, Correct, HoldActs, Withdraw } from './case-changes.tsx';
import { CaseComplaints, OpenComplaints } from './case-complaints.tsx';
import { CaseFacts } from './case-facts.tsx';
import { History, namesOf } from './case-history.tsx';
import { AccountChange, Mending } from './case-mending.tsx';
import { CasePapers } from './case-papers.tsx';
import { CaseRecoveries } from './case-recoveries.tsx';
import { Result, Sources } from './case-result.tsx';
import { CaseReturn } from './case-return.tsx';
import { type Shown, shownCase } from './case-shown.ts';

export async function casePage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say } = visit;
  const shown = await shownCase(visit, visit.params['id'] ?? '');
  if (shown === undefined)
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: (
        <p>
          {say(
            'Không có hồ sơ này, hoặc hồ sơ thuộc đơn vị khác.',
            'There is no such case, or it belongs to another unit.',
          )}
        </p>
      ),
      status: 404,
    };
  const { of, parts } = shown;
  const [part] = parts;
  const handedOut = await visit.ports.store.read(noticeStream(of.id));
  return {
    page: shown.who.fullName,
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {part === undefined ? (
            <Tag tone="stuck">? {visit.words(caseStatusNames[of.assessment.outcome])}</Tag>
          ) : (
            <StatusTag status={part.status} visit={visit} />
          )}
          {part?.last.reason === undefined ? '' : <span> {part.last.reason}</span>}
          {may(visit.account, 'inspection.see') ? (
            <>
              {' '}
              <a href={`/kiem-tra/ho-so/${of.id}`}>{say('Từ giấy tờ đến báo có', 'From paper to credit')}</a>
            </>
          ) : (
            ''
          )}
        </p>
        <OpenComplaints visit={visit} of={of} />
        {may(visit.account, 'result-notice.see') ? (
          <p class="noticed">
            <a href={`/ho-so/${of.id}/thong-bao`}>
              {say('Thông báo kết quả cho người này', 'The notice of result for this person')}
            </a>
          </p>
        ) : (
          ''
        )}
        {parts.length > 1 ? <Sources visit={visit} of={of} parts={parts} /> : ''}
        <Result visit={visit} of={of} />
        {parts.map((one) => (
          <Acts visit={visit} shown={shown} part={one} isForAccount={one === (parts.find(isBack) ?? part)} />
        ))}
        {part === undefined ? '' : <CaseReturn visit={visit} part={part} caseHash={of.caseHash} />}
        {canWithdraw(visit, shown) ? <Withdraw visit={visit} caseId={of.id} /> : ''}
        {canCorrect(visit, shown) ? <Correct visit={visit} caseId={of.id} /> : ''}
        <CaseFacts visit={visit} shown={shown} />
        <CasePapers visit={visit} of={of} />
        <CaseRecoveries visit={visit} of={of} part={part} />
        <CaseComplaints visit={visit} of={of} />
        <History
          visit={visit}
          entries={[
            ...of.entries,
            ...parts.flatMap(({ entries }) => entries).filter(({ kind }) => kind !== 'assessed'),
            ...handedOut,
          ]}
          names={await namesOf(visit, [...of.entries, ...parts.flatMap(({ entries }) => entries), ...handedOut])}
        />
      </>
    ),
  };
}

const Acts: FC<{ visit: Visit; shown: Shown; part: Part; isForAccount: boolean }> = ({
  visit,
  shown,
  part,
  isForAccount,
}) => {
  const { account } = visit;
  const canHold = part.status === 'held' || mayFollow(part.status, 'held');
  return (
    <>
      {may(account, 'case.appraise') && part.status === appraisesFrom(account) ? (
        <Form to="/tinh-che-do/tham-dinh" visit={visit} class="act">
          <input type="hidden" name="chosen" value="ticked" />
          <input type="hidden" name="part" value={part.id} />
          <input type="hidden" name={`seen-${part.id}`} value={shown.of.caseHash} />
          <button type="submit" class="primary">
            {visit.say(
              'Thẩm định hồ sơ này: đúng người, đúng quyết định, đúng ngày',
              'Appraise this case: person, decision and dates are right',
            )}
          </button>
        </Form>
      ) : (
        ''
      )}
      {isBack(part) ? (
        <Mending visit={visit} shown={shown} part={part} isForAccount={isForAccount} />
      ) : isForAccount ? (
        <AccountChange visit={visit} shown={shown} part={part} />
      ) : (
        ''
      )}
      {may(account, 'case.hold') && canHold ? <HoldActs visit={visit} part={part} /> : ''}
    </>
  );
};

function isBack({ status }: Part): boolean {
  return status === 'returned' || status === 'refused';
}
