/** Hồ sơ: a payment made elsewhere with its evidence, what is to come back, and what may open such a sum. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import type { Case } from '../../../shared/case/case.ts';
import type { Part } from '../../../shared/case/part.ts';
import { receivedOf, recoveriesOf, restOf } from '../../../shared/case/recovery.ts';
import { bringsDuty, returnDutyOf } from '../../../shared/case/return-duty.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { paidTo } from '../../../shared/disbursement/open-recovery.ts';
import { Day, Field, Form, Money } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import type { Visit } from '../page.tsx';
import { Receipts, recoveryKindNames, RecoveryState } from './recoveries.tsx';
import { DutyOf } from './return-duty.tsx';

export const CaseRecoveries: FC<{ visit: Visit; of: Case; part: Part | undefined }> = async ({ visit, of, part }) => {
  const { say, ports } = visit;
  const isPaid = part?.status === 'credited' || part?.status === 'paid-elsewhere';
  if (!isPaid) return <></>;
  const [paid, recoveries, units] = await Promise.all([
    paidTo(of, ports.store),
    recoveriesOf(of, ports.store),
    readUnits(ports.store),
  ]);
  const { last } = part;
  return (
    <section id="hoan-tra">
      <h2>{say('Thu hồi, hoàn trả', 'Money to come back')}</h2>
      {last.elsewhere === undefined ? (
        ''
      ) : (
        <p>
          {say('Đã chi ngoài hệ thống:', 'Paid elsewhere:')} <Money amount={last.elsewhere.amount} /> đồng,{' '}
          <Day day={last.elsewhere.on} />, {say('chứng từ', 'document')} {last.elsewhere.document},{' '}
          {units.get(last.elsewhere.paidBy)?.name ?? last.elsewhere.paidBy}.
        </p>
      )}
      <p>
        {say('Nghĩa vụ hoàn trả:', 'Duty to give back:')} <DutyOf visit={visit} of={of} paid={paid} />
      </p>
      {recoveries.map((recovery) => (
        <article class="note">
          <p>
            {visit.words(recoveryKindNames[recovery.kind])}: <Money amount={recovery.over} /> đồng,{' '}
            {say('đã thu', 'came back')} <Money amount={receivedOf(recovery)} />, {say('còn', 'still')}{' '}
            <Money amount={restOf(recovery)} /> <RecoveryState visit={visit} recovery={recovery} />
          </p>
          <Receipts visit={visit} recovery={recovery} />
        </article>
      ))}
      {recoveries.length > 0 && may(visit.account, 'recovery.see') ? (
        <p>
          <a href="/so-hoan-tra">{say('Mở sổ hoàn trả, thu hồi', 'Open the register')}</a>
        </p>
      ) : (
        ''
      )}
      {canReEnter(visit, of) && !recoveries.some(({ kind }) => kind === 're-entry') ? (
        <ReEntered visit={visit} caseId={of.id} />
      ) : (
        ''
      )}
      {may(visit.account, 'recovery.give-back') && of.submitted.difference === undefined ? (
        <GivesBack visit={visit} caseId={of.id} />
      ) : (
        ''
      )}
    </section>
  );
};

function canReEnter({ account, ports }: Visit, { assessment, submitted }: Case): boolean {
  if (!may(account, 're-entry.record') || assessment.outcome !== 'entitled') return false;
  if (submitted.difference !== undefined) return false;
  const duty = returnDutyOf(assessment.regime, submitted.facts.leaving?.on ?? '');
  const today = localDateOf(ports.now());
  // The day of a re-entry may lie before today, after the term has ended.
  return duty.duty === 'owed' && (bringsDuty(duty, today) || duty.until < today);
}

const ReEntered: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say } = visit;
  return (
    <details>
      <summary>{say('Người này được bầu cử, tuyển dụng lại', 'The person re-entered the State sector')}</summary>
      <Form to={`/ho-so/${caseId}/tuyen-dung-lai`} visit={visit} files>
        <Field label={say('Ngày vào làm', 'First day in the new post')} name="re-entry-on" type="date" required />
        <Field label={say('Số quyết định tuyển dụng', 'Number of the decision')} name="re-entry-number" required />
        <FileField
          visit={visit}
          label={say('Bản quét quyết định', 'The decision, scanned')}
          name="re-entry-paper"
          required
        />
        <button type="submit">{say('Ghi và mở khoản phải hoàn trả', 'Record, and ask the money back')}</button>
      </Form>
    </details>
  );
};

const GivesBack: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say } = visit;
  return (
    <details>
      <summary>{say('Người này tự nguyện trả lại tiền', 'The person gives money back')}</summary>
      <Form to={`/ho-so/${caseId}/tra-lai-tien`} visit={visit} files>
        <Field
          label={say('Số tiền xin trả lại (đồng)', 'Sum given back (đồng)')}
          name="given-amount"
          inputmode="numeric"
          required
        />
        <Field label={say('Ngày ký đơn', 'Day of the letter')} name="given-on" type="date" required />
        <Field label={say('Số công văn đến của đơn', 'Register number of the letter')} name="given-number" required />
        <FileField
          visit={visit}
          label={say('Bản quét đơn có chữ ký', 'The signed letter, scanned')}
          name="given-paper"
          required
        />
        <button type="submit">{say('Ghi đơn trả lại tiền', 'Record the letter')}</button>
      </Form>
    </details>
  );
};
