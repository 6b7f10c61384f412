/** What may be done with a complaint now, by whoever looks: a form each, the likeliest open. */
import type { Child, FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { complaintBodies, isClosedComplaint, remedies } from '../../../shared/completion/complaint.ts';
import { secondLevels } from '../../../shared/completion/end-complaint.ts';
import { type ComplaintStanding, isOfBody } from '../../../shared/completion/complaint-standing.ts';
import { bodyNames, remedyNames, secondLevelNames } from '../complaint-words.ts';
import { complaintsPath } from '../complaints-waiting.ts';
import { Field, Form } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { field, type Visit } from '../page.tsx';
import { Choice, Words } from './case-complaints.tsx';

export const ComplaintForms: FC<{ visit: Visit; standing: ComplaintStanding; mayAnswer: boolean }> = ({
  visit,
  standing,
  mayAnswer,
}) => {
  const { account } = visit;
  const { state, accepted } = standing.complaint;
  const answers = may(account, 'complaint.answer') && mayAnswer;
  const ends = may(account, 'complaint.answer') && isOfBody(standing, account);
  const isNew = state === 'registered' || (state === 'more-asked' && accepted === undefined);
  const isOpen = isNew || state === 'accepted' || state === 'more-asked';
  const brings = may(account, 'complaint.register');
  return (
    <>
      {answers && isNew ? <Accepting visit={visit} standing={standing} /> : ''}
      {answers && state === 'accepted' ? <Answering visit={visit} standing={standing} /> : ''}
      {answers && state === 'more-asked' && accepted !== undefined ? <No visit={visit} standing={standing} /> : ''}
      {answers && state === 'upheld' ? <Uphold visit={visit} standing={standing} isAgain /> : ''}
      {ends && (state === 'mended' || state === 'upheld') ? <Close visit={visit} standing={standing} /> : ''}
      {brings && state === 'more-asked' ? <More visit={visit} standing={standing} /> : ''}
      {brings && isOpen ? <Withdraw visit={visit} standing={standing} /> : ''}
      {ends && isClosedComplaint(state) && state !== 'withdrawn' ? (
        <SecondLevelForm visit={visit} standing={standing} />
      ) : (
        ''
      )}
    </>
  );
};

type Of = { visit: Visit; standing: ComplaintStanding };

/** A form of one act; it opens again with what was typed when the act was refused. */
const Act: FC<{
  visit: Visit;
  standing: ComplaintStanding;
  act: string;
  title: string;
  to?: 'xu-ly' | 'don';
  isOpen?: boolean;
  children?: Child;
}> = ({ visit, standing, act, title, to, isOpen, children }) => (
  <details class="act" open={isOpen === true || field(visit.form, 'act') === act}>
    <summary>{title}</summary>
    <Form to={`${complaintsPath}/${standing.complaint.id}/${to ?? 'xu-ly'}`} visit={visit} files>
      <input type="hidden" name="act" value={act} />
      {children}
    </Form>
  </details>
);

const Reason: FC<{ visit: Visit; act: string; label: string }> = ({ visit, act, label }) => (
  <Words name={`${act}-words`} label={label} value={field(visit.form, `${act}-words`)} />
);

const Paper: FC<{ visit: Visit; act: string; what: string }> = ({ visit, act, what }) => {
  const { say, form } = visit;
  return (
    <>
      <Field
        label={say(`Số của ${what}`, `Number of ${what}`)}
        name={`${act}-number`}
        value={field(form, `${act}-number`)}
        required
      />
      <Field
        label={say(`Ngày của ${what}`, `Day of ${what}`)}
        name={`${act}-on`}
        type="date"
        value={field(form, `${act}-on`)}
        required
      />
      <FileField
        visit={visit}
        label={say(`Bản quét ${what} (PDF, ảnh)`, `Scan of ${what} (PDF, picture)`)}
        name={`${act}-paper`}
        accept=".pdf,.png,.jpg,.jpeg"
        required
      />
    </>
  );
};

const Citation: FC<{ visit: Visit; act: string; label: string }> = ({ visit, act, label }) => (
  <Field label={label} name={`${act}-citation`} value={field(visit.form, `${act}-citation`)} required />
);

const Accepting: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  return (
    <>
      <Act visit={visit} standing={standing} act="accept" title={say('Thụ lý', 'Accept')} isOpen>
        <p class="choice">
          <label for="is-remote">
            <input id="is-remote" name="is-remote" type="checkbox" value="1" />{' '}
            {say('Vùng sâu, vùng xa đi lại khó khăn', 'A remote area, hard to reach')}
          </label>
        </p>
        <p class="choice">
          <label for="is-complicated">
            <input id="is-complicated" name="is-complicated" type="checkbox" value="1" />{' '}
            {say('Vụ việc phức tạp', 'A complicated case')}
          </label>
        </p>
        <button type="submit" class="primary">
          {say('Thụ lý khiếu nại, bắt đầu tính hạn trả lời', 'Accept: the limit for the answer begins')}
        </button>
      </Act>
      <Act visit={visit} standing={standing} act="not-accept" title={say('Không thụ lý', 'Do not accept')}>
        <Reason visit={visit} act="not-accept" label={say('Lý do không thụ lý', 'Why it is not accepted')} />
        <Citation
          visit={visit}
          act="not-accept"
          label={say('Căn cứ (Điều 11 Luật Khiếu nại, điểm…)', 'Ground (article 11 of the Law on Complaints, …)')}
        />
        <Paper visit={visit} act="not-accept" what={say('thông báo không thụ lý', 'the notice')} />
        <button type="submit">{say('Ghi không thụ lý', 'Record that it is not accepted')}</button>
      </Act>
      {standing.complaint.state === 'registered' ? <AskMore visit={visit} standing={standing} /> : ''}
      {standing.complaint.state === 'registered' ? <PassOn visit={visit} standing={standing} /> : ''}
    </>
  );
};

