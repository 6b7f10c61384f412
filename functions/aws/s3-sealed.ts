/** Files in their buckets as they lie, for a province that moves: sealed bytes are neither opened nor sealed anew. */
import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { faultName, pause, type Pause, service } from './faults.ts';

export interface SealedBuckets {
  /** Where what arrives is put. */
  readonly bucket: string;
  /** Where else files lie. */
  readonly alsoIn?: readonly string[];
  readonly wait?: Pause;
}

export function s3Sealed(client: S3Client, { bucket, alsoIn = [], wait = pause }: SealedBuckets) {
  const ask = service('the store of files', wait);
  const keyOf = (hash: string) => `${hash.slice(0, 2)}/${hash}`;

  async function isThere(from: string, hash: string): Promise<boolean> {
    try {
      await ask(async () => client.send(new HeadObjectCommand({ Bucket: from, Key: keyOf(hash) })), notFound);
      return true;
    } catch (error) {
      if (faultName(error) === notFound) return false;
      throw error;
    }
  }

  return {
    /** The hashes of the clear contents, each once. */
    async *files(): AsyncGenerator<string> {
      const told = new Set<string>();
      for (const from of [bucket, ...alsoIn]) {
        let next: string | undefined;
        do {
          const list = new ListObjectsV2Command({
            Bucket: from,
            ...(next === undefined ? {} : { ContinuationToken: next }),
          });
          const page = await ask(async () => client.send(list));
          for (const { Key = '' } of page.Contents ?? []) {
            const hash = /^[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(Key)?.[1];
            if (hash !== undefined && !told.has(hash)) yield hash;
            if (hash !== undefined) told.add(hash);
          }
          next = page.NextContinuationToken;
        } while (next !== undefined);
      }
    },
    async read(hash: string): Promise<Uint8Array> {
      for (const from of [bucket, ...alsoIn]) {
        if (!(await isThere(from, hash))) continue;
        const found = await ask(async () => client.send(new GetObjectCommand({ Bucket: from, Key: keyOf(hash) })));
        return (await found.Body?.transformToByteArray()) ?? new Uint8Array();
      }
      throw new Error(`file ${hash} is gone`);
    },
    /** One that is there already stays. */
    async write(hash: string, sealed: Uint8Array): Promise<void> {
      if (await isThere(bucket, hash)) return;
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: keyOf(hash),
        Body: sealed,
        ContentType: 'application/octet-stream',
        ChecksumSHA256: createHash('sha256').update(sealed).digest('base64'),
        ChecksumAlgorithm: 'SHA256',
      });
      await ask(async () => client.send(put));
    },
  };
}

const notFound = 'NotFound';
