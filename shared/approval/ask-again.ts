/** Use case: mails the same link to the same confirmer once more, for a mail that did not arrive or was lost. */
import * as z from 'zod';
import { localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { batchStream, type Batch, readBatch } from '../case/batch.ts';
import { firstKey, keyOfNext } from '../case/delivery.ts';
import { commitDeciding, dataOf, ofKind } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { askingKey, askingMail } from './asking-mail.ts';
import { awaitedNow, nextStep } from './next.ts';
import { linkFor, whomToAsk } from './request.ts';
import type { ApprovalStep } from './route.ts';

const askedAgain = z.object({ step: z.string(), version: z.number(), account: z.string(), mail: z.string() });

export interface AskAgain {
  readonly batchId: string;
  readonly account: string;
  /** The mail that is sent again, by its key; the new one has the next key, so that one click sends one mail. */
  readonly mail: string;
  readonly by: string;
}

type Answer = { readonly outcome: 'asked'; readonly mail: string } | Refused;

/** A kill between the entry and the mail loses nothing: asked again of the same mail, the same new mail is sent. */
export async function askAgain({ batchId, account, mail, by }: AskAgain, ports: Ports): Promise<Answer> {
  const { store, now, mailer, publicUrl } = ports;
  const batch = await readBatch(store, batchId);
  const asked = batch === undefined ? undefined : askedStill(batch, account, mail);
  if (batch === undefined || asked === undefined) return noLonger;
  const { step } = asked;
  const to = (await mayStillConfirm(step, ports)).find(({ id }) => id === account);
  if (to === undefined) return notTheirs;
  const next = keyOfNext(mail);
  const recorded = await commitDeciding(store, async () => {
    const current = await readBatch(store, batchId);
    if (current === undefined || askedStill(current, account, mail) === undefined) return { stop: noLonger };
    if (isRecorded(current, next)) return { stop: undefined };
    const data = { step: step.step, version: asked.version, account, mail: next };
    const entries = [{ kind: 'asked-again', at: now(), by, data }];
    return { changes: [{ stream: batchStream(batchId), readAt: current.entries.length, entries }] };
  });
  if (recorded.outcome === 'stopped' && recorded.stop !== undefined) return recorded.stop;
  // A link past its limit opens nothing; the page of the batch asks the same.
  const isPast = localDateOf(now()) > asked.until;
  const path = isPast ? `dot/${batchId}` : `lien-ket/${await linkFor(batch, step, account, ports)}`;
  const again = askingMail(next, batch, { step, to, until: asked.until, url: `${publicUrl}/${path}` });
  await mailer.send({ ...again, isUrgent: true });
  return { outcome: 'asked', mail: next };
}

/** Deputies too, and those to whom the step is delegated today. */
async function mayStillConfirm(step: ApprovalStep, ports: Ports): Promise<readonly Account[]> {
  return [...(await ports.directory.holding(step.role)), ...(await whomToAsk(step, ports))];
}

/** What the mail asked, while the batch still waits for it on the same version. */
function askedStill(batch: Batch, account: string, mail: string) {
  const step = nextStep(batch);
  if (step === undefined || !awaitedNow(batch).startsWith('confirmation')) return undefined;
  const asked = batch.asked.find((one) => one.step === step.step && one.account === account);
  if (asked === undefined || askingKey(batch, asked) !== firstKey(mail)) return undefined;
  return { step, version: asked.version, until: asked.until };
}

function isRecorded(batch: Batch, mail: string): boolean {
  return ofKind(batch.entries, 'asked-again').some((entry) => dataOf(entry, askedAgain).mail === mail);
}

const noLonger = refused(
  'Không cần gửi lại thư này: bước đó đã được xác nhận, đợt đã được trả lại, hoặc danh sách đã chốt lại thành phiên bản mới.',
  'This mail need not be sent again: its step was decided, the batch was given back, or the list was frozen anew.',
);

const notTheirs = refused(
  'Không gửi lại: người nhận không còn giữ vai trò được đề nghị xác nhận.',
  'Not sent again: the receiver no longer has the role that was asked to confirm.',
);
