/**
 * The Files port on S3, in two versioned buckets, that of payments under object lock. An object's key is the SHA-256 of the clear
 * content, under its first two digits, as in the folder of one machine; its bytes are sealed before they leave the process.
 *
 * A bucket's own settings lock and encrypt: nothing here names a period or a key. Erasing a person's paper erases its key, so
 * that the lock, which keeps the sealed bytes, never stands against the erasure. Whoever reads needs `s3:ListBucket`, or a
 * file that is not there is answered as one that may not be read.
 */
import { createHash } from 'node:crypto';
import { GetObjectCommand, type GetObjectCommandOutput, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Files } from '../../shared/case/ports.ts';
import { sha256 } from '../../shared/hash.ts';
import type { Keys } from '../home/sealing.ts';
import { faultName, pause, type Pause, service } from './faults.ts';

export interface FileBuckets {
  readonly bucket: string;
  /** Of payment files: nobody deletes or replaces there. Content that lies in the other bucket already is put here too. */
  readonly payments: string;
  readonly wait?: Pause;
}

export function s3Files(
  client: S3Client,
  { bucket, payments, wait = pause }: FileBuckets,
  keys: Pick<Keys, 'sealBytes' | 'openBytes'>,
): Files {
  const ask = service('the store of files', wait);

  const stored = async (hash: string, from: string) => ask(async () => bytesIn(client, from, keyOf(hash)));

  async function opened(hash: string, sealed: Uint8Array): Promise<Uint8Array | undefined> {
    const content = await keys.openBytes(hash, sealed);
    if (content !== undefined && sha256(content) !== hash) throw new Error(`file ${hash} does not match its hash`);
    return content;
  }

  async function write(hash: string, content: Uint8Array, into: string, isNew: boolean): Promise<void> {
    const sealed = await keys.sealBytes(hash, content);
    const put = new PutObjectCommand({
      Bucket: into,
      Key: keyOf(hash),
      Body: sealed,
      ContentType: 'application/octet-stream',
      ChecksumSHA256: checksum(sealed),
      // A bucket under object lock refuses a put without it.
      ChecksumAlgorithm: 'SHA256',
      ...(isNew ? { IfNoneMatch: '*' } : {}),
    });
    try {
      await ask(async () => client.send(put), thereAlready);
    } catch (error) {
      // Somebody brought the same content at the same time, sealed under the same key.
      if (faultName(error) !== thereAlready) throw error;
    }
  }

  return {
    async put(content, as) {
      const [hash, into] = [sha256(content), as === 'payment' ? payments : bucket];
      // Looked for first: sealing makes the key of a file that has none, and one whose key was erased must be written anew.
      const before = await stored(hash, into);
      const isReadable = before !== undefined && (await opened(hash, before)) !== undefined;
      if (!isReadable) await write(hash, content, into, before === undefined);
      return hash;
    },
    async get(hash) {
      if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
      for (const from of [bucket, payments]) {
        const sealed = await stored(hash, from);
        const content = sealed === undefined ? undefined : await opened(hash, sealed);
        if (content !== undefined) return content;
      }
      return undefined;
    },
  };
}

const thereAlready = 'PreconditionFailed';

function keyOf(hash: string): string {
  return `${hash.slice(0, 2)}/${hash}`;
}

function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

async function bytesIn(client: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
    return await wholeOf(found.Body);
  } catch (error) {
    if (faultName(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** The SDK holds the body against the stored checksum. What broke off or was altered on its way is asked for again. */
async function wholeOf(body: GetObjectCommandOutput['Body']): Promise<Uint8Array> {
  try {
    return (await body?.transformToByteArray()) ?? new Uint8Array();
  } catch (cause) {
    throw Object.assign(new Error('a file came in part or altered', { cause }), { name: 'TimeoutError' });
  }
}
