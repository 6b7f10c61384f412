/** Lịch và hạn: by when what must be done, by which document, how far off it is, and what it was before. No names. */
import type { FC } from 'hono/jsx';
import { daysBetween, localDateOf, type LocalDate } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { workingDaysBetween } from '../../../shared/law/working-days.ts';
import { sureMeaning } from '../../../shared/law/listing.ts';
import {
  documentKindNames,
  documentKinds,
  dueFrom,
  dueText,
  inForce,
  type Limit,
  limitSubjectNames,
  limitSubjects,
  type LimitVersion,
  readLimits,
} from '../../../shared/case/limits.ts';
import { At, Empty, Field, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';

export async function limitsPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, account } = visit;
  const limits = await readLimits(ports.store);
  const today = localDateOf(ports.now());
  const open = limits
    .filter(({ ended }) => ended === undefined)
    .toSorted((one, other) => (dueFrom(one, today).on < dueFrom(other, today).on ? -1 : 1));
  const ended = limits.filter((limit) => limit.ended !== undefined);
  return {
    page: say('Lịch và hạn', 'Calendar and limits'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {say(
            'Mỗi hạn có văn bản của nó. Khi có văn bản mới, hạn cũ vẫn còn trong lịch để đối chiếu.',
            'Each limit has its document. When it is moved, what it was before stays in sight.',
          )}
        </p>
        <Open visit={visit} limits={open} today={today} />
        {ended.length === 0 ? '' : <Ended visit={visit} limits={ended} />}
        {may(account, 'limit.set') ? <Acts visit={visit} limits={open} /> : ''}
      </>
    ),
  };
}

