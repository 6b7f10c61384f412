/** The one page on which a batch is looked at and decided. A link in a mail opens it; only a signed-in POST from it decides. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import {
  type Batch,
  type FrozenList,
  isStopped,
  payable,
  readBatch,
  readFrozenList,
} from '../../../shared/case/batch.ts';
import { barredBecause } from '../../../shared/approval/decide.ts';
import { type Authority, authorityFor } from '../../../shared/approval/delegation.ts';
import { nextStep } from '../../../shared/approval/next.ts';
import { reopenable } from '../../../shared/approval/reopen.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { noteSeen } from '../../../shared/approval/seen.ts';
import { formatDong } from '../../../shared/dong.ts';
import { Field, Form, ProblemBox } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { BatchAccounts } from './batch-accounts.tsx';
import { Changes, Exceptions } from './batch-changes.tsx';
import { Decide, Reject } from './batch-decide.tsx';
import { BatchMoney } from './batch-money.tsx';
import { BatchPacks } from './batch-packs.tsx';
import { BatchPapers, SignatureFields } from './batch-papers.tsx';
import { PeopleList } from './batch-people.tsx';
import { Breakdown, Head, Steps } from './batch-summary.tsx';

export async function batchPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch === undefined)
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <p>{say('Không có đợt này.', 'There is no such batch.')}</p>,
      status: 404,
    };
  if (batch.frozen === undefined)
    return {
      page: say(`Đợt ${batch.code}`, `Batch ${batch.code}`),
      body: (
        <>
          <p>
            {batch.isReleased
              ? say('Đợt này không có danh sách và đã kết thúc.', 'This batch has no list and has ended.')
              : say('Danh sách đang được chốt.', 'The list is being frozen.')}
          </p>
          {may(visit.account, 'batch.make') && !batch.isReleased ? (
            <Form to={`/dot/${batch.id}/chot-lai`} visit={visit}>
              <button type="submit">{say('Chốt tiếp nếu đã dừng giữa chừng', 'Go on, if it stopped half way')}</button>
            </Form>
          ) : (
            ''
          )}
        </>
      ),
      ...(batch.isReleased ? {} : { refreshAfter: 5 }),
    };
  const list = await readFrozenList(ports.files, batch);
  const step = nextStep(batch);
  const serves = (one: Authority) => barredBecause(visit.account, batch, list, one) === undefined;
  const authority =
    step === undefined || !isOpen(batch) ? undefined : await authorityFor(visit.account, step, ports, serves);
  const barred = authority === undefined ? undefined : barredBecause(visit.account, batch, list, authority);
  if (authority !== undefined && batch.frozen !== undefined) {
    await noteSeen(batch.id, batch.frozen.version, visit.account, ports);
  }
  return {
    page: say(`Đợt chi trả ${batch.code}`, `Batch ${batch.code}`),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <Head visit={visit} batch={batch} list={list} />
        <Steps visit={visit} batch={batch} list={list} />
        <BatchMoney visit={visit} batch={batch} />
        <Changes visit={visit} batch={batch} list={list} />
        <Exceptions visit={visit} batch={batch} list={list} />
        <Breakdown visit={visit} batch={batch} list={list} />
        <BatchAccounts visit={visit} batch={batch} list={list} />
        {barred === undefined ? (
          ''
        ) : (
          <p class="note" role="status">
            {visit.words(barred)}
          </p>
        )}
        {authority === undefined || authority.own ? (
          ''
        ) : (
          <p class="note">
            {say('Đồng chí xác nhận theo ủy quyền của ', 'You confirm by delegation of ')}
            {await ports.directory.nameOf(authority.delegation.from)} ({authority.delegation.number}).
          </p>
        )}
        {authority !== undefined && barred === undefined ? (
          <>
            <Decide visit={visit} batch={batch} list={list} />
            <Reject visit={visit} batch={batch} />
          </>
        ) : may(visit.account, 'batch.see-people') ? (
          <PeopleList visit={visit} batch={batch} list={list} />
        ) : (
          ''
        )}
        <Reopen visit={visit} batch={batch} />
        {may(visit.account, 'batch.see-people') ? <BatchPapers visit={visit} batch={batch} /> : ''}
        <BatchPacks visit={visit} batch={batch} />
        {may(visit.account, 'batch.record-provincial-decision') ? (
          <Provincial visit={visit} batch={batch} list={list} />
        ) : (
          ''
        )}
        {may(visit.account, 'batch.make') ? <Again visit={visit} batch={batch} /> : ''}
        {may(visit.account, 'batch.abort') ? <Abort visit={visit} batch={batch} /> : ''}
      </>
    ),
  };
}

/** Whether some step of the batch may be decided at all now. */
function isOpen(batch: Batch): boolean {
  return !isStopped(batch) && batch.isRecomputed;
}

