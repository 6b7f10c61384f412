/**
 * The master key in the cloud: 32 bytes that KMS made, kept in Secrets Manager as KMS encrypted them, and decrypted once a
 * process. Whoever may read the secret but not use the KMS key has nothing.
 */
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { Permanent } from '../../shared/case/faults.ts';
import { type Keys, keyLength, sealingKeys, type WrappedKeys } from '../home/sealing.ts';
import { faultName, pause, type Pause, service } from './faults.ts';

export interface MasterKeyPlace {
  readonly kms: KMSClient;
  readonly secrets: SecretsManagerClient;
  /** The symmetric key of KMS. */
  readonly vaultKeyId: string;
  /** The secret's name or address. */
  readonly secretName: string;
  readonly wait?: Pause;
}

/** KMS decrypts for this purpose only: a key policy may demand it. */
const context = { purpose: 'chi-tra/master-key' };
const secretShape = z.object({ masterKey: z.base64() });

/** The keys of the cloud home. Throws Permanent when there is no master key, or the KMS key cannot open it. */
export async function kmsKeys(place: MasterKeyPlace, wrapped: WrappedKeys): Promise<Keys> {
  return sealingKeys(await readMasterKey(place), wrapped);
}

export async function readMasterKey({
  kms,
  secrets,
  vaultKeyId,
  secretName,
  wait,
}: MasterKeyPlace): Promise<Uint8Array> {
  const { askKms, askSecrets } = services(wait);
  const kept = await askSecrets(async () => secrets.send(new GetSecretValueCommand({ SecretId: secretName })));
  const read = secretShape.safeParse(jsonOf(kept.SecretString));
  if (!read.success) throw new Permanent(`the secret ${secretName} holds no master key: make one, as RUNBOOK.md says`);
  const CiphertextBlob = Buffer.from(read.data.masterKey, 'base64');
  const opened = await askKms(async () =>
    kms.send(new DecryptCommand({ CiphertextBlob, KeyId: vaultKeyId, EncryptionContext: context })),
  );
  return wholeKey(opened.Plaintext);
}

/**
 * Makes the master key, or takes the one of a province that moves here; `there-already` when the secret ever held one. Two at
 * once make one: the version of the secret bears a name that only one of them can take. Throws Permanent when a province
 * moves to where another master key is: nothing of it would open.
 */
export async function makeMasterKey(place: MasterKeyPlace, moved?: Uint8Array): Promise<'made' | 'there-already'> {
  const outcome = await putMasterKey(place, moved);
  if (outcome === 'there-already' && moved !== undefined && !Buffer.from(await readMasterKey(place)).equals(moved)) {
    throw new Permanent(`the secret ${place.secretName} holds the master key of another province`);
  }
  return outcome;
}

async function putMasterKey(
  { kms, secrets, vaultKeyId, secretName, wait = pause }: MasterKeyPlace,
  moved: Uint8Array | undefined,
): Promise<'made' | 'there-already'> {
  const { askKms, askSecrets } = services(wait);
  const common = { KeyId: vaultKeyId, EncryptionContext: context };
  const made = await askKms(async () =>
    moved === undefined
      ? kms.send(new GenerateDataKeyCommand({ ...common, KeySpec: 'AES_256' }))
      : kms.send(new EncryptCommand({ ...common, Plaintext: wholeKey(moved) })),
  );
  const masterKey = Buffer.from(made.CiphertextBlob ?? []).toString('base64');
  const put = new PutSecretValueCommand({
    SecretId: secretName,
    ClientRequestToken: onlyVersion,
    SecretString: JSON.stringify({ masterKey }),
  });
  try {
    await askSecrets(async () => secrets.send(put), taken);
    return 'made';
  } catch (error) {
    if (faultName(error) !== taken) throw error;
    return 'there-already';
  }
}

const onlyVersion = 'chi-tra-master-key-of-this-province';
const taken = 'ResourceExistsException';

function services(wait: Pause = pause) {
  return { askKms: service('the key service', wait), askSecrets: service('the store of secrets', wait) };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function wholeKey(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes?.length !== keyLength) throw new Permanent(`a master key of ${bytes?.length ?? 0} bytes`);
  return bytes;
}
