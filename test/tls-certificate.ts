/** A self-signed certificate for a host, made on the spot, as PEM files. */
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as asn1js from 'asn1js';
import { AttributeTypeAndValue, Certificate, CryptoEngine, Extension, GeneralName, GeneralNames } from 'pkijs';
import type { TlsFiles } from '../infra/local/tls.ts';

const engine = new CryptoEngine({ crypto: webcrypto, subtle: webcrypto.subtle, name: 'node' });
const day = 24 * 3_600_000;

export interface CertificateWish {
  readonly host?: string;
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
}

/** Writes `NAME.pem` and `NAME.key.pem` into the folder. */
export async function writeCertificate(
  folder: string,
  name: string,
  { host = 'localhost', from = -1, to = 60 }: CertificateWish = {},
): Promise<TlsFiles> {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 1 + Math.floor(Math.random() * 1e9) });
  for (const party of [certificate.subject, certificate.issuer]) {
    const value = new asn1js.Utf8String({ value: host });
    party.typesAndValues.push(new AttributeTypeAndValue({ type: '2.5.4.3', value }));
  }
  certificate.notBefore.value = new Date(Date.now() + from * day);
  certificate.notAfter.value = new Date(Date.now() + to * day);
  const names = new GeneralNames({ names: [new GeneralName({ type: 2, value: host })] });
  const extnValue = names.toSchema().toBER();
  certificate.extensions = [new Extension({ extnID: '2.5.29.17', critical: false, extnValue })];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey, engine);
  await certificate.sign(keys.privateKey, 'SHA-256', engine);
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key.pem`) };
  writeFileSync(files.certificate, pem('CERTIFICATE', certificate.toSchema().toBER()));
  writeFileSync(files.key, pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)));
  return files;
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
