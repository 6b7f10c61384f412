/** Đối chiếu số liệu: figures that others state, each with how far its difference from ours is named. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { type OutsideFigure, readOutsideFigures } from '../../../shared/completion/outside-figure.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';

export async function differencesPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account } = visit;
  return {
    page: say('Đối chiếu số liệu', 'Named differences'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            'Khi hai nơi nêu hai con số, chênh lệch phải được gọi tên: do cách đếm, hoặc do từng người. Phần chưa gọi được tên thì ghi là chưa giải thích.',
            'When two state two figures, the difference is named: by a way of counting, or by person. What cannot be named is said to be unexplained.',
          )}
        </p>
        <Figures visit={visit} figures={await readOutsideFigures(ports.store)} />
        {may(account, 'difference.state') ? <State visit={visit} /> : ''}
      </>
    ),
  };
}

const Figures: FC<{ visit: Visit; figures: readonly OutsideFigure[] }> = ({ visit, figures }) => {
  const { say } = visit;
  if (figures.length === 0) return <Empty>{say('Chưa có số liệu nào để đối chiếu.', 'No figure yet.')}</Empty>;
  return (
    <Table label={say('Số liệu đã ghi', 'Figures')}>
      <thead>
        <tr>
          <th>{say('Ai nêu', 'Who states it')}</th>
          <th>{say('Tính đến', 'As of')}</th>
          <th>{say('Nói là đếm', 'Claims to count')}</th>
          <th class="number">{say('Người', 'People')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
          <th>{say('Đối chiếu', 'Compared')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr>
            <td>
              <a href={`/hoan-thanh/doi-chieu/${figure.id}`}>{figure.statedBy}</a>
            </td>
            <td>
              <At instant={figure.asOf} visit={visit} />
            </td>
            <td>{figure.claims}</td>
            <td class="number">{figure.people ?? '–'}</td>
            <td class="number">{figure.total === undefined ? '–' : <Money amount={figure.total} />}</td>
            <td>
              <Standing visit={visit} figure={figure} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

export const Standing: FC<{ visit: Visit; figure: OutsideFigure }> = ({ visit: { say }, figure }) => {
  const last = figure.explanations.at(-1);
  if (last === undefined) return <Tag tone="waiting">○ {say('Chưa đối chiếu', 'Not compared yet')}</Tag>;
  return last.isWhole ? (
    <Tag tone="done">● {say('Mọi chênh lệch đã được gọi tên', 'Every difference is named')}</Tag>
  ) : (
    <Tag tone="stuck">? {say('Còn phần chưa giải thích', 'Some is unexplained')}</Tag>
  );
};

const State: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, form } = visit;
  const typed = (name: string) => field(form, name);
  return (
    <section class="act">
      <h2>{say('Ghi số liệu của nơi khác', 'Record somebody’s figure')}</h2>
      <Form to="/hoan-thanh/doi-chieu" visit={visit} files>
        <Field
          label={say('Ai nêu, ở văn bản nào', 'Who states it, in which document')}
          name="statedBy"
          required
          value={typed('statedBy')}
        />
        <Field
          label={say('Số đó nói là đếm gì', 'What it claims to count')}
          name="claims"
          required
          value={typed('claims')}
        />
        <Field label={say('Tính đến ngày', 'As of the day')} name="on" type="date" required value={typed('on')} />
        <Field label={say('Lúc mấy giờ', 'At the hour')} name="hour" type="time" required value={typed('hour')} />
        <Field label={say('Số người (nếu có)', 'People')} name="people" inputmode="numeric" value={typed('people')} />
        <Field
          label={say('Số tiền, đồng (nếu có)', 'Sum in đồng')}
          name="total"
          inputmode="numeric"
          value={typed('total')}
        />
        <FileField
          visit={visit}
          label={say('Danh sách (nếu có)', 'List, if there is one')}
          name="list"
          accept=".xlsx,.xls,.csv"
          hint={say(
            'Bảng có cột Số định danh cá nhân, hoặc Mã hồ sơ, hoặc Số quyết định; thêm cột Số tiền thì so cả tiền.',
            'A table with the citizen id, the case code or the decision number; with a column of sums, money is compared too.',
          )}
        />
        <button type="submit" class="primary">
          {say('Ghi số liệu', 'Record the figure')}
        </button>
      </Form>
    </section>
  );
};
