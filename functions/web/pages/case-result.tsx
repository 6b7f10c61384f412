/** What the person gets: every line as a sentence with its article, or why there is no sum. */
import type { FC } from 'hono/jsx';
import type { Assessment } from '../../../shared/case/assessment.ts';
import type { Case } from '../../../shared/case/case.ts';
import {
  factName,
  figureSentences,
  groundSentences,
  lineNames,
  lineSentence,
  markSentence,
  reasonSentence,
} from '../../../shared/case/explain.ts';
import { periodAccounts, periodSentence } from '../../../shared/case/explain-service.ts';
import type { Part } from '../../../shared/case/part.ts';
import { shareOf } from '../../../shared/case/shares.ts';
import { formatDong, inWords } from '../../../shared/dong.ts';
import { valueName } from '../../../shared/law/readings.ts';
import { Money, StatusTag, Table, Tag } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { caseStatusNames, regimeNames, sourceNames } from '../words.ts';

export const Result: FC<{ visit: Visit; of: Case }> = ({ visit, of }) => {
  const { say, words } = visit;
  const { assessment, submitted } = of;
  const leaveOn = submitted.facts.leaving?.on ?? '';
  const declared = submitted.declaredTotal;
  if (assessment.outcome !== 'entitled') return <NotEntitled visit={visit} assessment={assessment} />;
  const total = BigInt(assessment.total);
  const differs = declared !== undefined && BigInt(declared) !== total;
  return (
    <section class="result">
      {differs ? (
        <p class="declared">
          <span class="hint">{say('Đơn vị tính: ', 'The unit computed: ')}</span>
          <s>{formatDong(BigInt(declared ?? '0'))} đồng</s>
        </p>
      ) : (
        ''
      )}
      <p class="total">
        {formatDong(total)} đồng <span class="hint">{words(regimeNames[assessment.regime])}</span>
      </p>
      <p class="hint">{inWords(total)}.</p>
      <ol class="lines">
        {assessment.lines.map((line) => (
          <li>{words(lineSentence(line))}</li>
        ))}
      </ol>
      <details open>
        <summary>{say('Cách tính các số liệu', 'How the figures were made')}</summary>
        <ul>
          {figureSentences(assessment.figures, leaveOn, submitted.facts.pay, assessment.regime, of.readings).map(
            (sentence) => (
              <li>{words(sentence)}</li>
            ),
          )}
        </ul>
        {assessment.figures.serviceMonths > 0 ? (
          <ul>
            {periodAccounts(submitted.facts.service ?? [], leaveOn, assessment.regime, of.readings).map((account) => (
              <li>{words(periodSentence(account))}</li>
            ))}
          </ul>
        ) : (
          ''
        )}
        {(assessment.yieldsTo ?? []).map(({ regime, total: other }) => (
          <p class="hint">
            {say('Theo quy định khác: ', 'By another text: ')}
            {words(regimeNames[regime])}, {formatDong(BigInt(other))} đồng.
          </p>
        ))}
        <p class="hint">
          <a href={`/ho-so/${of.id}/cach-tinh.json`} download>
            {say('Tải vết tính toán (JSON)', 'Download the trace (JSON)')}
          </a>
        </p>
      </details>
      <Marks visit={visit} assessment={assessment} />
    </section>
  );
};

const Marks: FC<{ visit: Visit; assessment: Assessment }> = ({ visit, assessment }) =>
  assessment.marks.length + assessment.open.length === 0 ? (
    <></>
  ) : (
    <p class="marks">
      {assessment.marks.map((mark) => (
        <Tag tone="stuck">! {visit.words(markSentence(mark))}</Tag>
      ))}
      {assessment.open.map((number) => (
        <Tag tone="stuck">? {visit.words(reasonSentence(number))}</Tag>
      ))}
    </p>
  );

const NotEntitled: FC<{ visit: Visit; assessment: Exclude<Assessment, { outcome: 'entitled' }> }> = ({
  visit,
  assessment,
}) => {
  const { say, words } = visit;
  return (
    <section class="result">
      <h2>{words(caseStatusNames[assessment.outcome])}</h2>
      {assessment.outcome === 'not-entitled' ? (
        <ul>
          {assessment.grounds.map(({ ground, by, byEn }) => (
            <li>
              {words(groundSentences[ground])} ({say(by, byEn)})
            </li>
          ))}
        </ul>
      ) : (
        ''
      )}
      {assessment.outcome === 'incomplete' ? (
        <p>
          {say('Còn thiếu: ', 'Missing: ')}
          {assessment.missing.map((path) => factName(path, visit.language)).join(', ')}.
        </p>
      ) : (
        ''
      )}
      {assessment.outcome === 'review' ? (
        <>
          <ul>
            {assessment.reasons.map(({ reason }) => (
              <li>{words(reasonSentence(reason))}</li>
            ))}
          </ul>
          {(assessment.alternatives ?? []).length === 0 ? (
            ''
          ) : (
            <Table label={say('Các cách hiểu', 'Readings')}>
              <thead>
                <tr>
                  <th>{say('Cách hiểu', 'Reading')}</th>
                  <th>{say('Cách tính', 'Working')}</th>
                  <th class="number">{say('Tổng (đồng)', 'Total (đồng)')}</th>
                </tr>
              </thead>
              <tbody>
                {(assessment.alternatives ?? []).map(({ readings, lines, total }) => (
                  <tr>
                    <td>
                      {Object.entries(readings)
                        .map(([number, value]) => `${number}: ${words(valueName(value))}`)
                        .join('; ')}
                    </td>
                    <td>
                      {(lines ?? []).map((line) => (
                        <div>{words(lineSentence(line))}</div>
                      ))}
                    </td>
                    <td class="number">{total === undefined ? '–' : <Money amount={total} />}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </>
      ) : (
        ''
      )}
      <Marks visit={visit} assessment={assessment} />
    </section>
  );
};

/** Which source pays what of this person, and where each of the sums stands. */
export const Sources: FC<{ visit: Visit; of: Case; parts: readonly Part[] }> = ({ visit, of, parts }) => {
  const { say, words } = visit;
  return (
    <Table label={say('Các nguồn chi', 'Sources')}>
      <thead>
        <tr>
          <th>{say('Nguồn', 'Source')}</th>
          <th>{say('Khoản', 'Lines')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
          <th>{say('Trạng thái', 'State')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ source, status, last }) => {
          const { lines, total } = shareOf(of, source);
          return (
            <tr>
              <td>{words(sourceNames[source])}</td>
              <td>{lines.map(({ line }) => words(lineNames[line] ?? { vi: line, en: line })).join('; ')}</td>
              <td class="number">
                <Money amount={total} />
              </td>
              <td>
                <StatusTag status={status} visit={visit} /> {last.reason ?? ''}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
};
