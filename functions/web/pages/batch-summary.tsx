/** What a batch is at a glance: people and sum, who asks and until when, its steps, by article and unit. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { type Batch, type FrozenList, type FrozenPart, isStopped, payable } from '../../../shared/case/batch.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { formatDong, inWords } from '../../../shared/dong.ts';
import { At, Money, Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { Asked } from './batch-asked.tsx';
import { Signatures, signedAs } from './batch-papers.tsx';
import { levelNames, regimeNames, sourceNames } from '../words.ts';

export const Head: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, ports, account } = visit;
  const { parts, total } = payable(batch, list);
  const until = batch.asked.find((one) => one.account === account.id)?.until;
  return (
    <section class="result">
      <p class="total">
        {say(`${parts.length} người, ${formatDong(total)} đồng`, `${parts.length} people, ${formatDong(total)} đồng`)}
      </p>
      <p class="hint">{inWords(total)}.</p>
      <p>
        {words(sourceNames[batch.source])}, {words(levelNames[batch.level])}. {say('Người lập: ', 'Made by ')}
        {await ports.directory.nameOf(batch.madeBy)}, <At instant={batch.frozen?.at ?? batch.madeAt} visit={visit} />.{' '}
        {until === undefined ? (
          ''
        ) : (
          <strong>
            {say(
              `Đề nghị xong trước hết ngày ${formatDay(until)}.`,
              `Please finish by the end of ${formatDay(until)}.`,
            )}
          </strong>
        )}
      </p>
      <p class="hint">
        {say(`Phiên bản ${batch.frozen?.version}, mã nội dung `, `Version ${batch.frozen?.version}, content hash `)}
        <code>{batch.frozen?.contentHash.slice(0, 16)}</code>
        {batch.takenOut.size === 0
          ? ''
          : say(`; đã đưa ra ${batch.takenOut.size} người`, `; ${batch.takenOut.size} taken out`)}
      </p>
    </section>
  );
};

export const Steps: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, ports } = visit;
  const nameOf = async (account: string | undefined) =>
    account === undefined ? undefined : ports.directory.nameOf(account);
  const decisions = await Promise.all(
    batch.everDecided
      .filter(({ version }) => version === batch.frozen?.version)
      .map(async (decision) => ({
        ...decision,
        name: await nameOf(decision.by),
        giver: await nameOf(decision.onBehalfOf),
        isInForce: batch.decisions.includes(decision),
      })),
  );
  const voided = await Promise.all(
    batch.everDecided
      .filter(({ version, outcome }) => version !== batch.frozen?.version && outcome === 'confirmed')
      .map(async (decision) => ({ ...decision, name: await nameOf(decision.by) })),
  );
  return (
    <ol class="steps-done">
      {voided.map(({ step, name, version, at }) => (
        <li>
          ✕ {words(stepNamed(step).confirms)}, {say(`phiên bản ${version}: `, `version ${version}: `)}
          {name}, <At instant={at} visit={visit} />.{' '}
          {say('Không còn hiệu lực vì danh sách được chốt lại: ', 'Void, for the list was frozen anew: ')}
          {batch.versions.find((one) => one.version === version + 1)?.reason ?? ''}
        </li>
      ))}
      {batch.isRecomputed && batch.differing.length === 0 ? (
        <li>
          ●{' '}
          {say(
            'Hệ thống đã tính lại từng người: khớp với danh sách.',
            'Everyone was recomputed: the same as the list.',
          )}
        </li>
      ) : batch.differing.length > 0 ? (
        <li>
          ✕{' '}
          {say(
            `Tính lại khác ở ${batch.differing.length} người; đợt được trả lại.`,
            `${batch.differing.length} people compute differently; the batch is given back.`,
          )}
        </li>
      ) : (
        <li>○ {say('Đang tính lại từng người.', 'Everyone is being recomputed.')}</li>
      )}
      {decisions.map(({ step, name, giver, at, outcome, takeOut, reason, isInForce }) => (
        <li>
          {outcome === 'confirmed' && isInForce ? '●' : '✕'} {words(stepNamed(step).confirms)}: {name}
          {giver === undefined ? '' : say(` (ủy quyền của ${giver})`, ` (for ${giver})`)},{' '}
          <At instant={at} visit={visit} />.{' '}
          {isInForce ? '' : say('Đã được mở lại, không còn hiệu lực. ', 'Reopened, no longer in force. ')}
          {outcome === 'rejected' ? say(`Trả lại: ${reason ?? ''}`, `Given back: ${reason ?? ''}`) : ''}
          {takeOut.length === 0
            ? ''
            : say(
                `Đưa ra ${takeOut.length} người: ${takeOut.map((one) => one.reason).join('; ')}.`,
                `${takeOut.length} taken out: ${takeOut.map((one) => one.reason).join('; ')}.`,
              )}
        </li>
      ))}
      <Asked visit={visit} batch={batch} list={list} />
      {batch.provincial === undefined ? (
        ''
      ) : (
        <li>
          ● {say('UBND tỉnh phê duyệt: Quyết định số ', "People's Committee: decision ")}
          {batch.provincial.number}, {formatDay(batch.provincial.on)}, {signedAs(batch.provincial, visit)}.
          <Signatures visit={visit} signatures={batch.provincial.signatures} />
        </li>
      )}
      {batch.aborted === undefined ? (
        ''
      ) : (
        <li>
          ✕ {say('Kết thúc đợt: ', 'Ended: ')}
          {batch.aborted.reason} ({await nameOf(batch.aborted.by)}, <At instant={batch.aborted.at} visit={visit} />)
        </li>
      )}
      {batch.isReleased ? <li>✕ {say('Đợt đã được trả lại.', 'The batch was given back.')}</li> : ''}
    </ol>
  );
};

export const Breakdown: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, account, ports } = visit;
  const { parts } = payable(batch, list);
  const units = await readUnits(ports.store);
  const byUnit = groupsOf(parts, ({ unit }) => unit);
  // Once the batch is decided its own orders have taken their share.
  const isToCome = batch.provincial === undefined && !isStopped(batch);
  const left = may(account, 'order.list') && isToCome ? await estimatesOf(byUnit, batch, visit) : undefined;
  const short = byUnit.filter(({ key, total }) => left !== undefined && total > (left.get(key) ?? 0n));
  return (
    <>
      <div class="side-by-side">
        <Groups
          visit={visit}
          label={say('Theo điều khoản', 'By article')}
          groups={groupsOf(parts, ({ regime }) => regime)}
          name={(regime) => words(regimeNames[regime])}
        />
        <details open={short.length > 0}>
          <summary>{say('Theo đơn vị chi trả', 'By paying unit')}</summary>
          <Groups
            visit={visit}
            label={say('Theo đơn vị chi trả', 'By paying unit')}
            groups={byUnit}
            name={(unit) => units.get(unit)?.name ?? unit}
            left={left}
          />
        </details>
      </div>
      {short.length === 0 ? (
        ''
      ) : (
        <p class="note">
          {say(
            `${short.length} đơn vị chưa đủ dự toán của nguồn này. Đợt vẫn trình được; người của các đơn vị đó chờ giao dự toán, các đơn vị khác được chi trước.`,
            `${short.length} units lack estimate of this source. The batch may go on; their people wait for it, those of the others are paid.`,
          )}
        </p>
      )}
    </>
  );
};

interface Group {
  readonly key: string;
  readonly people: number;
  readonly total: bigint;
}

function groupsOf(parts: readonly FrozenPart[], keyOf: (part: FrozenPart) => string): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const part of parts) {
    const key = keyOf(part);
    const { people, total } = groups.get(key) ?? { people: 0, total: 0n };
    groups.set(key, { key, people: people + 1, total: total + BigInt(part.total) });
  }
  return [...groups.values()].toSorted((one, other) => one.key.localeCompare(other.key, 'vi', { numeric: true }));
}

/** What is left of each unit's estimate of the batch's source. */
async function estimatesOf(
  units: readonly Group[],
  { source }: Batch,
  { ports }: Visit,
): Promise<ReadonlyMap<string, bigint>> {
  const left = await Promise.all(
    units.map(async ({ key }) => [key, (await readEstimate(ports.store, key, source)).left] as const),
  );
  return new Map(left);
}

const Groups: FC<{
  visit: Visit;
  label: string;
  groups: readonly Group[];
  name: (key: string) => string;
  left?: ReadonlyMap<string, bigint> | undefined;
}> = ({ visit, label, groups, name, left }) => {
  const { say } = visit;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{label}</th>
          <th class="number">{say('Người', 'People')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
          {left === undefined ? '' : <th class="number">{say('Dự toán còn thiếu', 'Estimate missing')}</th>}
        </tr>
      </thead>
      <tbody>
        {groups.map(({ key, people, total }) => (
          <tr>
            <td>{name(key)}</td>
            <td class="number">{people}</td>
            <td class="number">
              <Money amount={total} />
            </td>
            {left === undefined ? (
              ''
            ) : (
              <td class="number">
                <Missing total={total} left={left.get(key) ?? 0n} visit={visit} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const Missing: FC<{ total: bigint; left: bigint; visit: Visit }> = ({ total, left, visit }) =>
  total > left ? <Money amount={total - left} /> : <>{visit.say('đủ', 'none')}</>;
