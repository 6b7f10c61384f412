/** One person typed in, or one case's facts corrected, on a page with the checks of the list. */
import type { FC } from 'hono/jsx';
import { openCase } from '../../../shared/case/part.ts';
import { listContextFor } from '../../../shared/intake/list-context.ts';
import { mayReach } from '../../../shared/case/access.ts';
import { banks } from '../../../shared/case/banks.ts';
import { accountOf, identityOf } from '../../../shared/case/case.ts';
import { readUnits, type Unit } from '../../../shared/case/unit.ts';
import {
  causeWords,
  conditionWords,
  employerWords,
  type ListColumn,
  notReElectedWords,
  type PeriodKey,
  periodColumns,
  periodsSheet,
  type PersonKey,
  personColumns,
  sexWords,
  subjectWords,
  yesNoWords,
} from '../../../shared/intake/list-columns.ts';
import { periodRowsOf, type PeriodRow, type PersonRow, rowOf, sheetsOf } from '../../../shared/intake/list-row.ts';
import { type Fault, type ListReading, readList } from '../../../shared/intake/read-list.ts';
import { capitalized } from '../../../shared/vietnamese.ts';
import { Form, ProblemBox, Table } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { storeList } from './intake.tsx';

/** Rows of periods that a new form has; a case with more gets four beyond its own. */
const fewestPeriods = 6;
const morePeriods = 4;
const mostPeriods = 60;

interface Typed {
  readonly person: PersonRow;
  readonly periods: readonly PeriodRow[];
}

/** Keys that a form of one person does not ask: the number is theirs alone, and service is typed by periods. */
const leftOut: readonly PersonKey[] = ['number', 'joinedOn', 'insuredTime'];
const identityKeys: readonly PersonKey[] = ['fullName', 'citizenId', 'payingUnit', 'employer', 'declaredTotal'];
const accountKeys: readonly PersonKey[] = ['bank', 'accountNumber', 'holder'];

const wordLists: Readonly<Partial<Record<PersonKey | PeriodKey, readonly string[]>>> = {
  sex: firstOf(sexWords),
  subject: firstOf(subjectWords),
  cause: firstOf(causeWords),
  notReElected: firstOf(notReElectedWords),
  bank: banks.map(({ name }) => name),
  voluntary: firstOf(yesNoWords),
  drawsPension: firstOf(yesNoWords),
  underInvestigation: firstOf(yesNoWords),
  smallChild: firstOf(yesNoWords),
  onlyConcurrentPost: firstOf(yesNoWords),
  contractLikeCivilServant: firstOf(yesNoWords),
  insured: firstOf(yesNoWords),
  compensated: firstOf(yesNoWords),
  conditions: firstOf(conditionWords),
};

function firstOf(words: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.values(words).map(([first]) => first ?? '');
}

export async function typePersonPage(visit: Visit): Promise<Answer> {
  return formPage(visit, { to: '/tiep-nhan/nhap', typed: { person: {}, periods: [] } });
}

/** Checks what was typed; without a fault it becomes a list of one, which is then confirmed like any other. */
export async function typePersonAct(visit: Visit): Promise<Answer> {
  const typed = typedIn(visit);
  const reading = await readingOf(visit, typed);
  const faults = 'outcome' in reading ? [] : reading.faults;
  const problem = 'outcome' in reading ? reading.why : faults.length > 0 ? faultsSentence(faults.length) : undefined;
  if (problem !== undefined) return formPage(visit, { to: '/tiep-nhan/nhap', typed, faults, problem });
  return storeList(visit, await visit.ports.papers.listOf(typed.person, typed.periods));
}

export async function correctPersonPage(visit: Visit): Promise<Answer> {
  const known = await knownOf(visit);
  return known === undefined
    ? notFound(visit)
    : formPage(visit, { to: correctionOf(visit), typed: known, isCorrection: true });
}

