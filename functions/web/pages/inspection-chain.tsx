/** One person from paper and cell to credit, step by step, each to be found again in the raw histories by stream, number, hash. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { type Case, caseAsOf, identityOf } from '../../../shared/case/case.ts';
import { lineSentence } from '../../../shared/case/explain.ts';
import { openCase } from '../../../shared/case/part.ts';
import { firstBroken, type Store } from '../../../shared/case/store.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { chainOf, streamsOf } from '../../../shared/completion/chain.ts';
import type { ChainStep, Told } from '../../../shared/completion/chain-step.ts';
import { outcomeNames, said, stepNames } from '../../../shared/completion/chain-words.ts';
import { formatDong } from '../../../shared/dong.ts';
import { lawHash } from '../../../shared/entitlement/law-hash.ts';
import { recomputedCase } from '../../../shared/entitlement/recompute.ts';
import { originOf } from '../../../shared/intake/origin.ts';
import { valueName } from '../../../shared/law/readings.ts';
import { personColumns } from '../../../shared/intake/list-columns.ts';
import { At, Money, StatusTag, Table, Tag } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { regimeNames, sourceNames } from '../words.ts';

export async function chainPage(visit: Visit): Promise<Answer> {
  const { say, ports, params, account } = visit;
  const opened = await openCase(ports.store, params['id'] ?? '', account);
  if (opened === undefined) {
    return {
      page: say('Không tìm thấy', 'Not found'),
      status: 404,
      body: <p>{say('Không có hồ sơ này.', 'There is no such case.')}</p>,
    };
  }
  const { of, parts } = opened;
  const who = await identityOf(ports.vault, of);
  const steps = await chainOf(of, parts, ports);
  return {
    page: say(`Từ giấy tờ đến báo có: ${who.fullName}`, `From paper to credit: ${who.fullName}`),
    body: (
      <>
        <p class="lead">
          {parts.map((part) => (
            <StatusTag status={part.status} visit={visit} />
          ))}{' '}
          <a href={`/ho-so/${of.id}`}>{say('Trang hồ sơ', 'The case')}</a> ·{' '}
          <a href={`/ho-so/${of.id}/cach-tinh.json`} download>
            {say('Vết tính toán (JSON)', 'Trace (JSON)')}
          </a>
        </p>
        <Recomputed visit={visit} of={of} />
        <Cells visit={visit} of={of} />
        <Steps visit={visit} steps={steps} />
        <Histories visit={visit} streams={streamsOf(of, parts, steps)} store={ports.store} />
      </>
    ),
  };
}

/** Stored beside recomputed, the law's edition and readings it rests on, and each line with its article. */
const Recomputed: FC<{ visit: Visit; of: Case }> = ({ visit, of }) => {
  const { say, words } = visit;
  const { assessment } = of;
  const stored = assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n;
  const again = recomputedCase(caseAsOf(of, of.caseHash) ?? of);
  const isSame = again.total === stored && again.caseHash === of.caseHash;
  const set = Object.entries(of.readings);
  return (
    <section class="result">
      <h2>{say('Tính lại ngay bây giờ', 'Recomputed just now')}</h2>
      <p>
        {isSame ? (
          <Tag tone="done">● {say('khớp đến từng đồng, cùng mã băm', 'the same to the đồng, the same hash')}</Tag>
        ) : (
          <Tag tone="back">✕ {say('khác', 'differs')}</Tag>
        )}{' '}
        {say('Đang lưu ', 'Stored ')}
        <Money amount={stored} /> {say('đồng, tính lại ', 'đồng, recomputed ')}
        <Money amount={again.total} /> {say('đồng, chênh lệch ', 'đồng, difference ')}
        <Money amount={stored - again.total} /> đồng.
      </p>
      {assessment.outcome === 'entitled' ? (
        <ol class="lines">
          {assessment.lines.map((line) => (
            <li>{words(lineSentence(line))}</li>
          ))}
        </ol>
      ) : (
        ''
      )}
      <dl class="facts">
        <dt>{said.law[visit.language]}</dt>
        <dd>
          <code>{assessment.law}</code>{' '}
          {assessment.law === lawHash
            ? say('(như hôm nay)', '(as today)')
            : say('(bản khác bản hôm nay; kết quả tính lại xem ở trên)', '(another edition than today’s; see above)')}
        </dd>
        <dt>{say('Cách hiểu đã đặt khi tính', 'Readings it was computed with')}</dt>
        <dd>
          {set.length === 0
            ? say('không có', 'none')
            : set.map(([number, value]) => `${number}: ${words(valueName(value))}`).join('; ')}
        </dd>
        <dt>{said['case-hash'][visit.language]}</dt>
        <dd>
          <code>{of.caseHash}</code>
        </dd>
      </dl>
    </section>
  );
};

