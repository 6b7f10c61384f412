/** One frozen report: what it says, its files, its anchor, and each time it was printed again. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { fileTypes, readReport, type Report, reportContent } from '../../../shared/completion/freeze-report.ts';
import { cellText, type ReportPaper, type ReportTable } from '../../../shared/completion/report-paper.ts';
import { At, Form, ProblemBox, Table, Tag } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';
import { receiverNames, reportKindNames, reportsPage } from './reports.tsx';

export async function reportPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, words, ports, params, account } = visit;
  const report = await readReport(ports.store, params['code'] ?? '');
  const kept = report === undefined ? undefined : await ports.files.get(report.content);
  if (report === undefined || kept === undefined) {
    const answer = await reportsPage(visit, { vi: 'Không có báo cáo này.', en: 'There is no such report.' });
    return 'page' in answer ? { ...answer, status: 404 } : answer;
  }
  const { paper } = reportContent.parse(JSON.parse(new TextDecoder().decode(kept)));
  return {
    page: say(`Báo cáo ${report.code}`, `Report ${report.code}`),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p class="lead">
          {words(reportKindNames[report.kind])} {say('gửi', 'to')} {words(receiverNames[report.receiver])};{' '}
          {say('số liệu chốt lúc ', 'figures of ')}
          <At instant={report.at} visit={visit} />.
        </p>
        <p>
          {fileTypes.map((type) => (
            <>
              <a class="button" href={`/hoan-thanh/bao-cao/${report.code}/bao-cao.${type}`}>
                {say(`Tải tệp .${type}`, `Download .${type}`)}
              </a>{' '}
            </>
          ))}
        </p>
        <Said paper={paper} />
        <Proof visit={visit} report={report} />
        {may(account, 'report.make') ? <Again visit={visit} report={report} /> : ''}
      </>
    ),
  };
}

/** The report as it was put into words, in Vietnamese as it went out. */
const Said: FC<{ paper: ReportPaper }> = ({ paper }) => (
  <section lang="vi">
    <h2>{paper.subject}</h2>
    {paper.blocks.map((block) => {
      if ('heading' in block) return <h3>{block.heading}</h3>;
      if ('table' in block) return block.table.isInSheetsOnly ? '' : <PaperTable of={block.table} />;
      return <p>{block.isStrong ? <strong>{block.text}</strong> : block.text}</p>;
    })}
  </section>
);

const PaperTable: FC<{ of: ReportTable }> = ({ of: { caption, columns, rows, total } }) => {
  const look = columns.map(({ kind }) => (kind === 'text' ? '' : 'number'));
  return (
    <Table label={caption}>
      <thead>
        <tr>
          {columns.map(({ heading }, index) => (
            <th class={look[index]}>{heading}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell, index) => (
              <td class={look[index]}>{cellText(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
      {total.length === 0 ? (
        ''
      ) : (
        <tfoot>
          <tr>
            {total.map((cell, index) => (
              <td class={look[index]}>{cellText(cell)}</td>
            ))}
          </tr>
        </tfoot>
      )}
    </Table>
  );
};

const Proof: FC<{ visit: Visit; report: Report }> = async ({ visit, report }) => {
  const { say, ports } = visit;
  const reprints = await Promise.all(
    report.reprints.map(async (one) => ({ ...one, name: await ports.directory.nameOf(one.by) })),
  );
  return (
    <section>
      <h2>{say('Chứng minh', 'Proof')}</h2>
      <ul class="history">
        <li>
          {say('Chốt bởi ', 'Frozen by ')}
          {await ports.directory.nameOf(report.by)}, <At instant={report.recordedAt} visit={visit} />.
        </li>
        <li>
          {say('Mã neo: ', 'Anchor: ')}
          <code class="anchor">{report.anchor}</code>
        </li>
        {fileTypes.map((type) => (
          <li>
            SHA-256 .{type}: <code class="anchor">{report.files[type]}</code>
          </li>
        ))}
        {reprints.map(({ at, name, isSame }) => (
          <li>
            <At instant={at} visit={visit} />, {name}:{' '}
            {isSame ? (
              <Tag tone="done">● {say('in lại giống hệt', 'printed again, the same')}</Tag>
            ) : (
              <Tag tone="back">✕ {say('in lại khác, không được dùng', 'printed again otherwise, not to be used')}</Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

const Again: FC<{ visit: Visit; report: Report }> = ({ visit, report }) => {
  const { say } = visit;
  return (
    <section class="act">
      <h2>{say('In lại', 'Print again')}</h2>
      <p class="hint">
        {say(
          'Hệ thống lập lại tệp từ số liệu đã chốt và so với bản đã phát hành; khác một byte là từ chối.',
          'The file is made anew from the frozen figures and compared with the one issued; one byte off and it is refused.',
        )}
      </p>
      <Form to={`/hoan-thanh/bao-cao/${report.code}/in-lai`} visit={visit}>
        <p class="field">
          <label for="type">{say('Tệp', 'File')}</label>
          <select id="type" name="type" required>
            {fileTypes.map((type) => (
              <option value={type}>.{type}</option>
            ))}
          </select>
        </p>
        <button type="submit">{say('In lại và so', 'Print again and compare')}</button>
      </Form>
    </section>
  );
};
