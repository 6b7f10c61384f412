/** Thư báo: the letters that a unit or commune hands to its people. Printed all in one file, marked when handed over. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { isUnitRole, may, mayReach } from '../../../shared/case/access.ts';
import { identityOf } from '../../../shared/case/case.ts';
import { dataOf, ofKind } from '../../../shared/case/history.ts';
import { openCase } from '../../../shared/case/part.ts';
import { readUnits, type Unit } from '../../../shared/case/unit.ts';
import { noticeEventNames, noticeEvents } from '../../../shared/completion/notice-rules.ts';
import {
  handOver,
  lettersPrinted,
  lettersStream,
  type WaitingLetter,
  waitingLetters,
} from '../../../shared/completion/notices.ts';
import { At, Empty, Field, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { LetterRules } from './letter-rules.tsx';

export const lettersPath = '/hoan-thanh/thu-bao';
const perPage = 100;

export async function lettersPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports } = visit;
  const units = await readUnits(ports.store);
  const mine = [...units.values()].filter(({ code, block }) => mayReach(visit.account, { unit: code, block }));
  const chosen = await chosenUnit(visit, mine);
  const letters = chosen === undefined ? [] : await waitingLetters(chosen.code, ports.store);
  return {
    page: say('Thư báo giao người hưởng', 'Letters to hand over'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <ChooseUnit visit={visit} units={mine} chosen={chosen} />
        {chosen === undefined ? (
          <Empty>{say('Hãy chọn đơn vị để xem thư chờ giao.', 'Choose a unit to see its letters.')}</Empty>
        ) : (
          <>
            <Counts visit={visit} letters={letters} />
            <Printing visit={visit} unit={chosen} letters={letters} />
            <Files visit={visit} unit={chosen} />
            <Waiting visit={visit} unit={chosen} letters={letters} />
          </>
        )}
        <LetterRules visit={visit} />
      </>
    ),
  };
}

/** The unit that the address or the form names; else, for people of units, the first of theirs with a letter. */
async function chosenUnit({ account, query, form, ports }: Visit, mine: readonly Unit[]): Promise<Unit | undefined> {
  const asked = field(form, 'unit') || (query.get('don-vi') ?? '');
  if (asked !== '' || !isUnitRole(account.role)) return mine.find(({ code }) => code === asked);
  for (const unit of mine) if ((await waitingLetters(unit.code, ports.store)).length > 0) return unit;
  return mine[0];
}

