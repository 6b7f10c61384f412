/** Việc của tôi: what waits for me, oldest first. */
import { At, Empty } from '../elements.tsx';
import type { Answer, Visit } from '../page.tsx';
import type { Waiting } from '../waiting.ts';

export function homePage(visit: Visit, waiting: readonly Waiting[]): Answer {
  const { say, words } = visit;
  return {
    page: say('Việc của tôi', 'My work'),
    body:
      waiting.length === 0 ? (
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
      ),
  };
}
