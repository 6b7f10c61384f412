/**
 * The ports of the cloud home. A port is made when it is first used: a function is given only the names of what it uses, and
 * asks KMS for the master key only when it opens or seals something.
 */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { v7 } from 'uuid';
import type { AnchoredHistories } from '../../shared/case/anchor.ts';
import { listedAnchors } from '../../shared/case/listed-anchors.ts';
import type { Desk, NoticeSigner, Ports } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import type { Store } from '../../shared/case/store.ts';
import { askedWhereabouts, homeStore, type Whereabouts } from '../../shared/case/whereabouts.ts';
import { staffDirectory } from '../home/directory.ts';
import { mailer } from '../home/mails.ts';
import type { Keys } from '../home/sealing.ts';
import { dynamoClient } from './dynamo-client.ts';
import { dynamoKeys } from './dynamo-keys.ts';
import { tableHeads } from './dynamo-scan.ts';
import { dynamoScratch } from './dynamo-scratch.ts';
import { dynamoStore } from './dynamo-store.ts';
import { keptOnce } from './faults.ts';
import { kmsKeys, type MasterKeyPlace } from './kms-keys.ts';
import { kmsNoticeSigner } from './kms-notice-signer.ts';
import { s3Files } from './s3-files.ts';
import { clientSettings, longestFileMilliseconds, type Place } from './service-clients.ts';
import { type AwsSettings, setting } from './settings.ts';
import { stepFunctionsDesk } from './step-functions-desk.ts';

export interface AwsHome {
  readonly settings: AwsSettings;
  readonly place: Place;
  readonly s3: S3Client;
  /** Refuses what another home must write, by throwing NotThisHome. */
  readonly store: Store;
  /** Of the province, as it was some seconds ago at the earliest. */
  whereabouts(): Promise<Whereabouts>;
  readonly scratch: Scratch;
  keys(): Promise<Keys>;
  /** The use cases' ports. */
  readonly ports: Ports;
}

/** Throws for settings that every function needs; what only some need is missed when it is used. */
export function openAwsHome(settings: AwsSettings): AwsHome {
  const place = placeOf(settings);
  const name = (of: Parameters<typeof setting>[1]) => String(setting(settings, of));
  const tables = dynamoClient(place, place.endpoint === undefined ? undefined : standInMilliseconds);
  const s3 = new S3Client({
    ...clientSettings(place, longestFileMilliseconds),
    // A server that stands in for AWS has no name a bucket.
    forcePathStyle: place.endpoint !== undefined,
  });
  const histories = { client: tables, name: name('HISTORIES_TABLE') };
  const kept = dynamoStore(histories);
  const whereabouts = askedWhereabouts(kept, Date.now);
  const store = homeStore(kept, whereabouts);
  const scratch = scratchOf(once(() => dynamoScratch({ client: tables, name: name('SCRATCH_TABLE') })));
  const keys = keptOnce(async () =>
    kmsKeys(masterKeyOf(settings, place), dynamoKeys({ client: tables, name: name('SCRATCH_TABLE') })),
  );
  const vault = vaultOf(keys);
  const files = once(() => filesOf(s3, settings, keys));
  const now = () => new Date().toISOString();
  const ports: Ports = {
    store,
    files: { put: async (content, as) => files().put(content, as), get: async (hash) => files().get(hash) },
    vault,
    // The postman of the next minute sends it: a function that has answered does nothing more.
    mailer: mailer(scratch, now, () => {}),
    desk: deskOf(
      once(() =>
        stepFunctionsDesk(
          new SFNClient(clientSettings(place)),
          { stateMachineArn: name('STATE_MACHINE_ARN') },
          scratch,
        ),
      ),
    ),
    directory: staffDirectory(store, vault),
    noticeSigner: signerOf(
      once(() => kmsNoticeSigner(new KMSClient(clientSettings(place)), { keyId: name('NOTICE_KEY_ID') }, scratch)),
    ),
    anchored: anchorsOf(
      once(() => listedAnchors({ store, files: ports.files, heads: () => tableHeads({ table: histories }) })),
    ),
    now,
    id: () => v7(),
    get publicUrl() {
      return name('PUBLIC_URL');
    },
  };
  return { settings, place, s3, store, whereabouts, scratch, keys, ports };
}

/** Where the master key lies, encrypted. */
export function masterKeyOf(settings: AwsSettings, place: Place): MasterKeyPlace {
  return {
    kms: new KMSClient(clientSettings(place)),
    secrets: new SecretsManagerClient(clientSettings(place)),
    vaultKeyId: setting(settings, 'VAULT_KEY_ID'),
    secretName: setting(settings, 'MASTER_KEY_SECRET'),
  };
}

/** It copies a whole table for each transaction, one request at a time. */
const standInMilliseconds = 60_000;

/** A server that stands in for AWS takes any credentials; AWS's own come with the function's role. */
function placeOf(settings: AwsSettings): Place {
  const region = setting(settings, 'AWS_REGION');
  const endpoint = settings.AWS_ENDPOINT_URL;
  if (endpoint === undefined) return { region };
  return { region, endpoint, credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}

/** Both buckets are read; whether one may be written to is the function's role. */
function filesOf(client: S3Client, settings: AwsSettings, keys: () => Promise<Keys>) {
  return s3Files(
    client,
    { bucket: setting(settings, 'FILES_BUCKET'), payments: setting(settings, 'PAYMENTS_BUCKET') },
    {
      sealBytes: async (owner, bytes) => (await keys()).sealBytes(owner, bytes),
      openBytes: async (owner, sealed) => (await keys()).openBytes(owner, sealed),
    },
  );
}

function scratchOf(made: () => Scratch): Scratch {
  return {
    get: async (kind, key) => made().get(kind, key),
    put: async (kind, key, value, expiresAt) => made().put(kind, key, value, expiresAt),
    insert: async (kind, key, value, expiresAt) => made().insert(kind, key, value, expiresAt),
    replace: async (kind, key, before, after, expiresAt) => made().replace(kind, key, before, after, expiresAt),
    remove: async (kind, key) => made().remove(kind, key),
    list: async (kind) => made().list(kind),
    latest: async (kind, most) => made().latest(kind, most),
  };
}

function vaultOf(keys: () => Promise<Keys>): Ports['vault'] {
  return {
    prepare: async (caseIds) => (await keys()).prepare(caseIds),
    seal: async (caseId, text) => (await keys()).seal(caseId, text),
    open: async (caseId, sealed) => (await keys()).open(caseId, sealed),
    digest: async (kind, text) => (await keys()).digest(kind, text),
  };
}

function deskOf(made: () => Desk): Desk {
  return {
    start: async (batchId) => made().start(batchId),
    remember: async (batchId, awaited, token) => made().remember(batchId, awaited, token),
    waiting: async (batchId) => made().waiting(batchId),
    wake: async (batchId, token) => made().wake(batchId, token),
  };
}

function signerOf(made: () => NoticeSigner): NoticeSigner {
  return {
    current: async () => made().current(),
    sign: async (keyId, text) => made().sign(keyId, text),
    keys: async () => made().keys(),
    verifies: (key, text, signature) => made().verifies(key, text, signature),
  };
}

function anchorsOf(made: () => AnchoredHistories): AnchoredHistories {
  return {
    anchor: async (on, at, by) => made().anchor(on, at, by),
    anchorNews: async (on, at, by) => made().anchorNews(on, at, by),
    headsOf: async (number) => made().headsOf(number),
    entriesUpTo: async (stream, number) => made().entriesUpTo(stream, number),
  };
}