const Open: FC<{ visit: Visit; limits: readonly Limit[]; today: LocalDate }> = ({ visit, limits, today }) => {
  const { say, words, account } = visit;
  if (limits.length === 0) return <Empty>{say('Không có hạn nào đang theo dõi.', 'No limit is open.')}</Empty>;
  return (
    <Table label={say('Các hạn đang theo dõi', 'Open limits')}>
      <thead>
        <tr>
          <th>{say('Việc phải xong', 'What must be done')}</th>
          <th>{say('Hạn', 'Limit')}</th>
          <th>{say('Còn lại', 'Distance')}</th>
          <th>{say('Văn bản quy định', 'Document')}</th>
          <th>{say('Trước đó', 'Before')}</th>
        </tr>
      </thead>
      <tbody>
        {limits.map((limit) => (
          <tr>
            <td>
              {words(limit.what)}
              {may(account, 'limit.set') ? <Links visit={visit} limit={limit} /> : ''}
            </td>
            <td>{words(dueText(inForce(limit).due))}</td>
            <td>
              <Distance visit={visit} limit={limit} today={today} />
            </td>
            <td>
              <Document visit={visit} version={inForce(limit)} />
            </td>
            <td>
              <Earlier visit={visit} limit={limit} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const Links: FC<{ visit: Visit; limit: Limit }> = ({ visit, limit }) => {
  const { say, words } = visit;
  const what = words(limit.what);
  return (
    <span class="hint">
      <a href={`/hoan-thanh/lich/${limit.id}/dieu-chinh#ghi`} aria-label={say(`Điều chỉnh: ${what}`, `Move: ${what}`)}>
        {say('Điều chỉnh', 'Move')}
      </a>
      {' · '}
      <a href={`/hoan-thanh/lich/${limit.id}/ket-thuc#ghi`} aria-label={say(`Kết thúc: ${what}`, `End: ${what}`)}>
        {say('Kết thúc', 'End')}
      </a>
    </span>
  );
};

/** In days, and in working days of State offices; past a limit both are said as late. */
const Distance: FC<{ visit: Visit; limit: Limit; today: LocalDate }> = ({ visit: { say }, limit, today }) => {
  const { on } = dueFrom(limit, today);
  const days = daysBetween({ from: today, to: on });
  const working = Math.abs(workingDaysBetween({ from: today, to: on }));
  if (days === 0) return <Tag tone="stuck">‖ {say('Hôm nay', 'Today')}</Tag>;
  if (days > 0) {
    return <>{say(`${days} ngày (${working} ngày làm việc)`, `${days} days (${working} working days)`)}</>;
  }
  return (
    <Tag tone="back">
      ✕ {say(`Đã qua ${-days} ngày (${working} ngày làm việc)`, `${-days} days past (${working} working days)`)}
    </Tag>
  );
};

const Document: FC<{ visit: Visit; version: LimitVersion }> = ({ visit, version }) => {
  const { say, words } = visit;
  const { name, paper } = version.document;
  return (
    <>
      {words(name)}
      {paper === undefined ? (
        ''
      ) : (
        <>
          {' '}
          (
          <a href={`/hoan-thanh/lich/van-ban/${paper}`} aria-label={say(`Bản quét: ${name.vi}`, `Scan: ${name.en}`)}>
            {say('bản quét', 'scan')}
          </a>
          )
        </>
      )}
      {version.sure === undefined ? '' : <span class="hint"> ({words(sureMeaning(version.sure))})</span>}
    </>
  );
};

const Earlier: FC<{ visit: Visit; limit: Limit }> = ({ visit, limit }) => {
  const earlier = limit.versions.slice(0, -1).toReversed();
  if (earlier.length === 0) return <>–</>;
  return (
    <ul class="history">
      {earlier.map((version) => (
        <li>
          <s>{visit.words(dueText(version.due))}</s>, <Document visit={visit} version={version} />
        </li>
      ))}
    </ul>
  );
};

const Ended: FC<{ visit: Visit; limits: readonly Limit[] }> = ({ visit, limits }) => {
  const { say, words } = visit;
  return (
    <section>
      <h2>{say('Hạn đã kết thúc theo dõi', 'Ended limits')}</h2>
      <ul>
        {limits.map((limit) => (
          <li>
            {words(limit.what)}, {words(dueText(inForce(limit).due))}: {limit.ended?.reason} (
            {words(limit.ended?.document)}, {say('ghi lúc ', 'recorded ')}
            <At instant={limit.ended?.at ?? ''} visit={visit} />)
          </li>
        ))}
      </ul>
    </section>
  );
};

/** The one form that the link asked for; without one, a new limit. */
const Acts: FC<{ visit: Visit; limits: readonly Limit[] }> = ({ visit, limits }) => {
  const { path, params, say, words } = visit;
  const limit = limits.find(({ id }) => id === params['id']);
  if (limit === undefined) return <SetForm visit={visit} />;
  const isEnd = path.endsWith('/ket-thuc');
  const what = words(limit.what);
  return (
    <section class="act" id="ghi">
      <h2>{isEnd ? say(`Kết thúc hạn: ${what}`, `End: ${what}`) : say(`Điều chỉnh hạn: ${what}`, `Move: ${what}`)}</h2>
      <Form to={`/hoan-thanh/lich/${limit.id}/${isEnd ? 'ket-thuc' : 'dieu-chinh'}`} visit={visit} files>
        {isEnd ? (
          <Field label={say('Lý do kết thúc', 'Reason')} name="reason" required value={field(visit.form, 'reason')} />
        ) : (
          <DueFields visit={visit} />
        )}
        <DocumentFields visit={visit} />
        <button type="submit" class="primary">
          {isEnd ? say('Kết thúc theo dõi hạn', 'End the limit') : say('Điều chỉnh hạn', 'Move the limit')}
        </button>{' '}
        <a href="/hoan-thanh/lich">{say('Đặt hạn mới', 'Set a new limit')}</a>
      </Form>
    </section>
  );
};

const SetForm: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words, form } = visit;
  return (
    <section class="act" id="ghi">
      <h2>{say('Đặt hạn mới', 'Set a new limit')}</h2>
      <Form to="/hoan-thanh/lich" visit={visit} files>
        <p class="field">
          <label for="subject">{say('Việc phải xong', 'What must be done')}</label>
          <select id="subject" name="subject" required>
            {limitSubjects.toReversed().map((one) => (
              <option value={one} selected={field(form, 'subject') === one}>
                {words(limitSubjectNames[one])}
              </option>
            ))}
          </select>
        </p>
        <Field
          label={say('Ghi rõ báo cáo nào, việc nào', 'Which report, which thing')}
          name="wording"
          value={field(form, 'wording')}
        />
        <DueFields visit={visit} />
        <DocumentFields visit={visit} />
        <button type="submit" class="primary">
          {say('Đặt hạn', 'Set the limit')}
        </button>
      </Form>
    </section>
  );
};

const DueFields: FC<{ visit: Visit }> = ({ visit: { say, form } }) => (
  <>
    <Field label={say('Ngày đến hạn', 'Day')} name="on" type="date" required value={field(form, 'on')} />
    <Field label={say('Giờ (nếu văn bản ghi)', 'Hour, if named')} name="hour" type="time" value={field(form, 'hour')} />
  </>
);

const DocumentFields: FC<{ visit: Visit }> = ({ visit, visit: { say, words, form } }) => (
  <>
    <p class="field">
      <label for="kind">{say('Loại văn bản', 'Kind of document')}</label>
      <select id="kind" name="kind" required>
        {documentKinds.map((one) => (
          <option value={one} selected={field(form, 'kind') === one}>
            {words(documentKindNames[one])}
          </option>
        ))}
      </select>
    </p>
    <Field
      label={say('Số, ký hiệu văn bản', 'Number of the document')}
      name="number"
      required
      value={field(form, 'number')}
    />
    <Field
      label={say('Ngày văn bản', 'Day of the document')}
      name="documentOn"
      type="date"
      required
      value={field(form, 'documentOn')}
    />
    <Field label={say('Cơ quan ban hành', 'Issuer')} name="issuer" required value={field(form, 'issuer')} />
    <FileField
      visit={visit}
      label={say('Bản quét văn bản (nếu có: PDF, ảnh)', 'Its scan (optional: PDF, picture)')}
      name="paper"
      accept=".pdf,.png,.jpg,.jpeg"
    />
  </>
);
