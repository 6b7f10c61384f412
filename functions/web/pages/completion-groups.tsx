/** Who has the money and who has not, by regime, level, block, source and unit; and what is unpaid, by who must act. */
import type { FC } from 'hono/jsx';
import { daysBetween, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { ageLabels, agesOf } from '../../../shared/completion/ages.ts';
import { behind, hiddenGroups, hiddenLines, type ShownTotals } from '../../../shared/completion/small-sums.ts';
import type { Paid, Tally } from '../../../shared/completion/tally.ts';
import { capitalized, type Sentence } from '../../../shared/vietnamese.ts';
import { Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { blockNames, causeNames, levelNames, regimeNames, sourceNames } from '../words.ts';
import { HiddenNote, mayKnowSums, shownTo, SumCell } from './completion-sums.tsx';
import type { Behind } from './people-behind.tsx';

export const Groups: FC<{ visit: Visit; counted: Tally }> = async ({ visit, counted }) => {
  const { say, words, ports } = visit;
  const units = await readUnits(ports.store);
  const shown = shownTo(visit, counted);
  const named = (names: Readonly<Record<string, Sentence>>) => (key: string) => {
    const name = names[key];
    return name === undefined ? key : capitalized(words(name));
  };
  return (
    <>
      <PaidBy
        visit={visit}
        label={say('Theo chế độ', 'By regime')}
        by="regime"
        groups={counted.byRegime}
        shown={shown}
        name={named(regimeNames)}
      />
      <div class="side-by-side">
        <PaidBy
          visit={visit}
          label={say('Theo khối', 'By block')}
          by="block"
          groups={counted.byBlock}
          shown={shown}
          name={named(blockNames)}
        />
        <PaidBy
          visit={visit}
          label={say('Theo cấp ngân sách', 'By budget level')}
          by="level"
          groups={counted.byLevel}
          shown={shown}
          name={named(levelNames)}
        />
      </div>
      <PaidBy
        visit={visit}
        label={say('Theo nguồn kinh phí', 'By source')}
        by="source"
        groups={counted.bySource}
        shown={shown}
        name={named(sourceNames)}
      />
      <PaidBy
        visit={visit}
        label={say('Theo đơn vị chi trả, chờ lâu nhất xếp trước', 'By paying unit, longest waiting first')}
        by="unit"
        groups={counted.byUnit}
        shown={shown}
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
  shown: ShownTotals;
  name: (key: string) => string;
}> = ({ visit, label, by, groups, shown, name }) => {
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
  const hidden = mayKnowSums(visit)
    ? []
    : hiddenGroups(
        rows.map(({ entitled: base, credited: paid, unpaid }) => ({ base, paid, unpaid })),
        shown,
      );
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
          {rows.map(({ key, name: called, entitled, credited, unpaid, unpaidSince = '' }, at) => (
            <tr>
              <td>{called}</td>
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
              <SumCell visit={visit} isHidden={hidden[at] === true} total={entitled.total} />
              <SumCell visit={visit} isHidden={hidden[at] === true} total={credited.total} />
            </tr>
          ))}
        </tbody>
      </Table>
      <HiddenNote visit={visit} isShown={hidden.includes(true)} />
    </section>
  );
};

/** Units with somebody unpaid come first, the longest waiting before the others. */
function sinceOf({ unpaidSince }: Group): string {
  return unpaidSince === undefined || unpaidSince === '' ? '9' : unpaidSince;
}

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
  const hidden = mayKnowSums(visit)
    ? []
    : hiddenLines(
        causes.map(([, cause]) => [behind(cause)]),
        [shownTo(visit, counted).unpaid],
      );
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
              <SumCell visit={visit} isHidden={hidden[at] === true} total={cause.total} />
            </tr>
          ))}
        </tbody>
      </Table>
      <HiddenNote visit={visit} isShown={hidden.includes(true)} />
    </section>
  );
};
