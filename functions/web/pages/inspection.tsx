/** Kiểm tra: by which decision, whom to look at, what was looked at before, which files were taken out. */
import type { Child, FC } from 'hono/jsx';
import { exportsOf, type Exported } from '../../../shared/completion/export.ts';
import { inspectionSummary } from '../../../shared/completion/inspection.ts';
import type { Mandate } from '../../../shared/completion/mandate.ts';
import { batchSummary } from '../../../shared/case/batch.ts';
import { allRows } from '../../../shared/case/store.ts';
import { budgetLevels, readUnits, sources } from '../../../shared/case/unit.ts';
import { At, Day, Empty, Field, Form, Money, NoteBox, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import { mandateNow } from '../personal-reads.ts';
import { ownPath } from '../session.ts';
import { levelNames, regimeNames, sourceNames } from '../words.ts';

export async function inspectionPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say } = visit;
  const mandate = await mandateNow(visit);
  return {
    page: say('Kiểm tra', 'Inspection'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        {mandate === undefined ? <StateMandate visit={visit} /> : <UnderMandate visit={visit} mandate={mandate} />}
        <Ways visit={visit} />
        {mandate === undefined ? '' : <Choose visit={visit} />}
        <Inspections visit={visit} />
        <Exports visit={visit} exported={await exportsOf(visit.ports.store, visit.account.id)} />
      </>
    ),
  };
}

const UnderMandate: FC<{ visit: Visit; mandate: Mandate }> = ({ visit, mandate: { number, on, scope, at } }) => (
  <p class="lead">
    {visit.say('Kiểm tra theo quyết định số ', 'Inspecting under decision ')}
    <strong>{number}</strong> {visit.say('ngày', 'of')} <Day day={on} />. {visit.say('Phạm vi: ', 'Scope: ')}
    {scope}.{' '}
    <span class="hint">
      {visit.say('Nêu lúc ', 'Stated at ')}
      <At instant={at} visit={visit} />.{' '}
      {visit.say(
        'Mọi hồ sơ, giấy tờ, danh sách mở ra từ nay được ghi nhật ký dưới quyết định này.',
        'Every case, paper and list opened from now on is logged under it.',
      )}
    </span>
  </p>
);

const StateMandate: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, form, query } = visit;
  const onward = ownPath(field(form, 'tiep') || (query.get('tiep') ?? '/kiem-tra'));
  return (
    <section class="act">
      <h2>{say('Nêu quyết định và phạm vi kiểm tra', 'State the decision and the scope')}</h2>
      {onward === '/kiem-tra' ? (
        ''
      ) : (
        <NoteBox
          visit={visit}
          note={{
            vi: 'Trang vừa chọn có dữ liệu cá nhân. Hãy nêu quyết định và phạm vi kiểm tra; sau đó hệ thống mở trang ấy.',
            en: 'The page you chose holds personal data. State the decision and the scope; it opens afterwards.',
          }}
        />
      )}
      <p class="hint">
        {say(
          'Một lần cho mỗi phiên làm việc. Dữ liệu cá nhân chỉ mở sau khi nêu; mọi lượt xem được ghi nhật ký, không ai xóa được.',
          'Once a working session. Personal data open afterwards only; every reading is logged, and nobody can delete that.',
        )}
      </p>
      <Form to="/kiem-tra/quyet-dinh" visit={visit}>
        <input type="hidden" name="tiep" value={onward} />
        <Field
          label={say('Số quyết định thanh tra, kiểm tra, kiểm toán', 'Number of the decision')}
          name="number"
          required
          value={field(form, 'number')}
        />
        <Field
          label={say('Ngày quyết định', 'Day of the decision')}
          name="on"
          type="date"
          required
          value={field(form, 'on')}
        />
        <Field
          label={say('Phạm vi kiểm tra', 'Scope')}
          name="scope"
          hint={say(
            'Đơn vị, đợt, thời kỳ. Không ghi họ tên người hưởng.',
            'Units, batches, period. No names of people.',
          )}
          required
          value={field(form, 'scope')}
        />
        <button type="submit" class="primary">
          {say('Bắt đầu kiểm tra theo quyết định này', 'Begin under this decision')}
        </button>
      </Form>
    </section>
  );
};

