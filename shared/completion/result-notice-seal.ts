/**
 * The text in the notice's QR: what the paper says in short, and a signature over it that needs nothing but the public key to
 * be checked. No link stands in it: a forger's would lead to the forger's own page.
 */
import type { Instant } from '../calendar.ts';
import type { NoticeKey, NoticeSigner } from '../case/ports.ts';
import { statuses } from '../case/lifecycle.ts';
import { fold } from '../vietnamese.ts';
import { noticeHash, type ResultNotice } from './result-notice.ts';

/** What a checker reads off a QR to compare with the paper. */
export interface SealedNotice {
  /** Which key signed it. */
  readonly keyId: string;
  readonly caseId: string;
  readonly initials: string;
  readonly maskedCitizenId: string;
  /** đồng; absent while nothing is decided. */
  readonly total?: bigint;
  readonly state: string;
  readonly asOf: Instant;
  /** Folded to plain capitals: `123/QD-UBND`. */
  readonly decisionNumber: string;
  /** The first 100 bits of the content hash. */
  readonly content: string;
}

/** Digits and capitals without I, L, O and U, which are misread. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const edition = 'CT1';
const contentCharacters = 20;
const signatureBytes = 64;
/** A longer text is no seal, and is not read. */
const mostCharacters = 600;

/** The text that is signed: letters, digits and `:/.-+*` alone, which a QR holds in little room and a person can type. */
export function sealText(notice: ResultNotice, keyId: string): string {
  const { caseId, initials, maskedCitizenId, sum, state, asOf } = notice;
  return [
    edition,
    keyId,
    caseId.toUpperCase(),
    initials,
    maskedCitizenId,
    sum === undefined ? '-' : sum.total.toString(),
    state.toUpperCase(),
    asOf.replaceAll(/[-:.]/g, ''),
    plain(sum?.decisionNumber ?? ''),
    contentMark(notice),
  ].join(':');
}

/** The start of the content hash, as the seal holds it. */
export function contentMark(notice: ResultNotice): string {
  return inDigits(Buffer.from(noticeHash(notice), 'hex')).slice(0, contentCharacters);
}

export function withSignature(text: string, signature: Uint8Array): string {
  return `${text}:${inDigits(signature)}`;
}

/** What a seal holds, without asking who signed it; `undefined` when it is none of ours. Case and blanks do not matter. */
export function readSeal(
  typed: string,
): { readonly text: string; readonly signature: Uint8Array; readonly says: SealedNotice } | undefined {
  if (typed.length > mostCharacters) return undefined;
  const whole = typed.replaceAll(/\s/g, '').toUpperCase();
  const parts = /^(.*):([^:]+)$/.exec(whole);
  const text = parts?.[1] ?? '';
  const signature = fromDigits(parts?.[2] ?? '');
  const [mark, keyId, caseId, initials, maskedCitizenId, total, state, asOf, decisionNumber, content, ...more] =
    text.split(':');
  if (mark !== edition || content === undefined || more.length > 0 || signature === undefined) return undefined;
  if (!/^(-|\d{1,18})$/.test(total ?? '')) return undefined;
  return {
    text,
    signature,
    says: {
      keyId: keyId ?? '',
      caseId: (caseId ?? '').toLowerCase(),
      initials: initials ?? '',
      maskedCitizenId: maskedCitizenId ?? '',
      ...(total === '-' || total === undefined ? {} : { total: BigInt(total) }),
      state: (state ?? '').toLowerCase(),
      asOf: instantOf(asOf ?? ''),
      decisionNumber: decisionNumber ?? '',
      content,
    },
  };
}

export type SealCheck =
  | { readonly outcome: 'genuine'; readonly says: SealedNotice }
  /** `unreadable`: no seal of ours. `unknown-key`: signed by none of these keys. `altered`: not what was signed. */
  | { readonly outcome: 'unreadable' | 'altered' }
  | { readonly outcome: 'unknown-key'; readonly keyId: string };

/** Whether what was typed is a seal that one of these keys signed, letter for letter; asks for no data and no network. */
export function checkSeal(typed: string, keys: readonly NoticeKey[], verifies: NoticeSigner['verifies']): SealCheck {
  const read = readSeal(typed);
  if (read === undefined) return { outcome: 'unreadable' };
  const { text, signature, says } = read;
  const key = keys.find(({ id }) => id === says.keyId);
  if (key === undefined) return { outcome: 'unknown-key', keyId: says.keyId };
  return verifies(key, text, signature) ? { outcome: 'genuine', says } : { outcome: 'altered' };
}

/** The statuses of a seal's state; a word that is none stays out. */
export function statusesIn({ state }: Pick<SealedNotice, 'state'>): readonly (typeof statuses)[number][] {
  return statuses.filter((status) => state.split('+').includes(status));
}

function instantOf(text: string): Instant {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(text);
  if (parts === null) return '';
  const [, year, month, day, hour, minute, second, thousandths] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandths}Z`;
}

/** Capitals, digits, and `/.+-`; anything else is a dash. */
function plain(text: string): string {
  const folded = fold(text)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9/.+-]/g, '-');
  return folded === '' ? '-' : folded;
}

/** Five bits a character, the last one filled up with noughts. */
function inDigits(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += digits.charAt((value >> bits) & 31);
      value &= (1 << bits) - 1;
    }
  }
  return bits === 0 ? text : text + digits.charAt((value << (5 - bits)) & 31);
}

/** `undefined` unless it is exactly what `inDigits` writes of so many bytes: no second spelling of one signature. */
function fromDigits(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    const digit = digits.indexOf(character);
    if (digit === -1) return undefined;
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(value >> bits);
      value &= (1 << bits) - 1;
    }
  }
  const read = Uint8Array.from(bytes);
  return read.length === signatureBytes && inDigits(read) === text ? read : undefined;
}
