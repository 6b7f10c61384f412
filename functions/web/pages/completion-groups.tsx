/** Who has the money and who has not, by regime, level, block, source and unit; and what is unpaid, by who must act. */
import type { FC } from 'hono/jsx';
import { daysBetween, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { ageLabels, agesOf } from '../../../shared/completion/ages.ts';
import { hiddenAmong } from '../../../shared/completion/small-groups.ts';
import type { Count, Paid, Tally } from '../../../shared/completion/tally.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { Money, Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { blockNames, causeNames, levelNames, regimeNames, sourceNames } from '../words.ts';
import type { Behind } from './people-behind.tsx';

export const Groups: FC<{ visit: Visit; counted: Tally }> = async ({ visit, counted }) => {
  const { say, words, ports } = visit;
  const units = await readUnits(ports.store);
  const named = (names: Readonly<Record<string, Sentence>>) => (key: string) => {
    const name = names[key];
    return name === undefined ? key : words(name);
  };
  return (
    <>
      <PaidBy
        visit={visit}
        label={say('Theo chế độ', 'By regime')}
        by="regime"
        groups={counted.byRegime}
        name={named(regimeNames)}
      />
      <div class="side-by-side">
        <PaidBy
          visit={visit}
          label={say('Theo khối', 'By block')}
          by="block"
          groups={counted.byBlock}
          name={named(blockNames)}
        />
        <PaidBy
          visit={visit}
          label={say('Theo cấp ngân sách', 'By budget level')}
          by="level"
          groups={counted.byLevel}
          name={named(levelNames)}
        />
      </div>
      <PaidBy
        visit={visit}
        label={say('Theo nguồn kinh phí', 'By source')}
        by="source"
        groups={counted.bySource}
        name={named(sourceNames)}
      />
      <PaidBy
        visit={visit}
        label={say('Theo đơn vị chi trả, chờ lâu nhất xếp trước', 'By paying unit, longest waiting first')}
        by="unit"
        groups={counted.byUnit}
        name={(code) => units.get(code)?.name ?? code}
      />
    </>
  );
};

type Group = Paid & { readonly unpaidSince?: string };

const PaidBy: FC<{
  visit: Visit;
  label: string;
  by: Behind['by'];
  groups: ReadonlyMap<string, Group>;
  name: (key: string) => string;
}> = ({ visit, label, by, groups, name }) => {
  const { say, ports } = visit;
  const today = localDateOf(ports.now());
  const rows = [...groups]
    .map(([key, group]) => ({ key, name: name(key), ...group }))
    .toSorted(
      (one, other) =>
        sinceOf(one).localeCompare(sinceOf(other)) ||
        other.unpaid.people - one.unpaid.people ||
        one.name.localeCompare(other.name, 'vi', { numeric: true }),
    );
  const hidden = mayKnowSums(visit) ? new Set<number>() : hiddenAmong(rows.map(sumsOf));
  const hasDays = by === 'unit';
  return (
    <section>
      <h2>{label}</h2>
      <Table label={label}>
        <thead>
          <tr>
            <th>{label}</th>
            <th class="number">{say('Được hưởng', 'Entitled')}</th>
            <th class="number">{say('Đã nhận', 'Credited')}</th>
            <th class="number">{say('Chưa nhận', 'Unpaid')}</th>
            {hasDays ? <th class="number">{say('Số ngày chờ', 'Days waiting')}</th> : ''}
            <th class="number">{say('Được hưởng (đồng)', 'Entitled (đồng)')}</th>
            <th class="number">{say('Đã nhận (đồng)', 'Credited (đồng)')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name: shown, entitled, credited, unpaid, unpaidSince = '' }, at) => (
            <tr>
              <td>{shown}</td>
              <td class="number">{entitled.people}</td>
              <td class="number">{credited.people}</td>
              <td class="number">
                <Named visit={visit} behind={{ by, key }} people={unpaid.people} />
              </td>
              {hasDays ? (
                <td class="number">{unpaidSince === '' ? '–' : daysBetween({ from: unpaidSince, to: today })}</td>
              ) : (
                ''
              )}
              <SumCell visit={visit} isHidden={hidden.has(at)} total={entitled.total} />
              <SumCell visit={visit} isHidden={hidden.has(at)} total={credited.total} />
            </tr>
          ))}
        </tbody>
      </Table>
      <HiddenNote visit={visit} isShown={hidden.size > 0} />
    </section>
  );
};

