/** Will money reach the account of the case? And, where it is in another name, why it may. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { type AccountVerdict, findingSentence } from '../../../shared/case/account-check.ts';
import { accountStanding } from '../../../shared/case/account-standing.ts';
import { payeeKinds, payeeNames, payeeOf } from '../../../shared/case/payee.ts';
import { capitalized, type Sentence } from '../../../shared/vietnamese.ts';
import { Field, Form, Tag } from '../elements.tsx';
import { field, type Visit } from '../page.tsx';
import type { Shown } from './case-shown.ts';

const verdicts = {
  'known-good': { shape: '✓', tone: 'done', name: { vi: 'đã từng nhận được tiền', en: 'money has reached it' } },
  'never-used': { shape: '○', tone: 'quiet', name: { vi: 'chưa từng chi', en: 'never used' } },
  doubtful: { shape: '!', tone: 'stuck', name: { vi: 'có thể bị trả lại', en: 'may bounce' } },
} as const satisfies Readonly<Record<AccountVerdict['verdict'], { shape: string; tone: string; name: Sentence }>>;

export const AccountStanding: FC<{ visit: Visit; shown: Shown }> = async ({ visit, shown }) => {
  const { say, words, ports, account: viewer } = visit;
  const { of } = shown;
  const { verdict, findings } = await accountStanding(of, of.account, ports);
  const payee = payeeOf(of, of.account.digest);
  const isOther = findings.some((one) => one.finding === 'name-differs' && one.how === 'other');
  const { shape, tone, name } = verdicts[verdict];
  return (
    <>
      <dt>{say('Khả năng nhận tiền', 'Will it arrive')}</dt>
      <dd>
        <Tag tone={tone}>
          {shape} {words(name)}
        </Tag>{' '}
        {findings.map((finding) => words(findingSentence(finding))).join(' ')}
        {payee === undefined ? (
          ''
        ) : (
          <span>
            {' '}
            {say('Người nhận: ', 'Received by: ')}
            {words(payeeNames[payee.as])}, {payee.document} ({formatDay(payee.on)}).
          </span>
        )}
        {isOther && may(viewer, 'account.confirm') ? <PayeeForm visit={visit} shown={shown} /> : ''}
      </dd>
    </>
  );
};

const PayeeForm: FC<{ visit: Visit; shown: Shown }> = ({ visit, shown }) => {
  const { say, words, form } = visit;
  return (
    <details>
      <summary>{say('Ghi lý do chi cho người khác tên', 'State why another name is paid')}</summary>
      <Form to={`/ho-so/${shown.of.id}/nguoi-nhan`} visit={visit}>
        <input type="hidden" name="digest" value={shown.of.account.digest} />
        <p class="field">
          <label for="payee-as">{say('Người nhận là', 'Who receives is')}</label>
          <select id="payee-as" name="payee-as" required>
            {payeeKinds.map((kind) => (
              <option value={kind} selected={field(form, 'payee-as') === kind}>
                {capitalized(words(payeeNames[kind]))}
              </option>
            ))}
          </select>
        </p>
        <Field
          label={say('Số giấy tờ chứng minh', 'Number of the paper that shows it')}
          name="payee-document"
          required
          value={field(form, 'payee-document')}
        />
        <Field
          label={say('Ngày của giấy tờ', 'Day of the paper')}
          name="payee-on"
          type="date"
          required
          value={field(form, 'payee-on')}
        />
        <button type="submit">{say('Ghi người nhận', 'Record it')}</button>
      </Form>
    </details>
  );
};
