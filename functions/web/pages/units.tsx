/** Đơn vị: the registers of units and of reorganisations, their download, and the dry run of what a file would change. */
import type { FC } from 'hono/jsx';
import * as z from 'zod';
import { isUnitRole, may, mayReach } from '../../../shared/case/access.ts';
import { isLocalDate, formatDay } from '../../../shared/calendar.ts';
import { communes } from '../../../shared/case/communes.ts';
import { predecessorsOf, readReorganisations, type Reorganisation } from '../../../shared/case/reorganisation.ts';
import { lacksOf, readUnits, type Unit, type UnitLack } from '../../../shared/case/unit.ts';
import { registerReading, type RegisterReading } from '../../../shared/intake/read-register.ts';
import { type Compared, compareRegister, recordRegister, registerStream } from '../../../shared/intake/register.ts';
import {
  blockWords,
  documentColumns,
  levelWords,
  sourceWords,
  unitColumns,
  unitKindWords,
} from '../../../shared/intake/register-columns.ts';
import { communesWithout, registerSheets } from '../../../shared/intake/register-sheets.ts';
import { hashOf } from '../../../shared/hash.ts';
import { capitalized, type Sentence } from '../../../shared/vietnamese.ts';
import { Day, Empty, Form, NoteBox, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { mostUploadMegabytes } from '../large-files.tsx';
import { spreadsheet } from './intake.tsx';

const lackNames: Readonly<Record<UnitLack, Sentence>> = {
  'treasury-account': { vi: 'chưa có tài khoản tại Kho bạc', en: 'no account at the Treasury' },
  'chief-accountant': { vi: 'chưa có kế toán trưởng', en: 'no chief accountant' },
  specimens: { vi: 'chưa đăng ký mẫu dấu, chữ ký', en: 'no specimen signatures' },
};

const bodiesShown = 6;

export async function unitsPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, query, account } = visit;
  const units = await unitsFor(visit);
  const lacking = units.filter((unit) => lacksOf(unit).length > 0);
  const isLackingOnly = query.get('xem') === 'thieu';
  const missing = communesWithout(units).length;
  return {
    page: say('Đơn vị', 'Units'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <NoteBox note={recordedNote(query.get('ghi'), query.get('van-ban'))} visit={visit} />
        <p class="lead">
          {say(
            `${units.length} đơn vị đã đăng ký; ${lacking.length} đơn vị chưa đủ điều kiện chi trả qua Kho bạc.`,
            `${units.length} units are registered; ${lacking.length} cannot pay through the Treasury yet.`,
          )}
          {isUnitRole(account.role) || account.role === 'party-board-officer'
            ? ''
            : ` ${say(`${missing} trên ${communes.length} xã, phường chưa có mã đơn vị.`, `${missing} of ${communes.length} communes and wards have no code yet.`)}`}
        </p>
        <p>
          <a href="/don-vi/so-dang-ky.xlsx" download="">
            {say('Tải sổ đăng ký (.xlsx)', 'Download the register (.xlsx)')}
          </a>
          {' · '}
          {isLackingOnly ? (
            <a href="/don-vi">{say('Xem tất cả đơn vị', 'Show all units')}</a>
          ) : (
            <a href="/don-vi?xem=thieu">{say('Chỉ xem đơn vị chưa đủ điều kiện', 'Only units that lack something')}</a>
          )}
        </p>
        {may(account, 'register.upload') ? <UploadRegister visit={visit} /> : ''}
        <Units visit={visit} units={isLackingOnly ? lacking : units} />
        <Documents visit={visit} documents={await readReorganisations(ports.store)} />
      </>
    ),
  };
}

async function unitsFor({ ports, account }: Visit): Promise<readonly Unit[]> {
  const units = [...(await readUnits(ports.store)).values()].filter(({ code: unit, block }) =>
    mayReach(account, { unit, block }),
  );
  return units.toSorted((one, other) => (one.code < other.code ? -1 : 1));
}

function recordedNote(units: string | null, documents: string | null): Sentence | undefined {
  if (units === null || !/^\d+$/.test(units) || !/^\d+$/.test(documents ?? '')) return undefined;
  return {
    vi: `Đã ghi ${units} đơn vị và ${documents} văn bản sắp xếp.`,
    en: `${units} units and ${documents} documents were recorded.`,
  };
}

