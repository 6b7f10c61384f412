/** What an approver looks at first: what changed since the version they last saw, and who stands out. */
import type { FC } from 'hono/jsx';
import { type Batch, type FrozenList, type FrozenPart, payable, readFrozenList } from '../../../shared/case/batch.ts';
import { markSentence, reasonSentence } from '../../../shared/case/explain.ts';
import {
  type Difference,
  differenceBetween,
  type Exception,
  exceptionsOf,
  weightOf,
} from '../../../shared/approval/difference.ts';
import { lastSeenBefore } from '../../../shared/approval/seen.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { Money, Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { named } from './batch-people.tsx';
import { may } from '../../../shared/case/access.ts';

/** So many of each kind are named; the lists are there for the rest. */
const mostNamed = 20;

async function changesFor({ ports, account }: Visit, batch: Batch, list: FrozenList) {
  const before = lastSeenBefore(batch, account.id);
  if (before === undefined) return undefined;
  const old = await readFrozenList(ports.files, batch, before);
  return { version: before.version, difference: differenceBetween(old, list) };
}

/** Nothing for whoever sees their first version. */
export const Changes: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say } = visit;
  const found = await changesFor(visit, batch, list);
  if (found === undefined || batch.frozen === undefined) return <></>;
  const { version, difference } = found;
  const { before, after, joined, left, changed } = difference;
  const steps = stepsOf(difference);
  return (
    <section class="changes">
      <h2>
        {say(
          `Thay đổi so với phiên bản ${version} mà đồng chí đã xem`,
          `Changed since version ${version}, which you saw`,
        )}
      </h2>
      <p>
        {say('Lý do chốt lại: ', 'Why it was frozen anew: ')}
        {batch.frozen.reason ?? '–'}
      </p>
      <Table label={say('Thay đổi số người, số tiền', 'Changes of people and sums')}>
        <thead>
          <tr>
            <th>{say('Nội dung', 'What')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{say(`Phiên bản ${version}`, `Version ${version}`)}</td>
            <td class="number">{before.people}</td>
            <td class="number">
              <Money amount={before.total} />
            </td>
          </tr>
          {steps.map(({ what, people, total }) => (
            <tr>
              <td>{visit.words(what)}</td>
              <td class="number">{signed(people)}</td>
              <td class="number">{signedDong(total)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{say(`Phiên bản ${batch.frozen.version}`, `Version ${batch.frozen.version}`)}</th>
            <td class="number">{after.people}</td>
            <td class="number">
              <Money amount={after.total} />
            </td>
          </tr>
        </tfoot>
      </Table>
      {may(visit.account, 'batch.see-people') ? (
        <>
          <Names visit={visit} title={say('Thêm vào', 'Joined')} parts={joined} />
          <Names visit={visit} title={say('Không còn', 'Left')} parts={left} />
          <Names
            visit={visit}
            title={say('Thay đổi', 'Changed')}
            parts={list.parts.filter(({ part }) => changed.some((one) => one.part === part))}
          />
        </>
      ) : (
        ''
      )}
    </section>
  );
};

const Names: FC<{ visit: Visit; title: string; parts: readonly FrozenPart[] }> = async ({ visit, title, parts }) => {
  if (parts.length === 0) return <></>;
  const shown = await named(visit, parts.slice(0, mostNamed));
  return (
    <p>
      {title}:{' '}
      {shown.map(({ caseId, name, total }, index) => (
        <>
          {index > 0 ? '; ' : ''}
          <a href={`/ho-so/${caseId}`}>{name}</a> ({formatDong(BigInt(total))})
        </>
      ))}
      {parts.length > mostNamed
        ? visit.say(` và ${parts.length - mostNamed} người khác`, ` and ${parts.length - mostNamed} more`)
        : ''}
      .
    </p>
  );
};

/** The rows between the two sums; they add up to the đồng. */
function stepsOf({ joined, left, changed }: Difference) {
  const [came, went] = [weightOf(joined), weightOf(left)];
  const delta = sum(changed.map(({ before, after }) => after - before));
  return [
    { what: { vi: 'Thêm vào', en: 'Joined' }, people: came.people, total: came.total },
    { what: { vi: 'Không còn trong danh sách', en: 'Left' }, people: -went.people, total: -went.total },
    {
      what: {
        vi: `Thay đổi hồ sơ, tài khoản hoặc số tiền (${changed.length} người)`,
        en: `Facts, account or sum changed (${changed.length} people)`,
      },
      people: 0,
      total: delta,
    },
  ];
}

function signed(count: number): string {
  return count > 0 ? `+${count}` : count < 0 ? `−${-count}` : '0';
}

function signedDong(amount: bigint): string {
  return amount > 0n ? `+${formatDong(amount)}` : amount < 0n ? `−${formatDong(-amount)}` : '0';
}

/** Who should be looked at first, by kind. */
export const Exceptions: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = ({ visit, batch, list }) => {
  const { say, words } = visit;
  const found = exceptionsOf(payable(batch, list).parts);
  if (found.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Cần xem trước', 'To look at first')}</h2>
      <ul class="exceptions">
        {found.map((one) => (
          <li>
            {words(exceptionSentence(one))}: {say(`${one.people} người`, `${one.people} people`)},{' '}
            {formatDong(one.total)} đồng
          </li>
        ))}
      </ul>
    </section>
  );
};

function exceptionSentence({ kind, of }: Exception): Sentence {
  if (kind === 'big') return { vi: 'Số tiền lớn nhất', en: 'Biggest sums' };
  return kind === 'open' ? reasonSentence(of) : markSentence(of);
}

/** The same as text, for what is kept with a decision. */
export async function changesText(visit: Visit, batch: Batch, list: FrozenList): Promise<readonly string[]> {
  const found = await changesFor(visit, batch, list);
  const exceptions = exceptionsOf(payable(batch, list).parts).map(
    (one) => `Cần xem trước: ${exceptionSentence(one).vi}: ${one.people} người, ${formatDong(one.total)} đồng`,
  );
  if (found === undefined) return exceptions;
  const { version, difference } = found;
  return [
    `So với phiên bản ${version} đã xem: ${difference.before.people} người, ${formatDong(difference.before.total)} đồng`,
    ...stepsOf(difference).map(
      ({ what, people, total }) => `${what.vi}: ${signed(people)} người, ${signedDong(total)} đồng`,
    ),
    ...exceptions,
  ];
}
