/** What the stack makes in an account, made on a server that stands in for AWS: tables, buckets, keys, the bus, a sender. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { makeMasterKey } from '../../../functions/aws/kms-keys.ts';
import { clientSettings, type Place } from '../../../functions/aws/service-clients.ts';
import type { AwsSettings } from '../../../functions/aws/settings.ts';
import { historiesShape, scratchShape } from '../../../functions/aws/table-shape.ts';

const stage = 'rehearsal';
const sender = 'chi-tra@tinh.example';

export async function makeResources(place: Place & { readonly endpoint: string }, url: string): Promise<AwsSettings> {
  const named = (what: string) => `chi-tra-${stage}-${what}`;
  await makeTables(place, named('histories'), named('scratch'));
  await makeBuckets(place, { plain: ['files', 'lists', 'uploads'].map(named), locked: named('payments') });
  const masterKey = await makeMaster(place, named('master-key'));
  await makeBus(place, named('bus'));
  await new SESv2Client(clientSettings(place)).send(new CreateEmailIdentityCommand({ EmailIdentity: sender }));
  return {
    AWS_REGION: place.region,
    AWS_ENDPOINT_URL: place.endpoint,
    STAGE: stage,
    HISTORIES_TABLE: named('histories'),
    SCRATCH_TABLE: named('scratch'),
    FILES_BUCKET: named('files'),
    PAYMENTS_BUCKET: named('payments'),
    LISTS_BUCKET: named('lists'),
    UPLOADS_BUCKET: named('uploads'),
    ...masterKey,
    BUS_NAME: named('bus'),
    MAIL_FROM: sender,
    MAIL_DIGEST_MINUTES: 0,
    PUBLIC_URL: url,
  };
}

async function makeTables(place: Place, histories: string, scratch: string): Promise<void> {
  const client = new DynamoDBClient(clientSettings(place));
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  await client.send(new CreateTableCommand({ ...historiesTable(histories), StreamSpecification }));
  await client.send(new CreateTableCommand(scratchTable(scratch)));
  client.destroy();
}

/** What asks for a table of histories, without its stream. */
export function historiesTable(TableName: string) {
  const { partition, sort, indexes } = historiesShape;
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [
      { AttributeName: partition.name, AttributeType: partition.type },
      { AttributeName: sort.name, AttributeType: sort.type },
      ...Object.values(indexes).map(({ attribute }) => {
        return { AttributeName: attribute, AttributeType: 'S' as const };
      }),
    ],
    KeySchema: [
      { AttributeName: partition.name, KeyType: 'HASH' as const },
      { AttributeName: sort.name, KeyType: 'RANGE' as const },
    ],
    GlobalSecondaryIndexes: Object.values(indexes).map(({ name, attribute }) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: attribute, KeyType: 'HASH' as const },
        { AttributeName: partition.name, KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' as const },
    })),
  };
}

export function scratchTable(TableName: string) {
  const { partition, sort } = scratchShape;
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [partition, sort].map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: [
      { AttributeName: partition.name, KeyType: 'HASH' as const },
      { AttributeName: sort.name, KeyType: 'RANGE' as const },
    ],
  };
}

async function makeBuckets(
  place: Place,
  { plain, locked }: { readonly plain: readonly string[]; readonly locked: string },
): Promise<void> {
  const client = new S3Client({ ...clientSettings(place), forcePathStyle: true });
  for (const Bucket of [...plain, locked]) {
    // The stand-in takes the region as it is named; the SDK's own list is of those that AWS has.
    const CreateBucketConfiguration = { LocationConstraint: 'ap-southeast-1' } as const;
    await client.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration,
        ObjectLockEnabledForBucket: Bucket === locked,
      }),
    );
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  const Rule = { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } as const;
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
  await client.send(new PutObjectLockConfigurationCommand({ Bucket: locked, ObjectLockConfiguration }));
  client.destroy();
}

async function makeMaster(place: Place, secretName: string) {
  const kms = new KMSClient(clientSettings(place));
  const secrets = new SecretsManagerClient(clientSettings(place));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'SYMMETRIC_DEFAULT' }));
  const vaultKeyId = KeyMetadata?.KeyId ?? '';
  await secrets.send(new CreateSecretCommand({ Name: secretName }));
  await makeMasterKey({ kms, secrets, vaultKeyId, secretName });
  return { VAULT_KEY_ID: vaultKeyId, MASTER_KEY_SECRET: secretName };
}

async function makeBus(place: Place, Name: string): Promise<void> {
  await new EventBridgeClient(clientSettings(place)).send(new CreateEventBusCommand({ Name }));
}
