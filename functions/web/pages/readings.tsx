/** Điểm chưa thống nhất: what the texts leave open, who has set it by which document, and what a change would do. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { partSummary } from '../../../shared/case/part.ts';
import {
  type ReadingDecision,
  type RecordedReadings,
  readRecordedReadings,
} from '../../../shared/case/recorded-readings.ts';
import { allRows } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { setReading } from '../../../shared/entitlement/set-reading.ts';
import { whatIfResult } from '../../../shared/entitlement/what-if.ts';
import { type ReadingNumber, readingNumbers, readingOf, valueName } from '../../../shared/law/readings.ts';
import { formatDong } from '../../../shared/dong.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { caseStatusNames, regimeNames, sourceNames } from '../words.ts';
import * as z from 'zod';

const page = '/diem-chua-thong-nhat';

export async function readingsPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account, ports } = visit;
  const recorded = await readRecordedReadings(ports.store);
  const concerned = await countConcerned(visit);
  return {
    page: say('Điểm chưa thống nhất', 'Open readings'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            `${readingNumbers.length} điểm văn bản để ngỏ; ${Object.keys(recorded.set).length} điểm đã có văn bản trả lời.`,
            `The texts leave ${readingNumbers.length} questions open; ${Object.keys(recorded.set).length} are settled by a document.`,
          )}{' '}
          <a href="/luat">{say('Mọi con số của pháp luật', 'Every number of the law')}</a>
        </p>
        <Readings visit={visit} recorded={recorded} concerned={concerned} />
        {may(account, 'reading.set') ? <SetForm visit={visit} recorded={recorded} /> : ''}
        {may(account, 'reading.try') ? <TryForm visit={visit} /> : ''}
        <Decisions visit={visit} decisions={recorded.decisions} />
        {may(visit.account, 'recovery.see') ? (
          <p>
            <a href="/so-hoan-tra">{say('Người đã trả thừa: sổ hoàn trả, thu hồi', 'Paid too much: the register')}</a>
          </p>
        ) : (
          ''
        )}
      </>
    ),
  };
}

/** How many people's answer rests on each reading, or waits for it. */
async function countConcerned({ ports }: Visit): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>();
  const count = (number: string) => counted.set(number, (counted.get(number) ?? 0) + 1);
  const open = partSummary.pick({ open: true });
  for await (const { summary } of allRows(ports.store, { kind: 'part' })) open.parse(summary).open.forEach(count);
  const waiting = z.object({ reasons: z.array(z.string()).default([]) });
  for await (const { summary } of allRows(ports.store, { kind: 'case', status: 'review' })) {
    waiting.parse(summary).reasons.forEach(count);
  }
  return counted;
}

