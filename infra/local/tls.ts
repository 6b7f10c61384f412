/** The certificate of the pages on one machine: looked at before anybody is let in, and read anew when its file changes. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';
import { isIP } from 'node:net';

/** PEM files: the certificate with those that vouch for it after it, and its private key without a password. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

const hour = 3_600_000;
const day = 24 * hour;
const soonDays = 14;

/** Throws, in Vietnamese, for files that are none, do not belong together, name another host, or are out of their time. */
export function readTls(files: TlsFiles, hostname: string, now: Date): { readonly cert: Buffer; readonly key: Buffer } {
  const cert = bytesOf(files.certificate, 'TLS_CERT');
  const key = bytesOf(files.key, 'TLS_KEY');
  const found = certificateIn(cert, files.certificate);
  if (!found.checkPrivateKey(privateKeyIn(key, files.key))) {
    throw new Error(`Khóa ở ${files.key} (TLS_KEY) không phải của chứng thư ở ${files.certificate} (TLS_CERT).`);
  }
  if (
    (isIP(hostname) === 0 ? found.checkHost(hostname, { subject: 'never' }) : found.checkIP(hostname)) === undefined
  ) {
    throw new Error(
      `Chứng thư ở ${files.certificate} không cấp cho ${hostname} của PUBLIC_URL (cấp cho: ${found.subjectAltName ?? 'không nêu'}).`,
    );
  }
  if (now < found.validFromDate || now >= found.validToDate) {
    throw new Error(
      `Chứng thư ở ${files.certificate} có hiệu lực từ ${found.validFromDate.toISOString()} đến ${found.validToDate.toISOString()}, không phải lúc này. Hãy xin chứng thư mới, và kiểm tra giờ của máy.`,
    );
  }
  return { cert, key };
}

/** Days left, rounded down. */
export function daysLeft(files: TlsFiles, now: Date): number {
  const found = certificateIn(bytesOf(files.certificate, 'TLS_CERT'), files.certificate);
  return Math.floor((found.validToDate.getTime() - now.getTime()) / day);
}

/** Every hour: a new certificate is taken without a restart, a wrong one is told of, and so is one that ends soon, once a day. */
export function renewing(server: Server, files: TlsFiles, hostname: string, report: (error: unknown) => void) {
  let known = changedAt(files);
  let told = 0;
  const look = (now = new Date()) => {
    try {
      const changed = changedAt(files);
      if (changed !== known) {
        server.setSecureContext(readTls(files, hostname, now));
        known = changed;
      }
      const left = daysLeft(files, now);
      if (left < soonDays && now.getTime() - told >= day) {
        told = now.getTime();
        report(`Chứng thư ở ${files.certificate} còn ${left} ngày. Hãy thay tệp; máy chủ tự đọc trong vòng một giờ.`);
      }
    } catch (error) {
      report(error);
    }
  };
  look();
  const timer = setInterval(look, hour).unref();
  return { look, stop: () => clearInterval(timer) };
}

function changedAt({ certificate, key }: TlsFiles): string {
  return [certificate, key].map((file) => statSync(file).mtimeMs).join('/');
}

function bytesOf(file: string, setting: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`Không đọc được ${file} (${setting}).`, { cause: error });
  }
}

function certificateIn(bytes: Buffer, file: string): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (error) {
    throw new Error(`${file} (TLS_CERT) không phải chứng thư dạng PEM.`, { cause: error });
  }
}

function privateKeyIn(bytes: Buffer, file: string) {
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    throw new Error(`${file} (TLS_KEY) không phải khóa riêng dạng PEM, hoặc có mật khẩu.`, { cause: error });
  }
}
