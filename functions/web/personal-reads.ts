/**
 * Which pages show personal data: opening one is written down before it is answered, and an inspector states a mandate first.
 * A page that shows a name and is not named here fails `test/functions/web/inspection.test.ts`.
 */
import { sha256 } from '../../shared/hash.ts';
import { type Mandate, mandateIn } from '../../shared/completion/mandate.ts';
import { type Read, type ReadKind, readLog } from '../../shared/completion/reads.ts';
import type { Answer, Visit } from './page.tsx';
import type { WebPorts } from './ports.ts';

export const personalReads: Readonly<Record<string, ReadKind>> = {
  '/ho-so/:id': 'person',
  '/ho-so/:id/sua-tren-trang': 'person',
  '/ho-so/:id/cach-tinh.json': 'working',
  '/ho-so/:id/giay-to/:file': 'paper',
  '/tinh-che-do': 'people-list',
  '/tinh-che-do/tim': 'search',
  '/tiep-nhan/:id': 'people-list',
  '/tiep-nhan/:id/danh-dau.xlsx': 'received-file',
  '/tiep-nhan/:id/tep-goc': 'received-file',
  '/dot/:id': 'people-list',
  '/dot/:id/xem': 'people-list',
  '/dot/:id/van-ban/:file': 'people-list',
  '/chi-tra': 'payment',
  '/chi-tra/da-chi-noi-khac/:list': 'payment',
  '/chi-tra/da-chi-noi-khac/:list/chung-tu': 'received-file',
  '/chi-tra/ket-qua/:file': 'payment',
  '/chi-tra/ket-qua/:file/phan-hoi.xlsx': 'received-file',
  '/chung-tu/:id': 'payment',
  '/chung-tu/:id/tep': 'payment',
  '/du-toan': 'payment',
  '/so-hoan-tra': 'people-list',
  '/so-hoan-tra/tim': 'search',
  '/ho-so/:id/thong-bao': 'person',
  '/hoan-thanh/danh-sach': 'people-list',
  '/hoan-thanh/thu-bao': 'people-list',
  '/hoan-thanh/thu-bao/:unit/:file': 'people-list',
  '/thong-bao/:unit/:file': 'people-list',
  '/khieu-nai': 'people-list',
  '/khieu-nai/:id': 'person',
  '/khieu-nai/:id/van-ban/:file': 'paper',
  '/kiem-tra/ho-so/:id': 'person',
  '/kiem-tra/mau/:id': 'inspection',
  '/kiem-tra/mau/:id/dau-hieu/:code': 'inspection',
  '/kiem-tra/tep/:id': 'export',
};

/** What stands for the session in a stated mandate: the session's own secret never leaves it. */
export function sessionMark({ csrf }: Pick<Visit, 'csrf'>): string {
  return sha256(`mandate of ${csrf}`);
}

export async function mandateNow(visit: Visit): Promise<Mandate | undefined> {
  return visit.account.role === 'inspector'
    ? mandateIn(visit.ports.store, visit.account.id, sessionMark(visit))
    : undefined;
}

/** Answers a page with personal data: only under a mandate where one is due, and never without the entry that says so. */
export function personalReading(ports: Pick<WebPorts, 'store'>) {
  const log: (read: Read) => Promise<void> = readLog(ports.store);
  return async (path: string, visit: Visit, run: () => Promise<Answer>): Promise<Answer> => {
    const what = personalReads[path];
    if (what === undefined) return run();
    const mandate = await mandateNow(visit);
    if (visit.account.role === 'inspector' && mandate === undefined) {
      return { to: `/kiem-tra?tiep=${encodeURIComponent(visit.path)}` };
    }
    const given = await run();
    const shows = 'file' in given || ('page' in given && (given.status ?? 200) < 400);
    if (shows) {
      const under = mandate === undefined ? {} : { mandate: mandate.id };
      await log({ what, path: visit.path, by: visit.account.id, at: visit.ports.now(), ...under });
    }
    return given;
  };
}