const AskMore: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  return (
    <Act visit={visit} standing={standing} act="ask-more" title={say('Yêu cầu bổ sung', 'Ask for more')}>
      <p class="hint">
        {say(
          'Người lập của đơn vị sẽ nhận việc này. Hạn trả lời vẫn tính tiếp.',
          "The unit's clerk is asked. The limit goes on.",
        )}
      </p>
      <Reason visit={visit} act="ask-more" label={say('Cần bổ sung gì', 'What is needed')} />
      <button type="submit">{say('Gửi yêu cầu bổ sung', 'Ask for it')}</button>
    </Act>
  );
};

const PassOn: FC<Of> = ({ visit, standing }) => {
  const { say, words } = visit;
  const others = complaintBodies.filter(
    (body) => body !== standing.complaint.body && (body !== 'party-board' || standing.of.submitted.block === 'party'),
  );
  return (
    <Act
      visit={visit}
      standing={standing}
      act="pass-on"
      title={say('Chuyển cơ quan khác trả lời', 'Pass it on to another body')}
    >
      <Choice
        name="pass-on-to"
        label={say('Chuyển đến', 'To')}
        options={others.map((body) => [body, words(bodyNames[body])])}
      />
      <Reason visit={visit} act="pass-on" label={say('Vì sao chuyển', 'Why')} />
      <button type="submit">{say('Chuyển đơn', 'Pass it on')}</button>
    </Act>
  );
};

const Answering: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  const { isExtended, accepted } = standing.complaint;
  return (
    <>
      <Uphold visit={visit} standing={standing} />
      <No visit={visit} standing={standing} />
      <AskMore visit={visit} standing={standing} />
      {isExtended || accepted?.isComplicated === true ? (
        ''
      ) : (
        <Act visit={visit} standing={standing} act="extend" title={say('Gia hạn vì phức tạp', 'Take more time')}>
          <Reason visit={visit} act="extend" label={say('Vì sao phức tạp', 'Why it is complicated')} />
          <button type="submit">{say('Gia hạn', 'Extend the limit')}</button>
        </Act>
      )}
    </>
  );
};

