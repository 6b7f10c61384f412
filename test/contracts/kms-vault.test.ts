/** The Vault port in the cloud: KMS, Secrets Manager and the scratch table, over HTTP on a server that stands in for AWS. */
import { CreateTableCommand, DeleteTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../functions/aws/dynamo-client.ts';
import { dynamoKeys } from '../../functions/aws/dynamo-keys.ts';
import { kmsKeys, makeMasterKey, readMasterKey } from '../../functions/aws/kms-keys.ts';
import { clientSettings } from '../../functions/aws/service-clients.ts';
import { scratchTable } from '../../infra/local/cloud/resources.ts';
import { rewrapped, sealingKeys } from '../../functions/home/sealing.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { wrappedInMemory } from './files.ts';
import { vaultContract } from './vault.ts';

const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const place = {
    region: 'ap-southeast-1',
    endpoint: moto?.endpoint ?? '',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  };
  const kms = new KMSClient(clientSettings(place));
  const secrets = new SecretsManagerClient(clientSettings(place));
  const tables = dynamoClient(place);
  let made = 0;
  afterAll(async () => {
    for (const client of [kms, secrets, tables]) client.destroy();
    await moto?.close();
  });

  /** A secret without a value, as the stack makes it. */
  async function newPlace() {
    made += 1;
    const secretName = `master-key-${made}`;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await secrets.send(new CreateSecretCommand({ Name: secretName }));
    return { kms, secrets, vaultKeyId: KeyMetadata?.KeyId ?? '', secretName };
  }

  async function newTable(): Promise<string> {
    made += 1;
    const TableName = `scratch-${made}`;
    await tables.send(new CreateTableCommand(scratchTable(TableName)));
    return TableName;
  }

  vaultContract('in the cloud', async () => {
    const [at, name] = [await newPlace(), await newTable()];
    await makeMasterKey(at);
    const open = async () => kmsKeys(at, dynamoKeys({ client: tables, name }));
    return {
      keys: await open(),
      reopen: open,
      close: async () => void (await tables.send(new DeleteTableCommand({ TableName: name }))),
    };
  });

  describe('the master key', () => {
    test('is made once, by whoever comes first', async () => {
      const at = await newPlace();
      const outcomes = await Promise.all([makeMasterKey(at), makeMasterKey(at)]);
      expect(outcomes.toSorted()).toEqual(['made', 'there-already']);
      const before = await readMasterKey(at);
      expect(await makeMasterKey(at)).toBe('there-already');
      expect(await readMasterKey(at)).toEqual(before);
    });

    test('does not lie in the secret, and another key of KMS does not open it', async () => {
      const at = await newPlace();
      await makeMasterKey(at);
      const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: at.secretName }));
      const clear = Buffer.from(await readMasterKey(at));
      expect(SecretString).not.toContain(clear.toString('base64'));
      expect(Buffer.from(JSON.parse(SecretString).masterKey, 'base64').includes(clear)).toBe(false);
      const other = await newPlace();
      await expect(readMasterKey({ ...at, vaultKeyId: other.vaultKeyId })).rejects.toThrow();
    });

    test('that was never made is a fault that says so', async () => {
      await expect(readMasterKey(await newPlace())).rejects.toThrow();
      const at = await newPlace();
      const secretName = `${at.secretName}-with-what-a-stack-puts-there`;
      await secrets.send(new CreateSecretCommand({ Name: secretName, SecretString: 'k3;pRandom' }));
      await expect(readMasterKey({ ...at, secretName })).rejects.toThrow(/holds no master key/);
    });

    test('of a province that moves here opens what was sealed there, by the same keys', async () => {
      const master = Buffer.alloc(32, 9);
      const wrapped = new Map<string, Uint8Array>();
      const there = sealingKeys(master, wrappedInMemory(wrapped));
      const [sealed, digest] = [await there.seal('c1', 'Bưởi'), await there.digest('citizen', '040170000001')];
      const [at, name] = [await newPlace(), await newTable()];
      expect(await makeMasterKey(at, master)).toBe('made');
      expect(await makeMasterKey(at, master)).toBe('there-already');
      await expect(makeMasterKey(at, Buffer.alloc(32, 8))).rejects.toThrow(/of another province/);
      const table = dynamoKeys({ client: tables, name });
      await table.insertMany(wrapped);
      const here = await kmsKeys(at, table);
      expect([await here.open('c1', sealed), await here.digest('citizen', '040170000001')]).toEqual(['Bưởi', digest]);
    });
  });

  test('keys wrapped anew open under the other master key, and under the old one no more', async () => {
    const [from, to] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const wrapped = new Map<string, Uint8Array>();
    const sealed = await sealingKeys(from, wrappedInMemory(wrapped)).seal('c1', 'Bưởi');
    for (const [owner, key] of wrapped) wrapped.set(owner, rewrapped(key, { from, to }));
    expect(await sealingKeys(to, wrappedInMemory(wrapped)).open('c1', sealed)).toBe('Bưởi');
    await expect(sealingKeys(from, wrappedInMemory(wrapped)).open('c1', sealed)).rejects.toThrow();
  });

  test('nothing but wrapped keys lies in the table: none in clear, no name', async () => {
    const [at, name] = [await newPlace(), await newTable()];
    await makeMasterKey(at);
    await (await kmsKeys(at, dynamoKeys({ client: tables, name }))).seal('c1', 'Bưởi');
    const { Items } = await tables.send(new ScanCommand({ TableName: name }));
    // Nonce, tag and key.
    expect(Items?.map(({ kind, key, wrapped }) => [kind?.S, key?.S, wrapped?.B?.length])).toEqual([
      ['key#person/c1', 'wrapped', 12 + 16 + 32],
    ]);
  });
});
