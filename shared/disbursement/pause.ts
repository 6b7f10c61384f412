/** Use cases: the Finance leader stops payments for the province or for one unit, and lets them go on. */
import type { Account } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { pauseStream, readPauses } from '../case/pause.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { readUnits } from '../case/unit.ts';

export interface PauseWish {
  readonly act: 'pause' | 'resume';
  /** A paying unit's code, or empty for all. */
  readonly unit: string;
  readonly reason: string;
}

export async function setPause(
  { act, unit, reason }: PauseWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  if (reason.trim() === '') {
    return refused(
      'Hãy ghi lý do (văn bản, thông báo của Kho bạc).',
      "State the reason (paper, the Treasury's notice).",
    );
  }
  if (unit !== '' && !(await readUnits(store)).has(unit)) {
    return refused('Không có đơn vị chi trả này trong sổ đăng ký.', 'There is no such paying unit in the register.');
  }
  const outcome = await commitDeciding(store, async () => {
    const isPaused = (await readPauses(store)).some((pause) => (pause.unit ?? '') === unit);
    if (isPaused === (act === 'pause')) return { stop: isPaused ? pausedAlready : notPaused };
    const past = await store.read(pauseStream);
    const data = { ...(unit === '' ? {} : { unit }), reason: reason.trim() };
    const entry = { kind: act === 'pause' ? 'paused' : 'resumed', at: now(), by: by.id, data };
    return { changes: [{ stream: pauseStream, readAt: past.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'set' };
}

const pausedAlready = refused('Việc chi trả này đang tạm dừng.', 'This is paused already.');
const notPaused = refused('Việc chi trả này không tạm dừng.', 'This is not paused.');
