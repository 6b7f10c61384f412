/**
 * Where a province is at home. Money is ordered in one home alone: its own history says whether this is the one, so that
 * whoever copies, moves or starts it anew is told so by the data, and not by a note on paper.
 *
 * | newest entry | written by | this home |
 * |---|---|---|
 * | none, `arrived`, `pays-here` | the import of a province that moved; two administrators | pays |
 * | `moved-away` | an export that moves, before it reads anything | writes nothing any more |
 * | `arriving` | an import into the cloud, before anything else | writes nothing yet |
 * | `copied` | the import of an export that moved nothing | does everything but pay: a trial |
 * | `restored` | whoever brings an earlier state back | makes no new order or slip, until what was sent since is recorded |
 */
import type { Sentence } from '../vietnamese.ts';
import { Permanent } from './faults.ts';
import type { Change, Entry, NewEntry, Store } from './store.ts';

export const provinceStream = 'province';

export type Whereabouts = 'here' | 'moved-away' | 'arriving' | 'copy' | 'restored';

const leftAs: Readonly<Record<string, Whereabouts>> = {
  'moved-away': 'moved-away',
  arriving: 'arriving',
  arrived: 'here',
  copied: 'copy',
  restored: 'restored',
  'pays-here': 'here',
};

/** Takes the province's own history. Throws for an entry that a later program wrote: better nothing is paid. */
export function whereaboutsOf(entries: readonly Entry[]): Whereabouts {
  const last = entries.at(-1);
  if (last === undefined) return 'here';
  const where = leftAs[last.kind];
  if (where === undefined) throw new Permanent(`the province's own history has an entry ${last.kind}`);
  return where;
}

export async function readWhereabouts(store: Pick<Store, 'read'>): Promise<Whereabouts> {
  return whereaboutsOf(await store.read(provinceStream));
}

/** Whether the province's work goes on here, by events and by the clock, and others are told of it. */
export function isAtHome(where: Whereabouts): boolean {
  return where === 'here' || where === 'restored';
}

/** An order, and the slip by which a unit sends it: whatever touches them pays, or says that it did. */
const moneyStreams = /^(order|slip)\//;

/** Why a commit may not be written in a home, if it may not. */
export function barWhile(where: Whereabouts, changes: readonly Change[]): Sentence | undefined {
  if (where === 'here') return undefined;
  if (where !== 'copy' && where !== 'restored') return whyNot[where];
  const pays = changes.some(
    ({ stream, readAt, entries }) =>
      // What was ordered before the backup may have been sent after it: that it was is recorded in its own history.
      moneyStreams.test(stream) && entries.length > 0 && (where === 'copy' || readAt === 0),
  );
  return pays ? whyNot[where] : undefined;
}

export const whyNot: Readonly<Record<Exclude<Whereabouts, 'here'>, Sentence>> = {
  'moved-away': {
    vi: 'Dữ liệu của tỉnh đã chuyển đi nơi khác; nơi này không ghi và không chi nữa. Hãy làm việc ở nơi nhận. Nếu việc chuyển bị bỏ, hai quản trị ghi lại bằng npm run pay-here.',
    en: 'The province has moved to another home; this one writes and pays nothing any more. Work in the new one. If the move was given up, two administrators record it by npm run pay-here.',
  },
  arriving: {
    vi: 'Dữ liệu của tỉnh đang được nhập vào đây và chưa đủ; chưa ghi và chưa chi gì. Hãy chạy xong lệnh nhập (npm run import).',
    en: 'The province is still arriving here; nothing is written or paid yet. Let the import end (npm run import).',
  },
  copy: {
    vi: 'Đây là bản chép để thử: không lập, ký, gửi hay ghi nhận khoản chi nào. Nếu nơi cũ không còn và nơi này phải chi, hai quản trị ghi lại bằng npm run pay-here.',
    en: 'This is a copy for a trial: no order is written, signed, sent or settled in it. If the other home is gone and this one must pay, two administrators record it by npm run pay-here.',
  },
  restored: {
    vi: 'Dữ liệu vừa được khôi phục về một lúc trước; việc làm sau lúc đó thì ở đây không có, và chưa lập khoản chi mới nào. Hãy lấy sao kê của Kho bạc từ lúc đó: chứng từ ở đây ghi chưa gửi mà thật ra đã gửi thì ghi lại việc ký, số và ngày gửi; khoản đã chi mà ở đây không có thì ghi là đã chi ngoài hệ thống (trang Chi trả), người còn trong đợt chờ duyệt thì duyệt lại đợt trước. Xong, hai quản trị ghi lại bằng npm run pay-here.',
    en: 'The data were brought back to an earlier state; what was done since is not here, and no new order is written. Take the Treasury’s statement since then: of a slip that stands as unsent here and was sent, record signatures, number and day again; what was paid and is not here is recorded as paid elsewhere (Disbursement), after its batch was confirmed again where it still waits. Then two administrators record it by npm run pay-here.',
  },
};

/** What is written of a province that was brought back to an earlier state, where it would pay; of what else it was it stays. */
export async function recordRestored(
  store: Pick<Store, 'read' | 'commit'>,
  at: string,
  from: Readonly<Record<string, string | number>>,
): Promise<Whereabouts> {
  const where = await readWhereabouts(store);
  if (where !== 'here') return where;
  await recordWhereabouts(store, { kind: 'restored', at, by: 'system', data: from });
  return 'restored';
}

/** A commit that another home must write. Nothing was written. */
export class NotThisHome extends Permanent {
  readonly why: Sentence;

  constructor(why: Sentence) {
    super(`${why.vi} / ${why.en}`);
    this.why = why;
  }
}

/** The store of a home, which refuses what another home must write by throwing NotThisHome. */
export function homeStore<Of extends Pick<Store, 'commit'>>(store: Of, where: () => Promise<Whereabouts>): Of {
  return {
    ...store,
    async commit(changes: readonly Change[]) {
      const why = barWhile(await where(), changes);
      if (why !== undefined) throw new NotThisHome(why);
      return store.commit(changes);
    },
  };
}

/** So long a process may believe that the province is still in its home. */
export const believedMilliseconds = 20_000;

/** Where many processes share a home: each asks again when it has believed long enough. Takes milliseconds of the epoch. */
export function askedWhereabouts(store: Pick<Store, 'read'>, now: () => number): () => Promise<Whereabouts> {
  let until = 0;
  return async () => {
    const asked = now();
    if (asked < until) return 'here';
    const where = await readWhereabouts(store);
    until = where === 'here' ? asked + believedMilliseconds : 0;
    return where;
  };
}

/** An entry of the province's own history, written past the refusal. Throws when somebody else wrote one meanwhile. */
export async function recordWhereabouts(store: Pick<Store, 'read' | 'commit'>, entry: NewEntry): Promise<void> {
  const readAt = (await store.read(provinceStream)).length;
  const made = await store.commit([{ stream: provinceStream, readAt, entries: [entry] }]);
  if (made.outcome !== 'committed') throw new Permanent('two commands write at once where the province is');
}
