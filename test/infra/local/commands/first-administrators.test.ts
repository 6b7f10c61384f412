/** The command that opens the first two administrators, as it is typed: on one machine, and on a server that stands in for AWS. */
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../../functions/aws/dynamo-client.ts';
import { dynamoScratch } from '../../../../functions/aws/dynamo-scratch.ts';
import { dynamoStore } from '../../../../functions/aws/dynamo-store.ts';
import { readMasterKey } from '../../../../functions/aws/kms-keys.ts';
import { clientSettings } from '../../../../functions/aws/service-clients.ts';
import { scratchTable } from '../../../../infra/local/cloud/resources.ts';
import { lockData } from '../../../../infra/local/data-lock.ts';
import { openHome } from '../../../../infra/local/home.ts';
import { openMoto } from '../../../../infra/local/moto.ts';
import { startServer } from '../../../../infra/local/server.ts';
import { administratorsOf, administratorsStream } from '../../../../shared/case/staff.ts';
import { keptMails } from '../../../../functions/home/mails.ts';
import { readWhereabouts, recordWhereabouts } from '../../../../shared/case/whereabouts.ts';
import { createTable, credentials, region } from '../../../dynamo.ts';
import { startSmtpServer } from '../../../smtp-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'first-command-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = async (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runCommand('first-administrators', env, ...args);

async function runCommand(command: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const path = fileURLToPath(new URL(`../../../../infra/local/commands/${command}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { env: { ...process.env, ...env } });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { status, out, err };
}

const stated = ['--by', 'Lưu Đức Cường', '--document', 'QĐ 15/QĐ-UBND ngày 02/10/2025'];
const two = ['--person', 'Phan Thị An <an.pt@tinh.example>', '--person', 'Hồ Văn Bình <binh.hv@tinh.example>'];
const here = (data: string) => ({
  DATA_DIR: at(data),
  KEY_DIR: at(`${data}.keys`),
  PUBLIC_URL: 'https://chi-tra.tinh.example/',
});
const linksIn = (out: string) => [...out.matchAll(/\/oidc\/moi\/([\w-]+)/g)].map(([, token]) => token ?? '');

describe('on one machine', () => {
  test('it says what it would do, and does nothing before it is told that it is meant', async () => {
    const plan = await run(here('plan'), ...stated, ...two);
    expect(plan).toMatchObject({ status: 0, err: '' });
    for (const words of ['Chưa làm gì', 'Phan Thị An, thư an.pt@tinh.example', '--yes'])
      expect(plan.out).toContain(words);
    expect(existsSync(at('plan'))).toBe(false);
  });

  test('it prints two links, each good until the next; they set the passwords; then it adds and invites nobody', async () => {
    const first = await run(here('data'), ...stated, ...two, '--yes');
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toContain('https://chi-tra.tinh.example/oidc/moi/');
    expect(readdirSync(at('data.keys')).toSorted()).toEqual(['master.key', 'notice-keys', 'notice.key']);
    const again = await run(here('data'), ...stated, '--yes');
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining('Không mở thêm ai') });
    const [old = '', now = ''] = [linksIn(first.out)[0], linksIn(again.out)[0]];
    expect([linksIn(first.out), linksIn(again.out)]).toEqual([expect.any(Array), expect.any(Array)]);

    const home = openHome({ dataDirectory: at('data'), keyDirectory: at('data.keys'), publicUrl: '' });
    expect(await home.accounts.invited(old)).toBeUndefined();
    expect(await home.accounts.takeInvitation(now, 'sông Lam nước biếc')).toBe(true);
    const mails = ['an.pt@tinh.example', 'binh.hv@tinh.example'];
    const checked = await Promise.all(mails.map(async (mail) => home.accounts.check(mail, 'sông Lam nước biếc')));
    expect(checked.map(({ outcome }) => outcome).toSorted()).toEqual(['right', 'wrong']);
    home.close();

    for (const people of [two, []]) {
      const late = await run(here('data'), ...stated, ...people, '--yes');
      expect(late).toMatchObject({ status: 1, out: '', err: expect.stringContaining('đã có quản trị') });
    }
    const demonstration = { dataDirectory: at('data'), keyDirectory: at('data.keys'), port: 0, seed: 'x' };
    await expect(startServer(demonstration)).rejects.toThrow('tỉnh thật');
  }, 60_000);

  test('where a mail server is named each gets their own link by mail, and whoever types sees none', async () => {
    const server = await startSmtpServer();
    const sent = await run({ ...here('sent'), SMTP_URL: server.url }, ...stated, ...two, '--yes');
    await server.close();
    expect(sent).toMatchObject({ status: 0, err: '', out: expect.stringContaining('đã được gửi') });
    expect(sent.out).not.toContain('/oidc/moi/');
    const links = new Map(server.received.map(({ to, text: words }) => [to, linksIn(words)]));
    expect([...links.keys()].toSorted()).toEqual(['an.pt@tinh.example', 'binh.hv@tinh.example']);
    expect(new Set([...links.values()].flat()).size).toBe(2);
  });

  test('a mail server that is away is told of, and the run after it goes on', async () => {
    const away = { ...here('mailed'), SMTP_URL: 'smtp://localhost:1' };
    const tried = await run(away, ...stated, ...two, '--yes');
    expect(tried).toMatchObject({ status: 2, err: expect.stringContaining('chưa đi được') });
    expect(`${tried.out}${tried.err}`).not.toContain('/oidc/moi/');
    expect(await run(here('mailed'), ...stated, ...two, '--yes')).toMatchObject({ status: 0 });
  });

  test.each<readonly [string, string, readonly string[], Readonly<Record<string, string>>]>([
    ['without a paper', 'Cách dùng', [...two, '--by', 'x', '--yes'], {}],
    ['with one person', 'Cách dùng', [...stated, ...two.slice(2), '--yes'], {}],
    ['with a person without a mail', 'Cách dùng', [...stated, ...two.slice(2), '--person', 'Hồ Văn Bình', '--yes'], {}],
    [
      'with an address in clear',
      'PUBLIC_URL',
      [...stated, ...two, '--yes'],
      { PUBLIC_URL: 'http://chi-tra.tinh.example' },
    ],
    ['for those who are there, where there are no data', 'Không có dữ liệu', [...stated, '--yes'], {}],
  ])('%s it is refused: exit code 2, and nothing is made', async (_, said, args, env) => {
    const refused = await run({ ...here('never'), ...env }, ...args);
    expect(refused).toMatchObject({ status: 2, out: '', err: expect.stringContaining(said) });
    expect(existsSync(at('never'))).toBe(false);
  });

  test('while a server runs on the data it is refused', async () => {
    await run(here('locked'), ...stated, ...two, '--yes');
    const lock = lockData(at('locked'));
    const refused = await run(here('locked'), ...stated, '--yes');
    lock.close();
    expect(refused).toMatchObject({ status: 2, out: '', err: expect.stringContaining('tiến trình khác') });
  });
});

const moto = await openMoto();

describe.skipIf(moto === undefined)('on a stand-in of AWS', () => {
  const place = { region, credentials, endpoint: moto?.endpoint ?? '' };
  const tables = dynamoClient(place);
  const pools = new CognitoIdentityProviderClient(clientSettings(place));
  const [kms, secrets] = [new KMSClient(clientSettings(place)), new SecretsManagerClient(clientSettings(place))];
  const cloud: Record<string, string> = {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: place.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    HISTORIES_TABLE: 'histories',
    SCRATCH_TABLE: 'scratch',
    MASTER_KEY_SECRET: 'master-key',
  };

  beforeAll(async () => {
    await createTable(tables, 'histories');
    await tables.send(new CreateTableCommand(scratchTable('scratch')));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await secrets.send(new CreateSecretCommand({ Name: 'master-key' }));
    cloud['VAULT_KEY_ID'] = KeyMetadata?.KeyId ?? '';
  });
  afterAll(async () => {
    tables.destroy();
    pools.destroy();
    await moto?.close();
  });

  async function newPool() {
    const { UserPool } = await pools.send(
      new CreateUserPoolCommand({ PoolName: 'people', UsernameAttributes: ['email'] }),
    );
    const UserPoolId = UserPool?.Id ?? '';
    await pools.send(new CreateGroupCommand({ UserPoolId, GroupName: 'administrator' }));
    const mails = async () => {
      const { Users = [] } = await pools.send(new ListUsersCommand({ UserPoolId }));
      return Users.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === 'email')?.Value ?? '').toSorted();
    };
    return { UserPoolId, mails, env: { ...cloud, USER_POOL_ID: UserPoolId } };
  }

  test('two users are made and known; in the pool of another home they alone are invited anew; then nobody is', async () => {
    const store = dynamoStore({ client: tables, name: 'histories' });
    const scratch = dynamoScratch({ client: tables, name: 'scratch' });
    const mails = ['an.pt@tinh.example', 'binh.hv@tinh.example'];
    const pool = await newPool();
    const secret = { kms, secrets, vaultKeyId: cloud['VAULT_KEY_ID'] ?? '', secretName: 'master-key' };
    await expect(readMasterKey(secret)).rejects.toThrow();
    const made = await run(pool.env, ...stated, ...two, '--home', 'aws', '--yes');
    const masterKey = await readMasterKey(secret);
    expect(made).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Đã mở hai tài khoản') });
    expect(made.out).not.toContain('oidc');
    expect(await pool.mails()).toEqual(mails);
    const ids = [...administratorsOf(await store.read(administratorsStream))];
    const known = (await scratch.list('sign-in-subject')).map(({ value }) => value);
    expect(known.toSorted()).toEqual(ids.toSorted());

    // As where a province has moved: its accounts are there, its users are not.
    const arrived = await newPool();
    const others = ['--person', 'Kẻ Gian <gian@else.example>', ...two.slice(2)];
    const slipped = await run(arrived.env, ...stated, ...others, '--home', 'aws', '--yes');
    expect(slipped).toMatchObject({ status: 1, err: expect.stringContaining('không thêm ai') });
    expect(await arrived.mails()).toEqual([]);
    const invited = await run(arrived.env, ...stated, '--home', 'aws', '--yes');
    expect(invited).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Không mở thêm ai') });
    expect(await arrived.mails()).toEqual(mails);

    const choice = { UserPoolId: arrived.UserPoolId, Password: 'Mat-khau-cua-test-2025', Permanent: true };
    await pools.send(new AdminSetUserPasswordCommand({ ...choice, Username: 'an.pt@tinh.example' }));
    for (const people of [others, []]) {
      expect(await run(arrived.env, ...stated, ...people, '--home', 'aws', '--yes')).toMatchObject({
        status: 1,
        out: '',
      });
    }
    expect([...administratorsOf(await store.read(administratorsStream))]).toEqual(ids);

    // A copy there is told that it pays, by the two.
    await recordWhereabouts(store, { kind: 'copied', at: '2025-10-02T01:00:00Z', by: 'system', data: {} });
    const wish = ['--operator', 'Lưu Đức Cường', '--by', ids[0] ?? '', '--confirmed-by', ids[1] ?? ''];
    const why = ['--document', '1/UBND', '--reason', 'Nơi cũ không còn', '--home', 'aws'];
    const place = { ...arrived.env, FILES_BUCKET: 'f', PAYMENTS_BUCKET: 'p', PUBLIC_URL: 'https://chi-tra.example' };
    const pays = async (...more: readonly string[]) => runCommand('pay-here', place, ...wish, ...why, ...more);
    expect(await pays()).toMatchObject({
      err: '',
      status: 0,
      out: expect.stringContaining('bản chép để thử, nhập lúc 08:00'),
    });
    expect(await readWhereabouts(store)).toBe('copy');
    expect(await pays('--yes')).toMatchObject({ status: 0, err: '', out: expect.stringContaining('thư báo') });
    expect(await readWhereabouts(store)).toBe('here');
    expect((await keptMails(scratch)).map(({ to }) => to).toSorted((one, other) => (one < other ? -1 : 1))).toEqual(
      mails,
    );
    expect(Buffer.from(await readMasterKey(secret)).equals(masterKey)).toBe(true);
  }, 90_000);
});