const Provincial: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = ({ visit, batch, list }) => {
  const { say, form } = visit;
  if (nextStep(batch) !== undefined || batch.provincial !== undefined || isStopped(batch)) return <></>;
  const { parts, total } = payable(batch, list);
  return (
    <section class="act">
      <h2>{say('Ghi quyết định của UBND tỉnh', "Record the People's Committee's decision")}</h2>
      <p>
        {say(
          'Quyết định phê duyệt danh sách và kinh phí là căn cứ pháp lý của mọi khoản chi; số người và số tiền phải khớp với danh sách đã xác nhận.',
          'The decision is the legal basis of every payment; people and sum must agree with the confirmed list.',
        )}
      </p>
      <Form to={`/dot/${batch.id}/quyet-dinh`} visit={visit} files>
        <input type="hidden" name="version" value={String(batch.frozen?.version ?? '')} />
        <Field
          label={say('Số quyết định', 'Number')}
          name="number"
          hint="1234/QĐ-UBND"
          required
          value={field(form, 'number')}
        />
        <Field label={say('Ngày quyết định', 'Day')} name="on" type="date" required value={field(form, 'on')} />
        <SignatureFields visit={visit} />
        <Field
          label={say('Số người ghi trong quyết định', 'People in the decision')}
          name="people"
          inputmode="numeric"
          hint={say(`danh sách đã xác nhận: ${parts.length}`, `confirmed list: ${parts.length}`)}
          required
          value={field(form, 'people')}
        />
        <Field
          label={say('Tổng kinh phí ghi trong quyết định (đồng)', 'Sum in the decision (đồng)')}
          name="total"
          inputmode="numeric"
          hint={say(`danh sách đã xác nhận: ${formatDong(total)}`, `confirmed list: ${formatDong(total)}`)}
          required
          value={field(form, 'total')}
        />
        <FileField
          visit={visit}
          label={say('Bản quét quyết định (PDF, ảnh)', 'Scanned decision (PDF, picture)')}
          name="paper"
          accept=".pdf,.png,.jpg,.jpeg"
          required
        />
        <button type="submit" class="primary">
          {say(
            `Ghi quyết định cho ${parts.length} người, ${formatDong(total)} đồng`,
            `Record the decision for ${parts.length} people, ${formatDong(total)} đồng`,
          )}
        </button>
      </Form>
    </section>
  );
};

const Again: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
  const { say } = visit;
  if (isStopped(batch) || batch.provincial !== undefined) return <></>;
  return (
    <details class="act">
      <summary>{say('Chốt lại danh sách (phiên bản mới)', 'Freeze the list anew')}</summary>
      <p>
        {say(
          'Thêm những hồ sơ vừa được thẩm định cùng nguồn và cấp. Mọi xác nhận trên phiên bản cũ mất hiệu lực.',
          'Adds cases appraised since, of the same source and level. Confirmations of the old version are void.',
        )}
      </p>
      <Form to={`/dot/${batch.id}/chot-lai`} visit={visit}>
        <Field label={say('Lý do', 'Reason')} name="reason" required />
        <button type="submit">{say('Chốt lại', 'Freeze anew')}</button>
      </Form>
    </details>
  );
};

const Abort: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
  const { say, form } = visit;
  if (isStopped(batch) || batch.provincial !== undefined) return <></>;
  return (
    <details class="act" open={field(form, 'abort-reason') !== ''}>
      <summary>{say('Kết thúc đợt này', 'End this batch')}</summary>
      <p>
        {say(
          'Mọi người trong danh sách trở lại hồ sơ đã thẩm định, chờ đợt khác. Đợt đã kết thúc không mở lại được.',
          'Everyone goes back to the appraised cases, for another batch. A batch that has ended is not opened again.',
        )}
      </p>
      <Form to={`/dot/${batch.id}/ket-thuc`} visit={visit}>
        <Field
          label={say('Lý do kết thúc', 'Why it ends')}
          name="abort-reason"
          required
          value={field(form, 'abort-reason')}
        />
        <button type="submit">{say('Kết thúc đợt', 'End it')}</button>
      </Form>
    </details>
  );
};

/** Whoever confirmed a step may take it back until the People's Committee has decided. */
const Reopen: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
  const { say, words, form } = visit;
  const own = reopenable(batch, visit.account).at(0);
  if (own === undefined) return <></>;
  const name = words(stepNamed(own.step).confirms);
  return (
    <details class="act" open={field(form, 'reopen-reason') !== ''}>
      <summary>{say(`Mở lại bước đã xác nhận: ${name}`, `Take back the confirmation: ${name}`)}</summary>
      <p>
        {say(
          'Xác nhận này và các xác nhận sau nó mất hiệu lực; người đã được đưa ra vẫn ở ngoài danh sách.',
          'This confirmation and those after it are void; whoever was taken out stays out.',
        )}
      </p>
      <Form to={`/dot/${batch.id}/mo-lai`} visit={visit}>
        <input type="hidden" name="step" value={own.step} />
        <input type="hidden" name="version" value={String(batch.frozen?.version ?? '')} />
        <Field
          label={say('Lý do mở lại', 'Why it is taken back')}
          name="reopen-reason"
          required
          value={field(form, 'reopen-reason')}
        />
        <button type="submit">{say('Mở lại', 'Take back')}</button>
      </Form>
    </details>
  );
};
