/**
 * A home that says of itself that it pays: a move was given up before its export was taken in anywhere, or of a lost home a copy
 * is all that is left. Nothing here can see the other home, so two administrators answer for it, by a document.
 */
import * as z from 'zod';
import { formatInstant, type Instant } from '../../../shared/calendar.ts';
import { dataOf } from '../../../shared/case/history.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { identityOwner } from '../../../shared/case/staff.ts';
import type { Store } from '../../../shared/case/store.ts';
import { provinceStream, recordWhereabouts, whereaboutsOf, whyNot } from '../../../shared/case/whereabouts.ts';
import { isAdministrator } from './administrators.ts';

export interface PaysHere {
  /** Accounts of two administrators. */
  readonly by: string;
  readonly confirmedBy: string;
  /** Whoever runs the command, as they say it: nothing proves it. Sealed under the key of `by`. */
  readonly operator: string;
  readonly reason: string;
  /** Number and day of what decided it. */
  readonly document: string;
  readonly at: Instant;
}

/** What would be recorded: why the home does not pay, and since when. */
interface Plan {
  readonly outcome: 'planned';
  readonly why: string;
  readonly was: string;
}

interface No {
  readonly outcome: 'refused';
  readonly why: string;
}

/** Writes nothing. */
export async function planPaysHere(store: Pick<Store, 'read'>, wish: PaysHere): Promise<Plan | No> {
  const { by, confirmedBy, reason, document, operator } = wish;
  if (reason.trim() === '' || document.trim() === '') return no('Hãy ghi lý do và số, ngày của văn bản quyết định.');
  if (operator.trim() === '' || operator.length > longestName) {
    return no(`Hãy ghi họ tên người chạy lệnh, không quá ${longestName} ký tự.`);
  }
  if (by === confirmedBy) return no('Cần hai quản trị khác nhau.');
  for (const account of [by, confirmedBy]) {
    if (!(await isAdministrator(store, account))) return no(`${account} không phải tài khoản quản trị đang mở.`);
  }
  const entries = await store.read(provinceStream);
  const where = whereaboutsOf(entries);
  const last = entries.at(-1);
  if (where === 'here' || last === undefined) return no('Tỉnh đang chi ở đây: không có gì để ghi.');
  if (where === 'arriving') return no(whyNot.arriving.vi);
  const { to, taken } = dataOf(last, written);
  const since = formatInstant(last.at);
  const why = {
    'moved-away': `tỉnh đã chuyển đi${to === undefined ? '' : ` (${to})`} lúc ${since}`,
    copy: `đây là bản chép để thử, nhập lúc ${since}`,
    restored: `dữ liệu được khôi phục lúc ${since}, về ${taken === undefined ? 'một lúc trước' : `lúc ${formatInstant(taken)}`}`,
  };
  return { outcome: 'planned', why: why[where], was: where };
}

/** Answers why not; `undefined` when it is written. */
export async function payHere(
  { store, vault }: { readonly store: Pick<Store, 'read' | 'commit'>; readonly vault: Pick<Ports['vault'], 'seal'> },
  wish: PaysHere,
): Promise<string | undefined> {
  const plan = await planPaysHere(store, wish);
  if (plan.outcome === 'refused') return plan.why;
  const { by, confirmedBy, reason, document, operator, at } = wish;
  const data = {
    confirmedBy,
    reason: reason.trim(),
    document: document.trim(),
    was: plan.was,
    operator: await vault.seal(identityOwner(by), operator.trim()),
  };
  await recordWhereabouts(store, { kind: 'pays-here', at, by, data });
  return undefined;
}

/** Tells both by mail what was recorded in their names: whoever typed it may have been neither. */
export async function tellPaysHere(
  { mailer, directory }: Pick<Ports, 'mailer' | 'directory'>,
  { by, confirmedBy, document, at }: PaysHere,
  publicUrl: string,
): Promise<void> {
  for (const [account, other] of [
    [by, confirmedBy],
    [confirmedBy, by],
  ] as const) {
    const known = await directory.find(account);
    if (known === undefined) continue;
    await mailer.send({
      key: `pays-here/${at}/${account}`,
      to: known.email,
      account,
      subject: 'Chi trả: đã ghi nhân danh đồng chí rằng tỉnh chi ở đây',
      lines: [
        `Đã ghi nhân danh đồng chí, cùng tài khoản quản trị ${other}: từ ${formatInstant(at)} tỉnh chi ở nơi này. Căn cứ: ${document.trim()}.`,
        'Họ tên người chạy lệnh được niêm phong trong lịch sử của tỉnh.',
      ],
      button: { label: 'Mở hệ thống', url: publicUrl },
      footer: [
        'Nếu đồng chí không biết việc này, hãy cho dừng hệ thống ngay và báo lãnh đạo: có thể hai nơi cùng chi.',
      ],
      isUrgent: true,
    });
  }
}

const longestName = 100;
const written = z.object({ to: z.string().exactOptional(), taken: z.string().exactOptional() });
const no = (why: string): No => ({ outcome: 'refused', why });
