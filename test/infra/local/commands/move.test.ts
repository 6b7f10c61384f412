/**
 * A small province by the commands as they are typed: from one machine to a server that stands in for AWS and back, a table that
 * is restored to an instant, a backup that is restored, a master key that is changed.
 */
import {
  CreateTableCommand,
  DescribeTableCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoStore } from '../../../../functions/aws/dynamo-store.ts';
import { dynamoClient } from '../../../../functions/aws/dynamo-client.ts';
import { clientSettings } from '../../../../functions/aws/service-clients.ts';
import { noDesk, openHome } from '../../../../infra/local/home.ts';
import { scratchTable } from '../../../../infra/local/cloud/resources.ts';
import { appended, caseRow } from '../../../contracts/store.ts';
import { createTable, credentials, region } from '../../../dynamo.ts';
import { recordWhereabouts } from '../../../../shared/case/whereabouts.ts';
import { openMoto } from '../../../../infra/local/moto.ts';

const folder = mkdtempSync(join(tmpdir(), 'move-commands-'));
const at = (name: string) => join(folder, name);
let anchor = '';
let sealed = '';
let file = '';

beforeAll(async () => {
  const home = openHome({ dataDirectory: at('data'), keyDirectory: at('keys'), publicUrl: '' });
  file = await home.ports(noDesk).files.put(Buffer.from('a paper'));
  sealed = await home.keys.seal('1', 'Nguyễn Thử Nghiệm');
  for (const person of ['1', '2', '3']) {
    const row = caseRow('submitted', { batch: 'b1' });
    await home.store.commit([{ ...appended(`case/${person}`, 0, 'submitted'), row, claims: [`citizen/${person}`] }]);
  }
  ({ anchor } = await home.store.anchor('2025-10-01', '2025-10-01T17:00:00Z', 'system'));
  await home.store.commit([appended('case/1', 1, 'assessed')]);
  await home.ports(noDesk).noticeSigner.current();
  home.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(command: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const path = fileURLToPath(new URL(`../../../../infra/local/commands/${command}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { env: { ...process.env, ...env } });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { status, out, err };
}

const of = (data: string, keys = 'keys') => ({ DATA_DIR: at(data), KEY_DIR: at(keys) });

describe('on one machine', () => {
  test('a backup is made and restored, and the restored data verify with the printed anchor', async () => {
    expect(await run('backup', of('data'), '--out', at('backup'))).toMatchObject({
      status: 0,
      out: expect.stringContaining('5 mục của 4 lịch sử, 1 mã neo, 1 tệp; mọi thứ khớp'),
    });
    expect(await run('restore', of('restored'), '--from', at('backup'))).toMatchObject({
      status: 0,
      err: '',
      out: expect.stringMatching(
        /từ \d\d:\d\d ngày .* nay mở lại: .*Mọi người phải đăng nhập lại\..*npm run pay-here/s,
      ),
    });
    expect(await run('verify', {}, at('restored'), '--anchor', anchor)).toMatchObject({ status: 0 });
    expect(await run('restore', of('restored'), '--from', at('backup'))).toMatchObject({
      status: 1,
      out: expect.stringContaining('không trống'),
    });
  });

  test('an export arrives in another folder; the master key is changed there, and everything still opens', async () => {
    expect(await run('export', of('data'), '--out', at('export'))).toMatchObject({
      status: 0,
      out: expect.stringContaining(`Mã neo cuối: ${anchor}`),
    });
    expect(await run('import', of('arrived', 'no keys'), '--from', at('export'))).toMatchObject({
      status: 2,
      err: expect.stringContaining('khóa chính'),
    });
    cpSync(at('keys'), at('arrived keys'), { recursive: true });
    const there = of('arrived', 'arrived keys');
    expect(await run('import', there, '--from', at('export'))).toMatchObject({ status: 0, err: '' });
    expect(await run('rotate-keys', there)).toMatchObject({ status: 0, out: expect.stringContaining('2 khóa') });
    expect(readFileSync(at('arrived keys/master.key'))).not.toEqual(readFileSync(at('keys/master.key')));
    const home = openHome({ dataDirectory: at('arrived'), keyDirectory: at('arrived keys'), publicUrl: '' });
    expect(await home.keys.open('1', sealed)).toBe('Nguyễn Thử Nghiệm');
    expect(Buffer.from((await home.ports(noDesk).files.get(file)) ?? []).toString()).toBe('a paper');
    home.close();
  });

  test.each([
    ['export', ['--out']],
    ['export', []],
    ['export', ['--out', 'x', '--home', 'moon']],
    ['import', []],
    ['import', ['--from', 'x', '--home', 'moon']],
    ['backup', []],
    ['restore', []],
    ['restore', ['--to', 'x']],
  ])('%s %j is refused: exit code 2, and nothing is made', async (command, args) => {
    expect(await run(command, of('data'), ...args)).toMatchObject({ status: 2, out: '' });
    expect(existsSync('x')).toBe(false);
  });

  test('nothing is exported, copied or changed where there are no data', async () => {
    for (const [command, ...args] of [['export', '--out', at('x')], ['backup', '--out', at('x')], ['rotate-keys']]) {
      expect(await run(command ?? '', of('nowhere'), ...args)).toMatchObject({
        status: 2,
        err: expect.stringContaining('Không có dữ liệu'),
      });
    }
  });
});

const moto = await openMoto();

describe.skipIf(moto === undefined)('on a stand-in of AWS', () => {
  const place = { region, credentials, endpoint: moto?.endpoint ?? '' };
  const tables = dynamoClient(place);
  const cloud: Record<string, string> = {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: place.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    HISTORIES_TABLE: 'histories',
    SCRATCH_TABLE: 'scratch',
    FILES_BUCKET: 'files',
    PAYMENTS_BUCKET: 'payments',
    MASTER_KEY_SECRET: 'master-key',
  };

  beforeAll(async () => {
    await createTable(tables, 'histories');
    await tables.send(new CreateTableCommand(scratchTable('scratch')));
    const s3 = new S3Client({ ...clientSettings(place), forcePathStyle: true });
    for (const Bucket of ['files', 'payments']) {
      const LocationConstraint = region;
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    }
    const { KeyMetadata } = await new KMSClient(clientSettings(place)).send(new CreateKeyCommand({}));
    await new SecretsManagerClient(clientSettings(place)).send(new CreateSecretCommand({ Name: 'master-key' }));
    cloud['VAULT_KEY_ID'] = KeyMetadata?.KeyId ?? '';
  });
  afterAll(async () => {
    tables.destroy();
    await moto?.close();
  });

  test('a province arrives, verifies, is restored to an instant, and comes back', async () => {
    if (!existsSync(at('export'))) await run('export', of('data'), '--out', at('export'));
    const there = { ...of('data'), ...cloud };
    mkdirSync(at('other keys'));
    writeFileSync(at('other keys/master.key'), Buffer.alloc(32, 7).toString('base64'));
    const underAnother = { ...there, KEY_DIR: at('other keys') };
    expect(await run('import', underAnother, '--from', at('export'), '--home', 'aws')).toMatchObject({
      status: 1,
      out: expect.stringContaining('Khóa chính'),
    });
    expect(await run('import', there, '--from', at('export'), '--home', 'aws')).toMatchObject({ status: 0, err: '' });
    expect(await run('verify', cloud, '--home', 'aws', '--anchor', anchor)).toMatchObject({
      status: 0,
      // Two of them say that the province arrived, as a copy.
      out: expect.stringContaining('7 mục của 5 lịch sử, 3 dòng tổng hợp, 3 khóa, 1 mã neo'),
    });
    // Once more changes nothing.
    expect(await run('import', there, '--from', at('export'), '--home', 'aws')).toMatchObject({ status: 0 });

    await tables.send(
      new UpdateContinuousBackupsCommand({
        TableName: 'histories',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    await tables.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: 'histories',
        TargetTableName: 'histories-restored',
        UseLatestRestorableTime: true,
      }),
    );
    const TableName = 'histories-restored';
    await tables.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
    await tables.send(new UpdateTableCommand({ TableName, StreamSpecification }));
    const { Table } = await tables.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      DeletionProtectionEnabled: true,
      LatestStreamLabel: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:/),
      GlobalSecondaryIndexes: [{ IndexName: 'by-kind' }, { IndexName: 'by-batch' }],
    });
    const restored = { ...cloud, HISTORIES_TABLE: 'histories-restored' };
    expect(await run('verify', restored, '--home', 'aws', '--anchor', anchor)).toMatchObject({ status: 0 });
    // The Treasury may know what the instant has forgotten: marked once, it pays nothing until somebody answers for it.
    const marked = dynamoStore({ client: tables, name: 'histories-restored' });
    await recordWhereabouts(marked, { kind: 'pays-here', at: 'now', by: 'somebody', data: {} });
    for (let times = 0; times < 2; times += 1) {
      expect(await run('restore', restored, '--home', 'aws')).toMatchObject({
        status: 0,
        err: '',
        out: expect.stringContaining('vừa được khôi phục'),
      });
    }
    expect((await marked.read('province')).slice(-2).map(({ kind }) => kind)).toEqual(['pays-here', 'restored']);
    expect(await run('verify', restored, '--home', 'aws', '--anchor', anchor)).toMatchObject({ status: 0 });
    // Whoever may write the table may take the anchors away, and everything still fits together.
    await tables.send(new DeleteCommand({ TableName: 'histories-restored', Key: { stream: 'anchors', seq: 0 } }));
    expect(await run('verify', restored, '--home', 'aws')).toMatchObject({
      status: 0,
      out: expect.stringContaining('không có mã neo nào'),
    });
    expect(await run('verify', restored, '--home', 'aws', '--anchor', anchor)).toMatchObject({ status: 1 });
    await tables.send(
      new PutCommand({
        TableName: 'histories-restored',
        Item: { stream: 'claim:citizen/1', seq: 0, holder: 'case/2' },
      }),
    );
    expect(await run('verify', restored, '--home', 'aws')).toMatchObject({
      status: 1,
      out: expect.stringContaining('Khóa citizen/1: thuộc hồ sơ khác'),
    });
    expect(await run('export', restored, '--out', at('never'), '--home', 'aws')).toMatchObject({
      status: 1,
      out: expect.stringContaining('npm run verify'),
    });

    expect(await run('export', cloud, '--out', at('export back'), '--home', 'aws')).toMatchObject({ status: 0 });
    cpSync(at('keys/master.key'), at('keys back/master.key'), { recursive: true });
    expect(await run('import', of('data back', 'keys back'), '--from', at('export back'))).toMatchObject({ status: 0 });
    const home = openHome({ dataDirectory: at('data back'), keyDirectory: at('keys back'), publicUrl: '' });
    expect(await home.keys.open('1', sealed)).toBe('Nguyễn Thử Nghiệm');
    expect(Buffer.from((await home.ports(noDesk).files.get(file)) ?? []).toString()).toBe('a paper');
    expect(await home.ports(noDesk).noticeSigner.keys()).toHaveLength(1);
    home.close();
    expect(await run('verify', {}, at('data back'), '--anchor', anchor)).toMatchObject({ status: 0 });
  }, 60_000);
});
