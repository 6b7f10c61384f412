/** The Files port on S3, through the SDK over HTTP on a server that stands in for AWS. */
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import { s3Files } from '../../functions/aws/s3-files.ts';
import { clientSettings } from '../../functions/aws/service-clients.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { filesContract, memoryKeys } from './files.ts';

const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const client = new S3Client({
    ...clientSettings({
      region: 'ap-southeast-1',
      endpoint: moto?.endpoint ?? '',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    }),
    forcePathStyle: true,
  });
  let buckets = 0;
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  async function madeBucket(isLocked: boolean): Promise<string> {
    buckets += 1;
    const Bucket = `files-${buckets}`;
    const CreateBucketConfiguration = { LocationConstraint: 'ap-southeast-1' } as const;
    await client.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: isLocked }),
    );
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    if (isLocked) {
      const Rule = { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } as const;
      await client.send(
        new PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule },
        }),
      );
    }
    return Bucket;
  }
  const Key = (hash: string) => `${hash.slice(0, 2)}/${hash}`;
  const versions = async (Bucket: string) =>
    (await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? [];

  filesContract('in a bucket', async (keys) => {
    const [bucket, payments] = [await madeBucket(false), await madeBucket(true)];
    return {
      files: s3Files(client, { bucket, payments }, keys),
      async stored(hash) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: Key(hash) }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      },
      async replace(hash, bytes) {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: Key(hash), Body: bytes }));
      },
      count: async () => (await versions(bucket)).length,
      close: async () => {},
    };
  });

  describe('the bucket of payments', () => {
    const paper = Buffer.from('pain.001');

    test('keeps every version of what is put as a payment file under its lock, and nothing else is there', async () => {
      const [bucket, payments] = [await madeBucket(false), await madeBucket(true)];
      const files = s3Files(client, { bucket, payments }, memoryKeys());
      const hash = await files.put(paper, 'payment');
      await files.put(Buffer.from('danh sách'));
      const [version, ...more] = await versions(payments);
      expect([version?.Key, more]).toEqual([Key(hash), []]);
      const at = { Bucket: payments, Key: Key(hash), VersionId: version?.VersionId ?? '' };
      const { ObjectLockMode } = await client.send(new HeadObjectCommand(at));
      expect(ObjectLockMode).toBe('COMPLIANCE');
      await expect(client.send(new DeleteObjectCommand(at))).rejects.toThrow();
    });

    test('and that of files are both read, and what lies in the one is put into the other once it pays', async () => {
      const [bucket, payments] = [await madeBucket(false), await madeBucket(true)];
      const files = s3Files(client, { bucket, payments }, memoryKeys());
      const [slip, list] = [await files.put(paper, 'payment'), await files.put(Buffer.from('danh sách'))];
      expect(Buffer.from((await files.get(slip)) ?? []).toString()).toBe('pain.001');
      expect(Buffer.from((await files.get(list)) ?? []).toString()).toBe('danh sách');
      expect(await files.put(Buffer.from('danh sách'), 'payment')).toBe(list);
      expect(new Set((await versions(payments)).map((version) => version.Key))).toEqual(
        new Set([Key(slip), Key(list)]),
      );
      // Once more writes nothing: a locked file has one version.
      await files.put(paper, 'payment');
      expect(await versions(payments)).toHaveLength(2);
    });
  });
});
