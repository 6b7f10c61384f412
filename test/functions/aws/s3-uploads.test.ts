/** Large files brought by the browser itself, on a server that stands in for AWS: what the form lets through, and who may take it. */
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3Uploads } from '../../../functions/aws/s3-uploads.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { openMoto } from '../../../infra/local/moto.ts';

const moto = await openMoto();
const most = 5_000_000;

describe.skipIf(moto === undefined)('over HTTP', () => {
  const endpoint = moto?.endpoint ?? '';
  const client = new S3Client({
    ...clientSettings({
      region: 'ap-southeast-1',
      endpoint,
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    }),
    forcePathStyle: true,
  });
  const bucket = 'uploads';
  const uploads = s3Uploads(client, { bucket, origin: endpoint, most });
  beforeAll(async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'ap-southeast-1' } as const;
    await client.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration }));
  });
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  async function bring(account: string, bytes: Uint8Array) {
    const { action, fields } = await uploads.form(account, 'file', 'https://chi-tra.example/tiep-nhan');
    const form = new FormData();
    for (const { name, value } of fields) form.append(name, value);
    form.append('file', new File([new Uint8Array(bytes)], 'Hồ Thị Mai Lan.xlsx'));
    const answer = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
    return { answer, key: fields.find(({ name }) => name === 'key')?.value ?? '' };
  }

  test('a file is brought, the browser comes back with its key, and its owner takes it', async () => {
    const bytes = new TextEncoder().encode('một danh sách dài '.repeat(200_000));
    const { answer, key } = await bring('clerk', bytes);
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get('location') ?? '');
    expect([back.pathname, back.searchParams.get('key')]).toEqual(['/tiep-nhan', key]);
    expect(await uploads.take('clerk', key)).toEqual(bytes);
    expect(key).not.toContain('Lan');
  });

  test('nobody takes what another brought, nor by a way around, nor what is not there', async () => {
    const { key } = await bring('clerk', new Uint8Array([1, 2, 3]));
    const tried = [
      `other/../${key}`,
      key.replace('clerk', 'other'),
      `${key}/x`,
      '',
      'clerk/',
      key.slice(0, -1),
      key.slice(0, -5),
    ];
    for (const one of ['other', 'clerk/..']) expect(await uploads.take(one, key)).toBeUndefined();
    for (const one of tried) expect([one, await uploads.take('other', one)]).toEqual([one, undefined]);
    expect(await uploads.take('clerk', 'clerk/00000000-0000-4000-8000-000000000000/file')).toBeUndefined();
  });

  test('the form is signed for one key, one way back and so many bytes, for a quarter of an hour', async () => {
    const { fields, action } = await uploads.form('clerk', 'file', 'https://chi-tra.example/chi-tra');
    expect(action).toContain(bucket);
    const value = (name: string) => fields.find((one) => one.name === name)?.value ?? '';
    const policy = JSON.parse(Buffer.from(value('Policy'), 'base64').toString('utf8'));
    expect(policy.conditions).toContainEqual(['content-length-range', 1, most]);
    expect(policy.conditions).toContainEqual({ key: value('key') });
    expect(policy.conditions).toContainEqual(['eq', '$success_action_redirect', 'https://chi-tra.example/chi-tra']);
    const minutes = (Date.parse(policy.expiration) - Date.now()) / 60_000;
    expect([minutes > 14, minutes < 16]).toEqual([true, true]);
    expect(value('key')).toMatch(/^clerk\/[0-9a-f-]{36}\/file$/);
  });
});