/** The cells of the unit's file that the facts were read from, with the file itself. */
const Cells: FC<{ visit: Visit; of: Case }> = async ({ visit, of }) => {
  const { say, ports } = visit;
  const origin = await originOf(of.submitted, ports.store);
  const units = await readUnits(ports.store);
  const { payingUnit } = of.submitted;
  return (
    <section>
      <h2>{say('Ô của danh sách gốc', 'Cells of the original list')}</h2>
      <p class="hint">
        {units.get(payingUnit)?.name ?? payingUnit} ({payingUnit}).{' '}
        {origin === undefined ? (
          say('Hồ sơ này không đến từ một bảng.', 'This case came from no table.')
        ) : (
          <>
            <a href={`/tiep-nhan/${origin.list}/tep-goc`} download>
              {say('Tải tệp gốc', 'Download the original')}
            </a>
            {say(`; trang “${origin.sheet}”, dòng ${origin.row}`, `; sheet “${origin.sheet}”, row ${origin.row}`)}
            {origin.periodRows.length === 0
              ? ''
              : say('; các dòng quá trình: ', '; period rows: ') +
                origin.periodRows.map(({ sheet, row }) => `${sheet} ${row}`).join(', ')}
            .
          </>
        )}
      </p>
      {origin === undefined ? (
        ''
      ) : (
        <details>
          <summary>{say('Từng cột ở ô nào', 'Which cell each column is')}</summary>
          <p>
            {personColumns
              .flatMap(({ key, heading }) => {
                const cell = origin.cellOf(key);
                return cell === undefined ? [] : [`${heading}: ${cell}`];
              })
              .join(' · ')}
          </p>
        </details>
      )}
    </section>
  );
};

const Steps: FC<{ visit: Visit; steps: readonly ChainStep[] }> = async ({ visit, steps }) => {
  const { say, words, ports } = visit;
  const names = new Map<string, string>();
  for (const { by } of steps)
    if (!names.has(by)) names.set(by, by === 'system' ? '' : await ports.directory.nameOf(by));
  return (
    <section>
      <h2>{say('Từng bước', 'Step by step')}</h2>
      <Table label={say('Từng bước', 'Step by step')}>
        <thead>
          <tr>
            <th>{say('Bước', 'Step')}</th>
            <th>{say('Lúc', 'At')}</th>
            <th>{say('Ai', 'Who')}</th>
            <th>{say('Nội dung', 'What')}</th>
            <th>{say('Trong lịch sử gốc', 'In the raw histories')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, at, by, stream, seq, hash, told }) => (
            <tr>
              <td>{words(stepNames[step])}</td>
              <td>
                <At instant={at} visit={visit} />
              </td>
              <td>
                {by === 'system' ? say('hệ thống', 'system') : names.get(by)}
                {by === 'system' ? '' : <span class="hint cell">{by}</span>}
              </td>
              <td>
                {told.map((one) => (
                  <div>
                    {words(said[one.what])}: <Value visit={visit} told={one} />
                  </div>
                ))}
              </td>
              <td>
                <code>
                  {stream} #{seq}
                </code>
                <span class="hint cell">
                  <code>{hash}</code>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};

const Value: FC<{ visit: Visit; told: Told }> = ({ visit, told: { what, value, kind, link } }) => {
  const text = valueText(visit, what, value, kind);
  if (link !== undefined) return <a href={link}>{kind === 'hash' ? <code>{text}</code> : text}</a>;
  return kind === 'hash' ? <code>{text}</code> : <>{text}</>;
};

function valueText({ words }: Visit, what: Told['what'], value: string, kind: Told['kind']): string {
  if (kind === 'money') return `${formatDong(BigInt(value))} đồng`;
  if (kind === 'day') return formatDay(value);
  // Whole hashes stand in the raw histories; here they tell one file or content from another.
  if (kind === 'hash') return value.length > 16 ? `${value.slice(0, 16)}…` : value;
  const known =
    what === 'regime' ? regimeNames[value] : what === 'outcome' ? outcomeNames[value] : sourceNameOf(what, value);
  return known === undefined ? value : words(known);
}

function sourceNameOf(what: Told['what'], value: string) {
  return what === 'source' ? Object.entries(sourceNames).find(([source]) => source === value)?.[1] : undefined;
}

/** Each history the steps stand in, with every hash and link looked at. */
const Histories: FC<{ visit: Visit; streams: readonly string[]; store: Store }> = async ({ visit, streams, store }) => {
  const { say } = visit;
  const read = await Promise.all(streams.map(async (stream) => ({ stream, entries: await store.read(stream) })));
  return (
    <section>
      <h2>{say('Các chuỗi lịch sử gốc', 'The raw histories')}</h2>
      <Table label={say('Các chuỗi lịch sử gốc', 'The raw histories')}>
        <thead>
          <tr>
            <th>{say('Chuỗi', 'Stream')}</th>
            <th class="number">{say('Số mục', 'Entries')}</th>
            <th>{say('Mã băm của mục cuối', 'Hash of the last entry')}</th>
            <th>{say('Từng mã băm và liên kết', 'Each hash and link')}</th>
          </tr>
        </thead>
        <tbody>
          {read.map(({ stream, entries }) => {
            const broken = firstBroken(entries);
            return (
              <tr>
                <td>
                  <code>{stream}</code>
                </td>
                <td class="number">{entries.length}</td>
                <td>
                  <code>{entries.at(-1)?.hash ?? '–'}</code>
                </td>
                <td>
                  {broken === undefined ? (
                    <Tag tone="done">● {say('nguyên vẹn', 'whole')}</Tag>
                  ) : (
                    <Tag tone="back">✕ {say(`đứt ở mục ${broken.seq}`, `broken at ${broken.seq}`)}</Tag>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <p class="hint">
        {say(
          'Kiểm độc lập cả kho dữ liệu, không cần khóa: lệnh verify trên thư mục dữ liệu, đối chiếu với mã neo đã in.',
          'To check the whole store alone and without keys: the verify command over the data, against a printed anchor.',
        )}
      </p>
    </section>
  );
};
