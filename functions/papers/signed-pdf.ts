/**
 * Signatures in a PDF that somebody uploads (ISO 32000-1, 12.8): who signed, when, and whether the file is the one that
 * was signed.
 *
 * Not checked, for it cannot be checked here: the chain of trust to the State's root (Ban Cơ yếu Chính phủ) or to a
 * licensed provider, and whether the certificate was revoked. Whoever wants to can make a certificate in any name: a
 * signature that is intact says that nothing of what it covers changed since, not that the person is who the certificate
 * says. What a later signer's update changed of what an earlier one signed is not looked at either.
 */
import { type Instant, isLocalDate } from '../../shared/calendar.ts';
import type { DigitalSignature } from '../../shared/case/digital-signature.ts';
import { type CmsSignature, readCms, unreadableCms } from './cms-signature.ts';
import { objectOffsets } from './pdf-objects.ts';
import { NoPdf, type PdfDictionary, PdfScanner } from './pdf-syntax.ts';

export interface PdfSignature {
  /** The common name in the certificate; empty where it could not be read. */
  readonly signer: string;
  /** The common name of whoever issued the certificate. */
  readonly issuer: string;
  readonly organisation?: string;
  /** As the signer's machine had it: of the dictionary, else of the message. */
  readonly signedAt?: Instant;
  /** The certificate's number, in hexadecimal digits. */
  readonly serial: string;
  /** The bytes it covers are those that were signed, by the key of the certificate inside. */
  readonly isIntact: boolean;
  /** It covers the file but for the hole that it stands in: nothing was appended since. */
  readonly coversWholeFile: boolean;
  readonly isExpiredAtSigning?: boolean;
  /** Of a kind that is not verified here, such as a timestamp of the whole document; never intact. */
  readonly isOfUnknownKind?: true;
  /** Made with SHA-1, MD5 or a short RSA key, and for this never intact. */
  readonly weak?: true;
}

const mostBytes = 20 * 1024 * 1024;
/** More are no letter; the file is then read as one without signatures. */
const mostSignatures = 16;
const mostMentions = 1000;
const mostContentsDigits = 2 * 1024 * 1024;
const detached: ReadonlySet<string> = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached']);

/**
 * Takes a file, gives its signatures in the order in which they were made. The last must cover the whole file, those
 * before it cannot. None are given for what is no PDF, is over 20 MB, or has tables that cannot be read. Never throws for
 * what the file holds.
 *
 * A signature is a dictionary with a ByteRange that is an indirect object of its own at a place where the tables of the
 * file say an object is; text in a stream or a string is none. It is assumed never to be inside of an object stream, for
 * its Contents must be a hole in the bytes of the file, and packed it has none. Whether a form field shows it is not asked.
 */
export async function readSignatures(bytes: Uint8Array): Promise<readonly PdfSignature[]> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length > mostBytes || !file.subarray(0, 1024).includes('%PDF-')) return [];
  const dictionaries = signatureDictionaries(file);
  if (dictionaries.length > mostSignatures) return [];
  return dictionaries
    .map((dictionary) => ({ end: endOf(dictionary), signature: signatureOf(file, dictionary) }))
    .toSorted((one, other) => one.end - other.end)
    .map(({ signature }) => signature);
}

/** The dictionaries with a ByteRange that are objects of the file. */
function signatureDictionaries(file: Buffer): readonly PdfDictionary[] {
  const offsets = orNone(() => objectOffsets(file)) ?? [];
  const holders = new Set<number>();
  let mentions = 0;
  for (let at = file.indexOf('/ByteRange'); at >= 0; at = file.indexOf('/ByteRange', at + 1)) {
    mentions += 1;
    if (mentions > mostMentions) return [];
    const index = offsets.findLastIndex((offset) => offset <= at);
    if (index >= 0) holders.add(index);
  }
  return [...holders].flatMap((index) => {
    const object = orNone(() => {
      // Objects do not overlap; one that runs into the next is none.
      const scanner = new PdfScanner(file.subarray(0, offsets[index + 1] ?? file.length), offsets[index] ?? 0);
      const { value } = scanner.object();
      scanner.expect('endobj');
      return value;
    });
    return object?.kind === 'dictionary' && object.entries.has('ByteRange') ? [object.entries] : [];
  });
}

function signatureOf(file: Buffer, dictionary: PdfDictionary): PdfSignature {
  const range = byteRangeOf(file, dictionary);
  const cms = range === undefined ? unreadableCms : cmsOf(dictionary, range);
  const { signer, issuer, organisation, serial, isIntact, isWeak } = cms;
  const signedAt = dictionaryTime(file, dictionary) ?? instantOf(cms.signingTime);
  const isExpired = isExpiredAt(signedAt, cms);
  return {
    signer,
    issuer,
    ...(organisation === undefined ? {} : { organisation }),
    ...(signedAt === undefined ? {} : { signedAt }),
    serial,
    isIntact,
    coversWholeFile: range?.end === file.length,
    ...(isExpired === undefined ? {} : { isExpiredAtSigning: isExpired }),
    ...(isDetached(dictionary) ? {} : { isOfUnknownKind: true }),
    ...(isWeak ? { weak: true } : {}),
  };
}

