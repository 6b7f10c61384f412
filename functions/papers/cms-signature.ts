/**
 * One detached CMS signature (RFC 5652, as PDF uses it: ISO 32000-1, 12.8.3.3, and ETSI EN 319 142-1): who signed, and
 * whether the bytes are those that were signed. The algorithms are a closed list, stated here and not by the message.
 */
import { constants, createHash, type KeyObject, verify, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  type Attribute,
  Certificate,
  ContentInfo,
  type RelativeDistinguishedNames,
  RSASSAPSSParams,
  SignedData,
  type SignerInfo,
} from 'pkijs';

export interface CmsSignature {
  /** Common names; empty where the certificate has none or could not be read. */
  readonly signer: string;
  readonly issuer: string;
  readonly organisation?: string;
  /** The certificate's number, in hexadecimal digits. */
  readonly serial: string;
  readonly signingTime?: Date;
  readonly validFrom?: Date;
  readonly validTo?: Date;
  readonly isIntact: boolean;
  /** Made with SHA-1 or MD5, or an RSA key below 2048 bits: never intact. */
  readonly isWeak: boolean;
}

export const unreadableCms: CmsSignature = { signer: '', issuer: '', serial: '', isIntact: false, isWeak: false };

type Hash = 'sha256' | 'sha384' | 'sha512';

const hashes: Readonly<Record<string, Hash>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const weakHashes: ReadonlySet<string> = new Set(['1.3.14.3.2.26', '1.2.840.113549.2.5']);
/** With `rsaEncryption` the digest algorithm says which hash. */
const pkcs1: Readonly<Record<string, Hash | 'any'>> = {
  '1.2.840.113549.1.1.1': 'any',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};
const ecdsa: Readonly<Record<string, Hash>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  pss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate2: '1.2.840.113549.1.9.16.2.47',
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
} as const;

/** Some hundred certificates, or a list of two thousand revoked ones; a third of a second. */
const limits = { maxDepth: 40, maxNodes: 10_000, maxContentLength: 1024 * 1024 };
const fewestRsaBits = 2048;
const mostRsaBits = 8192;
const mostNameLength = 200;

/** Takes the padded contents of a signature dictionary and the bytes it covers; never throws for what they hold. */
export function readCms(padded: Buffer, covered: readonly Uint8Array[]): CmsSignature {
  try {
    return checked(padded, covered);
  } catch {
    // Garbage, or a structure no rule foresees: said to be unreadable, never passed.
    return unreadableCms;
  }
}

interface Embedded {
  readonly raw: Buffer;
  readonly certificate: Certificate;
}

function checked(padded: Buffer, covered: readonly Uint8Array[]): CmsSignature {
  const outer = asn1js.fromBER(padded, limits);
  if (outer.offset <= 0 || padded.subarray(outer.offset).some((byte) => byte !== 0)) return unreadableCms;
  const info = new ContentInfo({ schema: outer.result });
  if (info.contentType !== oid.signedData) return unreadableCms;
  const content: unknown = info.content;
  if (!(content instanceof asn1js.Sequence)) return unreadableCms;
  // Before pkijs, which takes the parsed blocks apart.
  const embedded = embeddedIn(content);
  const signed = new SignedData({ schema: content });
  const [signerInfo, ...others] = signed.signerInfos;
  const own = signerInfo === undefined ? undefined : embedded.find((one) => isOf(one.certificate, signerInfo));
  if (signerInfo === undefined || own === undefined || others.length > 0) return unreadableCms;
  const { subject, issuer, serialNumber, notBefore, notAfter } = own.certificate;
  const organisation = nameIn(subject, oid.organisation);
  const signingTime = timeOf(signerInfo);
  const key = new X509Certificate(own.raw).publicKey;
  const isWeak = weakHashes.has(signerInfo.digestAlgorithm.algorithmId) || isShortRsa(key);
  return {
    signer: nameIn(subject, oid.commonName),
    issuer: nameIn(issuer, oid.commonName),
    ...(organisation === '' ? {} : { organisation }),
    serial: Buffer.from(serialNumber.valueBlock.valueHexView).toString('hex'),
    ...(signingTime === undefined ? {} : { signingTime }),
    validFrom: notBefore.value,
    validTo: notAfter.value,
    isWeak,
    isIntact:
      !isWeak &&
      isDetachedData(signed) &&
      isSigned(signerInfo, key, covered) &&
      isNamedCertificate(signerInfo, own.raw) &&
      isIssuedAsEmbedded(own, embedded),
  };
}

