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
    const bucket = await madeBucket(false);
    return {
      files: s3Files(client, { bucket }, keys),
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

    test('keeps every version of what is put under its lock', async () => {
      const bucket = await madeBucket(true);
      const hash = await s3Files(client, { bucket }, memoryKeys()).put(paper);
      const [version] = await versions(bucket);
      const at = { Bucket: bucket, Key: Key(hash), VersionId: version?.VersionId ?? '' };
      const { ObjectLockMode } = await client.send(new HeadObjectCommand(at));
      expect(ObjectLockMode).toBe('COMPLIANCE');
      await expect(client.send(new DeleteObjectCommand(at))).rejects.toThrow();
    });

    test('and that of files are both read, whichever a file was put into', async () => {
      const keys = memoryKeys();
      const [payments, others] = [await madeBucket(true), await madeBucket(true)];
      const paying = s3Files(client, { bucket: payments, alsoIn: [others] }, keys);
      const asking = s3Files(client, { bucket: others, alsoIn: [payments] }, keys);
      const [slip, list] = [await paying.put(paper), await asking.put(Buffer.from('danh sách'))];
      expect((await versions(payments)).map((version) => version.Key)).toEqual([Key(slip)]);
      expect(Buffer.from((await asking.get(slip)) ?? []).toString()).toBe('pain.001');
      expect(Buffer.from((await paying.get(list)) ?? []).toString()).toBe('danh sách');
      // What was brought to the pages is put under the lock of payments when it pays.
      await paying.put(Buffer.from('danh sách'));
      expect(await versions(payments)).toHaveLength(2);
    });
  });
});
