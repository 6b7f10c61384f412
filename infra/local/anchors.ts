/** When anchors are taken: by whoever asks, and once a day. */
import { localDateOf } from '../../shared/calendar.ts';
import { type AnchoredHistories, lastAnchor } from '../../shared/case/anchor.ts';
import type { Store } from '../../shared/case/store.ts';

export async function takeAnchor(
  anchored: Pick<AnchoredHistories, 'anchor'>,
  by: string,
  at = new Date().toISOString(),
): Promise<void> {
  await anchored.anchor(localDateOf(at), at, by);
}

/** The first time somebody looks on a new day, and as soon as there is anything; not again while nothing was written. */
export async function takeDailyAnchor(
  home: Pick<Store, 'read'> & Pick<AnchoredHistories, 'anchorNews'>,
  at = new Date().toISOString(),
): Promise<void> {
  const last = await lastAnchor(home);
  if (last !== undefined && localDateOf(last.at) === localDateOf(at)) return;
  await home.anchorNews(localDateOf(at), at, 'system');
}
