/** Ủy quyền: who decides whose step, from when until when, by which document. */
import type { FC } from 'hono/jsx';
import { formatDay, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import {
  delegate,
  type Delegation,
  endDelegation,
  isInForce,
  possibleDelegates,
  readDelegations,
} from '../../../shared/approval/delegation.ts';
import { longestDelegationDays, stepNamed, stepOfRole } from '../../../shared/approval/route.ts';
import { At, Empty, Field, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { roleNames } from '../words.ts';

export async function delegationsPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account } = visit;
  return {
    page: say('Ủy quyền', 'Delegations'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        {may(account, 'delegation.give') ? <Give visit={visit} /> : ''}
        <Given visit={visit} delegations={await readDelegations(ports.store)} />
      </>
    ),
  };
}

const Give: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, form, ports, account } = visit;
  const step = stepOfRole(account.role);
  const people = await possibleDelegates(account, ports.directory);
  if (step === undefined) return <></>;
  return (
    <section>
      <h2>{say('Ủy quyền cho người khác', 'Delegate')}</h2>
      <p>
        {say(
          `Người được ủy quyền xác nhận thay đồng chí ở bước “${words(step.confirms)}”, nhiều nhất ${longestDelegationDays} ngày, và không ủy quyền lại được. Người đã làm một bước khác của đợt thì không xác nhận đợt đó.`,
          `They confirm in your right at the step “${words(step.confirms)}”, for ${longestDelegationDays} days at most, and cannot pass it on. Whoever has acted in another step of a batch does not confirm it.`,
        )}
      </p>
      {people.length === 0 ? (
        <Empty>
          {say(
            'Chưa có tài khoản nào nhận ủy quyền được. Hãy đề nghị quản trị hệ thống mời cấp phó.',
            'No account can receive it. Ask the administrators to invite a deputy.',
          )}
        </Empty>
      ) : (
        <Form to="/uy-quyen" visit={visit} files>
          <p class="field">
            <label for="to">{say('Người được ủy quyền', 'To whom')}</label>
            <select id="to" name="to" required>
              {people.map(({ id, name, role, isDeputy = false }) => (
                <option value={id} selected={field(form, 'to') === id}>
                  {name} ({words(roleNames[role])}
                  {isDeputy ? say(', cấp phó', ', deputy') : ''})
                </option>
              ))}
            </select>
          </p>
          <Field label={say('Từ ngày', 'From')} name="since" type="date" required value={field(form, 'since')} />
          <Field
            label={say('Đến hết ngày', 'To the end of')}
            name="until"
            type="date"
            required
            value={field(form, 'until')}
          />
          <Field
            label={say('Số văn bản ủy quyền', 'Document that delegates')}
            name="number"
            required
            value={field(form, 'number')}
          />
          <FileField
            visit={visit}
            label={say('Bản quét văn bản (PDF, ảnh)', 'Its scan (PDF, picture)')}
            name="paper"
            accept=".pdf,.png,.jpg,.jpeg"
            required
          />
          <button type="submit" class="primary">
            {say('Ủy quyền', 'Delegate')}
          </button>
        </Form>
      )}
    </section>
  );
};

const Given: FC<{ visit: Visit; delegations: readonly Delegation[] }> = async ({ visit, delegations }) => {
  const { say, words, ports, account } = visit;
  const today = localDateOf(ports.now());
  if (delegations.length === 0) return <Empty>{say('Chưa có ủy quyền nào.', 'No delegation yet.')}</Empty>;
  const rows = await Promise.all(
    delegations.map(async (one) => ({
      ...one,
      giver: await ports.directory.nameOf(one.from),
      receiver: await ports.directory.nameOf(one.to),
    })),
  );
  return (
    <section>
      <h2>{say('Các ủy quyền', 'Delegations')}</h2>
      <Table label={say('Các ủy quyền', 'Delegations')}>
        <thead>
          <tr>
            <th>{say('Người ủy quyền', 'Giver')}</th>
            <th>{say('Người nhận', 'Receiver')}</th>
            <th>{say('Bước', 'Step')}</th>
            <th>{say('Thời gian', 'Period')}</th>
            <th>{say('Văn bản', 'Document')}</th>
            <th>{say('Trạng thái', 'State')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr>
              <td>{one.giver}</td>
              <td>{one.receiver}</td>
              <td>{words(stepNamed(one.step).confirms)}</td>
              <td>
                {formatDay(one.since)} – {formatDay(one.until)}
              </td>
              <td>{one.number}</td>
              <td>
                <State visit={visit} one={one} today={today} />
                {one.from === account.id && one.ended === undefined && one.until >= today ? (
                  <Form to={`/uy-quyen/${one.id}/cham-dut`} visit={visit}>
                    <button
                      type="submit"
                      aria-label={say(`Chấm dứt ủy quyền cho ${one.receiver}`, `End it for ${one.receiver}`)}
                    >
                      {say('Chấm dứt', 'End')}
                    </button>
                  </Form>
                ) : (
                  ''
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

const State: FC<{ visit: Visit; one: Delegation; today: string }> = ({ visit, one, today }) => {
  const { say } = visit;
  if (one.ended !== undefined) {
    return (
      <Tag tone="quiet">
        – {say('Đã chấm dứt ', 'Ended ')}
        <At instant={one.ended.at} visit={visit} />
      </Tag>
    );
  }
  if (isInForce(one, today)) return <Tag tone="done">● {say('Đang có hiệu lực', 'In force')}</Tag>;
  return one.since > today ? (
    <Tag tone="waiting">○ {say('Chưa đến ngày', 'Not yet')}</Tag>
  ) : (
    <Tag tone="quiet">– {say('Đã hết hạn', 'Over')}</Tag>
  );
};

export async function delegateAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const paper = await upload(form, 'paper');
  const given = await delegate(
    {
      id: ports.id(),
      to: field(form, 'to'),
      since: field(form, 'since'),
      until: field(form, 'until'),
      number: field(form, 'number'),
      paper: paper === undefined ? '' : await ports.files.put(paper.bytes),
    },
    account,
    ports,
  );
  return given.outcome === 'refused' ? delegationsPage(visit, given.why) : { to: '/uy-quyen' };
}

export async function endDelegationAct(visit: Visit): Promise<Answer> {
  const { ports, account, params } = visit;
  const ended = await endDelegation(params['id'] ?? '', account, ports);
  return ended.outcome === 'refused' ? delegationsPage(visit, ended.why) : { to: '/uy-quyen' };
}
