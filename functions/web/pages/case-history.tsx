/** Everything that happened to a case, oldest first. */
import type { FC } from 'hono/jsx';
import type { Entry } from '../../../shared/case/store.ts';
import { At } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import { entryNames } from '../words.ts';

export const History: FC<{ visit: Visit; entries: readonly Entry[]; names: ReadonlyMap<string, string> }> = ({
  visit,
  entries,
  names,
}) => {
  const { say, words } = visit;
  const sorted = entries.toSorted((one, other) => (one.at < other.at ? -1 : 1));
  return (
    <section>
      <h2>{say('Lịch sử', 'History')}</h2>
      <ol class="history">
        {sorted.map((entry) => (
          <li>
            <At instant={entry.at} visit={visit} /> –{' '}
            {words(entryNames[entry.kind] ?? { vi: entry.kind, en: entry.kind })}
            <span class="hint">
              {' '}
              {names.get(entry.by) ?? entry.by} · {entry.hash.slice(0, 12)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};

export async function namesOf({ ports, say }: Visit, entries: readonly Entry[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(entries.map(({ by }) => by));
  const names = new Map([['system', say('Hệ thống', 'System')]]);
  for (const id of ids) if (!names.has(id)) names.set(id, await ports.directory.nameOf(id));
  return names;
}
