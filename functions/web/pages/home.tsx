/** Việc của tôi: what waits for me, oldest first; before it why this home pays nothing, where it does not. */
import { readWhereabouts, whyNot } from '../../../shared/case/whereabouts.ts';
import { At, Empty, NoteBox } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import type { Waiting } from '../waiting.ts';

export async function homePage(visit: Visit, waiting: readonly Waiting[]): Promise<Answer> {
  const { say, words } = visit;
  const where = await readWhereabouts(visit.ports.store);
  return {
    page: say('Việc của tôi', 'My work'),
    body: (
      <>
        <NoteBox note={where === 'here' ? undefined : whyNot[where]} visit={visit} />
        {waiting.length === 0 ? (
          <Empty>{say('Không có việc nào đang chờ đồng chí.', 'Nothing waits for you.')}</Empty>
        ) : (
          <ol class="duties">
            {waiting.map(({ what, people, since, to }) => (
              <li>
                <a href={to}>{words(what)}</a>
                <span>
                  <strong>{people}</strong> {say('người', people === 1 ? 'person' : 'people')}
                </span>
                <span class="hint">
                  {say('chờ từ ', 'since ')}
                  <At instant={since} visit={visit} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </>
    ),
  };
}