/** Identity and account stay as they are: a changed account needs a second person, and has a form of its own. */
export async function correctPersonAct(visit: Visit): Promise<Answer> {
  const { ports, form, account, params } = visit;
  const known = await knownOf(visit);
  if (known === undefined) return notFound(visit);
  const stated = typedIn(visit);
  const kept = Object.fromEntries([...identityKeys, ...accountKeys].map((key) => [key, known.person[key] ?? '']));
  const typed = { ...stated, person: { ...stated.person, ...kept } };
  const reading = await readingOf(visit, typed);
  const faults = 'outcome' in reading ? [] : reading.faults;
  const paper = await upload(form, 'paper');
  const reason = field(form, 'reason');
  const unproven = paper === undefined || reason === '';
  const problem =
    'outcome' in reading
      ? reading.why
      : faults.length > 0
        ? faultsSentence(faults.length)
        : unproven
          ? { vi: 'Hãy ghi lý do và đính kèm giấy tờ chứng minh.', en: 'State the reason and attach the paper.' }
          : undefined;
  if (problem !== undefined || paper === undefined) {
    return formPage(visit, { to: correctionOf(visit), typed, faults, problem, isCorrection: true, reason });
  }
  const input = {
    caseId: params['id'] ?? '',
    file: await ports.files.put(await ports.papers.listOf(typed.person, typed.periods)),
    paper: await ports.files.put(paper.bytes),
    reason,
    account,
  };
  return { to: `/viec/${await ports.jobs.start('correct-facts', input, account.id)}` };
}

function correctionOf({ params }: Visit): string {
  return `/ho-so/${params['id'] ?? ''}/sua-tren-trang`;
}

function faultsSentence(count: number): Problem {
  return {
    vi: `Còn ${count} chỗ cần sửa, ghi ngay dưới từng ô. Chưa có gì được ghi nhận; những gì đã nhập vẫn còn.`,
    en: `${count} places to mend, each told under its field. Nothing was recorded; what was typed is still here.`,
  };
}

async function knownOf({ ports, params, account: viewer }: Visit): Promise<Typed | undefined> {
  const of = (await openCase(ports.store, params['id'] ?? '', viewer))?.of;
  if (of === undefined) return undefined;
  const who = await identityOf(ports.vault, of);
  const account = await accountOf(ports.vault, of.id, of.account.sealed);
  return { person: rowOf(of.submitted, who, account), periods: periodRowsOf(of.submitted.facts) };
}

async function readingOf(
  { ports, account }: Visit,
  { person, periods }: Typed,
): Promise<ListReading | { why: Problem; outcome: string }> {
  return readList(sheetsOf(person, periods), await listContextFor(account, ports));
}

function typedIn({ form }: Visit): Typed {
  const row = <Key extends string>(columns: readonly ListColumn<Key>[], nameOf: (key: Key) => string) =>
    Object.fromEntries(columns.map(({ key }) => [key, field(form, nameOf(key))])) as Readonly<Record<Key, string>>;
  const periods = Array.from({ length: mostPeriods }, (_, index) =>
    row(periodColumns, (key) => periodName(key, index)),
  ).filter((period) => Object.values(period).some((text) => text !== ''));
  return { person: row(personColumns, (key) => key), periods };
}

function periodName(key: PeriodKey, index: number): string {
  return `giai-doan-${index}-${key}`;
}

interface Shown {
  readonly to: string;
  readonly typed: Typed;
  readonly faults?: readonly Fault[];
  readonly problem?: Problem | undefined;
  readonly isCorrection?: boolean;
  readonly reason?: string;
}

async function formPage(visit: Visit, shown: Shown): Promise<Answer> {
  const { say, ports, account } = visit;
  const { to, typed, faults = [], problem, isCorrection = false, reason = '' } = shown;
  const units = [...(await readUnits(ports.store)).values()].filter(({ code: unit }) => mayReach(account, { unit }));
  const asked = personColumns.filter(
    ({ key }) => !leftOut.includes(key) && !(isCorrection && [...identityKeys, ...accountKeys].includes(key)),
  );
  const rows = Math.min(mostPeriods, Math.max(fewestPeriods, typed.periods.length + morePeriods));
  return {
    page: isCorrection
      ? say(`Sửa dữ kiện: ${typed.person.fullName ?? ''}`, `Correct the facts: ${typed.person.fullName ?? ''}`)
      : say('Nhập một người', 'Type in one person'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <Form to={to} visit={visit} files={isCorrection} class="person">
          <div class="fields">
            {asked.map((column) => (
              <TypedField
                visit={visit}
                column={column}
                value={typed.person[column.key] ?? ''}
                faults={faults}
                units={units}
              />
            ))}
          </div>
          <h2>{say('Quá trình công tác', 'Service')}</h2>
          <Periods visit={visit} periods={typed.periods} rows={rows} faults={faults} />
          {isCorrection ? (
            <>
              <p class="field">
                <label for="reason">{say('Lý do sửa', 'Reason')}</label>
                <input id="reason" name="reason" value={reason} required />
              </p>
              <FileField
                visit={visit}
                name="paper"
                label={say('Giấy tờ chứng minh (bản quét)', 'The paper that shows it (scan)')}
                required
              />
            </>
          ) : (
            ''
          )}
          <p class="act">
            <button type="submit" class="primary">
              {isCorrection
                ? say('Ghi và tính lại', 'Record and compute again')
                : say('Kiểm tra rồi xem trước khi gửi', 'Check, then look before submitting')}
            </button>
          </p>
        </Form>
      </>
    ),
  };
}

