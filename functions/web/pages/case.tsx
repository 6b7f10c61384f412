/** Hồ sơ: the person, every line as a sentence with its article, where it stands, and what may be done now. */
import type { FC } from 'hono/jsx';
import { appraisesFrom, may } from '../../../shared/case/access.ts';
import { banks, bankName } from '../../../shared/case/banks.ts';
import type { Assessment } from '../../../shared/case/assessment.ts';
import {
  accountOf,
  type BankAccount,
  type Case,
  identityOf,
  type Identity,
  readCase,
} from '../../../shared/case/case.ts';
import { isOpenToCorrection } from '../../../shared/intake/correct.ts';
import { periodAccounts, periodSentence } from '../../../shared/case/explain-service.ts';
import {
  factName,
  figureSentences,
  groundSentences,
  lineNames,
  lineSentence,
  markSentence,
  reasonSentence,
} from '../../../shared/case/explain.ts';
import { shareOf } from '../../../shared/case/shares.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { isBeforeBatch, mayFollow } from '../../../shared/case/lifecycle.ts';
import { cameBackBecause, openCase, type Part, readParts, standsAt } from '../../../shared/case/part.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { valueName } from '../../../shared/law/readings.ts';
import { formatDong, inWords } from '../../../shared/dong.ts';
import { type Origin, originOf } from '../../../shared/intake/origin.ts';
import { noticeStream } from '../../../shared/completion/issue-notice.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { holdPart, mayBeWithdrawn, withdrawCase } from '../../../shared/approval/hold.ts';
import { At, Field, Form, masked, Money, ProblemBox, StatusTag, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { CaseFacts } from './case-facts.tsx';
import { WhyItCameBack } from './return-reason.tsx';
import { CaseReturn } from './case-return.tsx';
import { CaseComplaints, OpenComplaints } from './case-complaints.tsx';
import { CaseRecoveries } from './case-recoveries.tsx';
import { CasePapers } from './case-papers.tsx';
import { caseStatusNames, entryNames, regimeNames, sourceNames } from '../words.ts';

export interface Shown {
  readonly of: Case;
  readonly parts: readonly Part[];
  readonly who: Identity;
  readonly account: BankAccount;
  readonly proposed: BankAccount | undefined;
  readonly unitName: string;
  readonly origin: Origin | undefined;
}

/** Everything the sum was made of, for another program to check: facts, readings, periods, lines with their factors. */
export async function traceFile(visit: Visit): Promise<Answer> {
  const found = await find(visit, visit.params['id'] ?? '');
  if (found === undefined) return casePage(visit);
  const { submitted, readings, assessment, caseHash } = found.of;
  const regime = assessment.outcome === 'entitled' ? assessment.regime : '';
  const periods = periodAccounts(
    submitted.facts.service ?? [],
    submitted.facts.leaving?.on ?? '9999-12-01',
    regime,
    readings,
  );
  const trace = { caseHash, law: assessment.law, readings, facts: submitted.facts, periods, assessment };
  return {
    file: new TextEncoder().encode(`${JSON.stringify(trace, null, 2)}\n`),
    name: `cach-tinh-${found.of.id}.json`,
    type: 'application/json',
  };
}

export async function casePage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say } = visit;
  const shown = await find(visit, visit.params['id'] ?? '');
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

async function find({ ports, account: viewer }: Visit, caseId: string): Promise<Shown | undefined> {
  const opened = await openCase(ports.store, caseId, viewer);
  if (opened === undefined) return undefined;
  const { of } = opened;
  const units = await readUnits(ports.store);
  return {
    ...opened,
    who: await identityOf(ports.vault, of),
    account: await accountOf(ports.vault, of.id, of.account.sealed),
    proposed: of.proposed === undefined ? undefined : await accountOf(ports.vault, of.id, of.proposed.sealed),
    unitName: units.get(of.submitted.payingUnit)?.name ?? of.submitted.payingUnit,
    origin: await originOf(of.submitted, ports.store),
  };
}

