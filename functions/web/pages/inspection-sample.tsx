/** One inspection: whom it was drawn from, what the recheck found (nothing is expected), and the lists of findings. */
import type { FC } from 'hono/jsx';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { findingCodes, findingNames, findingValues, isFindingCode } from '../../../shared/completion/finding-names.ts';
import { faultNames } from '../../../shared/completion/fault-names.ts';
import { usualThresholds } from '../../../shared/completion/findings.ts';
import { drawingWords, scopeWords } from '../../../shared/completion/inspection-words.ts';
import { type Inspection, readInspection } from '../../../shared/completion/inspection.ts';
import { type InspectedFault, readFaults, readFound, readSample } from '../../../shared/completion/inspection-lists.ts';
import { readMandate } from '../../../shared/completion/mandate.ts';
import type { Counted } from '../../../shared/completion/sample.ts';
import { formatDay } from '../../../shared/calendar.ts';
import { formatRatio } from '../../../shared/dong.ts';
import { At, Day, Empty, Form, Money, Table } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import { ResultTag } from './inspection.tsx';

const rowsAPage = 50;

export async function inspectionResultPage(visit: Visit): Promise<Answer> {
  const { say, ports, params } = visit;
  const inspection = await readInspection(ports.store, params['id'] ?? '');
  if (inspection === undefined) return notFound(visit);
  const { examined } = inspection;
  return {
    page: say('Kết quả kiểm tra', 'Inspection'),
    ...(examined === undefined ? { refreshAfter: 2 } : {}),
    body: (
      <>
        <p class="lead">
          <ResultTag visit={visit} status={examined === undefined ? 'chosen' : 'examined'} faults={examined?.faults} />
        </p>
        <Recheck visit={visit} inspection={inspection} />
        <Faults visit={visit} faults={(await readFaults(inspection, ports)).slice(0, rowsAPage)} of={inspection} />
        <Findings visit={visit} inspection={inspection} />
        <Scope visit={visit} inspection={inspection} />
        <People visit={visit} inspection={inspection} />
      </>
    ),
  };
}

function notFound({ say }: Visit): Answer {
  return {
    page: say('Không tìm thấy', 'Not found'),
    status: 404,
    body: <p>{say('Không có cuộc kiểm tra này.', 'There is no such inspection.')}</p>,
  };
}

const Recheck: FC<{ visit: Visit; inspection: Inspection }> = ({ visit, inspection: { examined } }) => {
  const { say } = visit;
  if (examined === undefined) {
    return <Empty>{say('Đang tính lại; trang tự cập nhật.', 'Being recomputed; this page updates itself.')}</Empty>;
  }
  const { people, histories, entries, stored, recomputed, differing, at } = examined;
  return (
    <section>
      <p class="answer">
        {say(
          `Đã tính lại ${people} người từ dữ kiện: ${differing} người ra số khác.`,
          `${people} people recomputed from their facts: ${differing} came out otherwise.`,
        )}
      </p>
      <dl class="facts">
        <dt>{say('Đang lưu', 'Stored')}</dt>
        <dd>
          <Money amount={stored} /> đồng
        </dd>
        <dt>{say('Tính lại', 'Recomputed')}</dt>
        <dd>
          <Money amount={recomputed} /> đồng
        </dd>
        <dt>{say('Chênh lệch', 'Difference')}</dt>
        <dd>
          <Money amount={BigInt(stored) - BigInt(recomputed)} /> đồng
        </dd>
        <dt>{say('Chuỗi lịch sử đã kiểm', 'Histories checked')}</dt>
        <dd>
          {histories} ({entries} {say('mục, từng mã băm và liên kết', 'entries, each hash and link')})
        </dd>
        <dt>{say('Xong lúc', 'Done at')}</dt>
        <dd>
          <At instant={at} visit={visit} />
        </dd>
      </dl>
    </section>
  );
};

