/**
 * The Uploads port on S3: the browser posts one file to a private bucket by a form that is signed for its account, for a
 * quarter of an hour. The bucket forgets what it holds after a day; what is taken is kept in Files, sealed.
 */
import { randomUUID } from 'node:crypto';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { Uploads } from '../web/ports.ts';
import { faultName, pause, type Pause, service } from './faults.ts';

export interface UploadSettings {
  readonly bucket: string;
  /** Where the browser reaches the bucket: `https://bucket.s3.region.amazonaws.com`. */
  readonly origin: string;
  /** Bytes a file may have. */
  readonly most: number;
  readonly wait?: Pause;
}

const formSeconds = 900;
/** A function takes 6 MB in one request, of which the envelope's base64 leaves three quarters. */
const mostInARequest = 4;

export function s3Uploads(client: S3Client, { bucket, origin, most, wait = pause }: UploadSettings): Uploads {
  const ask = service('the store of uploads', wait);
  return {
    mostInARequest,
    origin,
    async form(account, field, returnTo) {
      const key = `${account}/${randomUUID()}/${field}`;
      const { url, fields } = await createPresignedPost(client, {
        Bucket: bucket,
        Key: key,
        Expires: formSeconds,
        Fields: { success_action_redirect: returnTo },
        Conditions: [
          ['content-length-range', 1, most],
          ['eq', '$success_action_redirect', returnTo],
        ],
      });
      return { action: url, fields: Object.entries(fields).map(([name, value]) => ({ name, value })) };
    },
    async take(account, key) {
      // Another's file, or a way out of one's own folder, is none.
      if (!isOf(account, key)) return undefined;
      return ask(async () => {
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
          return await Body?.transformToByteArray();
        } catch (error) {
          if (faultName(error) === 'NoSuchKey') return undefined;
          throw error;
        }
      });
    },
  };
}

function isOf(account: string, key: string): boolean {
  const [owner, name, field, ...more] = key.split('/');
  return owner === account && /^[0-9a-f-]{36}$/.test(name ?? '') && /^[\w-]+$/.test(field ?? '') && more.length === 0;
}