const UploadRegister: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, account } = visit;
  return (
    <details class="act">
      <summary>{say('Cập nhật sổ đăng ký từ tệp', 'Update the register from a file')}</summary>
      <p>
        {may(account, 'unit.register')
          ? say(
              'Tải sổ đăng ký về, sửa sheet Đơn vị rồi tải lên. Xã, phường chưa có mã thì để trống ô mã.',
              'Download the register, change the sheet Đơn vị and upload it. Leave the code of a commune empty while there is none.',
            )
          : say(
              'Tải sổ đăng ký về, sửa sheet Văn bản sắp xếp rồi tải lên.',
              'Download the register, change the sheet Văn bản sắp xếp and upload it.',
            )}{' '}
        {say('Chưa có gì được ghi cho đến khi đồng chí xác nhận.', 'Nothing is recorded until you confirm.')}
      </p>
      <Form to="/don-vi" visit={visit} files>
        <FileField
          visit={visit}
          name="file"
          label={say('Tệp sổ đăng ký', 'File of the register')}
          accept=".xlsx,.xls,.csv"
          required
        />
        <button type="submit">{say('Tải lên để kiểm tra', 'Upload to be checked')}</button>
      </Form>
    </details>
  );
};

const Units: FC<{ visit: Visit; units: readonly Unit[] }> = ({ visit, units }) => {
  const { say, words } = visit;
  if (units.length === 0) return <Empty>{say('Không có đơn vị nào.', 'No unit.')}</Empty>;
  return (
    <Table label={say('Đơn vị', 'Units')}>
      <thead>
        <tr>
          <th>{say('Mã ĐVQHNS', 'Code')}</th>
          <th>{say('Tên đơn vị', 'Name')}</th>
          <th>{say('Loại, khối', 'Kind, block')}</th>
          <th>{say('Cấp ngân sách, nguồn, chương', 'Level, source, chapter')}</th>
          <th>{say('Điều kiện chi trả', 'Ready to pay')}</th>
          <th>{say('Kế thừa', 'Took over')}</th>
        </tr>
      </thead>
      <tbody>
        {units.map((unit) => {
          const lacks = lacksOf(unit);
          return (
            <tr>
              <td>{unit.code}</td>
              <td>{unit.name}</td>
              <td>
                {capitalized(unit.kind === undefined ? '–' : (unitKindWords[unit.kind][0] ?? ''))}
                {unit.autonomy === undefined
                  ? ''
                  : `, ${say(`nhóm tự chủ ${unit.autonomy}`, `autonomy group ${unit.autonomy}`)}`}
                {' · '}
                {blockWords[unit.block][0]}
              </td>
              <td>
                {capitalized(levelWords[unit.level][0] ?? '')}, {sourceWords[unit.source][0]}, {unit.chapter}
              </td>
              <td>
                {unit.paidBy === undefined
                  ? ''
                  : say(`Đơn vị ${unit.paidBy} chi trả thay`, `Unit ${unit.paidBy} pays in its place`)}
                {lacks.map((lack) => (
                  <Tag tone="stuck">! {words(lackNames[lack])}</Tag>
                ))}
                {lacks.length === 0 && unit.paidBy === undefined ? <Tag tone="done">● {say('đủ', 'ready')}</Tag> : ''}
              </td>
              <td>{shortList(predecessorsOf(unit))}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
};

function shortList(names: readonly string[]): string {
  const more = names.length - bodiesShown;
  return more > 0 ? `${names.slice(0, bodiesShown).join(', ')} … (+${more})` : names.join(', ');
}

const Documents: FC<{ visit: Visit; documents: readonly Reorganisation[] }> = ({ visit, documents }) => {
  const { say } = visit;
  return (
    <section>
      <h2>{say('Văn bản sắp xếp tổ chức', 'Documents of reorganisation')}</h2>
      <p class="hint">
        {say(
          'Ngày có hiệu lực là mốc tính 12 tháng đầu (Thông tư 01/2025/TT-BNV, Điều 3 khoản 1). Danh sách ghi khác ngày này được báo cho người thẩm định.',
          'The day each takes effect starts the first twelve months (Circular 01/2025/TT-BNV, article 3(1)). Lists that state another day are marked.',
        )}
      </p>
      <Table label={say('Văn bản sắp xếp tổ chức', 'Documents of reorganisation')}>
        <thead>
          <tr>
            <th>{say('Số, ký hiệu', 'Number')}</th>
            <th>{say('Ban hành', 'Issued')}</th>
            <th>{say('Có hiệu lực', 'In force')}</th>
            <th>{say('Trích yếu', 'Title')}</th>
            <th>{say('Cơ quan', 'Bodies')}</th>
          </tr>
        </thead>
        <tbody>
          {documents.map(({ number, on, effectiveOn, title, bodies }) => (
            <tr>
              <td>{number}</td>
              <td>
                <Day day={on} />
              </td>
              <td>
                <Day day={effectiveOn} />
              </td>
              <td>{title}</td>
              <td>{shortList(bodies)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

export async function registerFile(visit: Visit): Promise<Answer> {
  const sheets = registerSheets(await unitsFor(visit), await readReorganisations(visit.ports.store));
  return { file: await visit.ports.papers.write(sheets), name: 'so-dang-ky-don-vi.xlsx', type: spreadsheet };
}

export async function uploadRegister(visit: Visit): Promise<Answer> {
  const { ports, account } = visit;
  const given = await upload(visit.form, 'file');
  if (given === undefined || given.bytes.length > mostUploadMegabytes * 1024 * 1024) {
    return unitsPage(visit, {
      vi: `Chưa chọn tệp, hoặc tệp lớn hơn ${mostUploadMegabytes} MB. Hãy chọn tệp sổ đăng ký (.xlsx).`,
      en: `No file was chosen, or it is over ${mostUploadMegabytes} MB. Choose the register (.xlsx).`,
    });
  }
  const file = await ports.files.put(given.bytes);
  return { to: `/viec/${await ports.jobs.start('read-register', { file }, account.id)}` };
}

/** What the file would change, and what is wrong with it; nothing is recorded yet. */
export async function registerPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account, params } = visit;
  const reading = await readingOf(visit);
  if (reading === undefined) return unitsPage(visit, goneProblem);
  const { units, documents } = await compareRegister(ownPart(reading, visit), ports);
  const count = countOf(units) + countOf(documents);
  return {
    page: say('Kiểm tra sổ đăng ký', 'The register, checked'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            `${count} dòng sẽ được ghi; ${reading.faults.length} chỗ có lỗi, dòng có lỗi không được ghi.`,
            `${count} rows would be recorded; ${reading.faults.length} faults, and their rows stay out.`,
          )}
        </p>
        {reading.notices.map((notice) => (
          <p class="hint">{visit.words(notice)}</p>
        ))}
        <Faults visit={visit} reading={reading} />
        {may(account, 'unit.register') ? (
          <Changes
            visit={visit}
            title={{ vi: 'Đơn vị', en: 'Units' }}
            of={units}
            nameOf={({ code, name }) => `${code} ${name}`}
            headings={headingsOf(unitColumns)}
          />
        ) : (
          ''
        )}
        {may(account, 'reorganisation.register') ? (
          <Changes
            visit={visit}
            title={{ vi: 'Văn bản sắp xếp', en: 'Documents' }}
            of={documents}
            nameOf={({ number, title }) => `${number}: ${title}`}
            headings={headingsOf(documentColumns)}
          />
        ) : (
          ''
        )}
        {count === 0 ? (
          <p>
            <a href="/don-vi">{say('Không có gì để ghi. Trở lại sổ đăng ký.', 'Nothing to record. Back.')}</a>
          </p>
        ) : (
          <Form to={`/don-vi/kiem-tra/${params['file'] ?? ''}`} visit={visit}>
            <input type="hidden" name="seen" value={hashOf({ units, documents })} />
            <button type="submit" class="primary">
              {say(`Ghi ${count} dòng vào sổ đăng ký`, `Record ${count} rows`)}
            </button>
          </Form>
        )}
      </>
    ),
  };
}

/** What of the file is for this account to change: Finance keeps the units, Home Affairs the documents. */
function ownPart(
  { units, documents }: RegisterReading,
  { account }: Visit,
): Pick<RegisterReading, 'units' | 'documents'> {
  return {
    units: may(account, 'unit.register') ? units : [],
    documents: may(account, 'reorganisation.register') ? documents : [],
  };
}

const goneProblem: Problem = {
  vi: 'Không tìm thấy tệp đã kiểm tra. Hãy tải lên lại.',
  en: 'The checked file is not there. Upload it again.',
};

async function readingOf({ ports, params }: Visit): Promise<z.infer<typeof registerReading> | undefined> {
  const hash = params['file'] ?? '';
  // Only what our own reader made of a workbook, not any file of the same shape.
  const isRead = (await ports.store.read(registerStream(hash))).length > 0;
  const content = isRead ? await ports.files.get(hash) : undefined;
  return content === undefined ? undefined : registerReading.parse(JSON.parse(new TextDecoder().decode(content)));
}

function countOf({ fresh, changed }: Compared<unknown>): number {
  return fresh.length + changed.length;
}

function headingsOf(columns: readonly { readonly key: string; readonly heading: string }[]) {
  return new Map(columns.map(({ key, heading }) => [key, heading]));
}

const faultsShown = 300;

const Faults: FC<{ visit: Visit; reading: RegisterReading }> = ({ visit, reading }) => {
  const { say } = visit;
  if (reading.faults.length === 0) return <></>;
  return (
    <section>
      <h2>{say('Cần sửa', 'To mend')}</h2>
      <ul>
        {reading.faults.slice(0, faultsShown).map(({ sheet, why }) => (
          <li>
            {sheet}. {visit.words(why)}
          </li>
        ))}
      </ul>
    </section>
  );
};

interface ChangesOf<T> {
  readonly visit: Visit;
  readonly title: Sentence;
  readonly of: Compared<T>;
  readonly nameOf: (one: T) => string;
  readonly headings: ReadonlyMap<string, string>;
}

function Changes<T extends object>({ visit, title, of, nameOf, headings }: ChangesOf<T>) {
  const { say, words } = visit;
  return (
    <section>
      <h2>{words(title)}</h2>
      <p>
        {say(
          `${of.fresh.length} mới, ${of.changed.length} thay đổi, ${of.same} giữ nguyên.`,
          `${of.fresh.length} new, ${of.changed.length} changed, ${of.same} the same.`,
        )}
      </p>
      <ul>
        {of.fresh.map((one) => (
          <li>
            <Tag tone="moving">+ {say('mới', 'new')}</Tag> {nameOf(one)}
          </li>
        ))}
        {of.changed.map(({ before, after, fields }) => (
          <li>
            <Tag tone="waiting">≠ {say('thay đổi', 'changed')}</Tag> {nameOf(after)}:{' '}
            {fields.map((name) => (
              <>
                {headings.get(name) ?? name} <s>{valueText(before, name, visit)}</s> → {valueText(after, name, visit)};{' '}
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A value as the register's sheet writes it. */
function valueText(one: object, name: string, { say }: Visit): string {
  const value: unknown = new Map<string, unknown>(Object.entries(one)).get(name);
  if (typeof value === 'boolean') return value ? say('Có', 'yes') : say('Không', 'no');
  if (Array.isArray(value)) return value.join('; ');
  const text = typeof value === 'string' ? (isLocalDate(value) ? formatDay(value) : value) : '';
  return text === '' ? say('(trống)', '(empty)') : (wordsOf[name]?.[text]?.[0] ?? text);
}

const wordsOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  kind: unitKindWords,
  block: blockWords,
  level: levelWords,
  source: sourceWords,
};

export async function recordRegisterAct(visit: Visit): Promise<Answer> {
  const { ports, account, form } = visit;
  const reading = await readingOf(visit);
  if (reading === undefined) return unitsPage(visit, goneProblem);
  const own = ownPart(reading, visit);
  const { units, documents } = await compareRegister(own, ports);
  // Exactly the changes that were shown: another upload in between may have changed what this one would overwrite.
  if (field(form, 'seen') !== hashOf({ units, documents })) {
    return registerPage(visit, {
      vi: 'Sổ đăng ký đã thay đổi từ khi trang này được mở. Chưa có gì được ghi; hãy xem lại bên dưới.',
      en: 'The register has changed since this page was opened. Nothing was recorded; look again.',
    });
  }
  const recorded = await recordRegister(own, account.id, ports);
  return { to: `/don-vi?ghi=${recorded.units}&van-ban=${recorded.documents}` };
}
