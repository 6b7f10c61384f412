/** Nobody may more than is written here, and nothing is open: read off the template that would be deployed. */
import { describe, expect, test } from 'vitest';
import { faultsOf, roleStatements } from './least-privilege.ts';
import { ofType, plain, synthesized, type TemplateText, templateText } from './synthesized.ts';

const { template } = synthesized('test');

/**
 * What each function may change, written out by hand: the stack is held against this table, not against its own. Records are
 * `histories`, `scratch`, `files`, `payments`, `lists`, `uploads`; the rest is what a function may set going.
 */
const mayChange: Readonly<Record<string, readonly string[]>> = {
  'entitlement-list': ['lists'],
  'entitlement-recompute': ['histories'],
  'approval-next': ['histories'],
  'approval-request': ['histories', 'scratch', 'wake a workflow'],
  'approval-await-decision': ['scratch', 'wake a workflow'],
  'approval-release': ['histories'],
  'disbursement-fund': ['histories', 'lists'],
  'disbursement-order': ['histories'],
  'disbursement-slips': ['histories', 'payments', 'scratch'],
  'disbursement-follow': ['scratch', 'wake a workflow'],
  'disbursement-next': [],
  'completion-report': ['histories'],
  web: ['begin a job', 'files', 'histories', 'open accounts', 'payments', 'scratch', 'sign a notice', 'uploads'],
  api: ['begin a job', 'files', 'histories', 'payments', 'scratch'],
  'run-job': ['files', 'histories', 'payments', 'scratch', 'sign a notice'],
  'follow-events': ['begin a workflow', 'histories', 'scratch', 'wake a workflow'],
  'send-webhooks': ['scratch'],
  'note-lost-mail': ['scratch'],
  remind: ['begin a job', 'begin a workflow', 'histories', 'scratch', 'send mail', 'wake a workflow'],
  'take-anchor': ['files', 'histories', 'scratch'],
  'tell-entries': [],
};

/** Actions that only look. Whatever is not here changes something. */
const looks =
  /^(dynamodb:(GetItem|BatchGetItem|Query|Scan)|s3:(GetObject|ListBucket)|kms:(Decrypt|DescribeKey|GetPublicKey)|states:DescribeExecution|secretsmanager:GetSecretValue|cognito-idp:AdminGetUser)$/;
/** Every function writes its log, its traces, and what was left over of it; keys go with the records they are for. */
const ofEveryone =
  /^(logs:(CreateLogStream|PutLogEvents)|xray:|kms:(Encrypt|GenerateDataKey|ReEncryptFrom|ReEncryptTo)$)/;
const acts: Readonly<Record<string, string>> = {
  'states:StartExecution': 'begin a workflow',
  'states:RedriveExecution': 'begin a workflow',
  'states:SendTaskSuccess': 'wake a workflow',
  'lambda:InvokeFunction': 'begin a job',
  'ses:SendEmail': 'send mail',
  'kms:Sign': 'sign a notice',
};

function changes(name: string): readonly string[] {
  const [found] = ofType(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => Properties['FunctionName'] === `chi-tra-test-${name}`,
  );
  const role = plain(found?.[1].Properties['Role']).replace('.Arn', '');
  const words = roleStatements(template)
    .filter(([id]) => id === role)
    .flatMap(([, { Action, Resource }]) =>
      Action.filter(
        (action) => !looks.test(action) && !ofEveryone.test(action) && action !== 'sqs:SendMessage',
      ).flatMap((action) => {
        const act = acts[action] ?? (action.startsWith('cognito-idp:Admin') ? 'open accounts' : undefined);
        return act === undefined ? Resource.map((one) => /^[a-z]+/.exec(plain(one))?.[0] ?? action) : [act];
      }),
    );
  return [...new Set(words)].toSorted();
}

describe('a function may change what the table says, and nothing else', () => {
  test('the table has every function', () => {
    const named = ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      plain(Properties['FunctionName']),
    );
    expect(named.toSorted()).toEqual(
      Object.keys(mayChange)
        .map((name) => `chi-tra-test-${name}`)
        .toSorted(),
    );
  });

  test.each(Object.entries(mayChange))('%s', (name, may) => {
    expect(changes(name)).toEqual(may);
  });
});