const Uphold: FC<Of & { isAgain?: boolean }> = ({ visit, standing, isAgain }) => {
  const { say, words } = visit;
  const title =
    isAgain === true
      ? say('Đổi việc phải làm', 'Change what must follow')
      : say('Khiếu nại đúng: phải sửa', 'It is right: it must be mended');
  return (
    <Act visit={visit} standing={standing} act="uphold" title={title}>
      <p class="hint">
        {say(
          'Nếu sửa làm thay đổi số tiền, hồ sơ chưa vào đợt được tạm dừng đến khi khiếu nại kết thúc.',
          'Where that changes the sum, a case that is in no batch is held until the complaint is closed.',
        )}
      </p>
      <Choice
        name="uphold-remedy"
        label={say('Việc phải làm', 'What must follow')}
        options={remedies.map((one) => [one, words(remedyNames[one])])}
        chosen={field(visit.form, 'uphold-remedy')}
      />
      <Reason visit={visit} act="uphold" label={say('Vì sao đúng, sửa gì', 'Why, and what is to be mended')} />
      <Citation visit={visit} act="uphold" label={say('Căn cứ (điều, khoản)', 'What it rests on (article)')} />
      <Paper visit={visit} act="uphold" what={say('văn bản trả lời', 'the answer')} />
      <button type="submit">{say('Ghi khiếu nại đúng', 'Record that it is right')}</button>
    </Act>
  );
};

const No: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  return (
    <Act visit={visit} standing={standing} act="answer-no" title={say('Giữ nguyên, có lý do', 'A reasoned no')}>
      <Reason visit={visit} act="answer-no" label={say('Lý do giữ nguyên', 'Why it stays as it is')} />
      <Citation
        visit={visit}
        act="answer-no"
        label={say('Căn cứ giữ nguyên (điều, khoản)', 'The article it rests on')}
      />
      <Paper visit={visit} act="answer-no" what={say('văn bản giữ nguyên', 'the answer of no')} />
      <button type="submit">{say('Ghi trả lời giữ nguyên', 'Record the no')}</button>
    </Act>
  );
};

const Close: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  const isOpen = standing.complaint.state === 'mended';
  return (
    <Act visit={visit} standing={standing} act="close" title={say('Kết thúc khiếu nại', 'Close it')} isOpen={isOpen}>
      <p class="hint">
        {say(
          'Chỉ kết thúc được khi hồ sơ đã tính lại, tài khoản đã sửa hoặc tiền đã về; phần hồ sơ bị tạm dừng vì khiếu nại được đi tiếp.',
          'Only once the case is computed again, the account mended or the money there; what was held for it goes on.',
        )}
      </p>
      <Reason visit={visit} act="close" label={say('Kết quả báo người khiếu nại', 'What the complainant is told')} />
      <button type="submit">{say('Kết thúc', 'Close')}</button>
    </Act>
  );
};

const More: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  return (
    <Act visit={visit} standing={standing} act="more" to="don" title={say('Đã có bổ sung', 'More is here')} isOpen>
      <Reason visit={visit} act="more" label={say('Bổ sung gì', 'What was brought')} />
      <Paper visit={visit} act="more" what={say('giấy tờ bổ sung', 'the paper')} />
      <button type="submit" class="primary">
        {say('Ghi bổ sung', 'Record it')}
      </button>
    </Act>
  );
};

const Withdraw: FC<Of> = ({ visit, standing }) => {
  const { say } = visit;
  return (
    <Act
      visit={visit}
      standing={standing}
      act="withdraw"
      to="don"
      title={say('Người khiếu nại rút đơn', 'The complainant takes it back')}
    >
      <Reason visit={visit} act="withdraw" label={say('Lý do rút, theo đơn', 'Why, by the letter')} />
      <Paper visit={visit} act="withdraw" what={say('đơn rút có chữ ký', 'the signed letter')} />
      <button type="submit">{say('Ghi rút đơn', 'Record it')}</button>
    </Act>
  );
};

const SecondLevelForm: FC<Of> = ({ visit, standing }) => {
  const { say, words } = visit;
  return (
    <Act
      visit={visit}
      standing={standing}
      act="second-level"
      title={say('Người khiếu nại đi tiếp: lần hai hoặc khởi kiện', 'It is taken further')}
    >
      <Choice
        name="second-level-to"
        label={say('Nơi giải quyết tiếp', 'Where')}
        options={secondLevels.map((one) => [one, words(secondLevelNames[one])])}
      />
      <Reason visit={visit} act="second-level" label={say('Ghi chú', 'Note')} />
      <Paper visit={visit} act="second-level" what={say('văn bản chuyển tiếp', 'the paper')} />
      <button type="submit">{say('Ghi để theo dõi', 'Record it')}</button>
    </Act>
  );
};
