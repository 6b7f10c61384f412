/** One figure of somebody else's against ours: from our whole, step by step and person by person, to theirs. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { stepNames, steps, type StepName } from '../../../shared/completion/difference-steps.ts';
import type { ListLineName } from '../../../shared/completion/match-list.ts';
import {
  type Explanation,
  explanation,
  isWhole,
  type OutsideFigure,
  readOutsideFigure,
} from '../../../shared/completion/outside-figure.ts';
import { formatDong } from '../../../shared/dong.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';
import { statusNames } from '../words.ts';
import { differencesPage, Standing } from './differences.tsx';

const listLines: Readonly<Record<ListLineName, Sentence>> = {
  unreadable: { vi: 'Dòng của họ không đọc được', en: 'Rows of theirs that cannot be read' },
  several: { vi: 'Số quyết định của nhiều người', en: 'Decisions that name several people' },
  unknown: { vi: 'Có trong danh sách của họ, hệ thống không có', en: 'In their list, unknown to the system' },
  twice: { vi: 'Họ ghi hai lần', en: 'Twice in their list' },
  'left-out': {
    vi: 'Có trong danh sách của họ, cách đếm đã chọn bỏ ra',
    en: 'In their list, left out by the steps chosen',
  },
  'not-yet': {
    vi: 'Có trong danh sách của họ, lúc đó hệ thống chưa có số tiền',
    en: 'In their list, without a sum of ours at that instant',
  },
  missing: { vi: 'Hệ thống có, danh sách của họ không có', en: 'In ours, not in their list' },
  'other-sum': { vi: 'Hai bên ghi số tiền khác nhau', en: 'Different sums' },
};

export async function differencePage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, params, account } = visit;
  const figure = await readOutsideFigure(ports.store, params['id'] ?? '');
  if (figure === undefined) {
    const answer = await differencesPage(visit, { vi: 'Không có số liệu này.', en: 'There is no such figure.' });
    return 'page' in answer ? { ...answer, status: 404 } : answer;
  }
  const last = figure.explanations.at(-1);
  const kept = last === undefined ? undefined : await ports.files.get(last.explanation);
  const of = kept === undefined ? undefined : explanation.parse(JSON.parse(new TextDecoder().decode(kept)));
  return {
    page: say('Đối chiếu số liệu', 'Named differences'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          <strong>{figure.statedBy}</strong>: {figure.claims}, {say('tính đến ', 'as of ')}
          <At instant={figure.asOf} visit={visit} />.
        </p>
        <p>
          <Standing visit={visit} figure={figure} />
        </p>
        {of === undefined ? '' : <Chain visit={visit} figure={figure} of={of} />}
        {of === undefined ? '' : <People visit={visit} of={of} />}
        {may(account, 'difference.state') ? <Choose visit={visit} figure={figure} chosen={of?.steps ?? []} /> : ''}
        <History visit={visit} figure={figure} />
      </>
    ),
  };
}

/** Signed, so that a line says in which direction it goes. */
function signed(amount: bigint): string {
  if (amount === 0n) return '0';
  return amount < 0n ? `−${formatDong(-amount)}` : `+${formatDong(amount)}`;
}

interface Line {
  readonly label: string;
  readonly people: string;
  readonly total: string;
  readonly isSum?: true;
}

function linesOf(visit: Visit, figure: OutsideFigure, of: Explanation): readonly Line[] {
  const { say, words } = visit;
  const amount = (people: number, total: string) => ({
    people: formatDong(BigInt(people)),
    total: formatDong(BigInt(total)),
  });
  const change = (people: number, total: string) => ({ people: signed(BigInt(people)), total: signed(BigInt(total)) });
  return [
    {
      label: say('Hệ thống: mọi người đã được tính số tiền lúc đó', 'Ours: everybody with a sum at that instant'),
      ...amount(of.whole.people, of.whole.total),
      isSum: true,
    },
    ...of.lines.map(({ step, people, total }) => ({ label: words(steps[step].says), ...change(people, total) })),
    ...(of.lines.length === 0
      ? []
      : [
          {
            label: say('Hệ thống, theo cách đếm đã chọn', 'Ours, by the steps chosen'),
            ...amount(of.left.people, of.left.total),
            isSum: true as const,
          },
        ]),
    ...(of.list?.lines ?? []).map(({ kind, people, total }) => ({
      label: words(listLines[kind]),
      people: signed(BigInt(people)),
      total: of.list?.hasSums === true ? signed(BigInt(total)) : '–',
    })),
    ...(of.list === undefined
      ? []
      : [
          {
            label: say('Danh sách của họ', 'Their list'),
            ...amount(of.list.listed.people, of.list.listed.total),
            ...(of.list.hasSums ? {} : { total: '–' }),
            isSum: true as const,
          },
        ]),
    {
      label: say('Số họ nêu', 'What they state'),
      people: figure.people === undefined ? '–' : formatDong(BigInt(figure.people)),
      total: figure.total === undefined ? '–' : formatDong(BigInt(figure.total)),
      isSum: true,
    },
  ];
}

