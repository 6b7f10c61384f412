/**
 * Where large answers pass through: the bucket of uploads, which keeps no versions, forgets after a day, and stands under the
 * records' key. (The bucket of files keeps what was deleted as an older version, and holds nothing that is not sealed by us.)
 * A key is chance alone and never that of an upload, so that nobody takes another's answer as a file of their own.
 */
import { randomBytes } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { pause, type Pause, service } from './faults.ts';
import type { PassingFiles } from './large-answers.ts';
import { answersPrefix } from './table-shape.ts';

export interface PassingSettings {
  readonly bucket: string;
  /** The bucket's address, to which a key is added: `https://bucket.s3.region.amazonaws.com`. */
  readonly address: string;
  readonly wait?: Pause;
  now?(): Date;
}

/** A download that began goes on; one that begins later is refused. The bucket itself refuses links of more than two minutes. */
const linkSeconds = 60;

export function s3Passing(client: S3Client, settings: PassingSettings): PassingFiles {
  const { bucket, address, wait = pause, now = () => new Date() } = settings;
  const ask = service('the store of uploads', wait);
  const { region, credentials, sha256 } = client.config;
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false });

  async function linkTo(key: string): Promise<string> {
    const url = new URL(`${address}/${key}`);
    const signed = await signer.presign(
      {
        method: 'GET',
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: { host: url.host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' },
      },
      { expiresIn: linkSeconds, signingDate: now() },
    );
    for (const [name, value] of Object.entries(signed.query ?? {})) url.searchParams.set(name, String(value));
    return url.href;
  }

  return {
    async pass({ bytes, type, disposition }) {
      const key = `${answersPrefix}${randomBytes(32).toString('hex')}`;
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: type,
        // With the object, so that neither stands in the link.
        ContentDisposition: disposition,
        CacheControl: 'no-store',
      });
      await ask(async () => client.send(put));
      return linkTo(key);
    },
  };
}