const TypedField: FC<{
  visit: Visit;
  column: ListColumn<PersonKey>;
  value: string;
  faults: readonly Fault[];
  units: readonly Unit[];
}> = ({ visit, column: { key, heading, help, isNeeded }, value, faults, units }) => {
  const own = faults.filter(({ column, sheet }) => column === heading && sheet !== periodsSheet);
  const words = key === 'payingUnit' ? undefined : wordLists[key];
  // A list to choose from tells its words itself.
  const isChosen = help.vi.startsWith('Một trong');
  const isWrong = own.length === 0 ? {} : { 'aria-invalid': 'true' as const };
  return (
    <p class={own.length === 0 ? 'field' : 'field wrong'}>
      <label for={key}>
        {heading}
        {isNeeded ? '' : <span class="hint"> {visit.say('(nếu có)', '(if any)')}</span>}
      </label>
      {key === 'payingUnit' ? (
        <select id={key} name={key} {...isWrong}>
          <option value="">–</option>
          {units.map(({ code, name }) => (
            <option value={code} selected={code === value}>
              {code} · {name}
            </option>
          ))}
        </select>
      ) : words !== undefined && words.length <= 12 ? (
        <select id={key} name={key} aria-describedby={`${key}-hint`} {...isWrong}>
          <option value="">–</option>
          {words.map((word) => (
            <option value={word} selected={word === value}>
              {word}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={key}
          name={key}
          value={value}
          aria-describedby={`${key}-hint`}
          {...(words === undefined ? {} : { list: `${key}-list` })}
          {...isWrong}
        />
      )}
      {words !== undefined && words.length > 12 ? (
        <datalist id={`${key}-list`}>
          {words.map((word) => (
            <option value={word} />
          ))}
        </datalist>
      ) : (
        ''
      )}
      <span class="hint" id={`${key}-hint`}>
        {own.length === 0
          ? isChosen
            ? ''
            : visit.words(help)
          : own.map(({ why }) => withoutPlace(visit.words(why))).join(' ')}
      </span>
    </p>
  );
};

/** On a form the field is at hand; `Dòng 2, ô E2:` says nothing there. */
function withoutPlace(sentence: string): string {
  return capitalized(sentence.replace(/^(Dòng \d+, ô [A-Z]+\d+|Row \d+, cell [A-Z]+\d+): /, ''));
}

const Periods: FC<{ visit: Visit; periods: readonly PeriodRow[]; rows: number; faults: readonly Fault[] }> = ({
  visit,
  periods,
  rows,
  faults,
}) => {
  const asked = periodColumns.filter(({ key }) => key !== 'number');
  return (
    <Table label={visit.say('Quá trình công tác', 'Service')}>
      <thead>
        <tr>
          {asked.map(({ heading }) => (
            <th>{heading}</th>
          ))}
          <th>{visit.say('Cần sửa', 'To mend')}</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, index) => (
          <tr>
            {asked.map(({ key, heading }) => (
              <td>
                <PeriodField
                  visit={visit}
                  name={periodName(key, index)}
                  of={key}
                  heading={heading}
                  value={periods[index]?.[key] ?? ''}
                />
              </td>
            ))}
            <td class="hint">
              {faults
                .filter(({ sheet, row }) => sheet === periodsSheet && row === index + 2)
                .map(({ why }) => withoutPlace(visit.words(why)))
                .join(' ')}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const PeriodField: FC<{ visit: Visit; name: string; of: PeriodKey; heading: string; value: string }> = ({
  name,
  of,
  heading,
  value,
}) => {
  const words = of === 'employer' ? firstOf(employerWords) : wordLists[of];
  if (words === undefined)
    return <input name={name} value={value} aria-label={heading} size={9} placeholder="mm/yyyy" />;
  return (
    <select name={name} aria-label={heading}>
      <option value="">–</option>
      {words.map((word) => (
        <option value={word} selected={word === value}>
          {word}
        </option>
      ))}
    </select>
  );
};

function notFound({ say }: Visit): Answer {
  return {
    page: say('Không tìm thấy', 'Not found'),
    body: (
      <p>
        {say('Không có hồ sơ này, hoặc hồ sơ thuộc đơn vị khác.', 'There is no such case, or it is another unit’s.')}
      </p>
    ),
    status: 404,
  };
}