const Readings: FC<{ visit: Visit; recorded: RecordedReadings; concerned: ReadonlyMap<string, number> }> = ({
  visit,
  recorded,
  concerned,
}) => {
  const { say, words } = visit;
  // Those that somebody waits for come first.
  const ordered = readingNumbers.toSorted((one, other) => (concerned.get(other) ?? 0) - (concerned.get(one) ?? 0));
  return (
    <Table label={say('Các điểm', 'Readings')}>
      <thead>
        <tr>
          <th>{say('Số', 'No.')}</th>
          <th>{say('Điểm văn bản để ngỏ', 'Question')}</th>
          <th>{say('Đang áp dụng', 'In use')}</th>
          <th class="number">{say('Hồ sơ liên quan', 'Cases')}</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((number) => (
          <tr>
            <td>{number}</td>
            <td>{words(readingOf(number).question)}</td>
            <td>
              <State visit={visit} number={number} value={recorded.set[number]} />
            </td>
            <td class="number">{concerned.get(number) ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const State: FC<{ visit: Visit; number: ReadingNumber; value: string | undefined }> = ({ visit, number, value }) => {
  const { say } = visit;
  const { whenUnset, values } = readingOf(number);
  if (value !== undefined) {
    const { vi, en } = valueName(value);
    return <Tag tone="done">{say(`đã đặt: ${vi}`, `set: ${en}`)}</Tag>;
  }
  const usual = valueName(values[0] ?? '');
  switch (whenUnset) {
    case 'default':
      return <Tag tone="moving">{say(`mặc định: ${usual.vi}`, `default: ${usual.en}`)}</Tag>;
    case 'when-it-changes':
      return (
        <Tag tone="waiting">
          {say(`mặc định: ${usual.vi}; hỏi khi đổi số tiền`, `default: ${usual.en}; asks when the sum changes`)}
        </Tag>
      );
    case 'review':
      return <Tag tone="stuck">{say('chưa đặt: chờ quyết định', 'unset: a person decides')}</Tag>;
    case 'always':
      return <Tag tone="stuck">{say('luôn xét từng hồ sơ', 'always case by case')}</Tag>;
  }
};

const SetForm: FC<{ visit: Visit; recorded: RecordedReadings }> = ({ visit, recorded }) => {
  const { say, words } = visit;
  return (
    <details class="act">
      <summary>{say('Ghi văn bản trả lời một điểm', 'Record the document that settles a question')}</summary>
      <Form to={page} visit={visit} files>
        <p class="field">
          <label for="reading">{say('Điểm và cách hiểu', 'Question and reading')}</label>
          <select id="reading" name="reading" required>
            <option value="">{say('Chọn…', 'Choose…')}</option>
            {choices().map(({ number, value }) => (
              <option value={`${number}=${value}`}>
                {number}: {words(valueName(value))}
              </option>
            ))}
            {Object.keys(recorded.set).map((number) => (
              <option value={`${number}=`}>
                {number}: {say('để ngỏ trở lại', 'open again')}
              </option>
            ))}
          </select>
        </p>
        <Field label={say('Số văn bản', 'Document number')} name="number" required />
        <Field label={say('Ngày văn bản', 'Day of the document')} name="on" type="date" required />
        <FileField visit={visit} label={say('Bản quét', 'Scan')} name="paper" required />
        <p>
          <button type="submit" class="primary">
            {say('Ghi và tính lại mọi hồ sơ liên quan', 'Record, and compute everyone again')}
          </button>
        </p>
      </Form>
    </details>
  );
};

function choices(): readonly { readonly number: ReadingNumber; readonly value: string }[] {
  return readingNumbers.flatMap((number) => {
    const { values } = readingOf(number);
    return values.length < 2 ? [] : values.map((value) => ({ number, value }));
  });
}

const TryForm: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words } = visit;
  return (
    <details class="act">
      <summary>{say('Tính thử một thay đổi (không ghi gì)', 'Try a change (nothing is written)')}</summary>
      <Form to="/tinh-thu" visit={visit}>
        <p class="field">
          <label for="try">{say('Cách hiểu', 'Reading')}</label>
          <select id="try" name="reading">
            <option value="">{say('Giữ như hiện nay', 'As it is')}</option>
            {choices().map(({ number, value }) => (
              <option value={`${number}=${value}`}>
                {number}: {words(valueName(value))}
              </option>
            ))}
          </select>
        </p>
        <Field
          label={say('Hoặc một số của pháp luật', 'Or a number of the law')}
          name="parameter"
          hint={say(
            'Dạng tệp.bảng[.trường][@ngày]=giá trị, ví dụ decree-154-2025/article-09.perYear=2. Tên có trong trang “Mọi con số của pháp luật”.',
            'As file.table[.field][@day]=value, such as decree-154-2025/article-09.perYear=2; the names stand on the page of the law.',
          )}
        />
        <p>
          <button type="submit">{say('Tính thử', 'Try')}</button>
        </p>
      </Form>
    </details>
  );
};

const Decisions: FC<{ visit: Visit; decisions: readonly ReadingDecision[] }> = async ({ visit, decisions }) => {
  const { say, ports } = visit;
  if (decisions.length === 0) return <></>;
  const named = await Promise.all(
    decisions.map(async (decision) => ({ ...decision, name: await ports.directory.nameOf(decision.by) })),
  );
  return (
    <section>
      <h2>{say('Đã ghi', 'Recorded')}</h2>
      <ol>
        {named.map(({ number, value, document, name, at }) => (
          <li>
            {number}: {value === undefined ? say('để ngỏ trở lại', 'open again') : visit.words(valueName(value))} –{' '}
            {document.number}, {formatDay(document.on)} ({name}, <At instant={at} visit={visit} />)
          </li>
        ))}
      </ol>
    </section>
  );
};

export async function setReadingAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const [number = '', value = ''] = field(form, 'reading').split('=');
  const scan = await upload(form, 'paper');
  const paper = scan === undefined ? '' : await ports.files.put(scan.bytes);
  const document = { number: field(form, 'number'), on: field(form, 'on'), paper };
  const outcome = await setReading({ number, value, document }, account.id, ports);
  if (outcome.outcome === 'refused') return readingsPage(visit, outcome.why);
  return { to: `/viec/${await ports.jobs.start('reassess', {}, account.id)}` };
}

export async function tryAct({ form, account, ports }: Visit): Promise<Answer> {
  const input = { reading: field(form, 'reading'), parameter: field(form, 'parameter') };
  return { to: `/viec/${await ports.jobs.start('what-if', input, account.id)}` };
}

const stored = z.object({ reading: z.string(), parameter: z.string(), result: whatIfResult });
const shownAtMost = 100;

export async function whatIfPage(visit: Visit): Promise<Answer> {
  const { say, words, ports, params } = visit;
  const content = await ports.files.get(params['file'] ?? '');
  const parsed = stored.safeParse(content === undefined ? undefined : safeJson(content));
  if (!parsed.success) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <Empty>{say('Không có kết quả tính thử này.', 'There is no such result.')}</Empty>,
      status: 404,
    };
  }
  const { reading, parameter, result } = parsed.data;
  const units = await readUnits(ports.store);
  const unitRows = Object.entries(result.byUnit).filter(([, sums]) => sums.people > 0);
  return {
    page: say('Tính thử', 'What if'),
    body: (
      <>
        <p class="lead">
          {[inWords(visit, reading), parameter].filter((text) => text !== '').join('; ')}:{' '}
          {say(
            `${result.changed.length} trên ${result.people} người có kết quả khác, tổng ${formatDong(BigInt(result.total.today))} → ${formatDong(BigInt(result.total.after))} đồng (${difference(result.total)}).`,
            `${result.changed.length} of ${result.people} people would get another answer, in all ${formatDong(BigInt(result.total.today))} → ${formatDong(BigInt(result.total.after))} đồng (${difference(result.total)}).`,
          )}{' '}
          {say('Chưa có gì được ghi.', 'Nothing was written.')}
        </p>
        <SumsTable
          visit={visit}
          label={say('Theo nguồn', 'By source')}
          rows={Object.entries(result.bySource).map(([key, sums]) => [sourceName(visit, key), sums])}
        />
        <SumsTable
          visit={visit}
          label={say('Theo đơn vị', 'By unit')}
          rows={unitRows.map(([key, sums]) => [units.get(key)?.name ?? key, sums])}
        />
        <h2>{say('Từng người', 'Each person')}</h2>
        <Table label={say('Từng người', 'Each person')}>
          <thead>
            <tr>
              <th>{say('Hồ sơ', 'Case')}</th>
              <th>{say('Hiện nay', 'Today')}</th>
              <th>{say('Nếu đổi', 'With the change')}</th>
            </tr>
          </thead>
          <tbody>
            {
              await Promise.all(
                result.changed.slice(0, shownAtMost).map(async ({ caseId, today, after }) => {
                  const of = await readCase(ports.store, caseId);
                  const name = of === undefined ? caseId : (await identityOf(ports.vault, of)).fullName;
                  return (
                    <tr>
                      <td>
                        <a href={`/ho-so/${caseId}`}>{name}</a>
                      </td>
                      <td>{briefly(visit, today)}</td>
                      <td>{briefly(visit, after)}</td>
                    </tr>
                  );
                }),
              )
            }
          </tbody>
        </Table>
        {result.changed.length > shownAtMost ? (
          <p class="hint">
            {say(
              `Hiện ${shownAtMost} người chênh lệch nhiều nhất; toàn bộ có trong lệnh npm run what-if.`,
              `The ${shownAtMost} biggest differences are shown; npm run what-if lists everyone.`,
            )}
          </p>
        ) : (
          ''
        )}
        <p>
          <a href={page}>{words({ vi: 'Về các điểm chưa thống nhất', en: 'Back to the open readings' })}</a>
        </p>
      </>
    ),
  };
}

