/** The cloud home as far as a province needs it that moves, or is only verified: table, files and keys as they lie. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Files } from '../../shared/case/ports.ts';
import { noticeKeyOf } from '../home/notice-keys.ts';
import { dynamoClient } from './dynamo-client.ts';
import { dynamoKeys } from './dynamo-keys.ts';
import { everyItem, type Walk } from './dynamo-scan.ts';
import { dynamoScratch } from './dynamo-scratch.ts';
import { kmsKeys, makeMasterKey } from './kms-keys.ts';
import { s3Files } from './s3-files.ts';
import { s3Sealed } from './s3-sealed.ts';
import { clientSettings, longestFileMilliseconds, type Place } from './service-clients.ts';
import { type AwsSettings, setting } from './settings.ts';

/**
 * Takes the settings of the functions that pay (`HISTORIES_TABLE, SCRATCH_TABLE, FILES_BUCKET, PAYMENTS_BUCKET,
 * MASTER_KEY_SECRET, VAULT_KEY_ID`), and the master key of a province that arrives.
 */
export async function openMovingHome(settings: AwsSettings, arrivingMaster?: Uint8Array) {
  const endpoint = settings.AWS_ENDPOINT_URL;
  const place: Place = { region: setting(settings, 'AWS_REGION'), ...(endpoint === undefined ? {} : { endpoint }) };
  const client = dynamoClient(place);
  const s3 = new S3Client({
    ...clientSettings(place, longestFileMilliseconds),
    forcePathStyle: endpoint !== undefined,
  });
  const master = {
    kms: new KMSClient(clientSettings(place)),
    secrets: new SecretsManagerClient(clientSettings(place)),
    vaultKeyId: setting(settings, 'VAULT_KEY_ID'),
    secretName: setting(settings, 'MASTER_KEY_SECRET'),
  };
  if (arrivingMaster !== undefined) await makeMasterKey(master, arrivingMaster);
  const scratchTable = { client, name: setting(settings, 'SCRATCH_TABLE') };
  const [papers, payments] = [setting(settings, 'FILES_BUCKET'), setting(settings, 'PAYMENTS_BUCKET')];
  const wrapped = dynamoKeys(scratchTable);
  const files: Files = s3Files(s3, { bucket: papers, payments }, await kmsKeys(master, wrapped));
  const walk: Walk = { table: { client, name: setting(settings, 'HISTORIES_TABLE') } };
  return {
    walk,
    files,
    sealed: {
      // Nobody can tell which of the files that arrive were paid by: all get the longer lock.
      ...s3Sealed(s3, { bucket: payments, alsoIn: [papers] }),
      keys: () => wrappedKeysIn({ table: scratchTable }),
      insertKeys: async (keys: ReadonlyMap<string, Uint8Array>) => void (await wrapped.insertMany(keys)),
    },
    notices: noticeKeysIn(dynamoScratch(scratchTable)),
  };
}

const keyMark = 'key#';

async function* wrappedKeysIn(walk: Walk): AsyncGenerator<readonly [owner: string, wrapped: Uint8Array]> {
  for await (const { kind, wrapped } of everyItem(walk)) {
    if (typeof kind === 'string' && kind.startsWith(keyMark) && wrapped instanceof Uint8Array) {
      yield [kind.slice(keyMark.length), wrapped];
    }
  }
}

const noticeKind = 'notice-key';

function noticeKeysIn(scratch: ReturnType<typeof dynamoScratch>) {
  return {
    noticeKeys: async () => (await scratch.list(noticeKind)).map(({ value }) => value),
    async keepNoticeKey(pem: string): Promise<void> {
      await scratch.insert(noticeKind, noticeKeyOf(pem).id, pem);
    },
  };
}