const Result: FC<{ visit: Visit; of: Case }> = ({ visit, of }) => {
  const { say, words } = visit;
  const { assessment, submitted } = of;
  const leaveOn = submitted.facts.leaving?.on ?? '';
  const declared = submitted.declaredTotal;
  if (assessment.outcome !== 'entitled') return <NotEntitled visit={visit} assessment={assessment} />;
  const total = BigInt(assessment.total);
  const differs = declared !== undefined && BigInt(declared) !== total;
  return (
    <section class="result">
      {differs ? (
        <p class="declared">
          <span class="hint">{say('Đơn vị tính: ', 'The unit computed: ')}</span>
          <s>{formatDong(BigInt(declared ?? '0'))} đồng</s>
        </p>
      ) : (
        ''
      )}
      <p class="total">
        {formatDong(total)} đồng <span class="hint">{words(regimeNames[assessment.regime])}</span>
      </p>
      <p class="hint">{inWords(total)}.</p>
      <ol class="lines">
        {assessment.lines.map((line) => (
          <li>{words(lineSentence(line))}</li>
        ))}
      </ol>
      <details open>
        <summary>{say('Cách tính các số liệu', 'How the figures were made')}</summary>
        <ul>
          {figureSentences(assessment.figures, leaveOn, submitted.facts.pay, assessment.regime, of.readings).map(
            (sentence) => (
              <li>{words(sentence)}</li>
            ),
          )}
        </ul>
        {assessment.figures.serviceMonths > 0 ? (
          <ul>
            {periodAccounts(submitted.facts.service ?? [], leaveOn, assessment.regime, of.readings).map((account) => (
              <li>{words(periodSentence(account))}</li>
            ))}
          </ul>
        ) : (
          ''
        )}
        {(assessment.yieldsTo ?? []).map(({ regime, total: other }) => (
          <p class="hint">
            {say('Theo quy định khác: ', 'By another text: ')}
            {words(regimeNames[regime])}, {formatDong(BigInt(other))} đồng.
          </p>
        ))}
        <p class="hint">
          <a href={`/ho-so/${of.id}/cach-tinh.json`} download>
            {say('Tải vết tính toán (JSON)', 'Download the trace (JSON)')}
          </a>
        </p>
      </details>
      <Marks visit={visit} assessment={assessment} />
    </section>
  );
};

const Marks: FC<{ visit: Visit; assessment: Assessment }> = ({ visit, assessment }) =>
  assessment.marks.length + assessment.open.length === 0 ? (
    <></>
  ) : (
    <p class="marks">
      {assessment.marks.map((mark) => (
        <Tag tone="stuck">! {visit.words(markSentence(mark))}</Tag>
      ))}
      {assessment.open.map((number) => (
        <Tag tone="stuck">? {visit.words(reasonSentence(number))}</Tag>
      ))}
    </p>
  );