/** `X3=flat-5` as the form showed it. */
function inWords(visit: Visit, reading: string): string {
  const [number = '', value = ''] = reading.split('=');
  return number === '' ? '' : `${number}: ${visit.words(valueName(value))}`;
}

type SumsOf = z.infer<typeof whatIfResult>['total'];

const SumsTable: FC<{ visit: Visit; label: string; rows: readonly (readonly [string, SumsOf])[] }> = ({
  visit,
  label,
  rows,
}) => {
  const { say } = visit;
  if (rows.length === 0) return <></>;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{label}</th>
          <th class="number">{say('Người đổi', 'People')}</th>
          <th class="number">{say('Hiện nay', 'Today')}</th>
          <th class="number">{say('Nếu đổi', 'Then')}</th>
          <th class="number">{say('Chênh lệch', 'Difference')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, sums]) => (
          <tr>
            <td>{name}</td>
            <td class="number">{sums.people}</td>
            <td class="number">
              <Money amount={sums.today} />
            </td>
            <td class="number">
              <Money amount={sums.after} />
            </td>
            <td class="number">{difference(sums)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

function difference({ today, after }: SumsOf): string {
  const amount = BigInt(after) - BigInt(today);
  return `${amount > 0n ? '+' : ''}${formatDong(amount)}`;
}

function briefly(
  visit: Visit,
  { outcome, regime, total }: z.infer<typeof whatIfResult>['changed'][number]['today'],
): string {
  if (outcome === 'entitled') return `${formatDong(BigInt(total))} (${visit.words(regimeNames[regime])})`;
  const names: Readonly<Record<string, { vi: string; en: string }>> = caseStatusNames;
  return visit.words(names[outcome]);
}

function sourceName(visit: Visit, source: string): string {
  const names: Readonly<Record<string, { vi: string; en: string }>> = sourceNames;
  return visit.words(names[source]);
}

function safeJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return undefined;
  }
}
