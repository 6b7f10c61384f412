/**
 * Tells whoever decided on a batch what others did to it afterwards: people taken out, a new version that voids what they
 * confirmed, a confirmation taken back, the end. Read from the history, so that told twice is told once.
 */
import { type Batch, decided, frozen, isBefore, readBatch, reopened, type StepName } from '../case/batch.ts';
import { dataOf } from '../case/history.ts';
import type { Mail, Ports } from '../case/ports.ts';
import type { Entry } from '../case/store.ts';
import type { Account } from '../case/access.ts';
import { stepNamed } from './route.ts';

/** Something that those who decided before must hear of. */
interface News {
  readonly seq: number;
  readonly to: readonly string[];
  readonly subject: string;
  readonly line: string;
}

export async function tellDeciders(batchId: string, ports: Ports): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  const news = batch === undefined ? [] : newsOf(batch);
  if (batch === undefined || news.length === 0) return;
  for (const one of news) {
    for (const account of one.to) {
      const known = await ports.directory.find(account);
      if (known !== undefined) await ports.mailer.send(mailOf(batch, one, known, ports.publicUrl));
    }
  }
}

function mailOf(
  { id, code }: Batch,
  { seq, subject, line }: News,
  { id: account, email: to }: Account,
  url: string,
): Mail {
  return {
    key: `${id}/told/${seq}/${account}`,
    to,
    account,
    subject: `[Chi trả] Đợt ${code}: ${subject}`,
    lines: [`Đợt chi trả ${code}: ${line}`],
    button: { label: 'Mở đợt', url: `${url}/dot/${id}` },
    footer: ['Liên kết chỉ mở trang; đồng chí cần đăng nhập để xem.'],
  };
}

interface Standing {
  readonly step: StepName;
  readonly by: string;
}

/** Every piece of news in the batch's history, with whom it concerns: the deciders whose confirmation stood just then. */
export function newsOf({ entries }: Pick<Batch, 'entries'>): readonly News[] {
  const news: News[] = [];
  let standing: readonly Standing[] = [];
  for (const entry of entries) {
    const told = toldBy(entry, standing);
    const to = [...new Set((told?.to ?? []).map(({ by }) => by))].filter((by) => by !== entry.by);
    if (told !== undefined && to.length > 0) news.push({ seq: entry.seq, subject: told.subject, line: told.line, to });
    standing = after(entry, standing);
  }
  return news;
}

function toldBy(
  entry: Entry,
  standing: readonly Standing[],
): (Pick<News, 'subject' | 'line'> & { readonly to: readonly Standing[] }) | undefined {
  if (entry.kind === 'decided') {
    const { outcome, takeOut, step } = dataOf(entry, decided);
    const name = stepNamed(step).confirms.vi;
    if (outcome === 'rejected')
      return { to: standing, subject: 'cả đợt bị trả lại', line: `bước “${name}” đã trả lại cả đợt.` };
    const line = `bước “${name}” đã đưa ${takeOut.length} người ra khỏi danh sách sau khi đồng chí xác nhận. Xác nhận của đồng chí vẫn có hiệu lực với những người còn lại.`;
    return takeOut.length === 0 ? undefined : { to: standing, subject: 'có người được đưa ra', line };
  }
  if (entry.kind === 'frozen') {
    const { version, reason = '' } = dataOf(entry, frozen);
    const line = `danh sách đã được chốt lại thành phiên bản ${version} (${reason}). Xác nhận của đồng chí trên phiên bản trước không còn hiệu lực.`;
    return { to: standing, subject: 'danh sách được chốt lại', line };
  }
  if (entry.kind === 'reopened') {
    const { step } = dataOf(entry, reopened);
    const voided = standing.filter((one) => !isBefore(one.step, step));
    const line = `bước “${stepNamed(step).confirms.vi}” đã được mở lại. Xác nhận của đồng chí ở bước sau không còn hiệu lực.`;
    return { to: voided, subject: 'một bước được mở lại', line };
  }
  if (entry.kind !== 'aborted') return undefined;
  return {
    to: standing,
    subject: 'đợt đã kết thúc',
    line: 'Sở Tài chính đã kết thúc đợt này; không ai trong danh sách được chi theo đợt này.',
  };
}

function after(entry: Entry, standing: readonly Standing[]): readonly Standing[] {
  if (entry.kind === 'decided') return [...standing, { step: dataOf(entry, decided).step, by: entry.by }];
  if (entry.kind === 'frozen') return [];
  if (entry.kind !== 'reopened') return standing;
  const { step } = dataOf(entry, reopened);
  return standing.filter((one) => isBefore(one.step, step));
}
