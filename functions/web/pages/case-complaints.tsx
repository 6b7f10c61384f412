/** Hồ sơ: the complaints on this case, what waits, and registering one that came on paper. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import type { Case } from '../../../shared/case/case.ts';
import {
  type Complaint,
  complainantKinds,
  complaintsOf,
  complaintSubjects,
  isClosedComplaint,
} from '../../../shared/completion/complaint.ts';
import { isOverdue, limitOf } from '../../../shared/completion/complaint-limit.ts';
import { bodyNames, complainantNames, subjectNames } from '../complaint-words.ts';
import { complaintsPath } from '../complaints-waiting.ts';
import { Day, Field, Form } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { field, type Visit } from '../page.tsx';
import { Limit, StateTag } from './complaints.tsx';

export const CaseComplaints: FC<{ visit: Visit; of: Case }> = async ({ visit, of }) => {
  const { say, account, ports } = visit;
  const complaints = may(account, 'complaint.see') ? await complaintsOf(of, ports.store) : [];
  const mayRegister = may(account, 'complaint.register');
  if (complaints.length === 0 && !mayRegister) return <></>;
  return (
    <section id="khieu-nai">
      <h2>{say('Khiếu nại', 'Complaints')}</h2>
      {complaints.length === 0 ? (
        <p class="hint">{say('Chưa có khiếu nại.', 'There is none.')}</p>
      ) : (
        <ul>
          {complaints.map((one) => (
            <Line visit={visit} complaint={one} />
          ))}
        </ul>
      )}
      {mayRegister ? <Register visit={visit} caseId={of.id} /> : ''}
    </section>
  );
};

/** Above everything on the page: whoever appraises, confirms or pays must know. */
export const OpenComplaints: FC<{ visit: Visit; of: Case }> = async ({ visit, of }) => {
  const { say, account, ports } = visit;
  const complaints = may(account, 'complaint.see') ? await complaintsOf(of, ports.store) : [];
  const open = complaints.filter(({ state }) => !isClosedComplaint(state));
  return open.length === 0 ? (
    <></>
  ) : (
    <p class="note" role="status">
      {say(
        `Hồ sơ có ${open.length} khiếu nại đang giải quyết. Hãy đọc trước khi thẩm định, xác nhận hoặc chi trả: `,
        `${open.length} complaints on this case are open. Read them before you appraise, confirm or pay: `,
      )}
      <a href="#khieu-nai">{say('xem khiếu nại', 'see them')}</a>
    </p>
  );
};

const Line: FC<{ visit: Visit; complaint: Complaint }> = ({ visit, complaint }) => {
  const { say, words, ports } = visit;
  const { id, number, receivedOn, subject, state, body } = complaint;
  const due = limitOf(complaint)?.until;
  return (
    <li>
      <a href={`${complaintsPath}/${id}`}>
        {say('Đơn số đến', 'Letter')} {number}
      </a>
      , <Day day={receivedOn} />: {words(subjectNames[subject])}. {words(bodyNames[body])}{' '}
      <StateTag visit={visit} state={state} />{' '}
      <Limit visit={visit} due={due} isLate={isOverdue(due, localDateOf(ports.now()))} />
    </li>
  );
};

const Register: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say, words, form } = visit;
  const typed = (name: string) => field(form, name);
  return (
    <details class="act" open={typed('complaint-number') !== ''}>
      <summary>{say('Ghi đơn khiếu nại', 'Register a complaint')}</summary>
      <Form to={`/ho-so/${caseId}/khieu-nai`} visit={visit} files>
        <Field
          label={say('Số đến của đơn', 'Register number of the letter')}
          name="complaint-number"
          value={typed('complaint-number')}
          required
        />
        <Field
          label={say('Ngày nhận đơn', 'Day it was received')}
          name="complaint-on"
          type="date"
          value={typed('complaint-on')}
          hint={say('Hạn thụ lý được tính từ ngày này.', 'The limit for accepting it counts from this day.')}
          required
        />
        <Choice
          name="complainant"
          label={say('Ai khiếu nại', 'Who complains')}
          options={complainantKinds.map((one) => [one, words(complainantNames[one])])}
          chosen={typed('complainant')}
        />
        <Field
          label={say('Họ tên người đứng đơn, nếu không phải người hưởng', 'Name, if it is not the person')}
          name="complainant-name"
          value={typed('complainant-name')}
        />
        <Choice
          name="complaint-subject"
          label={say('Khiếu nại về', 'About')}
          options={complaintSubjects.map((one) => [one, words(subjectNames[one])])}
          chosen={typed('complaint-subject')}
        />
        <Words
          name="complaint-text"
          label={say('Nội dung, theo lời người khiếu nại', 'What is asked, in their words')}
          value={typed('complaint-text')}
        />
        <FileField
          visit={visit}
          label={say('Bản quét đơn (PDF, ảnh)', 'The letter, scanned (PDF, picture)')}
          name="complaint-paper"
          accept=".pdf,.png,.jpg,.jpeg"
          required
        />
        <button type="submit">{say('Ghi đơn khiếu nại này', 'Register this complaint')}</button>
      </Form>
    </details>
  );
};

export const Choice: FC<{
  name: string;
  label: string;
  options: readonly (readonly [value: string, name: string])[];
  chosen?: string;
}> = ({ name, label, options, chosen }) => (
  <p class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name} required>
      <option value="">…</option>
      {options.map(([value, shown]) => (
        <option value={value} selected={value === chosen}>
          {shown}
        </option>
      ))}
    </select>
  </p>
);

export const Words: FC<{ name: string; label: string; value?: string }> = ({ name, label, value }) => (
  <p class="field">
    <label for={name}>{label}</label>
    <textarea id={name} name={name} rows={4} maxlength={4000} required>
      {value ?? ''}
    </textarea>
  </p>
);
