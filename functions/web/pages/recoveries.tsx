/** Sổ hoàn trả: what is to come back, what came, the rest, since when; the decision and the receipts. */
import type { FC } from 'hono/jsx';
import { daysBetween, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { openCase } from '../../../shared/case/part.ts';
import {
  type Receipt,
  receiptsOf,
  receivedOf,
  type Recovery,
  type RecoveryKind,
  readRecovery,
  restOf,
} from '../../../shared/case/recovery.ts';
import { allRows } from '../../../shared/case/store.ts';
import { sum } from '../../../shared/dong.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { Day, Form, Money, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import type { Visit } from '../page.tsx';

export const recoveryKindNames: Readonly<Record<RecoveryKind, Sentence>> = {
  overpaid: { vi: 'Trả thừa', en: 'Paid too much' },
  're-entry': { vi: 'Được tuyển dụng lại', en: 'Re-entered' },
  'given-back': { vi: 'Tự nguyện trả lại', en: 'Given back' },
};

export const receiptPlaceNames: Readonly<Record<Receipt['to'], Sentence>> = {
  estimate: { vi: 'Khôi phục dự toán trong năm', en: 'Back in the estimate of the year' },
  deposit: { vi: 'Tài khoản tiền gửi của đơn vị', en: "The unit's deposit account" },
  budget: { vi: 'Nộp ngân sách nhà nước', en: 'Paid into the State budget' },
};

interface Shown {
  readonly recovery: Recovery;
  readonly name: string;
  readonly since: string;
}

async function shownTo({ ports, account }: Visit): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for await (const { stream } of allRows(ports.store, { kind: 'recovery' })) {
    const recovery = await readRecovery(ports.store, stream.slice('recovery/'.length));
    const isSeen = recovery && (await openCase(ports.store, recovery.caseId, account)) !== undefined;
    const of = recovery === undefined || isSeen !== true ? undefined : await readCase(ports.store, recovery.caseId);
    if (recovery === undefined || of === undefined) continue;
    const since = recovery.entries[0]?.at ?? '';
    shown.push({ recovery, name: (await identityOf(ports.vault, of)).fullName, since });
  }
  return shown.toSorted((one, other) => Number(isEnded(one.recovery)) - Number(isEnded(other.recovery)));
}

function isEnded(recovery: Recovery): boolean {
  return restOf(recovery) === 0n && (recovery.kind === 'given-back' || recovery.decided !== undefined);
}

export const Recoveries: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports } = visit;
  const shown = await shownTo(visit);
  if (shown.length === 0) return <></>;
  const today = localDateOf(ports.now());
  const label = say('Phải thu hồi, hoàn trả', 'To come back');
  const open = shown.filter(({ recovery }) => !isEnded(recovery));
  return (
    <section>
      <h2>
        {label} ({open.length})
      </h2>
      <Table label={label}>
        <thead>
          <tr>
            <th>{say('Người hưởng', 'Person')}</th>
            <th>{say('Vì sao', 'Why')}</th>
            <th class="number">{say('Phải thu (đồng)', 'To come back (đồng)')}</th>
            <th class="number">{say('Đã thu', 'Came back')}</th>
            <th class="number">{say('Còn lại', 'The rest')}</th>
            <th class="number">{say('Số ngày chờ', 'Days waiting')}</th>
            <th>{say('Tình trạng', 'State')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ recovery, name, since }) => (
            <tr>
              <td>
                <a href={`/ho-so/${recovery.caseId}`}>{name}</a>
              </td>
              <td>
                {words(recoveryKindNames[recovery.kind])}
                {recovery.kind === 'overpaid' ? (
                  <>
                    {' ('}
                    {say('đã trả', 'paid')} <Money amount={recovery.paid} />, {say('được hưởng', 'owed')}{' '}
                    <Money amount={recovery.entitled} />)
                  </>
                ) : (
                  ''
                )}
              </td>
              <td class="number">
                <Money amount={recovery.over} />
              </td>
              <td class="number">
                <Money amount={receivedOf(recovery)} />
              </td>
              <td class="number">
                <Money amount={restOf(recovery)} />
              </td>
              <td class="number">{isEnded(recovery) ? '' : daysBetween({ from: localDateOf(since), to: today })}</td>
              <td>
                <RecoveryState visit={visit} recovery={recovery} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colspan={2}>{say('Cộng', 'Total')}</th>
            <Total amounts={shown.map(({ recovery }) => BigInt(recovery.over))} />
            <Total amounts={shown.map(({ recovery }) => receivedOf(recovery))} />
            <Total amounts={shown.map(({ recovery }) => restOf(recovery))} />
            <td colspan={2}></td>
          </tr>
        </tfoot>
      </Table>
      {open.map(({ recovery, name }) => (
        <ToDo visit={visit} recovery={recovery} name={name} />
      ))}
    </section>
  );
};

