/** Người có thẩm quyền ký: who may sign the province's decisions, in what capacity, from when until when. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { capacities } from '../../../shared/case/batch.ts';
import { readSignatories, setSignatory, type Signatory } from '../../../shared/case/signatories.ts';
import { Day, Empty, Field, Form, ProblemBox, Table } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { capacityNames } from './batch-papers.tsx';

export async function signatoriesPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account } = visit;
  return {
    page: say('Người có thẩm quyền ký', 'Who may sign'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p>
          {say(
            'Khi kiểm tra chứng từ trước khi gửi Kho bạc (mục T2), hệ thống đối chiếu người ký quyết định của UBND tỉnh với danh sách này. Danh sách chưa có hoặc thiếu người thì chỉ nhắc, không chặn.',
            'Before a slip goes to the Treasury (check T2) the signatory of the decision is compared with this table. A missing name warns and bars nothing.',
          )}
        </p>
        <Known visit={visit} signatories={await readSignatories(ports.store)} />
        {may(account, 'signatory.set') ? <Add visit={visit} /> : ''}
      </>
    ),
  };
}

const Known: FC<{ visit: Visit; signatories: readonly Signatory[] }> = ({ visit, signatories }) => {
  const { say, words } = visit;
  if (signatories.length === 0) return <Empty>{say('Chưa ghi ai.', 'Nobody yet.')}</Empty>;
  return (
    <Table label={say('Người có thẩm quyền ký', 'Who may sign')}>
      <thead>
        <tr>
          <th>{say('Họ và tên', 'Name')}</th>
          <th>{say('Tư cách ký', 'Capacity')}</th>
          <th>{say('Từ ngày', 'From')}</th>
          <th>{say('Đến hết ngày', 'To the end of')}</th>
          <th>{say('Văn bản', 'Document')}</th>
        </tr>
      </thead>
      <tbody>
        {signatories.map(({ name, capacity, from, until, document }) => (
          <tr>
            <td>{name}</td>
            <td>{words(capacityNames[capacity])}</td>
            <td>
              <Day day={from} />
            </td>
            <td>{until === undefined ? '–' : <Day day={until} />}</td>
            <td>{document}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const Add: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words, form } = visit;
  return (
    <section class="act">
      <h2>{say('Ghi người có thẩm quyền ký', 'Record who may sign')}</h2>
      <p class="hint">
        {say(
          'Để đặt ngày kết thúc: ghi lại cùng họ tên, tư cách và ngày bắt đầu, thêm ngày kết thúc.',
          'To set an end, record the same name, capacity and first day again, with the last day.',
        )}
      </p>
      <Form to="/nguoi-ky" visit={visit}>
        <Field label={say('Họ và tên', 'Name')} name="name" required value={field(form, 'name')} />
        <p class="field">
          <label for="capacity">{say('Tư cách ký', 'Capacity')}</label>
          <select id="capacity" name="capacity" required>
            {capacities.map((one) => (
              <option value={one} selected={field(form, 'capacity') === one}>
                {words(capacityNames[one])}
              </option>
            ))}
          </select>
        </p>
        <Field label={say('Từ ngày', 'From')} name="from" type="date" required value={field(form, 'from')} />
        <Field
          label={say('Đến hết ngày (nếu đã biết)', 'To the end of (if known)')}
          name="until"
          type="date"
          value={field(form, 'until')}
        />
        <Field
          label={say('Số văn bản giao thẩm quyền', 'Document that gives the authority')}
          name="document"
          required
          value={field(form, 'document')}
        />
        <button type="submit" class="primary">
          {say('Ghi vào danh sách', 'Record')}
        </button>
      </Form>
    </section>
  );
};

export async function setSignatoryAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const wish = {
    name: field(form, 'name'),
    capacity: field(form, 'capacity'),
    from: field(form, 'from'),
    until: field(form, 'until'),
    document: field(form, 'document'),
  };
  const outcome = await setSignatory(wish, account, ports);
  return outcome.outcome === 'refused' ? signatoriesPage(visit, outcome.why) : { to: '/nguoi-ky' };
}
