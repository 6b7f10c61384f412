/** The newest anchor: what proves, on a printed page, that the histories up to its moment were not rewritten since. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { lastAnchor } from '../../../shared/case/anchor.ts';
import { At, Form } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';

export const AnchorSection: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports, account } = visit;
  const last = await lastAnchor(ports.store);
  return (
    <section id="ma-neo">
      <h2>{say('Mã neo', 'Anchor')}</h2>
      {last === undefined ? (
        <p class="hint">{say('Chưa có mã neo nào.', 'There is no anchor yet.')}</p>
      ) : (
        <p>
          <code class="anchor">{last.anchor}</code>
          <br />
          <span class="hint">
            {say('Lấy lúc ', 'Taken ')}
            <At instant={last.at} visit={visit} />.{' '}
            {say(
              'In kèm báo cáo: về sau, ai có thư mục dữ liệu đều kiểm tra được rằng mọi việc trước thời điểm này không bị ghi lại.',
              'Print it with a report: later, whoever has the data can check that nothing before it was rewritten.',
            )}
          </span>
        </p>
      )}
      {may(account, 'anchor.take') ? (
        <Form to="/hoan-thanh/ma-neo" visit={visit}>
          <button type="submit">{say('Lấy mã neo bây giờ', 'Take an anchor now')}</button>
        </Form>
      ) : (
        ''
      )}
    </section>
  );
};

/** It reads where every history ends: in a large province that takes longer than a page may. */
export async function takeAnchorAct({ ports, account }: Visit): Promise<Answer> {
  return { to: `/viec/${await ports.jobs.start('take-anchor', { by: account.id }, account.id)}` };
}
