/** The mail that tells a unit how many letters wait for it to print and hand over. */
import { formatInstant, localDateOf } from '../calendar.ts';
import type { Account, Role } from '../case/access.ts';
import type { Mail, Ports } from '../case/ports.ts';
import { noticeEventNames, noticeEvents, sayable } from './notice-rules.ts';
import { lettersByUnit, type WaitingLetter } from './notices.ts';

/** Who of a unit hears of its letters. */
const rolesTold: readonly Role[] = ['unit-clerk', 'unit-chief-accountant'];

/**
 * Tells every unit whose letters wait, by one mail a unit and day at most to each of them: told twice is told once, by its
 * key. One reading for all units: one for each would read the province as often as it has units.
 */
export async function tellWaiting(
  ports: Pick<Ports, 'store' | 'mailer' | 'directory' | 'now' | 'publicUrl'>,
): Promise<void> {
  const waiting = await lettersByUnit(ports.store);
  if (waiting.size === 0) return;
  const holders = (await Promise.all(rolesTold.map(async (role) => ports.directory.holding(role)))).flat();
  for (const [unit, letters] of waiting) {
    const own = holders.filter(({ units }) => units.includes(unit));
    for (const account of own) await ports.mailer.send(mailOf(unit, letters, account, ports));
  }
}

function mailOf(
  unit: string,
  letters: readonly WaitingLetter[],
  { id: account, email: to }: Account,
  { now, publicUrl }: Pick<Ports, 'now' | 'publicUrl'>,
): Mail {
  const at = now();
  const counted = noticeEvents.flatMap((event) => {
    const own = letters.filter((one) => one.event === event);
    // Through the rules, so that a mail never says more than they let it.
    const { 'how-many': count } = sayable({ event, to: 'unit', by: 'mail' }, { 'how-many': String(own.length) });
    return own.length === 0 || count === undefined ? [] : [`${noticeEventNames[event].vi}: ${count} thư.`];
  });
  return {
    key: `notices/${unit}/${localDateOf(at)}/${account}`,
    to,
    account,
    subject: `[Chi trả] ${letters.length} thư báo cho người hưởng chờ in, giao`,
    lines: [
      `Đến ${formatInstant(at)}, đơn vị có ${letters.length} thư báo chờ in và giao tận tay người hưởng.`,
      ...counted,
      'Trong ngày có thể có thêm; trang luôn hiện đủ. Mỗi ngày hệ thống gửi nhiều nhất một thư như thế này.',
    ],
    button: { label: 'Mở danh sách thư báo', url: `${publicUrl}/hoan-thanh/thu-bao?don-vi=${unit}` },
    footer: ['Liên kết chỉ mở trang; đồng chí cần đăng nhập để xem.'],
  };
}
