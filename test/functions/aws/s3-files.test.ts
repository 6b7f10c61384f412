/** What a store of files does on a bad day: it is busy, gives no answer, gives half a body, or refuses. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ladder } from '../../../functions/aws/faults.ts';
import { s3Files } from '../../../functions/aws/s3-files.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { sha256 } from '../../../shared/hash.ts';
import { memoryKeys } from '../../contracts/files.ts';

const waits: number[] = [];
const wait = async (milliseconds: number) => void waits.push(milliseconds);
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
const client = new S3Client({ region: 'none', credentials });
let service = mockClient(client);
const keys = memoryKeys();
const files = s3Files(client, { bucket: 'files', payments: 'payments', wait }, keys);
const content = Buffer.from('danh sách');
const hash = sha256(content);

beforeEach(() => {
  service = mockClient(client);
  waits.length = 0;
  service.on(GetObjectCommand).rejects(fault('NoSuchKey', 404));
  service.on(PutObjectCommand).resolves({});
});

function fault(name: string, httpStatusCode?: number): Error {
  return Object.assign(new Error('as the service says it'), { name, $metadata: { httpStatusCode } });
}

async function sealed(): Promise<{ readonly bytes: Uint8Array; readonly ChecksumSHA256: string }> {
  const bytes = await keys.sealBytes(hash, content);
  return { bytes, ChecksumSHA256: createHash('sha256').update(bytes).digest('base64') };
}

test.each([
  ['is busy', fault('SlowDown', 503)],
  ['asks for less', fault('Unknown', 429)],
  ['met another writer', fault('ConditionalRequestConflict', 409)],
  ['has credentials that ran out', fault('ExpiredToken', 400)],
  ['gave no answer', fault('TimeoutError')],
  ['failed', fault('InternalError', 500)],
])('a store that %s once is asked again', async (_, error) => {
  service.on(PutObjectCommand).rejectsOnce(error).resolves({});
  expect(await files.put(content)).toBe(hash);
  expect(waits).toEqual([ladder[0]]);
});

test('a store that stays away is a fault that passes, after the whole ladder', async () => {
  service.on(PutObjectCommand).rejects(fault('SlowDown', 503));
  await expect(files.put(content)).rejects.toThrow(Transient);
  expect(waits).toEqual([...ladder]);
});

test.each(['AccessDenied', 'NoSuchBucket', 'InvalidRequest', 'BadDigest'])('%s is a fault for good', async (name) => {
  service.on(PutObjectCommand).rejects(fault(name, 400));
  await expect(files.put(content)).rejects.toThrow(Permanent);
  expect(waits).toEqual([]);
});

test('a file that may not be read is no file that is not there', async () => {
  service.on(GetObjectCommand).rejects(fault('AccessDenied', 403));
  await expect(files.get(hash)).rejects.toThrow(Permanent);
});

test('a put sends the checksum of the sealed bytes, and never over a file that is there', async () => {
  await files.put(content);
  const [call] = service.commandCalls(PutObjectCommand);
  const { Body, ChecksumSHA256, IfNoneMatch } = call?.args[0].input ?? {};
  expect(Body).toBeInstanceOf(Uint8Array);
  if (!(Body instanceof Uint8Array)) return;
  expect(ChecksumSHA256).toBe(createHash('sha256').update(Body).digest('base64'));
  expect(IfNoneMatch).toBe('*');
});

test('a get asks for the checksum, so that the body is held against it', async () => {
  await files.get(hash);
  expect(service.commandCalls(GetObjectCommand)[0]?.args[0].input.ChecksumMode).toBe('ENABLED');
});

test('content that another brought in the meantime is there', async () => {
  service.on(PutObjectCommand).rejects(fault('PreconditionFailed', 412));
  expect(await files.put(content)).toBe(hash);
});

describe('a body', () => {
  let answers: ((response: ServerResponse) => void)[];
  let server: Server;
  let over: S3Client;
  beforeEach(async () => {
    service.restore();
    server = createServer((_, response) => answers.shift()?.(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    over = new S3Client({
      ...clientSettings({ region: 'none', endpoint: `http://127.0.0.1:${port}`, credentials }),
      forcePathStyle: true,
    });
    const { bytes, ChecksumSHA256 } = await sealed();
    const head = { 'Content-Length': bytes.length, 'x-amz-checksum-sha256': ChecksumSHA256 };
    whole = (response) => response.writeHead(200, head).end(bytes);
    broken = (response) => {
      response.writeHead(200, head).write(bytes.subarray(0, 10), () => response.destroy());
    };
    altered = (response) => response.writeHead(200, head).end(Buffer.from(bytes).fill(0, 20, 30));
  });
  afterEach(() => {
    over.destroy();
    server.closeAllConnections();
    server.close();
  });
  let whole: (response: ServerResponse) => void;
  let broken: (response: ServerResponse) => void;
  let altered: (response: ServerResponse) => void;
  const got = async () => s3Files(over, { bucket: 'files', payments: 'payments', wait }, keys).get(hash);

  test('that broke off is asked for again', async () => {
    answers = [broken, whole];
    expect(Buffer.from((await got()) ?? []).equals(content)).toBe(true);
    expect(waits).toEqual([ladder[0]]);
  });

  test('that was altered on its way is asked for again', async () => {
    answers = [altered, altered, whole];
    expect(Buffer.from((await got()) ?? []).equals(content)).toBe(true);
    expect(waits).toEqual(ladder.slice(0, 2));
  });

  test('that never comes whole is a fault that passes', async () => {
    answers = Array.from({ length: ladder.length + 1 }, () => altered);
    await expect(got()).rejects.toThrow(Transient);
  });
});