const NotEntitled: FC<{ visit: Visit; assessment: Exclude<Assessment, { outcome: 'entitled' }> }> = ({
  visit,
  assessment,
}) => {
  const { say, words } = visit;
  return (
    <section class="result">
      <h2>{words(caseStatusNames[assessment.outcome])}</h2>
      {assessment.outcome === 'not-entitled' ? (
        <ul>
          {assessment.grounds.map(({ ground, by, byEn }) => (
            <li>
              {words(groundSentences[ground])} ({say(by, byEn)})
            </li>
          ))}
        </ul>
      ) : (
        ''
      )}
      {assessment.outcome === 'incomplete' ? (
        <p>
          {say('Còn thiếu: ', 'Missing: ')}
          {assessment.missing.map((path) => factName(path, visit.language)).join(', ')}.
        </p>
      ) : (
        ''
      )}
      {assessment.outcome === 'review' ? (
        <>
          <ul>
            {assessment.reasons.map(({ reason }) => (
              <li>{words(reasonSentence(reason))}</li>
            ))}
          </ul>
          {(assessment.alternatives ?? []).length === 0 ? (
            ''
          ) : (
            <Table label={say('Các cách hiểu', 'Readings')}>
              <thead>
                <tr>
                  <th>{say('Cách hiểu', 'Reading')}</th>
                  <th>{say('Cách tính', 'Working')}</th>
                  <th class="number">{say('Tổng (đồng)', 'Total (đồng)')}</th>
                </tr>
              </thead>
              <tbody>
                {(assessment.alternatives ?? []).map(({ readings, lines, total }) => (
                  <tr>
                    <td>
                      {Object.entries(readings)
                        .map(([number, value]) => `${number}: ${words(valueName(value))}`)
                        .join('; ')}
                    </td>
                    <td>
                      {(lines ?? []).map((line) => (
                        <div>{words(lineSentence(line))}</div>
                      ))}
                    </td>
                    <td class="number">{total === undefined ? '–' : <Money amount={total} />}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </>
      ) : (
        ''
      )}
      <Marks visit={visit} assessment={assessment} />
    </section>
  );
};

/** Which source pays what of this person, and where each of the sums stands. */
const Sources: FC<{ visit: Visit; of: Case; parts: readonly Part[] }> = ({ visit, of, parts }) => {
  const { say, words } = visit;
  return (
    <Table label={say('Các nguồn chi', 'Sources')}>
      <thead>
        <tr>
          <th>{say('Nguồn', 'Source')}</th>
          <th>{say('Khoản', 'Lines')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
          <th>{say('Trạng thái', 'State')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ source, status, last }) => {
          const { lines, total } = shareOf(of, source);
          return (
            <tr>
              <td>{words(sourceNames[source])}</td>
              <td>{lines.map(({ line }) => words(lineNames[line] ?? { vi: line, en: line })).join('; ')}</td>
              <td class="number">
                <Money amount={total} />
              </td>
              <td>
                <StatusTag status={status} visit={visit} /> {last.reason ?? ''}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
};

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

const Mending: FC<{ visit: Visit; shown: Shown; part: Part; isForAccount: boolean }> = ({
  visit,
  shown,
  part,
  isForAccount,
}) => {
  const { say, account } = visit;
  const base = `/ho-so/${shown.of.id}`;
  return (
    <section class="act">
      <h2>{say('Việc cần làm', 'What to do')}</h2>
      <WhyItCameBack visit={visit} said={cameBackBecause(part)} />
      {shown.proposed !== undefined ? (
        isForAccount ? (
          <Proposal visit={visit} shown={shown} proposed={shown.proposed} />
        ) : (
          ''
        )
      ) : part.isMended || part.wantsOrder ? (
        may(account, 'order.again') && !part.wantsOrder ? (
          <Form to={`${base}/chi-lai`} visit={visit}>
            <input type="hidden" name="part" value={part.id} />
            <button type="submit" class="primary">
              {say('Lập khoản chi lại vào tài khoản mới', 'Order again to the new account')}
            </button>
          </Form>
        ) : (
          <p class="hint">
            {part.wantsOrder
              ? say('Đã yêu cầu lập khoản chi lại.', 'A new order was asked for.')
              : say(
                  'Tài khoản đã sửa; chờ Sở Tài chính lập khoản chi lại.',
                  'Account corrected; Finance will order again.',
                )}
          </p>
        )
      ) : may(account, 'account.correct') && isForAccount ? (
        <>
          <p>
            {say(
              'Liên hệ người hưởng, lấy đơn có chữ ký rồi ghi tài khoản mới. Kế toán trưởng sẽ xác nhận trước khi chi lại.',
              'Ask the person for a signed request and enter the new account. The chief accountant confirms it before it is paid again.',
            )}
          </p>
          <AccountForm visit={visit} shown={shown} />
        </>
      ) : (
        <p class="hint">
          {say('Chờ đơn vị lấy đơn của người hưởng và sửa tài khoản.', 'Waits for the unit to correct the account.')}
        </p>
      )}
    </section>
  );
};

const Proposal: FC<{ visit: Visit; shown: Shown; proposed: BankAccount }> = ({ visit, shown, proposed }) => {
  const { say, account } = visit;
  const base = `/ho-so/${shown.of.id}`;
  return (
    <>
      <p>
        {say('Tài khoản mới theo đơn của người hưởng: ', "New account on the person's request: ")}
        <strong>
          {bankName(proposed.bank)}, {may(account, 'account.confirm') ? proposed.number : masked(proposed.number)},{' '}
          {proposed.holder}
          {proposed.heir === undefined
            ? ''
            : say(
                `; trả cho người thừa kế ${proposed.heir.fullName} (${proposed.heir.relation})`,
                `; to the heir ${proposed.heir.fullName} (${proposed.heir.relation})`,
              )}
        </strong>
        . {say('Lý do: ', 'Reason: ')}
        {shown.of.proposed?.reason}
      </p>
      {may(account, 'account.confirm') ? (
        <Form to={`${base}/tai-khoan/xac-nhan`} visit={visit}>
          <input type="hidden" name="digest" value={shown.of.proposed?.digest ?? ''} />
          <button type="submit" class="primary">
            {say('Xác nhận tài khoản mới đúng với đơn', 'Confirm: the account agrees with the request')}
          </button>
        </Form>
      ) : (
        <p class="hint">{say('Chờ kế toán trưởng của đơn vị xác nhận.', "Waits for the unit's chief accountant.")}</p>
      )}
    </>
  );
};

const AccountForm: FC<{ visit: Visit; shown: Shown }> = ({ visit, shown }) => {
  const { say } = visit;
  return (
    <Form to={`/ho-so/${shown.of.id}/tai-khoan`} visit={visit} files>
      <p class="field">
        <label for="bank">{say('Ngân hàng', 'Bank')}</label>
        <select id="bank" name="bank" required>
          {banks.map(({ code, name }) => (
            <option value={code} selected={code === shown.account.bank}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <Field
        label={say('Số tài khoản mới', 'New account number')}
        name="number"
        inputmode="numeric"
        required
        value={field(visit.form, 'number')}
      />
      <Field
        label={say('Tên chủ tài khoản', 'Account holder')}
        name="holder"
        required
        value={field(visit.form, 'holder') || shown.account.holder}
      />
      <Field label={say('Lý do', 'Reason')} name="reason" required value={field(visit.form, 'reason')} />
      <details open={field(visit.form, 'heir') !== '' || shown.account.heir !== undefined}>
        <summary>{say('Người hưởng đã mất, trả cho người thừa kế', 'The person has died, an heir is paid')}</summary>
        <p class="hint">
          {say(
            'Tài khoản đứng tên người thừa kế được các người thừa kế thống nhất cử nhận; đính kèm văn bản thỏa thuận có chứng thực và giấy chứng tử trong một tệp. Hồ sơ phải đang tạm dừng.',
            'The account of the heir whom the heirs have agreed on; attach their certified agreement and the death certificate in one file. The case must be held.',
          )}
        </p>
        <Field
          label={say('Họ tên người thừa kế', 'Name of the heir')}
          name="heir"
          value={field(visit.form, 'heir') || (shown.account.heir?.fullName ?? '')}
        />
        <Field
          label={say('Quan hệ, văn bản thỏa thuận', 'Relation and agreement')}
          name="relation"
          value={field(visit.form, 'relation') || (shown.account.heir?.relation ?? '')}
        />
      </details>
      <Field
        label={say('Đơn đề nghị có chữ ký (PDF, ảnh)', 'Signed request (PDF, picture)')}
        name="paper"
        type="file"
        accept=".pdf,.png,.jpg,.jpeg"
        required
      />
      <button type="submit" class="primary">
        {say('Đề nghị sửa tài khoản', 'Propose the correction')}
      </button>
    </Form>
  );
};

/** Another account before anything is ordered: two people of the unit, and the case is appraised anew. */
const AccountChange: FC<{ visit: Visit; shown: Shown; part: Part }> = ({ visit, shown, part }) => {
  const { say, account } = visit;
  const isFree = isBeforeBatch(standsAt(part)) && shown.of.submitted.difference === undefined;
  if (!isFree && part.status !== 'held') return <></>;
  if (shown.proposed !== undefined) {
    return (
      <section class="act">
        <h2>{say('Đổi tài khoản nhận tiền', 'Another account')}</h2>
        <Proposal visit={visit} shown={shown} proposed={shown.proposed} />
      </section>
    );
  }
  if (!may(account, 'account.correct')) return <></>;
  return (
    <details class="act">
      <summary>{say('Đổi tài khoản nhận tiền', 'Change the account')}</summary>
      <p>
        {say(
          'Lấy đơn có chữ ký của người hưởng rồi ghi tài khoản mới. Sau khi kế toán trưởng xác nhận, hồ sơ được thẩm định lại với tài khoản mới.',
          'Get a signed request and enter the new account. Once the chief accountant has confirmed it, the case is appraised anew with it.',
        )}
      </p>
      <AccountForm visit={visit} shown={shown} />
    </details>
  );
};

function canWithdraw({ account }: Visit, { of, parts }: Shown): boolean {
  const isClosed = of.entries.some(({ kind }) => kind === 'closed');
  return may(account, 'case.withdraw') && !isClosed && parts.every((part) => mayBeWithdrawn(of, part));
}

function canCorrect({ account }: Visit, { of, parts }: Shown): boolean {
  const isClosed = of.entries.some(({ kind }) => kind === 'closed');
  const isRest = of.submitted.difference !== undefined;
  return may(account, 'case.correct') && !isClosed && !isRest && isOpenToCorrection(parts);
}

const Correct: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say } = visit;
  return (
    <details class="act">
      <summary>{say('Sửa dữ kiện của người này', 'Correct this person’s facts')}</summary>
      <p>
        <a href={`/ho-so/${caseId}/sua-tren-trang`}>{say('Sửa ngay trên trang', 'Correct on a page')}</a>
      </p>
      <p>
        {say(
          'Hoặc điền lại dòng của người này và quá trình công tác vào mẫu danh sách. Chỉ dữ kiện tính chế độ được sửa; tài khoản sửa ở mục riêng. Hệ thống tính lại ngay; nếu tiền đã chi, phần chênh lệch được trả thêm hoặc ghi vào danh sách thu hồi.',
          'Or fill this person’s row and periods into the list template. Only what the sum is made of is corrected; accounts have their own form. The case is computed again at once; if the money is paid, the difference is paid or listed for recovery.',
        )}
      </p>
      <Form to={`/ho-so/${caseId}/sua`} visit={visit} files>
        <Field
          label={say('Tệp theo mẫu (.xlsx)', 'Filled template (.xlsx)')}
          name="file"
          type="file"
          accept=".xlsx"
          required
        />
        <Field
          label={say('Giấy tờ chứng minh (bản quét)', 'The paper that shows it (scan)')}
          name="paper"
          type="file"
          required
        />
        <Field label={say('Lý do', 'Reason')} name="reason" required />
        <button type="submit">{say('Ghi và tính lại', 'Record and compute again')}</button>
      </Form>
    </details>
  );
};

const Withdraw: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say } = visit;
  return (
    <details class="act">
      <summary>{say('Rút hồ sơ để sửa và gửi lại', 'Take the case back to correct and submit it again')}</summary>
      <p>
        {say(
          'Hồ sơ chưa được thẩm định nên đơn vị rút lại được. Sau khi rút, sửa dòng của người này trong danh sách rồi tải lên lại.',
          'It is not appraised yet, so the unit may take it back. Then mend this person’s row in the list and upload it again.',
        )}
      </p>
      <Form to={`/ho-so/${caseId}/rut`} visit={visit}>
        <Field label={say('Lý do', 'Reason')} name="reason" required />
        <button type="submit">{say('Rút hồ sơ', 'Take back')}</button>
      </Form>
    </details>
  );
};

const HoldActs: FC<{ visit: Visit; part: Part }> = ({ visit, part }) => {
  const { say } = visit;
  return (
    <details class="act">
      <summary>
        {part.status === 'held'
          ? say('Tiếp tục hoặc kết thúc', 'Resume or end')
          : say('Tạm dừng hoặc kết thúc', 'Hold or end')}
      </summary>
      <Form to={`/ho-so/${part.caseId}/tam-dung`} visit={visit}>
        <input type="hidden" name="part" value={part.id} />
        <Field
          label={say('Lý do (bắt buộc, ghi vào lịch sử)', 'Reason (required, kept in the history)')}
          name="reason"
          required
        />
        {part.status === 'held' ? (
          <button type="submit" name="act" value="resume">
            {say('Tiếp tục', 'Resume')}
          </button>
        ) : (
          <button type="submit" name="act" value="hold">
            {say('Tạm dừng chi trả', 'Hold')}
          </button>
        )}{' '}
        <button type="submit" name="act" value="cancel">
          {say('Không tiếp tục chi trả', 'End: do not pay')}
        </button>
      </Form>
    </details>
  );
};

const History: FC<{ visit: Visit; entries: readonly Entry[]; names: ReadonlyMap<string, string> }> = ({
  visit,
  entries,
  names,
}) => {
  const { say, words } = visit;
  const sorted = entries.toSorted((one, other) => (one.at < other.at ? -1 : 1));
  return (
    <section>
      <h2>{say('Lịch sử', 'History')}</h2>
      <ol class="history">
        {sorted.map((entry) => (
          <li>
            <At instant={entry.at} visit={visit} /> –{' '}
            {words(entryNames[entry.kind] ?? { vi: entry.kind, en: entry.kind })}
            <span class="hint">
              {' '}
              {names.get(entry.by) ?? entry.by} · {entry.hash.slice(0, 12)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};

async function namesOf({ ports, say }: Visit, entries: readonly Entry[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(entries.map(({ by }) => by));
  const names = new Map([['system', say('Hệ thống', 'System')]]);
  for (const id of ids) if (!names.has(id)) names.set(id, await ports.directory.nameOf(id));
  return names;
}

/** The part that a form on this page is about; the case id stands in the address. */
async function partOf({ ports, params, form }: Visit): Promise<string> {
  const of = await readCase(ports.store, params['id'] ?? '');
  const parts = of === undefined ? [] : await readParts(ports.store, of);
  const chosen = field(form, 'part');
  return (parts.find(({ id }) => id === chosen) ?? parts[0])?.id ?? '';
}

export async function holdAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const act = field(form, 'act');
  if (act !== 'hold' && act !== 'resume' && act !== 'cancel') return casePage(visit);
  const outcome = await holdPart(await partOf(visit), act, field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function withdrawAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const outcome = await withdrawCase(params['id'] ?? '', field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function correctAct(visit: Visit): Promise<Answer> {
  const { form, account, ports, params } = visit;
  const [file, paper] = await Promise.all([upload(form, 'file'), upload(form, 'paper')]);
  if (file === undefined || paper === undefined || field(form, 'reason') === '') {
    return casePage(visit, {
      vi: 'Hãy chọn tệp theo mẫu, đính kèm giấy tờ chứng minh và ghi lý do.',
      en: 'Choose the filled template, attach the paper that shows the fact, and state the reason.',
    });
  }
  const input = {
    caseId: params['id'] ?? '',
    file: await ports.files.put(file.bytes),
    paper: await ports.files.put(paper.bytes),
    reason: field(form, 'reason'),
    account,
  };
  return { to: `/viec/${await ports.jobs.start('correct-facts', input, account.id)}` };
}

export async function proposeAccountAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const paper = await upload(form, 'paper');
  const given = {
    bank: field(form, 'bank'),
    number: field(form, 'number').replaceAll(' ', ''),
    holder: field(form, 'holder'),
  };
  const heir = { fullName: field(form, 'heir'), relation: field(form, 'relation') };
  const hasHeir = heir.fullName !== '' || heir.relation !== '';
  const stored = paper === undefined ? '' : await ports.files.put(paper.bytes);
  const paid = hasHeir ? { ...given, heir } : given;
  const correction = { part: await partOf(visit), account: paid, reason: field(form, 'reason'), paper: stored };
  const outcome = await proposeAccount(correction, account, ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function confirmAccountAct(visit: Visit): Promise<Answer> {
  const outcome = await confirmAccount(await partOf(visit), field(visit.form, 'digest'), visit.account, visit.ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

export async function orderAgainAct(visit: Visit): Promise<Answer> {
  const outcome = await orderAgain(await partOf(visit), field(visit.form, 'reason'), visit.account, visit.ports);
  return outcome.outcome === 'refused' ? casePage(visit, outcome.why) : back(visit);
}

function back({ params }: Visit): Answer {
  return { to: `/ho-so/${params['id'] ?? ''}` };
}
