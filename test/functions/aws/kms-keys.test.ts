/** What the key service, the store of secrets and the table of keys do on a bad day. */
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { dynamoKeys } from '../../../functions/aws/dynamo-keys.ts';
import { ladder } from '../../../functions/aws/faults.ts';
import { makeMasterKey, readMasterKey } from '../../../functions/aws/kms-keys.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';

const place = { region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };
const waited: number[] = [];
const wait = async (milliseconds: number) => void waited.push(milliseconds);
const kms = new KMSClient(place);
const secrets = new SecretsManagerClient(place);
const tables = dynamoClient(place);
const [keyService, secretStore, table] = [mockClient(kms), mockClient(secrets), mockClient(tables)];
const at = { kms, secrets, vaultKeyId: 'alias/vault', secretName: 'master-key', wait };
const fault = (name: string) => Object.assign(new Error('as the service says it'), { name });
const SecretString = JSON.stringify({ masterKey: Buffer.from('as KMS encrypted it').toString('base64') });

beforeEach(() => {
  for (const service of [keyService, secretStore, table]) service.reset();
  waited.length = 0;
  secretStore.on(GetSecretValueCommand).resolves({ SecretString });
  keyService.on(DecryptCommand).resolves({ Plaintext: new Uint8Array(32).fill(5) });
});

describe('the master key', () => {
  test('is asked for by the key of the province and for its purpose alone', async () => {
    expect(await readMasterKey(at)).toEqual(new Uint8Array(32).fill(5));
    expect(keyService.commandCalls(DecryptCommand)[0]?.args[0].input).toMatchObject({
      KeyId: 'alias/vault',
      EncryptionContext: { purpose: 'chi-tra/master-key' },
    });
  });

  test.each(['ThrottlingException', 'KMSInternalException', 'DependencyTimeoutException', 'TimeoutError'])(
    'is asked for again after %s',
    async (name) => {
      const error = Object.assign(fault(name), { $metadata: { httpStatusCode: name.startsWith('T') ? 400 : 500 } });
      keyService
        .on(DecryptCommand)
        .rejectsOnce(error)
        .resolves({ Plaintext: new Uint8Array(32) });
      await readMasterKey(at);
      expect(waited).toEqual([ladder[0]]);
    },
  );

  test.each(['AccessDeniedException', 'DisabledException', 'InvalidCiphertextException', 'IncorrectKeyException'])(
    'that met %s is a fault for good',
    async (name) => {
      keyService.on(DecryptCommand).rejects(fault(name));
      await expect(readMasterKey(at)).rejects.toThrow(Permanent);
      expect(waited).toEqual([]);
    },
  );

  test.each([undefined, new Uint8Array(31)])('is 32 bytes and nothing else', async (Plaintext) => {
    keyService.on(DecryptCommand).resolves(Plaintext === undefined ? {} : { Plaintext });
    await expect(readMasterKey(at)).rejects.toThrow(Permanent);
    await expect(makeMasterKey(at, new Uint8Array(31))).rejects.toThrow(Permanent);
  });

  test('is written by one name, so that a second try of the same writing changes nothing', async () => {
    keyService.on(GenerateDataKeyCommand).resolves({ CiphertextBlob: new Uint8Array(9) });
    secretStore.on(PutSecretValueCommand).rejectsOnce(fault('TimeoutError')).resolves({});
    expect(await makeMasterKey(at)).toBe('made');
    const sent = secretStore.commandCalls(PutSecretValueCommand).map(({ args: [{ input }] }) => input);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
  });
});

describe('the table of keys', () => {
  const keys = dynamoKeys({ client: tables, name: 'scratch', wait });

  test('leaves a key that is there alone, and makes the others', async () => {
    const taken: string[] = [];
    table.on(PutCommand).callsFake(({ Item }) => {
      if (Item.kind === 'key#person/c1') throw fault('ConditionalCheckFailedException');
      taken.push(Item.kind);
      return {};
    });
    const wanted = new Map(['c1', 'c2', 'c3'].map((id) => [`person/${id}`, new Uint8Array(60)]));
    expect(await keys.insertMany(wanted)).toEqual(['person/c2', 'person/c3']);
    expect(taken).toEqual(['key#person/c2', 'key#person/c3']);
  });

  test('that stays busy is a fault that passes', async () => {
    table.on(PutCommand).rejects(fault('ThrottlingException'));
    await expect(keys.insertMany(new Map([['person/c1', new Uint8Array(60)]]))).rejects.toThrow(Transient);
    expect(waited).toEqual([...ladder]);
  });

  test('is read as it is now: an erased key is gone at once', async () => {
    table.on(GetCommand).resolves({});
    expect(await keys.get('person/c1')).toBeUndefined();
    expect(table.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
  });
});
