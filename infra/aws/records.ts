/** Where the records lie: two tables and the buckets. Nothing here is deleted with the stack. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { answersPrefix, historiesShape, scratchShape } from '../../functions/aws/table-shape.ts';
import type { Keys } from './keys.ts';
import type { Stage } from './stages.ts';

/** A table that the stack made, or that was restored in its place. */
export interface KeptTable {
  readonly tableName: string;
  readonly tableArn: string;
}

export interface Records {
  /** With the stream of what is written to it. */
  readonly histories: KeptTable & { readonly streamArn: string };
  readonly scratch: KeptTable;
  /** Papers and lists, sealed by us before the bucket seals them again. */
  readonly files: Bucket;
  /** What was handed to the Treasury and came from it. */
  readonly payments: Bucket;
  readonly lists: Bucket;
  /** What passes through: brought by browsers, or too large for an answer. */
  readonly uploads: Bucket;
}

export function records(scope: Construct, keys: Keys, stage: Stage): Records {
  const made = tables(scope, keys);
  return {
    ...made,
    ...(stage.restored === undefined ? {} : restored(scope, stage.restored)),
    ...buckets(scope, keys, stage),
  };
}

const attribute = ({ name, type }: { readonly name: string; readonly type: 'S' | 'N' }) => ({
  name,
  type: type === 'S' ? AttributeType.STRING : AttributeType.NUMBER,
});

function tables(scope: Construct, keys: Keys): Pick<Records, 'histories' | 'scratch'> {
  const both = {
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: keys.records,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  } satisfies Partial<TableProps>;
  const { partition, sort, indexes } = historiesShape;
  const histories = new Table(scope, 'histories', {
    ...both,
    partitionKey: attribute(partition),
    sortKey: attribute(sort),
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
  for (const { name, attribute: of } of Object.values(indexes)) {
    histories.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: attribute({ name: of, type: 'S' }),
      sortKey: attribute(partition),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  // Protected like the histories: the keys of persons lie in it, without which no sealed field can be read. A key that
  // was erased comes back with a restored table, so its window is short.
  const scratch = new Table(scope, 'scratch', {
    ...both,
    partitionKey: attribute(scratchShape.partition),
    sortKey: attribute(scratchShape.sort),
    timeToLiveAttribute: scratchShape.expiry,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 7 },
  });
  return { histories: { ...of(histories), streamArn: histories.tableStreamArn ?? '' }, scratch: of(scratch) };
}

const of = ({ tableName, tableArn }: Table): KeptTable => ({ tableName, tableArn });

function restored(
  scope: Construct,
  { histories, scratch, stream }: NonNullable<Stage['restored']>,
): Pick<Records, 'histories' | 'scratch'> {
  const called = (tableName: string): KeptTable => ({
    tableName,
    tableArn: Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableName }),
  });
  const one = called(histories);
  return { histories: { ...one, streamArn: `${one.tableArn}/stream/${stream}` }, scratch: called(scratch) };
}

function buckets(scope: Construct, keys: Keys, stage: Stage): Omit<Records, 'histories' | 'scratch'> {
  const closed = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
  } satisfies BucketProps;
  // Who read what, by name of object: names are hashes. S3 delivers such logs to a bucket under its own key only.
  const access = new Bucket(scope, 'access logs', {
    ...closed,
    encryption: BucketEncryption.S3_MANAGED,
    versioned: true,
    lifecycleRules: [{ expiration: Duration.days(stage.logDays), noncurrentVersionExpiration: Duration.days(1) }],
  });
  const sealed = (prefix: string): BucketProps => ({
    ...closed,
    encryption: BucketEncryption.KMS,
    encryptionKey: keys.records,
    bucketKeyEnabled: true,
    serverAccessLogsBucket: anyBucket(access),
    serverAccessLogsPrefix: `${prefix}/`,
  });
  const unfinished = { abortIncompleteMultipartUploadAfter: Duration.days(1) };
  const kept = Duration.days(stage.paymentFiles.years * 366);
  const isForNobody = stage.paymentFiles.unlock === 'nobody';
  return {
    files: new Bucket(scope, 'files', { ...sealed('files'), versioned: true, lifecycleRules: [unfinished] }),
    payments: new Bucket(scope, 'payments', {
      ...sealed('payments'),
      versioned: true,
      objectLockDefaultRetention: isForNobody
        ? ObjectLockRetention.compliance(kept)
        : ObjectLockRetention.governance(kept),
      lifecycleRules: [unfinished],
    }),
    lists: new Bucket(scope, 'lists', {
      ...sealed('lists'),
      versioned: true,
      // A workflow can be redriven for 14 days after it ended, and runs for some months.
      lifecycleRules: [
        { ...unfinished, expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(30) },
      ],
    }),
    uploads: passing(
      scope,
      { ...sealed('uploads'), lifecycleRules: [{ ...unfinished, expiration: Duration.days(1) }] },
      stage,
    ),
  };
}

/** Not versioned, so that what nobody read is gone after a day: it is not sealed by us. */
function passing(scope: Construct, how: BucketProps, stage: Stage): Bucket {
  const bucket = new Bucket(scope, 'uploads', {
    ...how,
    cors: [
      {
        allowedMethods: [HttpMethods.POST],
        allowedOrigins: [`https://${stage.domain}`],
        allowedHeaders: ['content-type'],
        maxAge: 300,
      },
    ],
  });
  // Whoever signs it, for however long: a link to an answer is worth nothing after this.
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects(`${answersPrefix}*`)],
      conditions: { NumericGreaterThan: { 's3:signatureAge': longestLinkMilliseconds } },
    }),
  );
  return bucket;
}

const longestLinkMilliseconds = 120_000;

/** CDK's class and its interface differ in one optional property, which the strictest settings do not let pass. */
export function anyBucket(bucket: Bucket): IBucket {
  const one: IConstruct = bucket;
  if (!isBucket(one)) throw new Error('no bucket');
  return one;
}

function isBucket(one: IConstruct): one is IBucket {
  return one instanceof Bucket;
}
