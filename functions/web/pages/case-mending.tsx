/** Another account: after money came back, or before anything is ordered; proposed by one of the unit, confirmed by another. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { bankName, banks } from '../../../shared/case/banks.ts';
import type { BankAccount } from '../../../shared/case/case.ts';
import { isBeforeBatch } from '../../../shared/case/lifecycle.ts';
import { cameBackBecause, type Part, standsAt } from '../../../shared/case/part.ts';
import { Field, Form, masked } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { field, type Visit } from '../page.tsx';
import type { Shown } from './case-shown.ts';
import { WhyItCameBack } from './return-reason.tsx';

export const Mending: FC<{ visit: Visit; shown: Shown; part: Part; isForAccount: boolean }> = ({
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
      <FileField
        visit={visit}
        label={say('Đơn đề nghị có chữ ký (PDF, ảnh)', 'Signed request (PDF, picture)')}
        name="paper"
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
export const AccountChange: FC<{ visit: Visit; shown: Shown; part: Part }> = ({ visit, shown, part }) => {
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
