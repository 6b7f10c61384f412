/** The dossier of a case: what its regime asks for, what is there, what is missing. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import type { Case } from '../../../shared/case/case.ts';
import {
  completenessOf,
  type Paper,
  type PaperKind,
  paperKinds,
  paperNames,
  papersOf,
  readDossierRules,
} from '../../../shared/case/papers.ts';
import { At, Day, Form, Table, Tag } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import type { Visit } from '../page.tsx';

export const CasePapers: FC<{ visit: Visit; of: Case }> = async ({ visit, of }) => {
  const { say, words, account, ports } = visit;
  if (!may(account, 'paper.see')) return <></>;
  const papers = papersOf(of);
  const rules = await readDossierRules(ports.store);
  const { due, missing } = completenessOf(of, rules);
  const kinds = [
    ...due,
    ...paperKinds.filter((kind) => !due.includes(kind) && papers.some((one) => one.kind === kind)),
  ];
  return (
    <section id="giay-to">
      <h2>{say('Giấy tờ', 'Papers')}</h2>
      <p>
        {missing.length === 0
          ? say(`Đủ ${due.length} loại giấy tờ.`, `All ${due.length} kinds of paper are there.`)
          : say(
              `Có ${due.length - missing.length} trên ${due.length} loại giấy tờ; còn thiếu: ${missing.map((kind) => paperNames[kind].vi).join('; ')}.`,
              `${due.length - missing.length} of ${due.length} kinds are there; missing: ${missing.map((kind) => paperNames[kind].en).join('; ')}.`,
            )}
      </p>
      <Table label={say('Giấy tờ', 'Papers')}>
        <thead>
          <tr>
            <th>{say('Loại', 'Kind')}</th>
            <th>{say('Tệp', 'File')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr>
              <td>{words(paperNames[kind])}</td>
              <td>
                {papers
                  .filter((paper) => paper.kind === kind)
                  .map((paper) => (
                    <OnePaper visit={visit} caseId={of.id} paper={paper} />
                  ))}
                {missing.includes(kind) ? <Tag tone="stuck">○ {say('chưa có', 'missing')}</Tag> : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {may(account, 'paper.attach') ? (
        <Attach visit={visit} caseId={of.id} missing={missing} printoutMonths={rules.printoutMonths} />
      ) : (
        ''
      )}
    </section>
  );
};

const OnePaper: FC<{ visit: Visit; caseId: string; paper: Paper }> = ({ visit, caseId, paper }) => {
  const { say, account } = visit;
  const { kind, file, type, bytes, stampedOn, at } = paper;
  return (
    <div class="paper">
      <a href={`/ho-so/${caseId}/giay-to/${file}`} download="">
        {type.toUpperCase()}, {Math.max(1, Math.round(bytes / 1024))} kB
      </a>{' '}
      {stampedOn === undefined ? (
        ''
      ) : (
        <>
          {say('xác nhận ngày', 'stamped on')} <Day day={stampedOn} />{' '}
        </>
      )}
      <span class="hint">
        <At instant={at} visit={visit} />
      </span>{' '}
      {may(account, 'paper.attach') ? (
        <Form to={`/ho-so/${caseId}/giay-to/bo`} visit={visit} class="inline">
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="file" value={file} />
          <button type="submit">{say('Bỏ', 'Take back')}</button>
        </Form>
      ) : (
        ''
      )}
    </div>
  );
};

const Attach: FC<{
  visit: Visit;
  caseId: string;
  missing: readonly PaperKind[];
  printoutMonths: number;
}> = ({ visit, caseId, missing, printoutMonths }) => {
  const { say, words } = visit;
  const ordered = [...missing, ...paperKinds.filter((kind) => !missing.includes(kind))];
  return (
    <details class="act" open={missing.length > 0}>
      <summary>{say('Đính kèm giấy tờ', 'Attach a paper')}</summary>
      <Form to={`/ho-so/${caseId}/giay-to`} visit={visit} files>
        <p class="field">
          <label for="paper-kind">{say('Loại', 'Kind')}</label>
          <select id="paper-kind" name="kind">
            {ordered.map((kind) => (
              <option value={kind}>{words(paperNames[kind])}</option>
            ))}
          </select>
        </p>
        <FileField
          visit={visit}
          id="paper-file"
          name="file"
          label={say('Tệp quét (PDF, JPEG, PNG, tối đa 10 MB)', 'Scan (PDF, JPEG, PNG, 10 MB at most)')}
          accept=".pdf,.jpg,.jpeg,.png"
          required
        />
        <p class="field">
          <label for="paper-stamp">
            {say('Ngày xác nhận của cơ quan BHXH', 'Day of the insurance office’s stamp')}
          </label>
          <span class="hint" id="paper-stamp-hint">
            {say(
              `Chỉ với bản quá trình đóng BHXH; không quá ${printoutMonths} tháng.`,
              `Only for the insurance printout; at most ${printoutMonths} months old.`,
            )}
          </span>
          <input id="paper-stamp" name="stampedOn" type="date" aria-describedby="paper-stamp-hint" />
        </p>
        <button type="submit">{say('Đính kèm', 'Attach')}</button>
      </Form>
    </details>
  );
};
