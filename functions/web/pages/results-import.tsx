/** What became of one result file, line by line; and the page that asks what a sender's columns and words mean. */
import type { FC } from 'hono/jsx';
import type * as z from 'zod';
import { readBatch } from '../../../shared/case/batch.ts';
import { orderOutcomes } from '../../../shared/case/order.ts';
import { classNames, classToDo, lineClasses, outcomeWords } from '../../../shared/disbursement/result-classes.ts';
import { columnNames, resultColumns } from '../../../shared/disbursement/result-columns.ts';
import {
  type askedColumns,
  readImport,
  readOthers,
  type ResultImport,
  type StoredLine,
} from '../../../shared/disbursement/result-import.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';

const othersShown = 200;

export async function resultPage(visit: Visit): Promise<Answer> {
  const { say, ports, params } = visit;
  const of = await readImport(ports.store, params['file'] ?? '');
  if (of === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      status: 404,
      body: <p>{say('Không có tệp kết quả này.', 'There is no such result file.')}</p>,
    };
  }
  const batch = of.batch === undefined ? undefined : await readBatch(ports.store, of.batch);
  const by = await ports.directory.nameOf(of.by);
  return {
    page: say('Kết quả đối chiếu tệp', 'What became of the file'),
    body: (
      <>
        <p class="lead">
          {of.sender === undefined ? '' : `${of.sender}. `}
          {batch === undefined
            ? say('Nhập không chọn đợt', 'Imported at no batch')
            : say(`Đợt ${batch.code}`, `Batch ${batch.code}`)}
          ; {of.lines} {say('dòng', 'lines')}, <Money amount={of.total} /> đồng; {by},{' '}
          <At instant={of.at} visit={visit} />
        </p>
        {of.classed === undefined ? (
          <Empty>
            {say(
              'Việc nhập tệp này chưa xong hoặc bị dừng giữa chừng. Hãy nhập lại chính tệp này; phần đã ghi không bị ghi hai lần.',
              'This import is not finished or was interrupted. Import this very file again; nothing is recorded twice.',
            )}
          </Empty>
        ) : (
          <Classed visit={visit} of={of} classed={of.classed} others={await readOthers(of, ports)} />
        )}
      </>
    ),
  };
}

const Classed: FC<{
  visit: Visit;
  of: ResultImport;
  classed: NonNullable<ResultImport['classed']>;
  others: readonly StoredLine[];
}> = ({ visit, of, classed: { counts, feedback }, others }) => {
  const { say, words } = visit;
  const matched = counts.matched?.lines ?? 0;
  const rest = of.lines - matched;
  return (
    <>
      <section class="result">
        <p class="total">
          {say(
            `Đã ghi ${matched} kết quả; ${rest} dòng khác không ghi, có giải thích bên dưới.`,
            `${matched} outcomes recorded; ${rest} other lines were not, and are explained below.`,
          )}
        </p>
        <Table label={say('Các dòng theo loại', 'Lines by class')}>
          <thead>
            <tr>
              <th>{say('Loại', 'Class')}</th>
              <th class="number">{say('Dòng', 'Lines')}</th>
              <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
              <th>{say('Cần làm gì', 'What to do')}</th>
            </tr>
          </thead>
          <tbody>
            {lineClasses
              .filter((one) => counts[one] !== undefined)
              .map((one) => (
                <tr>
                  <td>{words(classNames[one])}</td>
                  <td class="number">{counts[one]?.lines}</td>
                  <td class="number">
                    <Money amount={counts[one]?.total ?? '0'} />
                  </td>
                  <td>{words(classToDo[one])}</td>
                </tr>
              ))}
          </tbody>
        </Table>
        {feedback === undefined ? (
          ''
        ) : (
          <p>
            <a class="button" href={`/chi-tra/ket-qua/${of.file}/phan-hoi.xlsx`} download="">
              {say('Tải tệp phản hồi cho bên gửi', 'Download the answer to the sender')}
            </a>
          </p>
        )}
      </section>
      {others.length === 0 ? '' : <Others visit={visit} others={others} count={rest} />}
      <p>
        <a href="/chi-tra">{say('Về trang Chi trả', 'Back to disbursement')}</a>
      </p>
    </>
  );
};