interface ByteRange {
  readonly contents: Buffer;
  readonly covered: readonly Buffer[];
  readonly end: number;
}

/** What it covers, when that is the file from its first byte to some end but for this dictionary's own Contents. */
function byteRangeOf(file: Buffer, dictionary: PdfDictionary): ByteRange | undefined {
  const [first, firstBytes, second, secondBytes] = numbersOf(dictionary) ?? [];
  const contents = dictionary.get('Contents');
  if (first !== 0 || firstBytes === undefined || second === undefined || secondBytes === undefined) return undefined;
  if (contents?.kind !== 'string' || !contents.isHex) return undefined;
  if (contents.from !== firstBytes || contents.to !== second) return undefined;
  const end = second + secondBytes;
  if (secondBytes <= 0 || end > file.length || second - firstBytes - 2 > mostContentsDigits) return undefined;
  const digits = file.toString('latin1', firstBytes + 1, second - 1);
  if (digits.length % 2 !== 0 || !/^[\dA-Fa-f]*$/.test(digits)) return undefined;
  return {
    contents: Buffer.from(digits, 'hex'),
    covered: [file.subarray(0, firstBytes), file.subarray(second, end)],
    end,
  };
}

function numbersOf(dictionary: PdfDictionary): readonly number[] | undefined {
  const range = dictionary.get('ByteRange');
  if (range?.kind !== 'array' || range.values.length !== 4) return undefined;
  const numbers = range.values.flatMap((one) => (one.kind === 'number' ? [one.value] : []));
  return numbers.length === 4 && numbers.every((one) => Number.isSafeInteger(one) && one >= 0) ? numbers : undefined;
}

function endOf(dictionary: PdfDictionary): number {
  const [, , second = 0, secondBytes = 0] = numbersOf(dictionary) ?? [];
  return second + secondBytes;
}

function cmsOf(dictionary: PdfDictionary, { contents, covered }: ByteRange): CmsSignature {
  const cms = readCms(contents, covered);
  return isDetached(dictionary) ? cms : { ...cms, isIntact: false };
}

function isDetached(dictionary: PdfDictionary): boolean {
  const kind = dictionary.get('SubFilter');
  return kind?.kind === 'name' && detached.has(kind.value);
}

/** `D:20250701140540+07'00'`, of which everything from the month on may be left out. */
function dictionaryTime(file: Buffer, dictionary: PdfDictionary): Instant | undefined {
  const time = dictionary.get('M');
  if (time?.kind !== 'string' || time.isHex || time.to - time.from > 64) return undefined;
  // Some writers write the colon as `\072`.
  const text = file
    .toString('latin1', time.from + 1, time.to - 1)
    .replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z(?:00'?00'?)?|([+-]\d\d)'?(\d\d)?'?)?$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', ahead = '+00', more = '00'] =
    parts;
  if (!isLocalDate(`${year}-${month}-${day}`)) return undefined;
  return instantOf(new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${ahead}:${more}`));
}

function instantOf(time: Date | undefined): Instant | undefined {
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function isExpiredAt(signedAt: Instant | undefined, { validFrom, validTo }: CmsSignature): boolean | undefined {
  if (signedAt === undefined || validFrom === undefined || validTo === undefined) return undefined;
  const at = new Date(signedAt);
  return at < validFrom || at > validTo;
}

/** None for what is malformed: a file of others may hold anything. */
function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoPdf) return undefined;
    throw error;
  }
}

/** What a paper's record says of its signatures: something appended after the last one counts as a change. */
export async function signaturesIn(bytes: Uint8Array): Promise<readonly DigitalSignature[]> {
  const found = await readSignatures(bytes);
  return found.map((one, index) => ({
    signer: one.signer,
    issuer: one.issuer,
    ...(one.organisation === undefined ? {} : { organisation: one.organisation }),
    ...(one.signedAt === undefined ? {} : { signedAt: one.signedAt }),
    state: stateOf(one, index === found.length - 1),
  }));
}

function stateOf(
  { isIntact, isOfUnknownKind, weak, coversWholeFile }: PdfSignature,
  isLast: boolean,
): DigitalSignature['state'] {
  if (isOfUnknownKind === true || weak === true) return 'unchecked';
  return isIntact && (coversWholeFile || !isLast) ? 'intact' : 'altered';
}
