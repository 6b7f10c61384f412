/** Đã chi nơi khác: the rows of a list with what would come of each, the dangerous ones first. */
import type { FC } from 'hono/jsx';
import { caseIdOf } from '../../../shared/case/part.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { type JudgedRow, verdicts } from '../../../shared/disbursement/judge-earlier.ts';
import { paidTwice } from '../../../shared/disbursement/paid-elsewhere.ts';
import { sum } from '../../../shared/dong.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { Day, Money, Table, Tag } from '../elements.tsx';
import type { Visit } from '../page.tsx';

const verdictNames: Readonly<Record<JudgedRow['verdict'], Sentence>> = {
  recordable: { vi: 'Ghi được', en: 'Can be recorded' },
  same: { vi: 'Đã ghi từ trước', en: 'Recorded before' },
  repeated: { vi: 'Lặp lại trong tệp', en: 'Repeated in the file' },
  unreadable: { vi: 'Dòng không đọc được', en: 'Unreadable' },
  'unknown-person': { vi: 'Chưa có hồ sơ', en: 'No such case' },
  'other-name': { vi: 'Khác họ tên', en: 'Another name' },
  'unknown-unit': { vi: 'Không có đơn vị này', en: 'No such unit' },
  'twice-in-file': { vi: 'Hai khoản khác nhau trong tệp', en: 'Two payments in the file' },
  credited: { vi: 'Trả hai lần: đã báo có', en: 'Paid twice: credited' },
  'paid-elsewhere': { vi: 'Trả hai lần: đã chi theo chứng từ khác', en: 'Paid twice by another document' },
  claimed: { vi: 'Khoản chi khác đang giữ', en: 'Held by another payment' },
  'in-flight': { vi: 'Sắp trả hai lần: đang thanh toán', en: 'About to be paid twice' },
  'in-batch': { vi: 'Đang trong đợt chờ xác nhận', en: 'In a batch being confirmed' },
  contradicted: { vi: 'Kết quả trái ngược', en: 'Contradicted' },
  held: { vi: 'Hồ sơ tạm dừng', en: 'Held' },
  cancelled: { vi: 'Không tiếp tục chi trả', en: 'Cancelled' },
  'other-sum': { vi: 'Khác số tiền', en: 'Another sum' },
  'future-day': { vi: 'Ngày ở tương lai', en: 'Day in the future' },
  'not-entitled': { vi: 'Không có khoản được hưởng', en: 'Nothing is owed' },
};

const rowsAPage = 200;

/** Paid twice first, then what a person must put right, then what goes well. */
function weightOf({ verdict }: JudgedRow): number {
  if (paidTwice.includes(verdict) || verdict === 'twice-in-file') return 0;
  return verdict === 'recordable' || verdict === 'same' || verdict === 'repeated' ? 2 : 1;
}

export const JudgedRows: FC<{ visit: Visit; rows: readonly JudgedRow[]; path: string }> = async ({
  visit,
  rows,
  path,
}) => {
  const { say, words, query, ports } = visit;
  if (rows.length === 0) return <></>;
  const units = await readUnits(ports.store);
  const sorted = rows.toSorted((one, other) => weightOf(one) - weightOf(other));
  const pages = Math.ceil(rows.length / rowsAPage);
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query.get('trang') ?? '1')) || 1));
  const twice = rows.filter((row) => weightOf(row) === 0).length;
  const label = say('Từng dòng của tệp', 'Every row of the file');
  return (
    <section>
      {twice === 0 ? (
        ''
      ) : (
        <div class="problem" role="alert">
          <h2>{say(`${twice} dòng đã hoặc sắp trả hai lần`, `${twice} rows paid, or about to be paid, twice`)}</h2>
          <p>{say('Xem các dòng đầu tiên của bảng; hãy xử lý ngay.', 'They stand first in the table; act at once.')}</p>
        </div>
      )}
      <Counts visit={visit} rows={rows} />
      <h2>{label}</h2>
      <Table label={label}>
        <thead>
          <tr>
            <th>{say('Dòng', 'Row')}</th>
            <th>{say('Người hưởng', 'Person')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Ngày chi, chứng từ, đơn vị', 'Day, document, unit')}</th>
            <th>{say('Kết quả kiểm tra', 'Verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice((page - 1) * rowsAPage, page * rowsAPage).map((row) => (
            <tr>
              <td>{row.row}</td>
              <td>{nameIn(row)}</td>
              <td class="number">{row.payment === undefined ? '' : <Money amount={row.payment.amount} />}</td>
              <td>
                {row.payment === undefined ? (
                  ''
                ) : (
                  <>
                    <span class="short">
                      <Day day={row.payment.on} />, {row.payment.document}
                    </span>{' '}
                    <span class="hint">{units.get(row.payment.paidBy)?.name ?? row.payment.paidBy}</span>
                  </>
                )}
              </td>
              <td>
                <Tag tone={tones[weightOf(row)] ?? 'quiet'}>{words(verdictNames[row.verdict])}</Tag>{' '}
                {row.why === undefined ? '' : words(row.why)}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {pages === 1 ? (
        ''
      ) : (
        <p>
          {say(`Trang ${page} trên ${pages}.`, `Page ${page} of ${pages}.`)}{' '}
          {page < pages ? <a href={`${path}?trang=${page + 1}`}>{say('Trang sau', 'Next page')}</a> : ''}{' '}
          {page > 1 ? <a href={`${path}?trang=${page - 1}`}>{say('Trang trước', 'Page before')}</a> : ''}
        </p>
      )}
    </section>
  );
};

const tones = ['back', 'stuck', 'done'] as const;

function nameIn({ payment }: JudgedRow) {
  if (payment?.part === undefined) return payment?.name ?? '–';
  return <a href={`/ho-so/${caseIdOf(payment.part)}`}>{payment.name}</a>;
}

const Counts: FC<{ visit: Visit; rows: readonly JudgedRow[] }> = ({ visit, rows }) => {
  const label = visit.say('Kết quả kiểm tra', 'What would come of it');
  return (
    <>
      <h2>{label}</h2>
      <Table label={label}>
        <thead>
          <tr>
            <th>{visit.say('Kết quả', 'Verdict')}</th>
            <th class="number">{visit.say('Dòng', 'Rows')}</th>
            <th class="number">{visit.say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict) => {
            const own = rows.filter((row) => row.verdict === verdict);
            return own.length === 0 ? (
              ''
            ) : (
              <tr>
                <td>{visit.words(verdictNames[verdict])}</td>
                <td class="number">{own.length}</td>
                <td class="number">
                  <Money amount={sum(own.map(({ payment }) => BigInt(payment?.amount ?? 0)))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </>
  );
};