/** The certificates as they stand in the message, byte for byte. */
function embeddedIn(signedData: asn1js.Sequence): readonly Embedded[] {
  const list = signedData.valueBlock.value.find(
    ({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0 && idBlock.isConstructed,
  );
  if (!(list instanceof asn1js.Constructed)) return [];
  return list.valueBlock.value.flatMap((one) => {
    if (!(one instanceof asn1js.Sequence)) return [];
    const raw = Buffer.from(one.valueBeforeDecodeView);
    return [{ raw, certificate: Certificate.fromBER(raw) }];
  });
}

function isOf(certificate: Certificate, { sid }: SignerInfo): boolean {
  const named: unknown = sid;
  if (named !== null && typeof named === 'object' && 'issuer' in named && 'serialNumber' in named) {
    const { issuer, serialNumber } = named;
    return (
      certificate.issuer.isEqual(issuer) &&
      serialNumber instanceof asn1js.Integer &&
      certificate.serialNumber.isEqual(serialNumber)
    );
  }
  const extension = certificate.extensions?.find(({ extnID }) => extnID === oid.subjectKeyIdentifier);
  const identifier: unknown = extension?.parsedValue;
  if (!(identifier instanceof asn1js.OctetString)) return false;
  const given = named instanceof asn1js.Primitive ? named.valueBlock.valueHexView : undefined;
  return given !== undefined && Buffer.from(given).equals(identifier.valueBlock.valueHexView);
}

/** Content that the message carries itself is not the file's, and would be what the signature speaks of. */
function isDetachedData({ encapContentInfo: { eContent, eContentType } }: SignedData): boolean {
  return eContent === undefined && eContentType === oid.data;
}

function isSigned(signerInfo: SignerInfo, key: KeyObject, covered: readonly Uint8Array[]): boolean {
  const hash = hashes[signerInfo.digestAlgorithm.algorithmId];
  const attributes = signerInfo.signedAttrs;
  if (hash === undefined || attributes === undefined) return false;
  const type = onlyValue(attributes.attributes, oid.contentType);
  const digest = onlyValue(attributes.attributes, oid.messageDigest);
  if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== oid.data) return false;
  if (!(digest instanceof asn1js.OctetString)) return false;
  const content = createHash(hash);
  for (const part of covered) content.update(part);
  if (!content.digest().equals(digest.valueBlock.valueHexView)) return false;
  const { algorithmId } = signerInfo.signatureAlgorithm;
  const data = Buffer.from(attributes.encodedValue);
  const signature = Buffer.from(signerInfo.signature.valueBlock.valueHexView);
  const ofKey = key.asymmetricKeyType;
  const rsaHash = Object.hasOwn(pkcs1, algorithmId) ? pkcs1[algorithmId] : undefined;
  if (rsaHash !== undefined) {
    if (ofKey !== 'rsa' || (rsaHash !== 'any' && rsaHash !== hash)) return false;
    return verify(hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  }
  if (algorithmId === oid.pss) {
    const saltLength = saltOf(signerInfo.signatureAlgorithm, hash);
    if ((ofKey !== 'rsa' && ofKey !== 'rsa-pss') || saltLength === undefined) return false;
    return verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
  }
  return ofKey === 'ec' && ecdsa[algorithmId] === hash && verify(hash, data, key, signature);
}

/** The salt's length, where the parameters name the same hash throughout. */
function saltOf({ algorithmParams }: AlgorithmIdentifier, hash: Hash): number | undefined {
  const given: unknown = algorithmParams;
  if (!(given instanceof asn1js.Sequence)) return undefined;
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = new RSASSAPSSParams({ schema: given });
  const inner: unknown = maskGenAlgorithm.algorithmParams;
  if (!(inner instanceof asn1js.Sequence) || maskGenAlgorithm.algorithmId !== oid.mgf1) return undefined;
  const { algorithmId } = new AlgorithmIdentifier({ schema: inner });
  const isOne = hashes[hashAlgorithm.algorithmId] === hash && hashes[algorithmId] === hash;
  return isOne && saltLength >= 0 && saltLength <= 512 ? saltLength : undefined;
}

/** Where the signed attributes name the certificate by its hash (RFC 5035), it must be the one that is embedded. */
function isNamedCertificate({ signedAttrs }: SignerInfo, raw: Buffer): boolean {
  const attributes = signedAttrs?.attributes ?? [];
  if (!attributes.some(({ type }) => type === oid.signingCertificate2)) return true;
  const first = childOf(childOf(onlyValue(attributes, oid.signingCertificate2), 0), 0);
  const [head, next] = [childOf(first, 0), childOf(first, 1)];
  const [algorithm, digest] = head instanceof asn1js.OctetString ? [undefined, head] : [childOf(head, 0), next];
  const hash =
    algorithm === undefined
      ? 'sha256'
      : algorithm instanceof asn1js.ObjectIdentifier
        ? hashes[algorithm.valueBlock.toString()]
        : undefined;
  if (hash === undefined || !(digest instanceof asn1js.OctetString)) return false;
  return createHash(hash).update(raw).digest().equals(digest.valueBlock.valueHexView);
}

/**
 * Where the issuer's certificate is embedded too, or the certificate is its own issuer, it must have issued this one.
 * Elsewhere the names in the certificate are as good as whoever sent it.
 */
function isIssuedAsEmbedded(own: Embedded, embedded: readonly Embedded[]): boolean {
  const issuers = embedded.filter(({ certificate }) => certificate.subject.isEqual(own.certificate.issuer));
  const certificate = new X509Certificate(own.raw);
  return issuers.length === 0 || issuers.some(({ raw }) => certificate.verify(new X509Certificate(raw).publicKey));
}

function isShortRsa(key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return false;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits > mostRsaBits) throw new RangeError('an RSA key nobody uses');
  return bits < fewestRsaBits;
}

/** The attribute's one value; none when the attribute or the value is there more than once. */
function onlyValue(attributes: readonly Attribute[], type: string): unknown {
  const [found, ...others] = attributes.filter((one) => one.type === type);
  const values: readonly unknown[] = found?.values ?? [];
  return others.length > 0 || values.length !== 1 ? undefined : values[0];
}

function childOf(block: unknown, index: number): unknown {
  return block instanceof asn1js.Sequence ? block.valueBlock.value[index] : undefined;
}

function timeOf({ signedAttrs }: SignerInfo): Date | undefined {
  const value = onlyValue(signedAttrs?.attributes ?? [], oid.signingTime);
  return value instanceof asn1js.UTCTime || value instanceof asn1js.GeneralizedTime ? value.toDate() : undefined;
}

function nameIn({ typesAndValues }: RelativeDistinguishedNames, type: string): string {
  const value: unknown = typesAndValues.find((one) => one.type === type)?.value.valueBlock.value;
  return typeof value === 'string' ? value.normalize('NFC').slice(0, mostNameLength) : '';
}
