/** Thông báo kết quả: a unit's notices all in one file, and where people of each office are told to ask. */
import type { FC } from 'hono/jsx';
import { type Account, isUnitRole, may } from '../../../shared/case/access.ts';
import { type Contact, homeAffairs, readContacts } from '../../../shared/case/contacts.ts';
import { readUnits, type Unit } from '../../../shared/case/unit.ts';
import { checkPath, type Printing, readPrintings } from '../../../shared/completion/issue-notice.ts';
import { maySetContact, setContact } from '../../../shared/completion/set-contact.ts';
import { At, Empty, Field, Form, ProblemBox, Table } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';

export async function unitNoticesPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account, ports, query, form } = visit;
  const units = await unitsOf(visit);
  const chosen = field(form, 'unit') || (query.get('don-vi') ?? '');
  const unit = units.find(({ code }) => code === chosen) ?? (units.length === 1 ? units[0] : undefined);
  const printings = unit === undefined ? [] : await readPrintings(ports.store, unit.code);
  const contacts = await readContacts(ports.store);
  return {
    page: say('Thông báo kết quả giải quyết chế độ', 'Notices of result'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p>
          {say(
            'Mỗi người một trang: số tiền, cách tính, hồ sơ ở đâu, hỏi ai, khiếu nại thế nào. Bản của một người lập tại trang hồ sơ của người đó.',
            'One page a person: the sum, how it was made, where it stands, whom to ask. One person’s is made from the case’s page.',
          )}{' '}
          <a href={checkPath}>{say('Kiểm tra mã QR của một thông báo', 'Check the QR of a notice')}</a>
        </p>
        {may(account, 'result-notice.give-out') ? <Print visit={visit} units={units} chosen={unit?.code} /> : ''}
        {unit === undefined ? '' : <Printed visit={visit} unit={unit} printings={printings} />}
        <Contacts visit={visit} units={units} contacts={contacts} />
      </>
    ),
  };
}

/** Those whose people the account may see. */
async function unitsOf({ account, ports }: Visit): Promise<readonly Unit[]> {
  const all = [...(await readUnits(ports.store)).values()];
  return all.filter(
    ({ code, block }) =>
      (!isUnitRole(account.role) || account.units.includes(code)) &&
      (account.role !== 'party-board-officer' || block === 'party'),
  );
}

const Print: FC<{ visit: Visit; units: readonly Unit[]; chosen: string | undefined }> = ({ visit, units, chosen }) => {
  const { say } = visit;
  return (
    <Form to="/thong-bao" visit={visit} class="act">
      <p class="field">
        <label for="unit">{say('Đơn vị chi trả', 'Paying unit')}</label>
        <select id="unit" name="unit" required>
          {units.map(({ code, name }) => (
            <option value={code} selected={code === chosen}>
              {code} – {name}
            </option>
          ))}
        </select>
      </p>
      <button type="submit" class="primary">
        {say('Lập thông báo cho mọi người của đơn vị (một tệp PDF)', 'Make the notices of all its people (one PDF)')}
      </button>
    </Form>
  );
};

