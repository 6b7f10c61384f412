/** Small PDFs written by hand and signed with certificates made on the spot, for tests of what reads them. */
import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';

const engine = new CryptoEngine({ crypto: webcrypto, subtle: webcrypto.subtle, name: 'node' });

type Algorithm = 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA';
export type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

export interface Signer {
  readonly certificate: Certificate;
  readonly key: webcrypto.CryptoKey;
  readonly hash: Hash;
}

export interface SignerWish {
  readonly name?: string;
  readonly algorithm?: Algorithm;
  readonly hash?: Hash;
  readonly bits?: number;
  readonly from?: string;
  readonly to?: string;
}

/** A self-signed certificate and its key. */
export async function makeSigner({
  name = 'Nguyễn Văn Thử',
  algorithm = 'RSASSA-PKCS1-v1_5',
  hash = 'SHA-256',
  bits = 2048,
  from = '2025-01-01',
  to = '2030-01-01',
}: SignerWish = {}): Promise<Signer> {
  const wanted =
    algorithm === 'ECDSA'
      ? { name: algorithm, namedCurve: 'P-256' }
      : { name: algorithm, hash, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await webcrypto.subtle.generateKey(wanted, true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('no pair of keys');
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 4097 });
  for (const party of [certificate.subject, certificate.issuer]) {
    party.typesAndValues.push(named('2.5.4.10', 'Sở Nội vụ thử nghiệm'), named('2.5.4.3', name));
  }
  certificate.notBefore.value = new Date(from);
  certificate.notAfter.value = new Date(to);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey, engine);
  await certificate.sign(keys.privateKey, hash, engine);
  return { certificate, key: keys.privateKey, hash };
}

function named(type: string, value: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) });
}

export interface CmsWish {
  readonly signedAt?: string;
  /** Content that the message carries itself, beside the digest of it. */
  readonly carried?: Uint8Array;
  readonly digest?: Uint8Array;
  readonly certificates?: readonly Certificate[];
  /** The certificate that the signed attributes name by its hash (RFC 5035). */
  readonly names?: Certificate;
}

/** A detached CMS signature over the bytes. */
export async function signCms(
  covered: Uint8Array,
  { certificate, key, hash }: Signer,
  { signedAt, carried, digest, certificates = [certificate], names }: CmsWish = {},
): Promise<Buffer> {
  const content = digest ?? new Uint8Array(await webcrypto.subtle.digest(hash, Uint8Array.from(carried ?? covered)));
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.7.1' })),
    attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: content })),
    ...(signedAt === undefined
      ? []
      : [attribute('1.2.840.113549.1.9.5', new asn1js.UTCTime({ valueDate: new Date(signedAt) }))]),
    ...(names === undefined ? [] : [await namingAttribute(names)]),
  ];
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: '1.2.840.113549.1.7.1',
      ...(carried === undefined ? {} : { eContent: new asn1js.OctetString({ valueHex: carried }) }),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: [...certificates],
  });
  await signed.sign(key, 0, hash, undefined, engine);
  // Each algorithm carries its parameters in full; a digest's are absent, as RFC 5754 has it.
  signed.digestAlgorithms = signed.digestAlgorithms.map(({ algorithmId }) => new AlgorithmIdentifier({ algorithmId }));
  return Buffer.from(
    new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signed.toSchema(true) }).toSchema().toBER(),
  );
}

async function namingAttribute(certificate: Certificate): Promise<Attribute> {
  const raw = certificate.toSchema(true).toBER();
  const valueHex = new Uint8Array(await webcrypto.subtle.digest('SHA-256', raw));
  const one = new asn1js.Sequence({ value: [new asn1js.OctetString({ valueHex })] });
  const list = new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [one] })] });
  return attribute('1.2.840.113549.1.9.16.2.47', list);
}

function attribute(type: string, value: asn1js.BaseBlock): Attribute {
  return new Attribute({ type, values: [value] });
}

/** One page and, where it is wanted, a stream beside it; the tables as ISO 32000-1 has them in its annex H. */
export function plainPdf(beside = ''): Buffer {
  const stream =
    beside === '' ? [] : [`4 0 obj\n<< /Length ${beside.length} >>\nstream\n${beside}\nendstream\nendobj\n`];
  return withTable(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'), [
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n',
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n',
    ...stream,
  ]);
}

/** The file with these objects appended and a table of them; `elsewhere` adds entries that point where they like. */
export function withTable(
  file: Buffer,
  objects: readonly string[],
  elsewhere: readonly (readonly [object: number, offset: number])[] = [],
): Buffer {
  let body = file;
  const offsets = [...elsewhere];
  for (const object of objects) {
    offsets.push([Number.parseInt(object, 10), body.length]);
    body = Buffer.concat([body, Buffer.from(object, 'latin1')]);
  }
  const before = file.lastIndexOf('startxref');
  const previous = before < 0 ? '' : ` /Prev ${Number.parseInt(file.toString('latin1', before + 10), 10)}`;
  const parts = offsets.map(([object, offset]) => `${object} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 1\n0000000000 65535 f \n${parts.join('')}trailer\n<< /Size 100 /Root 1 0 R${previous} >>\n`;
  return Buffer.concat([body, Buffer.from(`${table}startxref\n${body.length}\n%%EOF\n`, 'latin1')]);
}

export interface SigningWish extends CmsWish {
  /** The number of the signature's object. */
  readonly object?: number;
  readonly subFilter?: string;
  /** The entry of the dictionary, as in `D:20250701090000+07'00'`. */
  readonly madeAt?: string;
  readonly more?: string;
  readonly cms?: (covered: Buffer) => Promise<Buffer>;
}

const roomBytes = 2000;

/** The dictionary with room for both, as text. */
export function signatureObject({ object = 10, subFilter = 'adbe.pkcs7.detached', madeAt, more = '' }: SigningWish) {
  const made = madeAt === undefined ? '' : ` /M (${madeAt})`;
  const range = '/ByteRange [0 0000000000 0000000000 0000000000]';
  return `${object} 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter}${made} ${range} /Contents <${'0'.repeat(roomBytes * 2)}>${more} >>\nendobj\n`;
}

/** The file with a signature appended that covers all of it. */
export async function signed(file: Buffer, signer: Signer, wish: SigningWish = {}): Promise<Buffer> {
  return filled(withTable(file, [signatureObject(wish)]), signer, wish);
}

/** Fills the last empty room of the file. */
export async function filled(file: Buffer, signer: Signer, wish: SigningWish = {}): Promise<Buffer> {
  const out = Buffer.from(file);
  const { from, to } = holeOf(out);
  const range = out.lastIndexOf('/ByteRange [0 0000000000', from);
  const numbers = [from, to, out.length - to].map((one) => String(one).padStart(10, '0')).join(' ');
  out.write(`/ByteRange [0 ${numbers}]`, range, 'latin1');
  const covered = Buffer.concat([out.subarray(0, from), out.subarray(to)]);
  const cms = await (wish.cms ?? ((bytes) => signCms(bytes, signer, wish)))(covered);
  if (cms.length > roomBytes) throw new RangeError(`no room for ${cms.length} bytes`);
  out.write(cms.toString('hex'), from + 1, 'latin1');
  return out;
}

/** The last Contents with its angle brackets. */
export function holeOf(file: Buffer): { readonly from: number; readonly to: number } {
  const from = file.lastIndexOf('/Contents <') + '/Contents '.length;
  return { from, to: file.indexOf('>', from) + 1 };
}
