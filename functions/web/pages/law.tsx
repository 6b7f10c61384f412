/** Các con số của pháp luật: what holds on a day, by which text, how sure it is, and what the texts leave open. */
import type { FC } from 'hono/jsx';
import { isLocalDate, localDateOf } from '../../../shared/calendar.ts';
import { valueName } from '../../../shared/law/readings.ts';
import { readRecordedReadings } from '../../../shared/case/recorded-readings.ts';
import {
  lawInForceOn,
  type ListedNumber,
  type ListedReading,
  listedReadings,
  upcomingRows,
} from '../../../shared/law/listing.ts';
import { Day, Empty, ProblemBox, Tag } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';

const noDay: Problem = {
  vi: 'Ngày không đọc được. Hãy nhập ngày dạng YYYY-MM-DD; dưới đây là các số của hôm nay.',
  en: 'That is no day. Enter one as YYYY-MM-DD; below are the numbers of today.',
};

export async function lawPage(visit: Visit): Promise<Answer> {
  const { say, query, ports } = visit;
  const asked = query.get('ngay') ?? '';
  const isWrong = asked !== '' && !isLocalDate(asked);
  const on = isLocalDate(asked) ? asked : localDateOf(ports.now());
  const { set } = await readRecordedReadings(ports.store);
  const numbers = lawInForceOn(on);
  const groups = Map.groupBy(numbers, ({ text }) => visit.words(text));
  const readings = listedReadings(set);
  return {
    page: say('Các con số của pháp luật', 'The numbers of the law'),
    ...(isWrong ? { status: 422 } : {}),
    body: (
      <>
        <ProblemBox problem={isWrong ? noDay : undefined} visit={visit} />
        <div class="filters">
          <form method="get" action="/luat">
            <label for="ngay">{say('Ngày', 'Day')}</label>
            <input id="ngay" name="ngay" type="date" value={on} />
            <button type="submit">{say('Xem', 'Show')}</button>
          </form>
        </div>
        <p class="lead">
          {say(`${numbers.length} con số có hiệu lực ngày `, `${numbers.length} numbers in force on `)}
          <Day day={on} />.{' '}
          <a href="#cau-hoi">
            {say(`${readings.length} câu hỏi văn bản để ngỏ`, `${readings.length} questions the texts leave open`)}
          </a>
        </p>
        <Upcoming visit={visit} rows={upcomingRows(on)} />
        {numbers.length === 0 ? (
          <Empty>{say('Chưa có số nào có hiệu lực ngày này.', 'No number is in force on this day.')}</Empty>
        ) : (
          [...groups].map(([text, of]) => (
            <section>
              <h2>{text}</h2>
              <Numbers visit={visit} of={of} />
            </section>
          ))
        )}
        <Readings visit={visit} readings={readings} />
      </>
    ),
  };
}

const Upcoming: FC<{ visit: Visit; rows: readonly ListedNumber[] }> = ({ visit, rows }) =>
  rows.length === 0 ? (
    <></>
  ) : (
    <ul class="note">
      {rows.map(({ from, name, value }) => (
        <li>
          {visit.say('Từ ', 'From ')}
          <Day day={from} />: {visit.words(name)}: {visit.words(value)}
        </li>
      ))}
    </ul>
  );

const Numbers: FC<{ visit: Visit; of: readonly ListedNumber[] }> = ({ visit, of }) => {
  const { say, words } = visit;
  return (
    <ul class="law">
      {of.map(({ file, table, name, value, from, by, sure, sureMeans, open }) => (
        <li>
          <div>
            {words(name)}
            <code class="hint">
              {file}.{table}
            </code>
          </div>
          <div>
            <strong>{words(value)}</strong>
            <span class="hint">
              {say('Từ ', 'From ')}
              <Day day={from} /> · {words(by)}
            </span>
            <span class="hint">
              {sure}: {words(sureMeans)}
            </span>
            {open === undefined ? (
              ''
            ) : (
              <Tag tone="stuck">
                <a href={`#${open.number}`}>{say(`Câu hỏi mở ${open.number}`, `Open question ${open.number}`)}</a>
              </Tag>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
};

const Readings: FC<{ visit: Visit; readings: readonly ListedReading[] }> = ({ visit, readings }) => {
  const { say, words } = visit;
  return (
    <section id="cau-hoi">
      <h2>{say('Những câu hỏi văn bản để ngỏ', 'Questions the texts leave open')}</h2>
      <ul class="law">
        {readings.map(({ number, question, state }) => (
          <li id={number}>
            <div>
              <strong>{number}</strong>
              {words(question)}
            </div>
            <div class="hint">
              {words(state.words)}
              {state.value === undefined ? '' : <>: {words(valueName(state.value))}</>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
