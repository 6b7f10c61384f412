/** The people of a frozen list, exceptions first. */
import type { FC } from 'hono/jsx';
import type { Batch, FrozenList, FrozenPart } from '../../../shared/case/batch.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { markSentence, reasonSentence } from '../../../shared/case/explain.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { exceptionsFirst } from '../../../shared/approval/difference.ts';
import { Money, Table, Tag } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { regimeNames } from '../words.ts';

export const rowsAPage = 40;

export async function named({ ports }: Visit, parts: readonly FrozenPart[]) {
  return Promise.all(
    parts.map(async (part) => {
      const of = await readCase(ports.store, caseIdOf(part.part));
      return {
        ...part,
        caseId: caseIdOf(part.part),
        employer: of?.submitted.employer ?? '',
        name: of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName,
      };
    }),
  );
}

export const Marks: FC<{ visit: Visit; part: FrozenPart }> = ({ visit, part }) => (
  <>
    {[...part.marks.map(markSentence), ...part.open.map(reasonSentence)].map((sentence) => (
      <Tag tone="stuck">! {visit.words(sentence)}</Tag>
    ))}
  </>
);

export const PeopleList: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, query } = visit;
  const ordered = exceptionsFirst(list.parts);
  const pages = Math.ceil(ordered.length / rowsAPage);
  const page = Math.min(pages, Math.max(1, Number(query.get('trang') ?? '1') || 1));
  const shown = await named(visit, ordered.slice((page - 1) * rowsAPage, page * rowsAPage));
  return (
    <section>
      <h2>{say('Danh sách', 'The list')}</h2>
      <Table label={say('Danh sách', 'The list')}>
        <thead>
          <tr>
            <th>{say('Họ và tên', 'Name')}</th>
            <th>{say('Nơi công tác', 'Employer')}</th>
            <th>{say('Chế độ', 'Regime')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Cần xem', 'To look at')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((part) => {
            const out = batch.takenOut.get(part.part);
            return (
              <tr class={out === undefined ? '' : 'out'}>
                <td>
                  <a href={`/ho-so/${part.caseId}`}>{part.name}</a>
                </td>
                <td>{part.employer}</td>
                <td>{words(regimeNames[part.regime])}</td>
                <td class="number">
                  <Money amount={part.total} />
                </td>
                <td>
                  {out === undefined ? (
                    <Marks visit={visit} part={part} />
                  ) : (
                    <Tag tone="quiet">
                      – {say('Đã đưa ra: ', 'Taken out: ')}
                      {out.reason}
                    </Tag>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {pages > 1 ? (
        <nav class="pager" aria-label={say('Các trang', 'Pages')}>
          {page > 1 ? <a href={`/dot/${batch.id}?trang=${page - 1}`}>← {say('Trước', 'Before')}</a> : ''}{' '}
          {say(`Trang ${page} trên ${pages}`, `Page ${page} of ${pages}`)}{' '}
          {page < pages ? <a href={`/dot/${batch.id}?trang=${page + 1}`}>{say('Sau', 'Next')} →</a> : ''}
        </nav>
      ) : (
        ''
      )}
    </section>
  );
};