/** What can be read off a row: whoever has the money, and the rest. */
function sumsOf({ entitled, credited }: Paid): readonly Count[] {
  return [credited, { people: entitled.people - credited.people, total: entitled.total - credited.total }];
}

/** Units with somebody unpaid come first, the longest waiting before the others. */
function sinceOf({ unpaidSince }: Group): string {
  return unpaidSince === undefined || unpaidSince === '' ? '9' : unpaidSince;
}

/** Whoever may see the people may see what they are paid. */
export function mayKnowSums({ account }: Visit): boolean {
  return may(account, 'completion.see-people');
}

export const SumCell: FC<{ visit: Visit; isHidden: boolean; total: bigint }> = ({ visit, isHidden, total }) => (
  <td class="number">{isHidden ? <span class="hint">{visit.say('ẩn', 'hidden')}</span> : <Money amount={total} />}</td>
);

export const HiddenNote: FC<{ visit: Visit; isShown: boolean }> = ({ visit, isShown }) =>
  isShown ? (
    <p class="hint">
      {visit.say(
        'Số tiền của nhóm dưới 3 người không hiện, để không lộ số tiền của từng người; số người luôn hiện đủ.',
        'Sums of groups under three people are hidden, so that nobody’s own sum is told; people are always counted.',
      )}
    </p>
  ) : (
    <></>
  );

/** A count of people; for whoever may see them, the way to their list. */
export const Named: FC<{ visit: Visit; behind: Behind; people: number }> = ({ visit, behind: { by, key }, people }) =>
  people > 0 && may(visit.account, 'completion.see-people') ? (
    <a href={`/hoan-thanh/danh-sach?${new URLSearchParams({ theo: by, la: key }).toString()}`}>{people}</a>
  ) : (
    <>{people.toString()}</>
  );

export const Causes: FC<{ visit: Visit; counted: Tally }> = ({ visit, counted }) => {
  const { say, words, ports } = visit;
  const today = localDateOf(ports.now());
  const causes = [...counted.unpaidByCause].toSorted(([, one], [, other]) => other.people - one.people);
  if (causes.length === 0) return <></>;
  const hidden = mayKnowSums(visit) ? new Set<number>() : hiddenAmong(causes.map(([, cause]) => [cause]));
  const label = say('Chưa nhận tiền: vì sao, chờ bao lâu, ai phải làm', 'Unpaid: why, how long, and who must act');
  return (
    <section>
      <h2>{label}</h2>
      <Table label={label}>
        <thead>
          <tr>
            <th>{say('Đang chờ', 'Waiting for')}</th>
            <th class="number">{say('Người', 'People')}</th>
            {ageLabels.map(({ vi, en }) => (
              <th class="number">{say(vi, en)}</th>
            ))}
            <th class="number">{say('Lâu nhất (ngày)', 'Longest (days)')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {causes.map(([key, cause], at) => (
            <tr>
              <td>{words(causeNames[key])}</td>
              <td class="number">
                <Named visit={visit} behind={{ by: 'cause', key }} people={cause.people} />
              </td>
              {agesOf(cause.bySince, today).map((people) => (
                <td class="number">{people}</td>
              ))}
              <td class="number">{daysBetween({ from: cause.since, to: today })}</td>
              <SumCell visit={visit} isHidden={hidden.has(at)} total={cause.total} />
            </tr>
          ))}
        </tbody>
      </Table>
      <HiddenNote visit={visit} isShown={hidden.size > 0} />
    </section>
  );
};
