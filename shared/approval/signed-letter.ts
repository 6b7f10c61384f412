/**
 * Use case: a letter that was signed outside, the appraisal letter of Home Affairs or the submission of Finance, is recorded
 * against the list it was signed for.
 */
import { formatDay, isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { type Batch, batchStream, type capacities, letterKinds, readBatch } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import { alteredObjection, type DigitalSignature } from '../case/digital-signature.ts';
import { paperType } from '../case/papers.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { fold } from '../vietnamese.ts';

export type Capacity = (typeof capacities)[number];
type LetterKind = (typeof letterKinds)[number];

export interface Signature {
  readonly number: string;
  readonly on: string;
  readonly signatory: string;
  readonly capacity: Capacity;
  readonly mandate: string;
}

export interface LetterWish extends Signature {
  readonly batchId: string;
  readonly kind: LetterKind;
  /** The list that the signed letter names. */
  readonly version: number;
  readonly contentHash: string;
  readonly bytes: Uint8Array;
  /** What was found of the digital signatures in it. */
  readonly signatures?: readonly DigitalSignature[];
}

/** Which department writes which letter, and after which confirmation of its leader. */
const letters = {
  appraisal: { role: 'home-affairs-officer', after: 'people' },
  submission: { role: 'finance-officer', after: 'money' },
} as const;

export async function recordSignedLetter(
  wish: LetterWish,
  by: Account,
  { store, files, now }: Pick<Ports, 'store' | 'files' | 'now'>,
): Promise<{ readonly outcome: 'recorded' } | Refused> {
  if (paperType(wish.bytes) === undefined) {
    return refused('Hãy đính kèm văn bản đã ký (PDF hoặc ảnh).', 'Attach the signed letter (PDF or picture).');
  }
  const paper = await files.put(wish.bytes);
  const outcome = await commitDeciding(store, async () => {
    const batch = await readBatch(store, wish.batchId);
    if (batch?.frozen === undefined) return { stop: refused('Không tìm thấy đợt này.', 'There is no such batch.') };
    const against =
      letterObjection(wish, by, batch) ??
      signatureObjection(wish, localDateOf(now())) ??
      alteredObjection(wish.signatures);
    if (against !== undefined) return { stop: against };
    const { kind, version, contentHash, signatures = [] } = wish;
    const data = { kind, version, contentHash, ...signatureData(wish), paper, signatures };
    const entry = { kind: 'letter-signed', at: now(), by: by.id, data };
    return {
      changes: [
        {
          stream: batchStream(batch.id),
          readAt: batch.entries.length,
          entries: [entry],
          claims: [`letter/${kind}/${wish.on.slice(0, 4)}/${fold(wish.number)}`],
        },
      ],
    };
  });
  if (outcome.outcome === 'committed') return { outcome: 'recorded' };
  if (outcome.outcome === 'stopped') return outcome.stop;
  return refused(
    `Văn bản số ${wish.number} đã được ghi cho một đợt khác. Hãy kiểm tra lại số văn bản.`,
    `The letter ${wish.number} is recorded for another batch. Check its number.`,
  );
}

function letterObjection(wish: LetterWish, { role }: Account, batch: Batch): Refused | undefined {
  if (role !== letters[wish.kind].role) {
    return refused('Văn bản này do cơ quan khác lập.', 'This letter is written by the other department.');
  }
  if (batch.isReleased || batch.frozen?.version !== wish.version || batch.frozen.contentHash !== wish.contentHash) {
    return refused(
      'Danh sách đã thay đổi từ khi trang này được mở; văn bản đã ký không còn đúng danh sách. Hãy mở lại đợt.',
      'The list has changed since this page was opened; the signed letter names another one. Open the batch again.',
    );
  }
  if (!isConfirmed(wish.kind, batch)) {
    return refused(
      'Lãnh đạo chưa xác nhận bước này trên hệ thống. Chỉ ghi văn bản đã ký sau khi xác nhận.',
      'The leader has not confirmed this step yet. A signed letter is recorded after the confirmation.',
    );
  }
  return isRecorded(wish.kind, batch)
    ? refused('Văn bản này đã được ghi.', 'This letter is recorded already.')
    : undefined;
}

function isConfirmed(kind: LetterKind, { decisions }: Batch): boolean {
  return decisions.some(({ step, outcome }) => step === letters[kind].after && outcome === 'confirmed');
}

function isRecorded(kind: LetterKind, batch: Batch): boolean {
  return batch.letters.some((one) => one.kind === kind);
}

/** The letter that this account's department has to record now, if there is one. */
export function letterDue({ role }: Account, batch: Batch): LetterKind | undefined {
  if (batch.isReleased) return undefined;
  return letterKinds.find(
    (kind) => letters[kind].role === role && isConfirmed(kind, batch) && !isRecorded(kind, batch),
  );
}

/** What is wrong with number, day, signatory or capacity; takes today in Viet Nam. */
function signatureObjection(
  { number, on, signatory, capacity, mandate }: Signature,
  today: string,
): Refused | undefined {
  if (number.trim() === '' || signatory.trim() === '') {
    return refused('Hãy ghi số, ký hiệu và người ký văn bản.', 'State number and signatory of the letter.');
  }
  if (!isLocalDate(on) || on > today) {
    return refused(
      `Ngày văn bản "${formatDay(on)}" không hợp lệ hoặc ở tương lai.`,
      `The day "${on}" is not a day or lies ahead.`,
    );
  }
  return capacityObjection({ capacity, mandate });
}

/** By order and by authority nobody signs without the document that says so. */
export function capacityObjection({ capacity, mandate }: Pick<Signature, 'capacity' | 'mandate'>): Refused | undefined {
  const needsMandate = capacity === 'TL' || capacity === 'TUQ';
  return needsMandate && mandate.trim() === ''
    ? refused(
        `Ký ${capacity}. phải có văn bản giao hoặc ủy quyền ký. Hãy ghi số văn bản đó.`,
        `Signing ${capacity}. needs the document that allows it. State its number.`,
      )
    : undefined;
}

export function signatureData({ number, on, signatory, capacity, mandate }: Signature) {
  return {
    number: number.trim(),
    on,
    signatory: signatory.trim(),
    capacity,
    ...(mandate.trim() === '' ? {} : { mandate: mandate.trim() }),
  };
}
