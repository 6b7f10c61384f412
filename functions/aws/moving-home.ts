/** The cloud home as far as a province needs it that moves, or is only verified: table, files and keys as they lie. */
import { S3Client } from '@aws-sdk/client-s3';
import type { Files } from '../../shared/case/ports.ts';
import { Permanent } from '../../shared/case/faults.ts';
import type { Entry } from '../../shared/case/store.ts';
import { believedMilliseconds } from '../../shared/case/whereabouts.ts';
import { noticeKeyOf } from '../home/notice-keys.ts';
import { dynamoClient } from './dynamo-client.ts';
import { dynamoKeys } from './dynamo-keys.ts';
import { everyItem, type Walk } from './dynamo-scan.ts';
import { keptOnce } from './faults.ts';
import { dynamoScratch } from './dynamo-scratch.ts';
import { masterKeyOf } from './home.ts';
import { kmsKeys, makeMasterKey } from './kms-keys.ts';
import { s3Files } from './s3-files.ts';
import { s3Sealed } from './s3-sealed.ts';
import { clientSettings, longestFileMilliseconds, type Place } from './service-clients.ts';
import { type AwsSettings, setting } from './settings.ts';
import { tablePieces } from './verify-table.ts';

/** A commit climbs the whole ladder within a minute; whoever begins one believes no longer than that where the province is. */
const longestCommitMilliseconds = 60_000;

/**
 * Takes the settings of the functions that pay (`HISTORIES_TABLE, SCRATCH_TABLE, FILES_BUCKET, PAYMENTS_BUCKET,
 * MASTER_KEY_SECRET, VAULT_KEY_ID`). Writes nothing. Throws where the master key is not there, unless it is still to come.
 */
export async function openMovingHome(settings: AwsSettings, isMasterToCome = false) {
  const endpoint = settings.AWS_ENDPOINT_URL;
  const place: Place = { region: setting(settings, 'AWS_REGION'), ...(endpoint === undefined ? {} : { endpoint }) };
  const client = dynamoClient(place);
  const s3 = new S3Client({
    ...clientSettings(place, longestFileMilliseconds),
    forcePathStyle: endpoint !== undefined,
  });
  const master = masterKeyOf(settings, place);
  const scratchTable = { client, name: setting(settings, 'SCRATCH_TABLE') };
  const [papers, payments] = [setting(settings, 'FILES_BUCKET'), setting(settings, 'PAYMENTS_BUCKET')];
  const wrapped = dynamoKeys(scratchTable);
  const keys = keptOnce(async () => kmsKeys(master, wrapped));
  if (!isMasterToCome) await keys();
  const files: Files = s3Files(
    s3,
    { bucket: papers, payments },
    {
      sealBytes: async (owner, bytes) => (await keys()).sealBytes(owner, bytes),
      openBytes: async (owner, sealed) => (await keys()).openBytes(owner, sealed),
    },
  );
  const walk: Walk = { table: { client, name: setting(settings, 'HISTORIES_TABLE') } };
  return {
    walk,
    files,
    sealed: {
      // Nobody can tell which of the files that arrive were paid by: all get the longer lock.
      ...s3Sealed(s3, { bucket: payments, alsoIn: [papers] }),
      keys: () => wrappedKeysIn({ table: scratchTable }),
      insertKeys: async (keys: ReadonlyMap<string, Uint8Array>) => void (await wrapped.insertMany(keys)),
      async eraseKeys(owners: readonly string[]): Promise<void> {
        for (const owner of owners) await wrapped.remove(owner);
      },
    },
    notices: noticeKeysIn(dynamoScratch(scratchTable)),
    async takeMaster(arriving: Uint8Array): Promise<void> {
      await makeMasterKey(master, arriving);
    },
    // A server that stands in for AWS has no functions that run meanwhile.
    async settled(): Promise<void> {
      const waits = endpoint === undefined ? believedMilliseconds + longestCommitMilliseconds : 0;
      await new Promise((resolve) => setTimeout(resolve, waits));
    },
  };
}

/** Every entry of a table, history by history. Throws where one cannot be read. */
export async function* tableEntries(walk: Walk): AsyncGenerator<Entry> {
  for await (const piece of tablePieces(walk)) {
    if ('damaged' in piece) throw new Permanent(`the history ${piece.damaged} cannot be read: verify the table`);
    if ('history' in piece) yield* piece.history.entries;
  }
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
