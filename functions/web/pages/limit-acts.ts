/** A limit is set, moved, ended; its document's scan is opened. */
import { paperType } from '../../../shared/case/papers.ts';
import { refused, type Refused } from '../../../shared/case/ports.ts';
import { readLimits } from '../../../shared/case/limits.ts';
import { type DocumentWish, endLimit, moveLimit, setLimit } from '../../../shared/completion/set-limit.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { limitsPage } from './limits.tsx';

export async function setLimitAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  return written(visit, async (document) =>
    setLimit(
      ports.id(),
      { subject: field(form, 'subject'), wording: field(form, 'wording'), ...dueOf(visit), document },
      account,
      ports,
    ),
  );
}

export async function moveLimitAct(visit: Visit): Promise<Answer> {
  const { ports, account, params } = visit;
  return written(visit, async (document) =>
    moveLimit(params['id'] ?? '', { ...dueOf(visit), document }, account, ports),
  );
}

export async function endLimitAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  return written(visit, async (document) =>
    endLimit(params['id'] ?? '', { reason: field(form, 'reason'), document }, account, ports),
  );
}

const dueOf = ({ form }: Visit) => ({ on: field(form, 'on'), hour: field(form, 'hour') });

async function written(
  visit: Visit,
  write: (document: DocumentWish) => Promise<Refused | { readonly outcome: string }>,
): Promise<Answer> {
  const { form, ports } = visit;
  const scan = await upload(form, 'paper');
  if (scan !== undefined && paperType(scan.bytes) === undefined) return limitsPage(visit, noPaper.why);
  const outcome = await write({
    kind: field(form, 'kind'),
    number: field(form, 'number'),
    on: field(form, 'documentOn'),
    issuer: field(form, 'issuer'),
    paper: scan === undefined ? '' : await ports.files.put(scan.bytes),
  });
  return 'why' in outcome ? limitsPage(visit, outcome.why) : { to: '/hoan-thanh/lich' };
}

const noPaper = refused(
  'Chỉ nhận bản quét là tệp PDF, JPEG hoặc PNG. Hãy chọn lại.',
  'The scan must be a PDF, JPEG or PNG file. Choose again.',
);

const types = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;

/** Only scans that a limit names. */
export async function limitPaper(visit: Visit): Promise<Answer> {
  const { ports, params } = visit;
  const wanted = params['file'] ?? '';
  const limits = await readLimits(ports.store);
  const isNamed = limits.some(({ versions }) => versions.some(({ document }) => document.paper === wanted));
  const file = isNamed ? await ports.files.get(wanted) : undefined;
  const type = file === undefined ? undefined : paperType(file);
  if (file === undefined || type === undefined) {
    return limitsPage(visit, { vi: 'Không có văn bản này trong lịch.', en: 'No limit has this document.' });
  }
  return { file, name: `van-ban-dat-han.${type === 'jpeg' ? 'jpg' : type}`, type: types[type] };
}