const Chain: FC<{ visit: Visit; figure: OutsideFigure; of: Explanation }> = ({ visit, figure, of }) => {
  const { say } = visit;
  return (
    <section>
      <h2>{say('Từ số của hệ thống đến số họ nêu', 'From our figure to theirs')}</h2>
      <Table label={say('Từ số của hệ thống đến số họ nêu', 'From our figure to theirs')}>
        <thead>
          <tr>
            <th>{say('Bước', 'Step')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(visit, figure, of).map(({ label, people, total, isSum }) => (
            <tr>
              <td>{isSum === true ? <strong>{label}</strong> : label}</td>
              <td class="number">{people}</td>
              <td class="number">{total}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Rest visit={visit} of={of} />
    </section>
  );
};

/** What is left is said as what it is, and what would name it. */
const Rest: FC<{ visit: Visit; of: Explanation }> = ({ visit: { say }, of }) => {
  if (isWhole(of)) {
    return (
      <p>
        <Tag tone="done">● {say('Chưa giải thích: 0', 'Unexplained: 0')}</Tag>
      </p>
    );
  }
  const { people, total } = of.unexplained;
  const peopleText = people === undefined || people === 0 ? '' : `${signed(BigInt(people))} ${say('người', 'people')}`;
  const totalText = total === undefined || total === '0' ? '' : `${signed(BigInt(total))} đồng`;
  const left = [peopleText, totalText].filter((text) => text !== '').join(', ');
  return (
    <p>
      <Tag tone="stuck">
        ?{' '}
        {left === ''
          ? say('Có dòng của họ không đọc được', 'Some rows of theirs cannot be read')
          : of.list === undefined
            ? say(`Chưa giải thích: ${left} – cần danh sách`, `Unexplained: ${left} – a list is needed`)
            : say(
                `Chưa giải thích: ${left} – danh sách không khớp số họ nêu`,
                `Unexplained: ${left} – their list does not add up to what they state`,
              )}
      </Tag>
    </p>
  );
};

const mostNamed = 300;

/** The people behind each line, by the code of the case, to whoever may see cases. */
const People: FC<{ visit: Visit; of: Explanation }> = ({ visit, of }) => {
  const { say, words, account } = visit;
  const groups = [
    ...of.lines.map(({ step, named }) => ({ label: words(steps[step].says), named })),
    ...(of.list?.lines ?? []).map(({ kind, named }) => ({ label: words(listLines[kind]), named })),
  ].filter(({ named }) => named.length > 0);
  if (!may(account, 'case.see') || groups.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Ai, ở dòng nào', 'Who, in which row')}</h2>
      {groups.map(({ label, named }) => (
        <details open={named.length <= 20}>
          <summary>
            {label}: {named.length}
          </summary>
          <ul>
            {named.slice(0, mostNamed).map((one) => (
              <li>
                <NamedOne visit={visit} one={one} />
              </li>
            ))}
          </ul>
          {named.length > mostNamed ? (
            <p class="hint">{say(`Còn ${named.length - mostNamed} người nữa.`, `${named.length - mostNamed} more.`)}</p>
          ) : (
            ''
          )}
        </details>
      ))}
    </section>
  );
};

type NamedLine = NonNullable<Explanation['list']>['lines'][number]['named'][number];

const NamedOne: FC<{ visit: Visit; one: Omit<NamedLine, 'people'> }> = ({ visit: { words }, one }) => {
  const { place, person, status, step, total } = one;
  const parts = [
    ...(place === undefined ? [] : [place]),
    ...(status === undefined ? [] : [words(statusNames[status])]),
    ...(step === undefined ? [] : [words(steps[step].says)]),
    ...(total === '0' ? [] : [`${formatDong(BigInt(total))} đồng`]),
  ];
  return (
    <>
      {person === undefined ? '' : <a href={`/ho-so/${person}`}>{person}</a>}
      {person === undefined || parts.length === 0 ? '' : ': '}
      {parts.join('; ')}
    </>
  );
};

const Choose: FC<{ visit: Visit; figure: OutsideFigure; chosen: readonly StepName[] }> = ({
  visit,
  figure,
  chosen,
}) => {
  const { say, words } = visit;
  return (
    <section class="act">
      <h2>{say('Họ đếm theo cách nào', 'How do they count')}</h2>
      <p class="hint">
        {say(
          'Chọn những cách đếm mà văn bản của họ nói hoặc họ đã xác nhận; mỗi cách bỏ ra những người có tên, không ai bị bỏ hai lần.',
          'Choose what their document says or they have confirmed; each step leaves out named people, nobody twice.',
        )}
      </p>
      <Form to={`/hoan-thanh/doi-chieu/${figure.id}`} visit={visit}>
        <fieldset>
          <legend>{say('Cách đếm', 'Steps')}</legend>
          {stepNames.map((step) => (
            <p class="choice">
              <input type="checkbox" id={`step-${step}`} name="step" value={step} checked={chosen.includes(step)} />{' '}
              <label for={`step-${step}`}>{words(steps[step].says)}</label>
            </p>
          ))}
        </fieldset>
        <button type="submit" class="primary">
          {say('Đối chiếu', 'Compare')}
        </button>
      </Form>
    </section>
  );
};

const History: FC<{ visit: Visit; figure: OutsideFigure }> = async ({ visit, figure }) => {
  const { say, ports } = visit;
  const acts = await Promise.all(
    [{ at: figure.at, by: figure.by }, ...figure.explanations].map(async (one) => ({
      ...one,
      name: await ports.directory.nameOf(one.by),
    })),
  );
  return (
    <section>
      <h2>{say('Lịch sử', 'History')}</h2>
      <ul class="history">
        {acts.map(({ at, name }, index) => (
          <li>
            <At instant={at} visit={visit} />, {name}:{' '}
            {index === 0 ? say('ghi số liệu', 'recorded') : say('đối chiếu', 'compared')}
          </li>
        ))}
      </ul>
    </section>
  );
};
