/** Thẩm định, phê duyệt: the batches there are, making one, and from which sum on the provincial leadership looks on. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { type Account, may } from '../../../shared/case/access.ts';
import { batchSummary } from '../../../shared/case/batch.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import { budgetLevels, sources } from '../../../shared/case/unit.ts';
import { readFurtherLevel, setFurtherLevel } from '../../../shared/approval/further-level.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { batchStatusNames, levelNames, sourceNames } from '../words.ts';

export async function batchesPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account } = visit;
  return {
    page: say('Thẩm định, phê duyệt', 'Approval'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        {may(account, 'batch.make') ? <Make visit={visit} /> : ''}
        <Batches visit={visit} />
        <FurtherLevel visit={visit} />
      </>
    ),
  };
}

interface Pot {
  readonly source: (typeof sources)[number];
  readonly level: (typeof budgetLevels)[number];
  people: number;
  total: bigint;
}

/** What is appraised and in no batch, by source and level: one batch never mixes two. */
async function pots({ ports }: Visit): Promise<readonly Pot[]> {
  const found: Pot[] = sources.flatMap((source) =>
    budgetLevels.map((level) => ({ source, level, people: 0, total: 0n })),
  );
  for await (const row of allRows(ports.store, { kind: 'part', status: 'appraised' })) {
    const summary = partSummary.parse(row.summary);
    const pot = found.find(({ source, level }) => source === row.source && level === summary.level);
    if (pot === undefined) continue;
    pot.people += 1;
    pot.total += BigInt(summary.total);
  }
  return found.filter(({ people }) => people > 0);
}

const Make: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words } = visit;
  const found = await pots(visit);
  return (
    <section>
      <h2>{say('Lập đợt chi trả', 'Make a batch')}</h2>
      {found.length === 0 ? (
        <Empty>{say('Chưa có hồ sơ nào đã thẩm định để lập đợt.', 'No appraised case to put into a batch.')}</Empty>
      ) : (
        ''
      )}
      {found.map(({ source, level, people, total }) => (
        <Form to="/dot" visit={visit} class="act">
          <input type="hidden" name="source" value={source} />
          <input type="hidden" name="level" value={level} />
          <button type="submit" class="primary">
            {say(
              `Chốt danh sách ${people} người, ${formatDong(total)} đồng`,
              `Freeze ${people} people, ${formatDong(total)} đồng`,
            )}
          </button>
          <span class="hint">
            {words(sourceNames[source])}, {words(levelNames[level])}
          </span>
        </Form>
      ))}
    </section>
  );
};

const Batches: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports } = visit;
  const rows: { id: string; status: string; source: string; summary: ReturnType<typeof batchSummary.parse> }[] = [];
  for await (const row of allRows(ports.store, { kind: 'batch' })) {
    rows.push({
      id: row.stream.slice('batch/'.length),
      status: row.status,
      source: row.source ?? '',
      summary: batchSummary.parse(row.summary),
    });
  }
  if (rows.length === 0) return <Empty>{say('Chưa có đợt nào.', 'No batch yet.')}</Empty>;
  const total = sum(rows.filter(({ status }) => status !== 'released').map(({ summary }) => BigInt(summary.total)));
  return (
    <section>
      <h2>{say('Các đợt', 'Batches')}</h2>
      <Table label={say('Các đợt chi trả', 'Batches')}>
        <thead>
          <tr>
            <th>{say('Đợt', 'Batch')}</th>
            <th>{say('Nguồn, cấp', 'Source, level')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
            <th>{say('Trạng thái', 'State')}</th>
            <th>{say('Từ', 'Since')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ id, status, source, summary }) => (
            <tr>
              <td>
                <a href={`/dot/${id}`}>{summary.code}</a>
              </td>
              <td>
                {words(sourceNames[sources.find((one) => one === source) ?? 'regular'])},{' '}
                {words(levelNames[summary.level])}
              </td>
              <td class="number">{summary.people}</td>
              <td class="number">
                <Money amount={summary.total} />
              </td>
              <td>{words(batchStatusNames[status])}</td>
              <td>
                <At instant={summary.since} visit={visit} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colspan={3}>{say('Tổng (không kể đợt đã trả lại)', 'Total (without those given back)')}</th>
            <td class="number">
              <Money amount={total} />
            </td>
            <td colspan={2}></td>
          </tr>
        </tfoot>
      </Table>
    </section>
  );
};

export async function makeBatch(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const source = sources.find((one) => one === field(form, 'source'));
  const level = budgetLevels.find((one) => one === field(form, 'level'));
  if (source === undefined || level === undefined)
    return batchesPage(visit, { vi: 'Hãy chọn nguồn và cấp ngân sách.', en: 'Choose a source and a level.' });
  const wish = { batchId: ports.id(), source, level, ...makerOf(account) };
  return { to: `/viec/${await ports.jobs.start('freeze', wish, account.id)}` };
}

/** Who makes a batch, as the job is told. */
export function makerOf({ id: by, citizenDigest }: Account) {
  return citizenDigest === undefined ? { by } : { by, citizenDigest };
}

const FurtherLevel: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, form, ports, account } = visit;
  const rule = await readFurtherLevel(ports.store);
  const sentence =
    rule?.fromTotal === undefined
      ? say(
          'Không có mức nào cần thêm lãnh đạo tỉnh xem trước khi trình.',
          'No sum needs the provincial leadership before the submission.',
        )
      : say(
          `Đợt từ ${formatDong(BigInt(rule.fromTotal))} đồng trở lên cần thêm lãnh đạo tỉnh xem trước khi trình (theo ${rule.number}, ${formatDay(rule.on)}).`,
          `Batches of ${formatDong(BigInt(rule.fromTotal))} đồng or more also need the provincial leadership (${rule.number}, ${formatDay(rule.on)}).`,
        );
  if (!may(account, 'further-level.set')) return <p class="hint">{sentence}</p>;
  return (
    <section>
      <h2>{say('Mức cần lãnh đạo tỉnh xem', 'Sum from which the leadership looks on')}</h2>
      <p>{sentence}</p>
      <details class="act" open={field(form, 'document') !== ''}>
        <summary>{say('Đặt lại mức này', 'Set it anew')}</summary>
        <Form to="/dot/muc-lanh-dao-tinh" visit={visit} files>
          <Field
            label={say('Từ số tiền (đồng)', 'From the sum (đồng)')}
            name="fromTotal"
            inputmode="numeric"
            hint={say('ví dụ 50.000.000.000; để trống để bỏ cấp này', 'such as 50.000.000.000; empty ends this level')}
            value={field(form, 'fromTotal')}
          />
          <Field label={say('Văn bản quy định', 'Document')} name="document" required value={field(form, 'document')} />
          <Field label={say('Ngày văn bản', 'Its day')} name="on" type="date" required value={field(form, 'on')} />
          <FileField
            visit={visit}
            label={say('Bản quét văn bản (PDF, ảnh)', 'Its scan (PDF, picture)')}
            name="paper"
            accept=".pdf,.png,.jpg,.jpeg"
            required
          />
          <button type="submit">{say('Ghi mức này', 'Record it')}</button>
        </Form>
      </details>
    </section>
  );
};

export async function furtherLevelAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const paper = await upload(form, 'paper');
  const set = await setFurtherLevel(
    {
      fromTotal: field(form, 'fromTotal'),
      number: field(form, 'document'),
      on: field(form, 'on'),
      paper: paper === undefined ? '' : await ports.files.put(paper.bytes),
    },
    account,
    ports,
  );
  return set.outcome === 'refused' ? batchesPage(visit, set.why) : { to: '/dot' };
}
