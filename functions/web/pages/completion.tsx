/** Hoàn thành: one sentence that answers; the zero-sum bar; causes, regimes and units. No names here. */
import type { FC } from 'hono/jsx';
import { daysBetween, formatDay, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { type BatchSummary, batchStream, batchSummary } from '../../../shared/case/batch.ts';
import { lastAnchor } from '../../../shared/case/anchor.ts';
import { type Bucket, buckets } from '../../../shared/case/lifecycle.ts';
import { allRows } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { type Count, remainder, type Tally, tally } from '../../../shared/completion/tally.ts';
import { paidBefore } from '../../../shared/law/campaign/campaign.ts';
import { inForceOn } from '../../../shared/law/dated.ts';
import { formatDong } from '../../../shared/dong.ts';
import { At, Empty, Form, Money, ProblemBox, Table } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { blockNames, bucketNames, caseStatusNames, causeNames, regimeNames } from '../words.ts';

export async function completionPage(visit: Visit): Promise<Answer> {
  const { say, ports } = visit;
  const counted = await tally(ports.store, localDateOf);
  if (counted.entitled.people === 0) {
    return {
      page: say('Hoàn thành', 'Completion'),
      body: <Empty>{say('Chưa có ai được tính chế độ.', 'Nobody has been assessed yet.')}</Empty>,
    };
  }
  const over = remainder(counted);
  return {
    page: say('Hoàn thành', 'Completion'),
    body: (
      <>
        {over.people === 0 && over.total === 0n ? (
          ''
        ) : (
          <ProblemBox
            visit={visit}
            problem={{
              vi: `Số liệu lệch ${over.people} người, ${formatDong(over.total)} đồng. Báo quản trị hệ thống ngay.`,
              en: `The figures are off by ${over.people} people. Tell the administrator now.`,
            }}
          />
        )}
        <Sentence visit={visit} counted={counted} />
        <ZeroSum visit={visit} counted={counted} />
        <Overdue visit={visit} />
        <Causes visit={visit} counted={counted} />
        <div class="side-by-side">
          <Paid
            visit={visit}
            label={say('Theo chế độ', 'By regime')}
            groups={counted.byRegime}
            name={(key) => visit.words(regimeNames[key])}
          />
          <Paid
            visit={visit}
            label={say('Theo khối', 'By block')}
            groups={counted.byBlock}
            name={(key) => visit.words(blockNames[key])}
          />
        </div>
        <Units visit={visit} counted={counted} />
        <Without visit={visit} counted={counted} />
        <AnchorSection visit={visit} />
      </>
    ),
  };
}

/** Batches whose confirmer is past the limit, after a reminder and after the deputies were asked. */
const Overdue: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports, account } = visit;
  const late: (BatchSummary & { readonly id: string })[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'batch', status: 'in-approval' })) {
    const batch = batchSummary.parse(summary);
    if (batch.overdue !== undefined) late.push({ ...batch, id: stream.slice(batchStream('').length) });
  }
  if (late.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Đợt quá hạn xác nhận', 'Batches past their limit')}</h2>
      <ul>
        {late.map(({ id, code, people, total, since, overdue }) => (
          <li>
            {may(account, 'batch.see') ? (
              <a href={`/dot/${id}`}>{say(`Đợt ${code}`, `Batch ${code}`)}</a>
            ) : (
              say(`Đợt ${code}`, `Batch ${code}`)
            )}
            :{' '}
            {say(
              `${people} người, ${formatDong(BigInt(total))} đồng, `,
              `${people} people, ${formatDong(BigInt(total))} đồng, `,
            )}
            {overdue === undefined ? '' : words(stepNamed(overdue).confirms)}, {say('chờ từ ', 'waiting since ')}
            <At instant={since} visit={visit} />.
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What proves, on a printed page, that the histories up to its moment were not rewritten since. */
const AnchorSection: FC<{ visit: Visit }> = async ({ visit }) => {
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

export async function takeAnchorAct({ ports, account }: Visit): Promise<Answer> {
  await ports.takeAnchor(account.id);
  return { to: '/hoan-thanh#ma-neo' };
}

const Sentence: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, ports } = visit;
  const { credited, cancelled } = counted.byBucket;
  const of = counted.entitled.people - cancelled.people;
  const today = localDateOf(ports.now());
  const limit = inForceOn(paidBefore, today).value;
  const days = daysBetween({ from: today, to: limit });
  const left = of - credited.people;
  const limitVi =
    days >= 0 ? `còn ${days} ngày đến hạn ${formatDay(limit)}` : `đã quá hạn ${formatDay(limit)} ${-days} ngày`;
  const limitEn =
    days >= 0
      ? `${days} days to the limit of ${formatDay(limit)}`
      : `${-days} days past the limit of ${formatDay(limit)}`;
  return (
    <p class="answer">
      <strong>
        {say(`${credited.people} trên ${of} người đã nhận tiền`, `${credited.people} of ${of} people have the money`)}
      </strong>
      {say(`, ${formatDong(credited.total)} đồng. `, `, ${formatDong(credited.total)} đồng. `)}
      {left === 0
        ? say('Mọi người đã nhận tiền.', 'Everyone has been paid.')
        : say(`Còn ${left} người chưa nhận; ${limitVi}.`, `${left} are unpaid; ${limitEn}.`)}
    </p>
  );
};

const barWidth = 1000;

/** Widths in people; each part also differs by pattern word and number in the table below it. */
const ZeroSum: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words } = visit;
  const { entitled, byBucket } = counted;
  let x = 0;
  const pieces = buckets.map((bucket) => {
    const width = (byBucket[bucket].people / Math.max(1, entitled.people)) * barWidth;
    const piece = { bucket, x, width };
    x += width;
    return piece;
  });
  return (
    <section>
      <h2>
        {say(
          'Được hưởng = đã nhận + bị trả lại + đang thanh toán + chưa lập + tạm dừng + không chi trả',
          'Entitled = credited + returned + in flight + not yet ordered + held + cancelled',
        )}
      </h2>
      <svg
        class="bar-chart"
        viewBox={`0 0 ${barWidth} 44`}
        preserveAspectRatio="none"
        role="img"
        aria-label={barLabel(visit, byBucket)}
      >
        {pieces
          .filter(({ width }) => width > 0)
          .map(({ bucket, x: at, width }) => (
            <rect
              class={`bucket-${bucket}`}
              x={at.toFixed(1)}
              y="0"
              width={Math.max(2, width).toFixed(1)}
              height="44"
            />
          ))}
      </svg>
      <Table label={say('Mọi người, mọi đồng, mỗi bên một chỗ', 'Everyone and every đồng in one place')}>
        <thead>
          <tr>
            <th>{say('Ở đâu', 'Where')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket) => (
            <tr>
              <td>
                <span class={`key bucket-${bucket}`} aria-hidden="true"></span> {words(bucketNames[bucket])}
              </td>
              <td class="number">{byBucket[bucket].people}</td>
              <td class="number">
                <Money amount={byBucket[bucket].total} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{say('Được hưởng', 'Entitled')}</th>
            <td class="number">{entitled.people}</td>
            <td class="number">
              <Money amount={entitled.total} />
            </td>
          </tr>
        </tfoot>
      </Table>
    </section>
  );
};

function barLabel({ words }: Visit, byBucket: Readonly<Record<Bucket, Count>>): string {
  return buckets.map((bucket) => `${words(bucketNames[bucket])}: ${byBucket[bucket].people}`).join(', ');
}

const Causes: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words, ports } = visit;
  const today = localDateOf(ports.now());
  const causes = [...counted.unpaidByCause].toSorted(([, one], [, other]) => other.people - one.people);
  if (causes.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Chưa nhận tiền: vì sao, ai phải làm', 'Unpaid: why, and who must act')}</h2>
      <Table label={say('Chưa nhận tiền theo nguyên nhân', 'Unpaid by cause')}>
        <thead>
          <tr>
            <th>{say('Đang chờ', 'Waiting for')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th class="number">{say('Lâu nhất (ngày)', 'Longest (days)')}</th>
          </tr>
        </thead>
        <tbody>
          {causes.map(([cause, { people, total, since }]) => (
            <tr>
              <td>{words(causeNames[cause])}</td>
              <td class="number">{people}</td>
              <td class="number">
                <Money amount={total} />
              </td>
              <td class="number">{daysBetween({ from: localDateOf(since), to: today })}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

type Groups = ReadonlyMap<string, { readonly entitled: Count; readonly credited: Count }>;

const Paid: FC<{ visit: Visit; label: string; groups: Groups; name: (key: string) => string }> = ({
  visit,
  label,
  groups,
  name,
}) => {
  const { say } = visit;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{label}</th>
          <th class="number">{say('Được hưởng', 'Entitled')}</th>
          <th class="number">{say('Đã nhận', 'Credited')}</th>
          <th class="number">{say('Đã nhận (đồng)', 'Credited (đồng)')}</th>
        </tr>
      </thead>
      <tbody>
        {[...groups]
          .toSorted(([one], [other]) => one.localeCompare(other, 'vi', { numeric: true }))
          .map(([key, { entitled, credited }]) => (
            <tr>
              <td>{name(key)}</td>
              <td class="number">{entitled.people}</td>
              <td class="number">{credited.people}</td>
              <td class="number">
                <Money amount={credited.total} />
              </td>
            </tr>
          ))}
      </tbody>
    </Table>
  );
};

const Units: FC<{ visit: Visit; counted: Tally }> = async ({ visit, counted }) => {
  const { say, ports } = visit;
  const units = await readUnits(ports.store);
  const today = localDateOf(ports.now());
  const rows = [...counted.byUnit].map(([code, of]) => ({
    name: units.get(code)?.name ?? code,
    ...of,
    days: of.unpaidSince === '' ? 0 : daysBetween({ from: localDateOf(of.unpaidSince), to: today }),
    unpaid: of.entitled.people - of.credited.people,
  }));
  rows.sort(
    (one, other) =>
      Number(other.unpaidSince !== '') - Number(one.unpaidSince !== '') ||
      other.days - one.days ||
      other.unpaid - one.unpaid,
  );
  return (
    <section>
      <h2>{say('Đơn vị, chờ lâu nhất xếp trước', 'Units, longest waiting first')}</h2>
      <Table label={say('Theo đơn vị chi trả', 'By paying unit')}>
        <thead>
          <tr>
            <th>{say('Đơn vị', 'Unit')}</th>
            <th class="number">{say('Được hưởng', 'Entitled')}</th>
            <th class="number">{say('Đã nhận', 'Credited')}</th>
            <th class="number">{say('Số ngày chờ', 'Days waiting')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 140).map(({ name, entitled, credited, days, unpaidSince }) => (
            <tr>
              <td>{name}</td>
              <td class="number">{entitled.people}</td>
              <td class="number">{credited.people}</td>
              <td class="number">{unpaidSince === '' ? '–' : days}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

const Without: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words } = visit;
  const all = [...counted.withoutPart.values()].reduce((total, people) => total + people, 0);
  if (all === 0) return <></>;
  return (
    <p class="hint">
      {say(`Ngoài số trên, ${all} hồ sơ chưa có số tiền: `, `Besides, ${all} cases have no sum yet: `)}
      {[...counted.withoutPart].map(([status, people]) => `${words(caseStatusNames[status])} ${people}`).join('; ')}.
    </p>
  );
};