const ChooseUnit: FC<{ visit: Visit; units: readonly Unit[]; chosen: Unit | undefined }> = ({
  visit,
  units,
  chosen,
}) => {
  const { say } = visit;
  if (units.length === 1) return <p class="hint">{units[0]?.name}</p>;
  return (
    <div class="filters">
      <form method="get" action={lettersPath}>
        <label for="don-vi">{say('Đơn vị', 'Unit')}</label>
        <select id="don-vi" name="don-vi" required>
          <option value="">…</option>
          {units.map(({ code, name }) => (
            <option value={code} selected={code === chosen?.code}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit">{say('Xem', 'Show')}</button>
      </form>
    </div>
  );
};

const Counts: FC<{ visit: Visit; letters: readonly WaitingLetter[] }> = ({ visit, letters }) => {
  const { say, words } = visit;
  const fresh = letters.filter(({ printed }) => printed === undefined).length;
  const counted = noticeEvents.flatMap((event) => {
    const count = letters.filter((one) => one.event === event).length;
    return count === 0 ? [] : [`${words(noticeEventNames[event])}: ${count}`];
  });
  return (
    <>
      <p class="lead">
        {letters.length === 0
          ? say('Không có thư nào chờ giao.', 'No letter waits to be handed over.')
          : say(
              `${letters.length} thư chờ giao: ${fresh} chưa in, ${letters.length - fresh} đã in.`,
              `${letters.length} letters wait: ${fresh} to be printed, ${letters.length - fresh} printed.`,
            )}
      </p>
      {counted.length === 0 ? '' : <p class="hint">{counted.join(' · ')}</p>}
    </>
  );
};

const Printing: FC<{ visit: Visit; unit: Unit; letters: readonly WaitingLetter[] }> = ({ visit, unit, letters }) => {
  const { say, account } = visit;
  if (!may(account, 'letter.print') || letters.length === 0) return <></>;
  const fresh = letters.filter(({ printed }) => printed === undefined).length;
  return (
    <Form to={lettersPath} visit={visit} class="act">
      <input type="hidden" name="unit" value={unit.code} />
      <p class="hint">
        {say(
          'Mỗi người một trang, trong một tệp Word để in, ghi số, ký, đóng dấu và giao tận tay.',
          'A page each, in one Word file to be printed, numbered, signed, sealed and handed over.',
        )}
      </p>
      {fresh > 0 ? (
        <button type="submit" class="primary">
          {say(`In ${fresh} thư chưa in`, `Print ${fresh} letters`)}
        </button>
      ) : (
        ''
      )}{' '}
      {fresh < letters.length ? (
        <button type="submit" name="again" value="1">
          {say(`In lại cả ${letters.length} thư chưa giao`, `Print all ${letters.length} again`)}
        </button>
      ) : (
        ''
      )}
    </Form>
  );
};

const filesShown = 20;

const Files: FC<{ visit: Visit; unit: Unit }> = async ({ visit, unit }) => {
  const { say, account, ports } = visit;
  const all = ofKind(await ports.store.read(lettersStream(unit.code)), 'letters-printed');
  if (all.length === 0 || !may(account, 'letter.print')) return <></>;
  const files = await Promise.all(
    all
      .slice(-filesShown)
      .toReversed()
      .map(async (entry) => ({
        ...dataOf(entry, lettersPrinted),
        at: entry.at,
        who: await ports.directory.nameOf(entry.by),
      })),
  );
  return (
    <section>
      <h2>{say('Tệp đã in', 'Files')}</h2>
      <ul>
        {files.map(({ file, letters, at, who }) => (
          <li>
            <a href={`${lettersPath}/${unit.code}/${file}`} download>
              {say(`Tải ${letters} thư`, `Download ${letters} letters`)}
            </a>{' '}
            <span class="hint">
              <At instant={at} visit={visit} />, {who}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Waiting: FC<{ visit: Visit; unit: Unit; letters: readonly WaitingLetter[] }> = async ({
  visit,
  unit,
  letters,
}) => {
  const { say, account, ports } = visit;
  const ordered = letters.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const named = await Promise.all(
    ordered.slice(0, perPage).map(async (letter) => {
      const opened = await openCase(ports.store, letter.caseId, account);
      const name = opened === undefined ? undefined : (await identityOf(ports.vault, opened.of)).fullName;
      const who = letter.printed === undefined ? '' : await ports.directory.nameOf(letter.printed.by);
      return { letter, name, who };
    }),
  );
  const shown = named.filter(({ name }) => name !== undefined);
  if (shown.length === 0) return <></>;
  const hands = may(account, 'letter.hand-over') && shown.some(({ letter }) => letter.printed !== undefined);
  const table = (
    <Table label={say('Thư chờ giao', 'Letters that wait')}>
      <thead>
        <tr>
          {hands ? <th>{say('Đã giao', 'Handed over')}</th> : ''}
          <th>{say('Người hưởng', 'Person')}</th>
          <th>{say('Báo việc gì', 'What it says')}</th>
          <th>{say('Từ', 'Since')}</th>
          <th>{say('In', 'Printed')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ letter, name, who }) => (
          <Line visit={visit} letter={letter} name={name ?? ''} who={who} hands={hands} />
        ))}
      </tbody>
    </Table>
  );
  return (
    <section>
      <h2>{say('Chờ giao', 'To hand over')}</h2>
      {letters.length > perPage ? (
        <p class="hint">
          {say(
            `Hiện ${perPage} trên ${letters.length} thư; ghi giao xong, các thư sau sẽ hiện.`,
            `${perPage} of ${letters.length}; the rest follow once these are handed over.`,
          )}
        </p>
      ) : (
        ''
      )}
      {hands ? (
        <Form to={`${lettersPath}/da-giao`} visit={visit}>
          <input type="hidden" name="unit" value={unit.code} />
          {table}
          <Field
            label={say('Ngày giao tận tay', 'Day they were handed over')}
            name="handed-on"
            type="date"
            value={field(visit.form, 'handed-on') || localDateOf(ports.now())}
            required
          />
          <button type="submit">{say('Ghi các thư đã chọn là đã giao', 'Record the chosen as handed over')}</button>
        </Form>
      ) : (
        table
      )}
    </section>
  );
};

/** Printed first, for they can be handed over; then as long as they wait. */
function sortKey({ printed, since, part }: WaitingLetter): string {
  return `${printed === undefined ? 1 : 0} ${since} ${part}`;
}

const Line: FC<{ visit: Visit; letter: WaitingLetter; name: string; who: string; hands: boolean }> = ({
  visit,
  letter: { part, key, caseId, event, since, printed },
  name,
  who,
  hands,
}) => {
  const { say, words } = visit;
  return (
    <tr>
      {hands ? (
        <td>
          {printed === undefined ? (
            ''
          ) : (
            <input
              type="checkbox"
              name="letter"
              value={`${part} ${key}`}
              aria-label={say(`Đã giao: ${name}`, `Handed over: ${name}`)}
            />
          )}
        </td>
      ) : (
        ''
      )}
      <td>
        <a href={`/ho-so/${caseId}`}>{name}</a>
      </td>
      <td>{words(noticeEventNames[event])}</td>
      <td>
        <At instant={since} visit={visit} />
      </td>
      <td>
        {printed === undefined ? (
          <Tag tone="waiting">○ {say('chưa in', 'not printed')}</Tag>
        ) : (
          <>
            <At instant={printed.at} visit={visit} /> <span class="hint">{who}</span>
          </>
        )}
      </td>
    </tr>
  );
};

export async function printLettersAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const unit = (await readUnits(ports.store)).get(field(form, 'unit'));
  if (unit === undefined || !mayReach(account, { unit: unit.code, block: unit.block })) {
    return lettersPage(visit, noUnit);
  }
  const input = { unit: unit.code, again: field(form, 'again') === '1', account };
  return { to: `/viec/${await ports.jobs.start('print-letters', input, account.id)}` };
}

export async function handOverAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const letters = form.getAll('letter').flatMap((value) => {
    const [part, key] = typeof value === 'string' ? value.split(' ') : [];
    return part === undefined || key === undefined ? [] : [{ part, key }];
  });
  const outcome = await handOver(letters, field(form, 'handed-on'), account, ports);
  if (outcome.outcome === 'refused') return lettersPage(visit, outcome.why);
  return { to: `${lettersPath}?don-vi=${encodeURIComponent(field(form, 'unit'))}` };
}

/** A file that this very unit has printed; the hash alone opens nothing. */
export async function lettersFile(visit: Visit): Promise<Answer> {
  const { params, account, ports } = visit;
  const unit = (await readUnits(ports.store)).get(params['unit'] ?? '');
  if (unit === undefined || !mayReach(account, { unit: unit.code, block: unit.block })) {
    return lettersPage(visit, noUnit);
  }
  const printed = ofKind(await ports.store.read(lettersStream(unit.code)), 'letters-printed');
  const isTheirs = printed.some((entry) => dataOf(entry, lettersPrinted).file === params['file']);
  const file = isTheirs ? await ports.files.get(params['file'] ?? '') : undefined;
  if (file === undefined) return lettersPage(visit, noFile);
  return {
    file,
    name: `thu-bao-${unit.code}.docx`,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  };
}

const noUnit = {
  vi: 'Không có đơn vị này, hoặc đồng chí không thuộc đơn vị. Hãy chọn lại.',
  en: 'There is no such unit, or you do not belong to it. Choose again.',
};
const noFile = { vi: 'Không có tệp thư này. Hãy in lại.', en: 'There is no such file. Print it again.' };