const Faults: FC<{ visit: Visit; faults: readonly InspectedFault[]; of: Inspection }> = ({ visit, faults, of }) => {
  const { say, words } = visit;
  if (of.examined === undefined) return <></>;
  return (
    <section>
      <h2>{say('Những điểm không khớp', 'What does not agree')}</h2>
      {faults.length === 0 ? (
        <Empty>
          {say(
            'Không có. Số tiền, thẩm định, danh sách chốt, xác nhận, quyết định, khoản chi, chứng từ, kết quả đều khớp đến từng đồng.',
            'Nothing. Sums, appraisals, lists, decisions, orders, slips and results agree to the đồng.',
          )}
        </Empty>
      ) : (
        <Table label={say('Những điểm không khớp', 'What does not agree')}>
          <thead>
            <tr>
              <th>{say('Điểm', 'What')}</th>
              <th>{say('Hồ sơ', 'Case')}</th>
              <th>{say('Ở đâu', 'Where')}</th>
              <th>{say('Phải là', 'Expected')}</th>
              <th>{say('Đang là', 'Found')}</th>
              <th class="number">{say('Chênh lệch (đồng)', 'Difference (đồng)')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ what, caseId, stream, seq, expected, found, difference }) => (
              <tr>
                <td>{words(faultNames[what])}</td>
                <td>{caseId === undefined ? '–' : <CaseLink caseId={caseId} />}</td>
                <td>
                  <code>
                    {stream}
                    {seq === undefined ? '' : ` #${seq}`}
                  </code>
                </td>
                <td>
                  <code>{expected}</code>
                </td>
                <td>
                  <code>{found}</code>
                </td>
                <td class="number">
                  <Money amount={difference} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {of.examined.faults > faults.length ? (
        <p class="hint">
          {say(
            `Trang này có ${faults.length} trên ${of.examined.faults} điểm; tệp xuất có đủ.`,
            `${faults.length} of ${of.examined.faults} are shown; the file has them all.`,
          )}
        </p>
      ) : (
        ''
      )}
      <ExportForm visit={visit} inspection={of.id} list="faults" />
    </section>
  );
};

const CaseLink: FC<{ caseId: string }> = ({ caseId }) => <a href={`/kiem-tra/ho-so/${caseId}`}>{caseId.slice(-8)}</a>;

const Findings: FC<{ visit: Visit; inspection: Inspection }> = ({ visit, inspection: { id, examined } }) => {
  const { say, words } = visit;
  if (examined === undefined) return <></>;
  return (
    <section>
      <h2>{say('Dấu hiệu cần xem', 'Where to look')}</h2>
      <p class="hint">
        {say(
          'Dấu hiệu không phải là sai phạm. Số tiền là của những người, danh sách hoặc chứng từ trong từng dòng, mỗi người tính một lần.',
          'A finding is no fault. The money is that of the people, lists or slips of each line, each once.',
        )}{' '}
        <Limits visit={visit} />
      </p>
      <Table label={say('Dấu hiệu cần xem', 'Where to look')}>
        <thead>
          <tr>
            <th>{say('Dấu hiệu', 'Finding')}</th>
            <th class="number">{say('Số mục', 'Count')}</th>
            <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
          </tr>
        </thead>
        <tbody>
          {findingCodes.map((code) => {
            const { count = 0, total = '0' } = examined.findings[code] ?? {};
            return (
              <tr>
                <td>
                  {count === 0 ? (
                    words(findingNames[code])
                  ) : (
                    <a href={`/kiem-tra/mau/${id}/dau-hieu/${code}`}>{words(findingNames[code])}</a>
                  )}
                </td>
                <td class="number">{count}</td>
                <td class="number">
                  <Money amount={total} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </section>
  );
};

/** Where the lists begin and end. */
const Limits: FC<{ visit: Visit }> = ({ visit: { say } }) => {
  const { edgeDays, changes, monthsEarly, oddMonths, riseMonths, overAverage, topOneOf } = usualThresholds;
  const days = changes.map(formatDay).join(', ');
  const share = formatRatio(overAverage);
  return (
    <>
      {say(
        `Ngưỡng: ngày nghỉ trong ${edgeDays} ngày trước hoặc từ ${days}; ${monthsEarly.join(', ')} tháng nghỉ sớm; ${oddMonths.join(', ')} tháng lẻ; lương giữ dưới ${riseMonths} tháng; lương trên ${share} lần bình quân; số tiền thuộc nhóm 1 phần ${topOneOf} cao nhất.`,
        `Limits: left within ${edgeDays} days before or from ${days}; ${monthsEarly.join(', ')} months early; ${oddMonths.join(', ')} odd months; a salary held under ${riseMonths} months; over ${share} times the average; the highest one in ${topOneOf}.`,
      )}
    </>
  );
};

const Scope: FC<{ visit: Visit; inspection: Inspection }> = async ({ visit, inspection }) => {
  const { say, words, ports } = visit;
  const { by, at, criteria, drawing, population, sample } = inspection;
  const mandate = await readMandate(ports.store, inspection.mandate);
  return (
    <section>
      <h2>{say('Phạm vi đã ghi trước khi xem', 'Scope, written down before')}</h2>
      <dl class="facts">
        <dt>{say('Người kiểm tra', 'By')}</dt>
        <dd>
          {await ports.directory.nameOf(by)}, <At instant={at} visit={visit} />
        </dd>
        <dt>{say('Theo quyết định', 'Under decision')}</dt>
        <dd>
          {mandate === undefined ? (
            '–'
          ) : (
            <>
              {mandate.number} {say('ngày', 'of')} <Day day={mandate.on} />: {mandate.scope}
            </>
          )}
        </dd>
        <dt>{say('Trong số', 'Of')}</dt>
        <dd>
          {words(scopeWords(criteria))} <Proof visit={visit} of={population} />
        </dd>
        <dt>{say('Cách chọn', 'Drawing')}</dt>
        <dd>
          {words(drawingWords(drawing))} <Proof visit={visit} of={sample} />
        </dd>
      </dl>
    </section>
  );
};

const Proof: FC<{ visit: Visit; of: Counted }> = ({ visit: { say }, of: { people, total, hash } }) => (
  <span class="hint cell">
    {people} {say('người', 'people')}, <Money amount={total} /> đồng, SHA-256 <code>{hash}</code>
  </span>
);

const People: FC<{ visit: Visit; inspection: Inspection }> = async ({ visit, inspection }) => {
  const { say, ports } = visit;
  const sample = await readSample(inspection, ports);
  const shown = sample.slice(0, rowsAPage);
  const names = await Promise.all(shown.map(({ caseId }) => nameOf(visit, caseId)));
  return (
    <section>
      <h2>{say('Những người được chọn', 'Who was chosen')}</h2>
      <Table label={say('Những người được chọn', 'Who was chosen')}>
        <thead>
          <tr>
            <th>{say('Họ và tên', 'Name')}</th>
            <th>{say('Hồ sơ', 'Case')}</th>
            <th>{say('Chế độ', 'Regime')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ caseId, regime, total }, index) => (
            <tr>
              <td>{names[index]}</td>
              <td>
                <CaseLink caseId={caseId} />
              </td>
              <td>{regime}</td>
              <td class="number">
                <Money amount={total} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {sample.length > shown.length ? (
        <p class="hint">
          {say(
            `Trang này có ${shown.length} trên ${sample.length} người; tệp xuất có đủ.`,
            `${shown.length} of ${sample.length} people are shown; the file has them all.`,
          )}
        </p>
      ) : (
        ''
      )}
      {inspection.examined === undefined ? '' : <ExportForm visit={visit} inspection={inspection.id} list="people" />}
    </section>
  );
};

async function nameOf({ ports }: Visit, caseId: string | undefined): Promise<string> {
  if (caseId === undefined) return '–';
  const of = await readCase(ports.store, caseId).catch(() => undefined);
  return of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName;
}

/** Each list leaves as a workbook or as CSV. */
const ExportForm: FC<{ visit: Visit; inspection: string; list: string }> = ({ visit, inspection, list }) => {
  const { say } = visit;
  return (
    <Form to="/kiem-tra/xuat" visit={visit} class="filters">
      <input type="hidden" name="inspection" value={inspection} />
      <input type="hidden" name="list" value={list} />
      <button type="submit" name="format" value="xlsx">
        {say('Xuất bảng tính .xlsx', 'Take out as .xlsx')}
      </button>
      <button type="submit" name="format" value="csv">
        {say('Xuất CSV', 'Take out as CSV')}
      </button>
    </Form>
  );
};

export async function findingPage(visit: Visit): Promise<Answer> {
  const { say, words, ports, params, query } = visit;
  const inspection = await readInspection(ports.store, params['id'] ?? '');
  const code = params['code'] ?? '';
  if (inspection?.examined === undefined || !isFindingCode(code)) return notFound(visit);
  const found = await readFound(inspection, code, ports);
  const pages = Math.max(1, Math.ceil(found.length / rowsAPage));
  const page = Math.min(pages, Math.max(1, Number(query.get('trang')) || 1));
  const shown = found.slice((page - 1) * rowsAPage, page * rowsAPage);
  const names = await Promise.all(shown.map(({ caseId }) => nameOf(visit, caseId)));
  const people = await Promise.all(shown.map(async ({ by }) => (by === undefined ? '–' : ports.directory.nameOf(by))));
  const { count = 0, total = '0' } = inspection.examined.findings[code] ?? {};
  return {
    page: words(findingNames[code]),
    body: (
      <>
        <p class="lead">
          {count} {say('mục', 'entries')}, <Money amount={total} /> đồng.{' '}
          <a href={`/kiem-tra/mau/${inspection.id}`}>{say('Về cuộc kiểm tra', 'Back to the inspection')}</a>
        </p>
        {shown.length === 0 ? (
          <Empty>{say('Không có mục nào.', 'Nothing.')}</Empty>
        ) : (
          <Table label={words(findingNames[code])}>
            <thead>
              <tr>
                <th>{say('Họ và tên', 'Name')}</th>
                <th>{say('Hồ sơ', 'Case')}</th>
                <th class="number">{say('Đồng', 'Đồng')}</th>
                <th>{words(findingValues[code] ?? { vi: 'Lý do', en: 'Reason' })}</th>
                <th>{say('Lúc, tài khoản', 'When, by')}</th>
                <th>{say('Ở đâu', 'Where')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ caseId, total: own, why, at, stream, seq }, index) => (
                <tr>
                  <td>{names[index]}</td>
                  <td>{caseId === undefined ? '–' : <CaseLink caseId={caseId} />}</td>
                  <td class="number">
                    <Money amount={own} />
                  </td>
                  <td>{/^\d{4}-\d\d-\d\d$/.test(why) ? <Day day={why} /> : why}</td>
                  <td>
                    {at === undefined ? (
                      '–'
                    ) : (
                      <>
                        <At instant={at} visit={visit} />, {people[index]}
                      </>
                    )}
                  </td>
                  <td>
                    <code>
                      {stream}
                      {seq === undefined ? '' : ` #${seq}`}
                    </code>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        {pages === 1 ? (
          ''
        ) : (
          <p class="pager">
            {say(`Trang ${page} trên ${pages}. `, `Page ${page} of ${pages}. `)}
            {page > 1 ? <a href={`?trang=${page - 1}`}>{say('Trang trước', 'Before')}</a> : ''}{' '}
            {page < pages ? <a href={`?trang=${page + 1}`}>{say('Trang sau', 'Next')}</a> : ''}
          </p>
        )}
        <ExportForm visit={visit} inspection={inspection.id} list={code} />
      </>
    ),
  };
}
