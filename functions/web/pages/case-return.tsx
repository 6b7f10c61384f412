/** Back to the unit with every reason at once, and the unit's answer. */
import type { FC } from 'hono/jsx';
import { appraisesFrom, may } from '../../../shared/case/access.ts';
import { type Part, returnableFieldNames, returnableFields } from '../../../shared/case/part.ts';
import { Field, Form } from '../elements.tsx';
import { field, type Visit } from '../page.tsx';

export const CaseReturn: FC<{ visit: Visit; part: Part; caseHash: string }> = ({ visit, part, caseHash }) => {
  const { account } = visit;
  if (part.status === 'with-unit') return <Returned visit={visit} part={part} />;
  const isTheirs = part.status === appraisesFrom(account) || part.status === 'appraised';
  return may(account, 'case.return') && isTheirs ? <ReturnForm visit={visit} part={part} caseHash={caseHash} /> : <></>;
};

const ReturnForm: FC<{ visit: Visit; part: Part; caseHash: string }> = ({ visit, part, caseHash }) => {
  const { say, words, form } = visit;
  return (
    <details class="act" open={returnableFieldNames.some((name) => field(form, `wrong-${name}`) !== '')}>
      <summary>{say('Trả về đơn vị để bổ sung, sửa', 'Return to the unit')}</summary>
      <p class="hint">
        {say(
          'Ghi một lần mọi nội dung cần bổ sung, sửa; để trống mục đã đúng.',
          'State everything at once; leave empty what is right.',
        )}
      </p>
      <Form to={`/ho-so/${part.caseId}/tra-don-vi`} visit={visit}>
        <input type="hidden" name="seen" value={caseHash} />
        {returnableFieldNames.map((name) => (
          <Field
            label={say(`Cần sửa: ${words(returnableFields[name])}`, `Wrong: ${words(returnableFields[name])}`)}
            name={`wrong-${name}`}
            value={field(form, `wrong-${name}`)}
          />
        ))}
        <button type="submit">{say('Trả về đơn vị', 'Return it')}</button>
      </Form>
    </details>
  );
};

const Returned: FC<{ visit: Visit; part: Part }> = ({ visit, part }) => {
  const { say, words, form, account } = visit;
  const reasons = part.last.reasons ?? [];
  return (
    <section class="act">
      <h2>{say('Đơn vị cần bổ sung, sửa', 'What the unit has to mend')}</h2>
      {reasons.length === 0 ? (
        <p>{part.last.reason}</p>
      ) : (
        <ul>
          {reasons.map((one) => (
            <li>
              <strong>{words(returnableFields[one.field])}</strong>: {one.reason}
            </li>
          ))}
        </ul>
      )}
      {may(account, 'case.answer') ? (
        <>
          <p class="hint">
            {say(
              'Sửa hồ sơ, thay giấy tờ hoặc đổi tài khoản ngay trên trang này; hồ sơ đổi kết quả sẽ tự trở lại bước thẩm định. Nếu đã bổ sung đủ hoặc hồ sơ vốn đúng, hãy ghi giải trình rồi gửi lại.',
              'Correct the facts, papers or account on this page; a case whose result changes goes back to be appraised. Once all is there, or was right, explain and send it back.',
            )}
          </p>
          <Form to={`/ho-so/${part.caseId}/tra-loi`} visit={visit}>
            <Field
              label={say('Đơn vị đã bổ sung, sửa, giải trình', 'What the unit has done')}
              name="answer"
              required
              value={field(form, 'answer')}
            />
            <button type="submit" class="primary">
              {say('Gửi lại để thẩm định', 'Send back to be appraised')}
            </button>
          </Form>
        </>
      ) : (
        ''
      )}
    </section>
  );
};