const Others: FC<{ visit: Visit; others: readonly StoredLine[]; count: number }> = ({ visit, others, count }) => {
  const { say, words } = visit;
  // What only repeats asks nothing of anybody, so it comes last.
  const shown = others
    .toSorted((one, other) => Number(one.class === 'repeats') - Number(other.class === 'repeats'))
    .slice(0, othersShown);
  return (
    <section>
      <h2>
        {say('Các dòng không ghi', 'Lines that were not recorded')} ({count})
      </h2>
      {count > shown.length ? (
        <p class="hint">
          {say(
            `Trang này hiện ${shown.length} dòng; tệp phản hồi có đủ mọi dòng.`,
            `${shown.length} are shown here; the answer to the sender has them all.`,
          )}
        </p>
      ) : (
        ''
      )}
      <Table label={say('Các dòng không ghi', 'Lines that were not recorded')}>
        <thead>
          <tr>
            <th class="number">{say('Dòng', 'Row')}</th>
            <th>{say('Mã', 'Reference')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Vì sao', 'Why')}</th>
            <th>{say('Cần làm gì', 'What to do')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr>
              <td class="number">{line.row}</td>
              <td>
                <code>{line.reference}</code>
              </td>
              <td class="number">{line.amount === undefined ? '–' : <Money amount={line.amount} />}</td>
              <td>
                {words(classNames[line.class])}
                {line.says === undefined ? '' : `: ${words(line.says)}`}
              </td>
              <td>{words(classToDo[line.class])}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

type Asked = z.infer<typeof askedColumns>;

/** The sheet's headings with some of its rows, each to be given a meaning; told once for a sender. */
export async function columnsPage(visit: Visit, asked: Asked | undefined, problem?: Problem): Promise<Answer> {
  const { say, form } = visit;
  if (asked === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      status: 404,
      body: <p>{say('Không có tệp đang chờ khai cột này.', 'No file waits here for its columns.')}</p>,
    };
  }
  const { sender, control } = asked.import;
  return {
    page: say('Khai cột của bên gửi', "The sender's columns"),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            'Khai một lần cho mỗi bên gửi; các tệp sau của họ được đọc theo. Chưa có gì được ghi nhận từ tệp này.',
            'Told once for a sender; their next files are read by it. Nothing of this file was recorded yet.',
          )}
        </p>
        <Form to={visit.path} visit={visit}>
          <Field
            label={say('Bên gửi', 'Sender')}
            name="sender"
            required
            hint={say('Ví dụ: Kho bạc khu vực XI, Agribank Nghệ An', 'Such as Kho bạc khu vực XI')}
            value={field(form, 'sender') || (sender ?? '')}
          />
          {asked.headings.length === 0 ? '' : <Columns visit={visit} asked={asked} />}
          {asked.words.map((word, at) => (
            <Choice
              visit={visit}
              name={`word-${at}`}
              label={say(`Cột kết quả ghi “${word}” nghĩa là`, `“${word}” in the column of outcomes means`)}
              options={[
                ...orderOutcomes.map((outcome) => [outcome, outcomeWords[outcome]] as const),
                ['none', say('Không phải kết quả; dòng đó không ghi', 'No outcome; the line is left')] as const,
              ]}
            />
          ))}
          {control === undefined && asked.headings.length > 0 ? <ControlFields visit={visit} /> : ''}
          <button type="submit" class="primary">
            {say('Lưu cách đọc và nhập tệp', 'Save and import the file')}
          </button>
        </Form>
      </>
    ),
  };
}

const Columns: FC<{ visit: Visit; asked: Asked }> = ({ visit, asked }) => {
  const { say, words } = visit;
  return (
    <>
      <Table label={say('Các cột của tệp và vài dòng đầu', "The file's columns and its first rows")}>
        <thead>
          <tr>
            {asked.headings.map((heading) => (
              <th>{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {asked.samples.map((row) => (
            <tr>
              {row.map((text) => (
                <td>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {asked.headings.map((heading, at) => (
        <Choice
          visit={visit}
          name={`column-${at}`}
          label={say(`Cột “${heading}” là`, `Column “${heading}” is`)}
          options={resultColumns.map((column) => [column, words(columnNames[column])] as const)}
          none={say('Không dùng', 'Not used')}
        />
      ))}
      <Choice
        visit={visit}
        name="every"
        label={say('Nếu tệp không có cột kết quả, mọi dòng là', 'Where there is no column of outcomes, every line is')}
        options={orderOutcomes.map((outcome) => [outcome, outcomeWords[outcome]] as const)}
        none={say('Tệp có cột kết quả', 'There is such a column')}
      />
    </>
  );
};

const Choice: FC<{
  visit: Visit;
  name: string;
  label: string;
  options: readonly (readonly [value: string, words: string])[];
  /** The words of choosing nothing; without it something must be chosen. */
  none?: string;
}> = ({ visit, name, label, options, none }) => {
  const chosen = visit.form.get(name);
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name} required={none === undefined}>
        <option value="">{none ?? visit.say('Chọn', 'Choose')}</option>
        {options.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </p>
  );
};

/** For files that do not state their own count and total. */
export const ControlFields: FC<{ visit: Visit }> = ({ visit: { say } }) => (
  <>
    <Field
      label={say('Số khoản theo trang bìa', 'Count on the covering page')}
      name="count"
      inputmode="numeric"
      hint={say(
        'Bắt buộc khi tệp không tự ghi tổng số khoản và tổng số tiền.',
        'Needed where the file does not state its own count and total.',
      )}
    />
    <Field
      label={say('Tổng số tiền theo trang bìa (đồng)', 'Total on the covering page (đồng)')}
      name="total"
      inputmode="numeric"
    />
  </>
);
