/**
 * What a function's row turns into: statements of its role, and the names it gets in its environment. Written out action by
 * action: CDK's own grants give scans, streams and whole families of key actions that no handler calls.
 */
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { historiesShape } from '../../functions/aws/table-shape.ts';
import type { Uses } from './functions.ts';
import type { Identity } from './identity.ts';
import type { Keys } from './keys.ts';
import type { Records } from './records.ts';
import type { Stage } from './stages.ts';

/** What the functions may be given. */
export interface Givable {
  readonly stack: Stack;
  readonly stage: Stage;
  readonly keys: Keys;
  readonly records: Records;
  readonly identity: Identity;
  /** The data key, sealed by the vault's key. */
  readonly masterKey: CfnSecret;
  /** The set of SES that counts what came back. */
  readonly mailEvents: string;
  readonly stateMachineArn: string;
  readonly jobFunctionArn: string;
  readonly jobFunctionName: string;
}

export interface Given {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
}

type Grant = (to: Givable) => Given;

/** A transaction is authorized by what is in it: puts, deletes and checks. */
const readHistories = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const writeHistories = ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];
const readScratch = ['dynamodb:GetItem', 'dynamodb:Query'];
const writeScratch = ['dynamodb:PutItem', 'dynamodb:DeleteItem'];
/** What each service asks of the records' key in the caller's name. */
const ofKey = {
  s3: { read: ['kms:Decrypt'], write: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  secretsmanager: { read: ['kms:Decrypt'], write: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  dynamodb: {
    read: ['kms:Decrypt', 'kms:DescribeKey'],
    write: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
  },
} as const;

/** Statement and environment of each use; a use that a row does not name gives nothing. */
export function givenTo(uses: Uses, to: Givable): Given {
  const grants: readonly Grant[] = [
    ...onTables(uses),
    ...onBuckets(uses),
    ...(uses.vault ? [openVault] : []),
    ...(uses.notices ? [signNotices] : []),
    ...(uses.workflow === undefined ? [] : [moveWorkflow(uses.workflow)]),
    ...(uses.jobs ? [beginJobs] : []),
    ...(uses.mail ? [sendMail] : []),
    ...(uses.signIn ? [signIn] : []),
    ...(uses.tokens ? [knowTokens] : []),
    ...(uses.accounts ? [openAccounts] : []),
  ];
  const given = grants.map((grant) => grant(to));
  const url = uses.links || uses.signIn || uses.mail ? { PUBLIC_URL: `https://${to.stage.domain}` } : {};
  return {
    statements: given.flatMap(({ statements }) => statements),
    environment: Object.assign({}, ...given.map(({ environment }) => environment), url),
  };
}

function onTables({ histories, everyHistory, scratch }: Uses): readonly Grant[] {
  return [
    ...(histories === undefined ? [] : [useHistories(histories, everyHistory === true)]),
    ...(scratch === undefined ? [] : [useScratch(scratch)]),
  ];
}

const useHistories =
  (how: 'read' | 'write', isWalked: boolean): Grant =>
  ({ stack, keys, records: { histories } }) => {
    const indexes = Object.values(historiesShape.indexes).map(({ name }) => `${histories.tableArn}/index/${name}`);
    return {
      statements: [
        allow(['dynamodb:Query'], indexes),
        allow([...readHistories, ...(isWalked ? ['dynamodb:Scan'] : [])], [histories.tableArn]),
        ...(how === 'write' ? [allow(writeHistories, [histories.tableArn])] : []),
        keyOf(keys, how, 'dynamodb', stack),
      ],
      environment: { HISTORIES_TABLE: histories.tableName },
    };
  };

const useScratch =
  (how: 'read' | 'write'): Grant =>
  ({ stack, keys, records: { scratch } }) => ({
    statements: [
      allow([...readScratch, ...(how === 'write' ? writeScratch : [])], [scratch.tableArn]),
      keyOf(keys, how, 'dynamodb', stack),
    ],
    environment: { SCRATCH_TABLE: scratch.tableName },
  });

const bucketsOf = {
  files: 'FILES_BUCKET',
  payments: 'PAYMENTS_BUCKET',
  lists: 'LISTS_BUCKET',
  uploads: 'UPLOADS_BUCKET',
} as const;

function onBuckets(uses: Uses): readonly Grant[] {
  const names = ['files', 'payments', 'lists', 'uploads'] as const;
  return names.flatMap((name) => {
    const how = uses[name];
    if (how === undefined) return [];
    const grant: Grant = ({ stack, keys, records }) => ({
      statements: objectsOf(records[name], how, keys, stack),
      environment: { [bucketsOf[name]]: records[name].bucketName },
    });
    return [grant];
  });
}

/** Whoever may read may also ask whether there is such an object: without the list, what is missing looks forbidden. */
function objectsOf(bucket: Bucket, how: 'read' | 'write', keys: Keys, stack: Stack): readonly PolicyStatement[] {
  const objects = [bucket.arnForObjects('*')];
  return [
    allow(['s3:ListBucket'], [bucket.bucketArn]),
    allow(['s3:GetObject'], objects),
    ...(how === 'read' ? [] : [allow(['s3:PutObject'], objects)]),
    keyOf(keys, how, 's3', stack),
  ];
}

function secretOf(secret: CfnSecret, keys: Keys, stack: Stack): readonly PolicyStatement[] {
  return [allow(['secretsmanager:GetSecretValue'], [secret.ref]), keyOf(keys, 'read', 'secretsmanager', stack)];
}

/** The key of the records, through the service whose records they are and not by itself. */
export function keyOf(
  { records }: Keys,
  how: 'read' | 'write',
  service: keyof typeof ofKey,
  { region }: Stack,
): PolicyStatement {
  return allow(ofKey[service][how], [records.keyArn], {
    StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
  });
}

/** For one purpose only: `functions/aws/kms-keys.ts` names it with each request. */
const ofMasterKey = { StringEquals: { 'kms:EncryptionContext:purpose': 'chi-tra/master-key' } };

const openVault: Grant = ({ keys, masterKey, stack }) => ({
  statements: [...secretOf(masterKey, keys, stack), allow(['kms:Decrypt'], [keys.vault.keyArn], ofMasterKey)],
  environment: { MASTER_KEY_SECRET: masterKey.ref, VAULT_KEY_ID: keys.vault.keyId },
});

const signNotices: Grant = ({ keys }) => ({
  statements: [allow(['kms:Sign', 'kms:GetPublicKey'], [keys.notices.keyArn])],
  environment: { NOTICE_KEY_ID: keys.noticesAlias },
});

const moveWorkflow =
  (how: 'begin' | 'wake'): Grant =>
  ({ stateMachineArn, keys, stack }) => ({
    statements: [
      // The history of an execution is sealed in the name of whoever begins or wakes it.
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.running.keyArn], {
        StringEquals: { 'kms:ViaService': `states.${stack.region}.amazonaws.com` },
      }),
      allow([...(how === 'begin' ? ['states:StartExecution'] : []), 'states:SendTaskSuccess'], [stateMachineArn]),
      // One that failed is looked at and goes on from where it stopped.
      ...(how === 'begin'
        ? [
            allow(
              ['states:DescribeExecution', 'states:RedriveExecution'],
              [`${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`],
            ),
          ]
        : []),
    ],
    environment: { STATE_MACHINE_ARN: stateMachineArn },
  });