test.each(['test', 'province', 'ministry'])(
  'in %s nothing is allowed too widely, open, in clear or unprotected',
  (stage) => {
    expect(faultsOf(synthesized(stage).template)).toEqual([]);
  },
);

describe('the check sees what it is for', () => {
  const broken: readonly (readonly [what: string, type: string, change: (text: string) => string, fault: RegExp])[] = [
    [
      'an action with a star',
      'AWS::IAM::Role',
      (text) => text.replace('"dynamodb:GetItem"', '"dynamodb:*"'),
      /may dynamodb:\*/,
    ],
    [
      'everything',
      'AWS::IAM::Role',
      (text) =>
        text.replace(
          /"Action":"kms:Decrypt","Effect":"Allow","Resource":\{[^}]*\}/,
          '"Action":"kms:Decrypt","Effect":"Allow","Resource":"*"',
        ),
      /kms:Decrypt on everything/,
    ],
    [
      'every index',
      'AWS::IAM::Role',
      (text) => text.replace('/index/by-kind', '/index/*'),
      /on histories\w+\.Arn\/index\/\*/,
    ],
    [
      'what is left out',
      'AWS::IAM::Role',
      (text) => text.replace('"Action":["logs:', '"NotAction":["logs:'),
      /left out|without actions/,
    ],
    [
      'a managed policy',
      'AWS::IAM::Role',
      (text) =>
        text.replace('"Policies":', '"ManagedPolicyArns":["arn:aws:iam::aws:policy/AdministratorAccess"],"Policies":'),
      /AdministratorAccess/,
    ],
    [
      'a role that others take on',
      'AWS::IAM::Role',
      (text) => text.replace('"Service":"lambda.amazonaws.com"', '"AWS":"*"'),
      /not Lambda's alone/,
    ],
    [
      'a shared role',
      'AWS::Lambda::Function',
      (text) => text.replace(/"Role":\{[^}]*\}/, '"Role":{"Fn::GetAtt":["webrole9551CE15","Arn"]}'),
      /shares its role/,
    ],
    [
      'a public bucket',
      'AWS::S3::Bucket',
      (text) => text.replace('"BlockPublicPolicy":true', '"BlockPublicPolicy":false'),
      /can be made public/,
    ],
    [
      'a bucket without a key',
      'AWS::S3::Bucket',
      (text) => text.replace('"SSEAlgorithm":"aws:kms"', '"SSEAlgorithm":"AES256"'),
      /not encrypted/,
    ],
    [
      'a bucket that everybody reads',
      'AWS::S3::BucketPolicy',
      (text) => text.replace('"Effect":"Deny"', '"Effect":"Allow"'),
      /lets everybody in/,
    ],
    [
      'a bucket over plain HTTP',
      'AWS::S3::BucketPolicy',
      (text) => text.replaceAll('aws:SecureTransport', 'aws:Other'),
      /plain HTTP/,
    ],
    [
      'a queue over plain HTTP',
      'AWS::SQS::QueuePolicy',
      (text) => text.replaceAll('aws:SecureTransport', 'aws:Other'),
      /plain HTTP/,
    ],
    ['a queue without a key', 'AWS::SQS::Queue', (text) => text.replace('KmsMasterKeyId', 'Other'), /not encrypted/],
    [
      'a table without a key',
      'AWS::DynamoDB::Table',
      (text) => text.replace('SSESpecification', 'Other'),
      /not encrypted/,
    ],
    [
      'a table that can be deleted',
      'AWS::DynamoDB::Table',
      (text) => text.replace('DeletionProtectionEnabled', 'Other'),
      /can be deleted/,
    ],
    [
      'a table without recovery',
      'AWS::DynamoDB::Table',
      (text) => text.replace('"PointInTimeRecoveryEnabled":true', '"PointInTimeRecoveryEnabled":false'),
      /point in time/,
    ],
    ['logs without a key', 'AWS::Logs::LogGroup', (text) => text.replace('KmsKeyId', 'Other'), /not encrypted/],
    ['logs for ever', 'AWS::Logs::LogGroup', (text) => text.replace('RetentionInDays', 'Other'), /for ever/],
    [
      'a secret without a key',
      'AWS::SecretsManager::Secret',
      (text) => text.replace('KmsKeyId', 'Other'),
      /not encrypted/,
    ],
    [
      'a way in without the firewall',
      'AWS::WAFv2::WebACLAssociation',
      (text) => text.replace(/entrance\w+/, 'other'),
      /no firewall/,
    ],
    [
      'a method that asks nobody',
      'AWS::ApiGateway::Method',
      (text) => text.replace('COGNITO_USER_POOLS', 'NONE'),
      /asks nobody/,
    ],
    ['old TLS', 'AWS::ApiGateway::DomainName', (text) => text.replace('TLS_1_2', 'TLS_1_0'), /old TLS/],
    [
      'a second address',
      'AWS::ApiGateway::RestApi',
      (text) => text.replace('"DisableExecuteApiEndpoint":true', '"DisableExecuteApiEndpoint":false'),
      /second address/,
    ],
    [
      'an address over plain HTTP',
      'AWS::Cognito::UserPoolClient',
      (text) => text.replace('https://', 'http://'),
      /plain HTTP address/,
    ],
    [
      'sign-up by anybody',
      'AWS::Cognito::UserPool',
      (text) => text.replace('"AllowAdminCreateUserOnly":true', '"AllowAdminCreateUserOnly":false'),
      /sign up/,
    ],
    [
      'no second factor',
      'AWS::Cognito::UserPool',
      (text) => text.replace('"MfaConfiguration":"ON"', '"MfaConfiguration":"OPTIONAL"'),
      /second factor/,
    ],
    [
      'a function that anybody invokes',
      'AWS::Lambda::Permission',
      (text) => text.replace('SourceArn', 'Other'),
      /from anywhere/,
    ],
    [
      'a key that everybody uses',
      'AWS::KMS::Key',
      (text) => text.replace(/"Principal":\{"AWS":.*?\}\},/, '"Principal":{"AWS":"*"},'),
      /used by everybody/,
    ],
    [
      'a workflow that may read a list and not open it',
      'AWS::IAM::Policy',
      (text) => text.replace('"kms:ViaService":"s3.', '"kms:ViaService":"sqs.'),
      /batchRole\w+ may s3:GetObject on lists\w+, and not kms:Decrypt/,
    ],
    [
      'a function that may put a file and not seal it',
      'AWS::IAM::Role',
      (text) =>
        text.replace(/"Action":\["kms:Decrypt","kms:GenerateDataKey"\](?=.{0,80}"s3\.)/, '"Action":["kms:Decrypt"]'),
      /may s3:PutObject on \w+, and not kms:GenerateDataKey/,
    ],
    [
      'a queue that EventBridge may not seal for',
      'AWS::KMS::Key',
      (text) => text.replaceAll('events.amazonaws.com', 'other.amazonaws.com'),
      /events\.amazonaws\.com by \w+ may sqs:SendMessage on \w+, and not kms:GenerateDataKey/,
    ],
    [
      'alarms that reach nobody',
      'AWS::SNS::TopicPolicy',
      (text) => text.replace('cloudwatch.amazonaws.com', 'events.amazonaws.com'),
      /alarm\w+ reaches nobody/,
    ],
    [
      'a bucket that goes with the stack',
      'AWS::S3::Bucket',
      (text) => text.replace('"DeletionPolicy":"Retain"', '"DeletionPolicy":"Delete"'),
      /deleted with the stack/,
    ],
  ];

  test.each(broken)('%s', (_, type, change, fault) => {
    expect(faultsOf(brokenOnce(template, type, change)).join('\n')).toMatch(fault);
  });
});

/** The first resource of the type that the change changes, changed. */
function brokenOnce(whole: TemplateText, type: string, change: (text: string) => string): TemplateText {
  for (const [id, resource] of ofType(whole, type)) {
    const before = JSON.stringify(resource);
    const after = change(before);
    if (after === before) continue;
    return templateText.parse({ ...whole, Resources: { ...whole.Resources, [id]: JSON.parse(after) } });
  }
  throw new Error(`the change changes no ${type}`);
}
