/** When an anchor is taken without anybody asking for one: once a day. */
import { localDateOf } from '../../shared/calendar.ts';
import { type AnchoredHistories, lastAnchor } from '../../shared/case/anchor.ts';
import type { Store } from '../../shared/case/store.ts';

/** The first time somebody looks on a new day, and as soon as there is anything; not again while nothing was written. */
export async function takeDailyAnchor(
  home: Pick<Store, 'read'> & Pick<AnchoredHistories, 'anchorNews'>,
  at = new Date().toISOString(),
): Promise<void> {
  const last = await lastAnchor(home);
  if (last !== undefined && localDateOf(last.at) === localDateOf(at)) return;
  await home.anchorNews(localDateOf(at), at, 'system');
}