const beginJobs: Grant = ({ jobFunctionArn, jobFunctionName }) => ({
  statements: [allow(['lambda:InvokeFunction'], [jobFunctionArn])],
  environment: { JOB_FUNCTION: jobFunctionName },
});

const sendMail: Grant = ({ stack, stage, mailEvents }) => {
  const { from, digestMinutes } = stage.mail;
  const ses = (resource: string, resourceName: string) => stack.formatArn({ service: 'ses', resource, resourceName });
  const senders = [ses('identity', from.replace(/^.*@/, '')), ses('identity', from)];
  return {
    statements: [
      allow(['ses:SendEmail'], [...senders, ses('configuration-set', mailEvents)], {
        StringEquals: { 'ses:FromAddress': from },
      }),
    ],
    environment: { MAIL_FROM: from, MAIL_DIGEST_MINUTES: `${digestMinutes}`, MAIL_EVENTS: mailEvents },
  };
};

const signIn: Grant = ({ identity, keys, stack }) => ({
  statements: secretOf(identity.pagesSecret, keys, stack),
  environment: {
    USER_POOL_ID: identity.pool.userPoolId,
    SIGN_IN_ISSUER: identity.pool.userPoolProviderUrl,
    SIGN_IN_DOMAIN: identity.domain.baseUrl(),
    SIGN_IN_CLIENT_ID: identity.pages.userPoolClientId,
    SIGN_IN_CLIENT_SECRET: identity.pagesSecret.ref,
  },
});

/** The public keys that tokens are signed with are open to everybody. */
const knowTokens: Grant = ({ identity }) => ({
  statements: [],
  environment: { SIGN_IN_ISSUER: identity.pool.userPoolProviderUrl },
});

const openAccounts: Grant = ({ identity }) => ({
  statements: [
    allow(
      [
        'cognito-idp:AdminCreateUser',
        'cognito-idp:AdminGetUser',
        'cognito-idp:AdminUpdateUserAttributes',
        'cognito-idp:AdminDeleteUser',
        'cognito-idp:AdminAddUserToGroup',
        'cognito-idp:AdminResetUserPassword',
        'cognito-idp:AdminDeleteSoftwareToken',
        'cognito-idp:AdminUserGlobalSignOut',
      ],
      [identity.pool.userPoolArn],
    ),
  ],
  environment: {},
});

export function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Record<string, Record<string, string>>,
): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });
}