const Printed: FC<{ visit: Visit; unit: Unit; printings: readonly Printing[] }> = ({ visit, unit, printings }) => {
  const { say, account } = visit;
  return (
    <section>
      <h2>
        {say('Đã lập', 'Made')}: {unit.name}
      </h2>
      {printings.length === 0 ? (
        <Empty>{say('Chưa lập lần nào.', 'None yet.')}</Empty>
      ) : (
        <Table label={say('Các lần lập thông báo', 'Printings')}>
          <thead>
            <tr>
              <th>{say('Tính đến', 'As of')}</th>
              <th class="number">{say('Số người', 'People')}</th>
              <th>{say('Tệp', 'File')}</th>
            </tr>
          </thead>
          <tbody>
            {printings.toReversed().map(({ asOf, people, file, by }) => (
              <tr>
                <td>
                  <At instant={asOf} visit={visit} />
                </td>
                <td class="number">{people}</td>
                <td>
                  {by === account.id ? (
                    <a href={`/thong-bao/${unit.code}/${file}`} download>
                      {say('Tải tệp in', 'Download the file')}
                    </a>
                  ) : (
                    say('của người đã lập', 'for whoever made it')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
};

const Contacts: FC<{ visit: Visit; units: readonly Unit[]; contacts: ReadonlyMap<string, Contact> }> = ({
  visit,
  units,
  contacts,
}) => {
  const { say, account } = visit;
  const offices = [{ code: homeAffairs, name: 'Sở Nội vụ tỉnh Nghệ An' }, ...units];
  const told = offices.filter(({ code }) => contacts.has(code));
  const own = may(account, 'contact.set') ? offices.filter(({ code }) => maySetContact(account, code)) : [];
  return (
    <section>
      <h2>{say('Nơi hỏi đáp in trên thông báo', 'Where people are told to ask')}</h2>
      {told.length === 0 ? (
        <Empty>
          {say(
            'Chưa cơ quan nào ghi. Thông báo chỉ nêu “tại” tên đơn vị, không nêu số điện thoại.',
            'No office has told it: the notice names the office alone.',
          )}
        </Empty>
      ) : (
        <ul>
          {told.map(({ code, name }) => (
            <li>
              {name}: {contacts.get(code)?.place}
              {contacts.get(code)?.telephone === '' ? '' : `, ${contacts.get(code)?.telephone}`}
            </li>
          ))}
        </ul>
      )}
      {own.length === 0 ? '' : <ContactForm visit={visit} own={own} />}
    </section>
  );
};

const ContactForm: FC<{ visit: Visit; own: readonly Pick<Unit, 'code' | 'name'>[] }> = ({ visit, own }) => {
  const { say, form } = visit;
  return (
    <Form to="/thong-bao/lien-he" visit={visit} class="act">
      <p class="field">
        <label for="office">{say('Cơ quan, đơn vị', 'Office')}</label>
        <select id="office" name="office" required>
          {own.map(({ code, name }) => (
            <option value={code}>{name}</option>
          ))}
        </select>
      </p>
      <Field label={say('Phòng, địa chỉ', 'Room, address')} name="place" required value={field(form, 'place')} />
      <Field
        label={say('Điện thoại cơ quan (không bắt buộc)', 'Telephone of the office (optional)')}
        name="telephone"
        value={field(form, 'telephone')}
      />
      <button type="submit">{say('Ghi nơi hỏi đáp', 'Record it')}</button>
    </Form>
  );
};

export async function printNoticesAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const unit = (await unitsOf(visit)).find(({ code }) => code === field(form, 'unit'));
  if (unit === undefined) {
    return unitNoticesPage(visit, { vi: 'Hãy chọn một đơn vị trong danh sách.', en: 'Choose one of the units.' });
  }
  return {
    to: `/viec/${await ports.jobs.start('print-notices', { unit: unit.code, account: plain(account) }, account.id)}`,
  };
}

function plain({ id, name, email, role, units }: Account): Account {
  return { id, name, email, role, units };
}

/** For whoever made it alone: another role may see other people of the same unit. */
export async function printedNotices(visit: Visit): Promise<Answer> {
  const { params, account, ports, say } = visit;
  const unit = (await unitsOf(visit)).find(({ code }) => code === params['unit']);
  const printings = unit === undefined ? [] : await readPrintings(ports.store, unit.code);
  const found = printings.find(({ file, by }) => file === params['file'] && by === account.id);
  const content = found === undefined ? undefined : await ports.files.get(found.file);
  if (content === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      status: 404,
      body: (
        <p>
          {say('Không có tệp này, hoặc người khác đã lập tệp.', 'There is no such file, or somebody else made it.')}
        </p>
      ),
    };
  }
  return { file: content, name: `thong-bao-ket-qua-don-vi-${unit?.code ?? ''}.pdf`, type: 'application/pdf' };
}

export async function setContactAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const given = { office: field(form, 'office'), place: field(form, 'place'), telephone: field(form, 'telephone') };
  const outcome = await setContact(given, account, ports);
  return outcome.outcome === 'refused' ? unitNoticesPage(visit, outcome.why) : { to: '/thong-bao' };
}
