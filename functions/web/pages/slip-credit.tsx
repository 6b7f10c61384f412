/** On the page of a slip that was sent: the account holder confirms by a bank's document who has the money. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { readOrder } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import type { Slip } from '../../../shared/case/slip.ts';
import { mayBeConfirmed } from '../../../shared/disbursement/confirm-credit.ts';
import { referencesOf } from '../../../shared/disbursement/slips.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { Field, Form, Money, Table } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { field, type Visit } from '../page.tsx';

/** Beyond these the page offers all at once alone. */
const mostNamed = 100;

export const CreditConfirmation: FC<{ visit: Visit; slip: Slip }> = async ({ visit, slip }) => {
  const { say, account, form } = visit;
  if (slip.sent === undefined || !may(account, 'slip.confirm-credit')) return <></>;
  const waiting = await waitingOf(visit, slip);
  if (waiting.count === 0) return <></>;
  const { count, named } = waiting;
  return (
    <section>
      <h2>{say('Xác nhận người hưởng đã nhận tiền', 'Confirm who has the money')}</h2>
      <Form to={`/chung-tu/${slip.id}/bao-co`} visit={visit} files class="act">
        <p>
          {say(
            'Theo chứng từ của ngân hàng (sao kê, báo có). Giấy báo nợ của Kho bạc chưa chứng minh người hưởng đã nhận tiền.',
            "By the bank's document (statement, credit note). The Treasury's debit note does not prove that the person has the money.",
          )}
        </p>
        <Field
          label={say('Số chứng từ ngân hàng', "Number of the bank's document")}
          name="number"
          required
          value={field(form, 'number')}
        />
        <Field label={say('Ngày chứng từ', 'Its day')} name="on" type="date" required value={field(form, 'on')} />
        <FileField
          visit={visit}
          label={say('Bản quét chứng từ (.pdf, ảnh)', 'Scan (.pdf, picture)')}
          name="evidence"
          accept=".pdf,.jpg,.jpeg,.png"
          required
        />
        <p class="field">
          <input id="all" name="all" type="checkbox" value="all" />{' '}
          <label for="all">{say(`Tất cả ${count} người đang chờ`, `All ${count} who wait`)}</label>
        </p>
        {named.length === 0 ? '' : <Named visit={visit} named={named} />}
        <button type="submit" class="primary">
          {say('Xác nhận đã nhận tiền', 'Confirm')}
        </button>
      </Form>
    </section>
  );
};

interface Waiting {
  readonly reference: string;
  readonly amount: string;
  readonly name: string;
}

async function waitingOf({ ports }: Visit, slip: Slip): Promise<{ count: number; named: readonly Waiting[] }> {
  const references = await referencesOf(slip, ports);
  const read = await Promise.all(references.map((reference) => readOrder(ports.store, reference)));
  const open = read.filter((order) => order !== undefined).filter(mayBeConfirmed);
  if (open.length > mostNamed) return { count: open.length, named: [] };
  const named = await Promise.all(
    open.map(async ({ reference, amount, part }) => {
      const of = await readCase(ports.store, caseIdOf(part));
      return { reference, amount, name: of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName };
    }),
  );
  return { count: open.length, named: named.toSorted((one, other) => compareNames(one.name, other.name)) };
}

const Named: FC<{ visit: Visit; named: readonly Waiting[] }> = ({ visit: { say }, named }) => (
  <Table label={say('Người đang chờ nhận tiền', 'People who wait')}>
    <thead>
      <tr>
        <th>{say('Đã nhận', 'Has it')}</th>
        <th class="number">{say('Đồng', 'Đồng')}</th>
      </tr>
    </thead>
    <tbody>
      {named.map(({ reference, amount, name }) => (
        <tr>
          <td>
            <input id={`credit-${reference}`} name="reference" type="checkbox" value={reference} />{' '}
            <label for={`credit-${reference}`}>{name}</label>
          </td>
          <td class="number">
            <Money amount={amount} />
          </td>
        </tr>
      ))}
    </tbody>
  </Table>
);