const Ways: FC<{ visit: Visit }> = ({ visit: { say } }) => (
  <p>
    <a href="/kiem-tra/quyet-toan">{say('Quyết toán, đối chiếu Kho bạc', 'Settlement and Treasury balances')}</a> ·{' '}
    <a href="/kiem-tra/nhat-ky">{say('Nhật ký xem dữ liệu', 'Log of reads')}</a> ·{' '}
    <a href="/luat">{say('Các con số của pháp luật', 'The numbers of the law')}</a> ·{' '}
    <a href="/tinh-che-do">{say('Tìm một người', 'Find a person')}</a>
  </p>
);

const Choice: FC<{ name: string; label: string; any?: string; children?: Child }> = ({
  name,
  label,
  any,
  children,
}) => (
  <p class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {any === undefined ? '' : <option value="">{any}</option>}
      {children}
    </select>
  </p>
);

const Choose: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports } = visit;
  const units = [...(await readUnits(ports.store)).values()];
  const batches: { readonly id: string; readonly code: string }[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'batch' })) {
    batches.push({ id: stream.slice('batch/'.length), code: batchSummary.parse(summary).code });
  }
  return (
    <section class="act">
      <h2>{say('Chọn mẫu hoặc toàn bộ, tính lại', 'Draw a sample or take everybody, and recompute')}</h2>
      <p class="hint">
        {say(
          'Tổng thể, cách chọn, hạt giống, số người, tổng tiền và mã băm được ghi trước khi xem. Cùng hạt giống chọn ra cùng những người.',
          'Population, drawing, seed, count, sum and hash are written down before anything is looked at. The same seed draws the same people.',
        )}
      </p>
      <Form to="/kiem-tra/mau" visit={visit}>
        <div class="side-by-side">
          <div>
            <h3>{say('Trong số ai', 'Of whom')}</h3>
            <Choice name="unit" label={say('Đơn vị chi trả', 'Paying unit')} any={say('mọi đơn vị', 'every unit')}>
              {units.map(({ code, name }) => (
                <option value={code}>{name}</option>
              ))}
            </Choice>
            <Choice name="source" label={say('Nguồn', 'Source')} any={say('mọi nguồn', 'every source')}>
              {sources.map((one) => (
                <option value={one}>{words(sourceNames[one])}</option>
              ))}
            </Choice>
            <Choice name="level" label={say('Cấp ngân sách', 'Budget level')} any={say('mọi cấp', 'both levels')}>
              {budgetLevels.map((one) => (
                <option value={one}>{words(levelNames[one])}</option>
              ))}
            </Choice>
            <Choice name="regime" label={say('Chế độ', 'Regime')} any={say('mọi chế độ', 'every regime')}>
              {Object.entries(regimeNames).map(([code, name]) => (
                <option value={code}>{words(name)}</option>
              ))}
            </Choice>
            <Choice name="batch" label={say('Đợt', 'Batch')} any={say('mọi đợt, cả chưa vào đợt', 'any or none')}>
              {batches.map(({ id, code }) => (
                <option value={id}>{code}</option>
              ))}
            </Choice>
            <Field label={say('Nghỉ từ ngày', 'Left from')} name="leftFrom" type="date" />
            <Field label={say('Nghỉ đến hết ngày', 'Left until')} name="leftTo" type="date" />
            <Field label={say('Số tiền từ (đồng)', 'Sum from (đồng)')} name="least" inputmode="numeric" />
          </div>
          <HowToDraw visit={visit} />
        </div>
        <button type="submit" class="primary">
          {say('Chọn, tính lại và lập danh sách dấu hiệu', 'Draw, recompute and list the findings')}
        </button>
      </Form>
    </section>
  );
};

const HowToDraw: FC<{ visit: Visit }> = ({ visit: { say } }) => (
  <div>
    <h3>{say('Chọn thế nào', 'How')}</h3>
    <Choice name="how" label={say('Cách chọn', 'Drawing')}>
      <option value="all">{say('toàn bộ', 'everybody')}</option>
      <option value="random">{say('ngẫu nhiên', 'at random')}</option>
      <option value="by-regime">{say('ngẫu nhiên, phân tầng theo chế độ', 'at random, by regime')}</option>
      <option value="by-unit">{say('ngẫu nhiên, phân tầng theo đơn vị', 'at random, by unit')}</option>
      <option value="by-money">{say('theo tiền: mỗi đồng có cơ hội như nhau', 'by money: each đồng alike')}</option>
    </Choice>
    <Field
      label={say('Số người (khi chọn mẫu)', 'People (of a sample)')}
      name="count"
      inputmode="numeric"
      hint={say('Để trống khi chọn toàn bộ.', 'Empty for everybody.')}
    />
    <Field
      label={say('Hạt giống', 'Seed')}
      name="seed"
      hint={say(
        'Chữ, số bất kỳ, ví dụ do hai bên cùng bốc; để trống thì hệ thống đặt và ghi lại.',
        'Any letters and digits, drawn by both sides for instance; left empty, one is made and recorded.',
      )}
    />
  </div>
);