const Total: FC<{ amounts: readonly bigint[] }> = ({ amounts }) => (
  <td class="number">
    <Money amount={sum(amounts)} />
  </td>
);

export const RecoveryState: FC<{ visit: Visit; recovery: Recovery }> = ({ visit, recovery }) => {
  const { say } = visit;
  const { kind, decided } = recovery;
  if (decided?.outcome === 'waive') {
    return (
      <Tag tone="quiet">
        {say('không thu hồi', 'waived')}: {decided.reason}
      </Tag>
    );
  }
  if (kind !== 'given-back' && decided === undefined)
    return <Tag tone="stuck">{say('chờ quyết định', 'to be decided')}</Tag>;
  return restOf(recovery) === 0n ? (
    <Tag tone="done">● {say('đã thu đủ', 'all came back')}</Tag>
  ) : (
    <Tag tone="waiting">
      ○ {say('chờ nộp lại', 'waits for the money')}
      {decided === undefined ? '' : `: ${decided.reason}`}
    </Tag>
  );
};

const ToDo: FC<{ visit: Visit; recovery: Recovery; name: string }> = ({ visit, recovery, name }) => {
  const { say, account } = visit;
  const canDecide = may(account, 'recovery.decide') && recovery.kind !== 'given-back' && recovery.decided === undefined;
  const canReceive = may(account, 'recovery.receive') && restOf(recovery) > 0n;
  if (!canDecide && !canReceive) return <></>;
  return (
    <details>
      <summary>
        {name}: {say('còn', 'still')} <Money amount={restOf(recovery)} /> đồng
      </summary>
      <Receipts visit={visit} recovery={recovery} />
      {canDecide ? <Decide visit={visit} id={recovery.id} /> : ''}
      {canReceive ? <Receive visit={visit} id={recovery.id} /> : ''}
    </details>
  );
};

export const Receipts: FC<{ visit: Visit; recovery: Recovery }> = ({ visit, recovery }) => {
  const receipts = receiptsOf(recovery);
  return receipts.length === 0 ? (
    <></>
  ) : (
    <ul>
      {receipts.map(({ amount, on, document, to }) => (
        <li>
          <Day day={on} />: <Money amount={amount} /> đồng, {document}, {visit.words(receiptPlaceNames[to])}
        </li>
      ))}
    </ul>
  );
};

const Decide: FC<{ visit: Visit; id: string }> = ({ visit, id }) => {
  const { say } = visit;
  return (
    <Form to={`/thu-hoi/${id}`} visit={visit} files>
      <p class="field">
        <label for={`outcome-${id}`}>{say('Quyết định', 'Decision')}</label>
        <select id={`outcome-${id}`} name="outcome" required>
          <option value="">{say('Chọn…', 'Choose…')}</option>
          <option value="recover">{say('Thu hồi', 'Recover')}</option>
          <option value="waive">{say('Không thu hồi', 'Waive')}</option>
        </select>
      </p>
      <Input id={`reason-${id}`} name="reason" label={say('Lý do', 'Reason')} />
      <FileField
        visit={visit}
        id={`paper-${id}`}
        name="paper"
        label={say('Văn bản quyết định', 'The decision, scanned')}
        required
      />
      <button type="submit">{say('Ghi quyết định', 'Record')}</button>
    </Form>
  );
};

const Receive: FC<{ visit: Visit; id: string }> = ({ visit, id }) => {
  const { say, words } = visit;
  return (
    <Form to={`/thu-hoi/${id}/da-thu`} visit={visit} files>
      <Input id={`amount-${id}`} name="amount" label={say('Số tiền đã thu (đồng)', 'Sum that came (đồng)')} />
      <Input id={`on-${id}`} name="on" type="date" label={say('Ngày nhận tiền', 'Day it came')} />
      <Input id={`document-${id}`} name="document" label={say('Số chứng từ', 'Document')} />
      <p class="field">
        <label for={`to-${id}`}>{say('Tiền về đâu', 'Where it went')}</label>
        <select id={`to-${id}`} name="to" required>
          <option value="">{say('Chọn…', 'Choose…')}</option>
          {Object.entries(receiptPlaceNames).map(([place, name]) => (
            <option value={place}>{words(name)}</option>
          ))}
        </select>
      </p>
      <FileField
        visit={visit}
        id={`receipt-${id}`}
        name="paper"
        label={say('Bản quét chứng từ thu', 'The document, scanned')}
        required
      />
      <button type="submit">{say('Ghi tiền đã thu', 'Record')}</button>
    </Form>
  );
};

const Input: FC<{ id: string; name: string; label: string; type?: string }> = ({ id, name, label, type }) => (
  <p class="field">
    <label for={id}>{label}</label>
    <input id={id} name={name} type={type ?? 'text'} required />
  </p>
);
