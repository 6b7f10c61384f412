/** Finance takes back a slip that was not sent; some of its people may be held. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { readOrder } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import type { Slip } from '../../../shared/case/slip.ts';
import { referencesOf } from '../../../shared/disbursement/slips.ts';
import { compareNames } from '../../../shared/vietnamese.ts';
import { Form } from '../elements.tsx';
import { field, type Visit } from '../page.tsx';

/** So many people can be ticked; the others are held on their own pages, once the slip is back. */
const mostShown = 200;

export const SlipWithdraw: FC<{ visit: Visit; slip: Slip }> = async ({ visit, slip }) => {
  const { say, account, form } = visit;
  if (slip.withdrawn !== undefined) {
    return (
      <p class="note">
        {say('Sở Tài chính đã rút lại chứng từ này: ', 'Finance took this slip back: ')}
        {slip.withdrawn.reason}
      </p>
    );
  }
  if (slip.sent !== undefined || !may(account, 'slip.withdraw')) return <></>;
  const people = await peopleOf(visit, slip);
  return (
    <details class="act">
      <summary>{say('Rút lại chứng từ chưa gửi', 'Take the slip back before it is sent')}</summary>
      <p class="hint">
        {say(
          'Khoản chi của chứng từ kết thúc, tiền về nguồn cũ. Người không bị tạm dừng được lập chứng từ mới ngay.',
          'Its orders end and the money goes back to where it was. Whoever is not held gets a new slip at once.',
        )}
      </p>
      <Form to={`/chung-tu/${slip.id}/rut`} visit={visit}>
        <p class="field">
          <label for="withdraw-reason">{say('Lý do rút lại', 'Why it is taken back')}</label>
          <input id="withdraw-reason" name="reason" required value={field(form, 'reason')} />
        </p>
        <fieldset>
          <legend>{say('Tạm dừng những người này', 'Hold these people')}</legend>
          {people.map(({ part, name }) => (
            <p>
              <label>
                <input type="checkbox" name="hold" value={part} /> {name}
              </label>
            </p>
          ))}
        </fieldset>
        <button type="submit">{say('Rút lại chứng từ', 'Take back')}</button>
      </Form>
    </details>
  );
};

async function peopleOf({ ports }: Visit, slip: Slip): Promise<readonly { part: string; name: string }[]> {
  const found: { part: string; name: string }[] = [];
  for (const reference of (await referencesOf(slip, ports)).slice(0, mostShown)) {
    const order = await readOrder(ports.store, reference);
    const of = order && (await readCase(ports.store, caseIdOf(order.part)));
    if (order !== undefined && of !== undefined) {
      found.push({ part: order.part, name: (await identityOf(ports.vault, of)).fullName });
    }
  }
  return found.toSorted((one, other) => compareNames(one.name, other.name));
}