const mostInspections = 100;

const Inspections: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, ports } = visit;
  const found: {
    readonly id: string;
    readonly status: string;
    readonly of: ReturnType<typeof inspectionSummary.parse>;
  }[] = [];
  for await (const { stream, status, summary } of allRows(ports.store, { kind: 'inspection' })) {
    found.push({ id: stream.slice('inspection/'.length), status, of: inspectionSummary.parse(summary) });
  }
  if (found.length === 0) return <Empty>{say('Chưa có cuộc kiểm tra nào.', 'No inspection yet.')}</Empty>;
  const newest = found.toSorted((one, other) => (one.of.at < other.of.at ? 1 : -1)).slice(0, mostInspections);
  return (
    <section>
      <h2>{say('Các cuộc kiểm tra', 'Inspections')}</h2>
      <Table label={say('Các cuộc kiểm tra', 'Inspections')}>
        <thead>
          <tr>
            <th>{say('Lúc', 'At')}</th>
            <th>{say('Người kiểm tra', 'By')}</th>
            <th>{say('Cách chọn', 'Drawing')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
            <th>{say('Kết quả', 'Result')}</th>
          </tr>
        </thead>
        <tbody>
          {
            await Promise.all(
              newest.map(async ({ id, status, of }) => (
                <tr>
                  <td>
                    <a href={`/kiem-tra/mau/${id}`}>
                      <At instant={of.at} visit={visit} />
                    </a>
                  </td>
                  <td>{await ports.directory.nameOf(of.by)}</td>
                  <td>{howName(visit, of.how)}</td>
                  <td class="number">{of.people}</td>
                  <td class="number">
                    <Money amount={of.total} />
                  </td>
                  <td>
                    <ResultTag visit={visit} status={status} faults={of.faults} />
                  </td>
                </tr>
              )),
            )
          }
        </tbody>
      </Table>
    </section>
  );
};

function howName({ say }: Visit, how: string): string {
  if (how === 'all') return say('toàn bộ', 'everybody');
  return how === 'by-money' ? say('theo tiền', 'by money') : say('ngẫu nhiên', 'at random');
}

export const ResultTag: FC<{ visit: Visit; status: string; faults: number | undefined }> = ({
  visit: { say },
  status,
  faults,
}) => {
  if (status !== 'examined' || faults === undefined)
    return <Tag tone="waiting">◔ {say('đang tính lại', 'under way')}</Tag>;
  return faults === 0 ? (
    <Tag tone="done">● {say('không có sai khác', 'no difference')}</Tag>
  ) : (
    <Tag tone="back">✕ {say(`${faults} điểm không khớp`, `${faults} differences`)}</Tag>
  );
};

const Exports: FC<{ visit: Visit; exported: readonly Exported[] }> = ({ visit, exported }) => {
  const { say } = visit;
  if (exported.length === 0) return <></>;
  return (
    <section id="tep">
      <h2>{say('Tệp đã xuất', 'Files taken out')}</h2>
      <Table label={say('Tệp đã xuất', 'Files taken out')}>
        <thead>
          <tr>
            <th>{say('Lúc', 'At')}</th>
            <th>{say('Nội dung', 'What')}</th>
            <th class="number">{say('Dòng', 'Rows')}</th>
            <th class="number">{say('Tổng (đồng)', 'Sum (đồng)')}</th>
            <th>{say('Mã kiểm tra các dòng', 'Check value')}</th>
            <th>{say('SHA-256 của tệp', 'SHA-256 of the file')}</th>
          </tr>
        </thead>
        <tbody>
          {exported.map(({ id, at, what, format, count, total, check, file }) => (
            <tr>
              <td>
                <At instant={at} visit={visit} />
              </td>
              <td>
                <a href={`/kiem-tra/tep/${id}`} download>
                  {what} (.{format})
                </a>
              </td>
              <td class="number">{count}</td>
              <td class="number">
                <Money amount={total} />
              </td>
              <td>
                <code>{check.slice(0, 16)}</code>
              </td>
              <td>
                <code>{file}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};
