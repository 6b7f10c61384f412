/** What a batch is at a glance: people and sum, who asks and until when, its steps, by article and unit. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { type Batch, type FrozenList, type FrozenPart, payable } from '../../../shared/case/batch.ts';
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
        isInForce: batch.decisions.some(({ at }) => at === decision.at),
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
  const { say, words, ports } = visit;
  const { parts } = payable(batch, list);
  const units = await readUnits(ports.store);
  const table = (label: string, key: (part: FrozenPart) => string, name: (key: string) => string) => {
    const groups = new Map<string, { people: number; total: bigint }>();
    for (const part of parts) {
      const group = groups.get(key(part)) ?? { people: 0, total: 0n };
      groups.set(key(part), { people: group.people + 1, total: group.total + BigInt(part.total) });
    }
    return (
      <Table label={label}>
        <thead>
          <tr>
            <th>{label}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {[...groups]
            .toSorted(([one], [other]) => one.localeCompare(other, 'vi', { numeric: true }))
            .map(([of, group]) => (
              <tr>
                <td>{name(of)}</td>
                <td class="number">{group.people}</td>
                <td class="number">
                  <Money amount={group.total} />
                </td>
              </tr>
            ))}
        </tbody>
      </Table>
    );
  };
  return (
    <div class="side-by-side">
      {table(
        say('Theo điều khoản', 'By article'),
        ({ regime }) => regime,
        (regime) => words(regimeNames[regime]),
      )}
      <details>
        <summary>{say('Theo đơn vị chi trả', 'By paying unit')}</summary>
        {table(
          say('Theo đơn vị chi trả', 'By paying unit'),
          ({ unit }) => unit,
          (unit) => units.get(unit)?.name ?? unit,
        )}
      </details>
    </div>
  );
};
