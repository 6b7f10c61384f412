/** What papers say of a person, each fact with the cell of the unit's file it was read from. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { bankName } from '../../../shared/case/banks.ts';
import { allowanceNames, markSentence } from '../../../shared/case/explain.ts';
import { employerNames } from '../../../shared/case/explain-service.ts';
import { lastOfKind } from '../../../shared/case/history.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { formatDong } from '../../../shared/dong.ts';
import { subjectNames } from '../../../shared/law/names.ts';
import { capitalized } from '../../../shared/vietnamese.ts';
import { Day, masked, Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { sourceNames } from '../words.ts';
import type { Shown } from './case-shown.ts';
import { AccountStanding } from './case-account.tsx';

export const CaseFacts: FC<{ visit: Visit; shown: Shown }> = ({ visit, shown }) => {
  const { say, words } = visit;
  const { submitted } = shown.of;
  const { facts } = submitted;
  const { pay } = facts;
  const correction = lastOfKind(shown.of.entries, 'facts-corrected');
  const rows = correction === undefined ? (shown.origin?.periodRows ?? []) : [];
  /** The cells that were read; of a fact that was corrected since, none. */
  const At: FC<{ of: readonly string[]; isFact?: boolean }> = ({ of, isFact }) => {
    const cells =
      isFact === true && correction !== undefined ? [] : of.flatMap((key) => shown.origin?.cellOf(key) ?? []);
    return cells.length === 0 ? <></> : <span class="hint cell">{cells.join(', ')}</span>;
  };
  return (
    <section>
      <h2>{say('Hồ sơ', 'Facts')}</h2>
      <dl class="facts">
        <dt>{say('Số định danh', 'Citizen id')}</dt>
        <dd>
          {masked(shown.who.citizenId)} <At of={['citizenId']} />
        </dd>
        <dt>{say('Ngày sinh', 'Birth')}</dt>
        <dd>
          {formatDay(facts.person?.birth ?? '–')} (
          {facts.person?.sex === 'female' ? say('nữ', 'woman') : say('nam', 'man')}) <At of={['birth', 'sex']} isFact />
        </dd>
        <dt>{say('Đối tượng', 'Subject group')}</dt>
        <dd>
          {facts.subject === undefined ? '–' : capitalized(words(subjectNames[facts.subject]))}{' '}
          <At of={['subject']} isFact />
        </dd>
        <dt>{say('Nơi công tác', 'Employed by')}</dt>
        <dd>
          {submitted.employer} <At of={['employer']} />
        </dd>
        <dt>{say('Đơn vị chi trả, nguồn', 'Paying unit, source')}</dt>
        <dd>
          {shown.unitName}; {words(sourceNames[submitted.source])} <At of={['payingUnit']} />
        </dd>
        <dt>{say('Quyết định nghỉ', 'Decision')}</dt>
        <dd>
          {facts.leaving?.decisionNumber ?? '–'}, {formatDay(facts.leaving?.decidedOn ?? '–')}{' '}
          <At of={['decisionNumber', 'decidedOn']} isFact />
        </dd>
        <dt>{say('Ngày nghỉ', 'Leaves on')}</dt>
        <dd>
          <Day day={facts.leaving?.on ?? '–'} /> <At of={['leaveOn']} isFact />
        </dd>
        <dt>{say('Sắp xếp có hiệu lực', 'Reorganised on')}</dt>
        <dd>
          <Day day={facts.leaving?.reorganisedOn ?? '–'} /> <At of={['reorganisedOn']} isFact />
        </dd>
        <dt>{say('Tiền lương', 'Pay')}</dt>
        <dd>
          {pay?.kind === 'coefficient' ? (
            <>
              {say('hệ số', 'grade')} {pay.grade?.replace('.', ',')}; {say('chức vụ', 'position')}{' '}
              {pay.position.replace('.', ',')}; {say('vượt khung', 'beyond frame')} {pay.beyondFramePercent}%
              {pay.reservedDifference === '0' ? (
                ''
              ) : (
                <>
                  ; {say('chênh lệch bảo lưu', 'reserved difference')} {pay.reservedDifference.replace('.', ',')}
                </>
              )}
            </>
          ) : pay?.kind === 'contract' ? (
            <>
              {say('hợp đồng', 'contract')} {formatDong(BigInt(pay.amount ?? '0'))} đồng
            </>
          ) : (
            '–'
          )}
          {pay?.kind === 'part-time'
            ? ''
            : (pay?.allowances ?? []).map(({ name, percent }) => (
                <>
                  ; {words(allowanceNames[name])}
                  {percent === undefined ? '' : ` ${percent.replace('.', ',')}%`}
                </>
              ))}{' '}
          <At of={pay?.kind === 'contract' ? ['contractPay'] : ['grade', 'position', 'beyondFrame']} isFact />
        </dd>
        <dt>{say('Tài khoản', 'Account')}</dt>
        <dd>
          {shown.account.number === ''
            ? say('chưa có', 'none yet')
            : `${bankName(shown.account.bank)}, ${masked(shown.account.number)}, ${shown.account.holder}`}{' '}
          <At of={['bank', 'accountNumber', 'holder']} />
        </dd>
        <AccountStanding visit={visit} shown={shown} />
        <Likeness visit={visit} shown={shown} />
        <dt>{say('Nguồn gốc', 'Comes from')}</dt>
        <dd>
          <Source visit={visit} shown={shown} correction={correction} />
        </dd>
      </dl>
      <Table label={say('Quá trình công tác', 'Service')}>
        <thead>
          <tr>
            <th>{say('Từ tháng', 'From')}</th>
            <th>{say('Đến tháng', 'To')}</th>
            <th>{say('Loại hình', 'Employer')}</th>
            <th>{say('Đóng BHXH', 'Insured')}</th>
            <th>{say('Đã hưởng trợ cấp', 'Compensated')}</th>
            {rows.length === 0 ? '' : <th>{say('Ở trang, dòng', 'Sheet, row')}</th>}
          </tr>
        </thead>
        <tbody>
          {(facts.service ?? []).map(({ from, to, employer, insured, compensated }, index) => (
            <tr>
              <td>{formatDay(from)}</td>
              <td>{formatDay(to)}</td>
              <td>{capitalized(words(employerNames[employer]))}</td>
              <td>{insured ? say('Có', 'Yes') : say('Không', 'No')}</td>
              <td>{compensated ? say('Có', 'Yes') : say('Không', 'No')}</td>
              {rows.length === 0 ? (
                ''
              ) : (
                <td class="hint">
                  {rows[index]?.sheet}, {rows[index]?.row}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

/** Another case with this account, or with this name, birth and decision: named to those who decide on it alone. */
const Likeness: FC<{ visit: Visit; shown: Shown }> = ({ visit, shown }) => {
  const { say, words, account } = visit;
  return (
    <>
      {(shown.of.submitted.alike ?? []).map(({ in: what, caseId }) => (
        <>
          <dt>{say('Cần kiểm tra', 'To be checked')}</dt>
          <dd>
            {words(markSentence(`check-${what}`))}{' '}
            {may(account, `likeness.see-${what}`) ? (
              <a href={`/ho-so/${caseId}`}>{say('Mở hồ sơ kia', 'Open the other case')}</a>
            ) : (
              ''
            )}
          </dd>
        </>
      ))}
    </>
  );
};

/** The list and its row; where the facts were corrected since, when. */
const Source: FC<{ visit: Visit; shown: Shown; correction: Entry | undefined }> = ({ visit, shown, correction }) => {
  const { say, account } = visit;
  const { origin, of } = shown;
  const sheet = origin === undefined ? '' : say(`, sheet «${origin.sheet}»`, `, sheet «${origin.sheet}»`);
  const where = say(`danh sách${sheet}, dòng ${of.submitted.row}`, `list${sheet}, row ${of.submitted.row}`);
  return (
    <>
      {origin !== undefined && may(account, 'list.see') ? <a href={`/tiep-nhan/${origin.list}`}>{where}</a> : where}
      {correction === undefined
        ? ''
        : say(
            `; dữ kiện được sửa ngày ${formatDay(correction.at.slice(0, 10))}`,
            `; facts corrected on ${formatDay(correction.at.slice(0, 10))}`,
          )}
    </>
  );
};
