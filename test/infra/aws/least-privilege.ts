/** Reads a template and says what in it is allowed too much, open, in clear, or unprotected. */
import * as z from 'zod';
import { ofType, plain, type Resource, type TemplateText } from './synthesized.ts';

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const anything = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]);
const statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.default([]),
  Resource: anything.default([]),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
const policy = z.object({ Statement: z.array(statement) });
export type Statement = z.infer<typeof statement>;

/** Actions that are allowed on everything, since their service knows no resources. */
const onEverything: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'X-Ray knows no resources',
  'xray:PutTelemetryRecords': 'X-Ray knows no resources',
  'xray:GetSamplingRules': 'X-Ray knows no resources',
  'xray:GetSamplingTargets': 'X-Ray knows no resources',
  'logs:CreateLogDelivery': 'delivery of logs of a workflow knows no resources',
  'logs:GetLogDelivery': 'delivery of logs of a workflow knows no resources',
  'logs:UpdateLogDelivery': 'delivery of logs of a workflow knows no resources',
  'logs:DeleteLogDelivery': 'delivery of logs of a workflow knows no resources',
  'logs:ListLogDeliveries': 'delivery of logs of a workflow knows no resources',
  'logs:PutResourcePolicy': 'delivery of logs of a workflow knows no resources',
  'logs:DescribeResourcePolicies': 'delivery of logs of a workflow knows no resources',
  'logs:DescribeLogGroups': 'delivery of logs of a workflow knows no resources',
};

/** Ends of resources that stand for many, each with why. */
const manyOf: readonly (readonly [end: RegExp, why: string])[] = [
  [/^(files|payments|lists|uploads)\w*\.Arn\/\*$/, 'objects of one bucket are named by hash or batch'],
  [/:s3:::lists\w*\/\*$/, 'the same, of the workflow'],
  [/^(entitlement|approval|disbursement|completion)\w*\.Arn:\*$/, 'a step in all its versions'],
  [/:execution:.*\*$/, 'executions are named by batch, children of Maps by Step Functions'],
];

const managedPolicies = /AmazonAPIGatewayPushToCloudWatchLogs/;
/** S3 delivers access logs to no bucket under a key of ours. */
const bucketsUnderAmazonsKey = /^accesslogs/;
/** The pages know by their own cookie who asks; the description of the API says the same to everybody. */
const methodsForAll = /^entrance((proxy)?ANY|apiopenapijsonGET)/;

export function faultsOf(template: TemplateText): readonly string[] {
  return [
    ...wideStatements(template),
    ...sharedRoles(template),
    ...openDoors(template),
    ...plainHttp(template),
    ...inClear(template),
    ...unprotected(template),
    ...withoutKey(template),
    ...untold(template),
  ];
}

/** Every statement of a role, with the name of what carries it. */
export function roleStatements(template: TemplateText): readonly (readonly [id: string, statement: Statement])[] {
  const inline = z.object({ Policies: z.array(z.object({ PolicyDocument: policy })).default([]) });
  const roles = ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    inline
      .parse(Properties)
      .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map((one) => [id, one] as const)),
  );
  const policies = ofType(template, 'AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
    z
      .object({ PolicyDocument: policy })
      .parse(Properties)
      .PolicyDocument.Statement.map((one) => [id, one] as const),
  );
  return [...roles, ...policies];
}

function wideStatements(template: TemplateText): readonly string[] {
  const faults = roleStatements(template).flatMap(([id, { Effect, Action, Resource, ...rest }]) => {
    if (Effect === 'Deny') return [];
    const wide = Action.filter((action) => action.includes('*')).map((action) => `${id} may ${action}`);
    if ('NotAction' in rest || 'NotResource' in rest) wide.push(`${id} is allowed by what is left out`);
    if (Action.length === 0) wide.push(`${id} has a statement without actions`);
    const resources = Resource.map(plain);
    const many = resources.filter((one) => one !== '*' && one.includes('*') && !manyOf.some(([end]) => end.test(one)));
    const unlisted = resources.includes('*') ? Action.filter((action) => !(action in onEverything)) : [];
    return [
      ...wide,
      ...many.map((one) => `${id} may ${Action.join(', ')} on ${one}`),
      ...unlisted.map((action) => `${id} may ${action} on everything`),
    ];
  });
  const managed = ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    z
      .object({ ManagedPolicyArns: z.array(z.unknown()).default([]) })
      .parse(Properties)
      .ManagedPolicyArns.map(plain)
      .filter((one) => !managedPolicies.test(one))
      .map((one) => `${id} has the managed policy ${one}`),
  );
  return [...faults, ...managed];
}

/** Each function has a role, no two the same, which nothing but Lambda takes on. */
function sharedRoles(template: TemplateText): readonly string[] {
  const owner = new Map<string, string>();
  return ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) => {
    const role = plain(Properties['Role']).replace('.Arn', '');
    const before = owner.get(role);
    owner.set(role, id);
    const trust = JSON.stringify(template.Resources[role]?.Properties['AssumeRolePolicyDocument'] ?? '');
    return [
      ...(before === undefined ? [] : [`${id} shares its role with ${before}`]),
      ...(trust.includes('"Principal":{"Service":"lambda.amazonaws.com"}')
        ? []
        : [`the role of ${id} is not Lambda's alone`]),
    ];
  });
}

const carriers = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'];

function resourceStatements({ Properties }: Resource): readonly Statement[] {
  return z.object({ PolicyDocument: policy }).parse(Properties).PolicyDocument.Statement;
}

function openDoors(template: TemplateText): readonly string[] {
  const buckets = ofType(template, 'AWS::S3::Bucket').flatMap(([id, { Properties }]) => {
    const blocks = z.record(z.string(), z.unknown()).catch({}).parse(Properties['PublicAccessBlockConfiguration']);
    const all = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
    return all.every((one) => blocks[one] === true) ? [] : [`${id} can be made public`];
  });
  const policies = carriers.flatMap((type) =>
    ofType(template, type).flatMap(([id, one]) =>
      resourceStatements(one)
        .filter(({ Effect, Principal }) => Effect === 'Allow' && /"\*"/.test(JSON.stringify(Principal)))
        .map(() => `${id} lets everybody in`),
    ),
  );
  const keys = ofType(template, 'AWS::KMS::Key').filter(([, { Properties }]) =>
    /"AWS":"\*"|"Principal":"\*"/.test(JSON.stringify(Properties['KeyPolicy'])),
  );
  const invoked = ofType(template, 'AWS::Lambda::Permission').filter(
    ([, { Properties }]) =>
      !plain(Properties['Principal']).endsWith('.amazonaws.com') || Properties['SourceArn'] === undefined,
  );
  const urls = ofType(template, 'AWS::Lambda::Url');
  const methods = ofType(template, 'AWS::ApiGateway::Method').filter(
    ([id, { Properties }]) => Properties['AuthorizationType'] === 'NONE' && !methodsForAll.test(id),
  );
  const pools = ofType(template, 'AWS::Cognito::UserPool').flatMap(([id, { Properties }]) => [
    ...(JSON.stringify(Properties['AdminCreateUserConfig'] ?? '').includes('"AllowAdminCreateUserOnly":true')
      ? []
      : [`anybody may sign up to ${id}`]),
    ...(Properties['MfaConfiguration'] === 'ON' ? [] : [`${id} asks for no second factor`]),
  ]);
  const firewalled = ofType(template, 'AWS::WAFv2::WebACLAssociation').map(([, { Properties }]) =>
    plain(Properties['ResourceArn']),
  );
  const unguarded = ofType(template, 'AWS::ApiGateway::RestApi').filter(
    ([id]) => !firewalled.some((arn) => arn.includes(id)),
  );
  return [
    ...buckets,
    ...policies,
    ...keys.map(([id]) => `${id} may be used by everybody`),
    ...invoked.map(([id]) => `${id} lets a function be invoked from anywhere`),
    ...urls.map(([id]) => `${id} is a way in beside the firewall`),
    ...methods.map(([id]) => `${id} asks nobody who he is`),
    ...pools,
    ...unguarded.map(([id]) => `${id} has no firewall`),
  ];
}

function plainHttp(template: TemplateText): readonly string[] {
  const owners = [
    ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
    ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
    ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
  ] as const;
  const unrefused = owners.flatMap(([type, by]) => {
    const refusing = ofType(template, by)
      .filter(([, one]) =>
        resourceStatements(one).some(
          ({ Effect, Condition }) =>
            Effect === 'Deny' && JSON.stringify(Condition ?? '').includes('"aws:SecureTransport":"false"'),
        ),
      )
      .map(([, { Properties }]) => JSON.stringify(Properties));
    return ofType(template, type)
      .filter(([id]) => !refusing.some((text) => text.includes(`"${id}"`)))
      .map(([id]) => `${id} answers over plain HTTP`);
  });
  const domains = ofType(template, 'AWS::ApiGateway::DomainName')
    .filter(([, { Properties }]) => Properties['SecurityPolicy'] !== 'TLS_1_2')
    .map(([id]) => `${id} takes old TLS`);
  const apis = ofType(template, 'AWS::ApiGateway::RestApi')
    .filter(([, { Properties }]) => Properties['DisableExecuteApiEndpoint'] !== true)
    .map(([id]) => `${id} has a second address`);
  const links = Object.entries(template.Resources)
    .filter(([, { Properties }]) => /"http:\/\//.test(JSON.stringify(Properties)))
    .map(([id]) => `${id} names a plain HTTP address`);
  return [...unrefused, ...domains, ...apis, ...links];
}

/** Where the name of a key must stand in each kind of store. */
const keyOfStore: readonly (readonly [type: string, property: string, text: RegExp])[] = [
  ['AWS::DynamoDB::Table', 'SSESpecification', /"KMSMasterKeyId".*"SSEEnabled":true/],
  ['AWS::SQS::Queue', 'KmsMasterKeyId', /Arn/],
  ['AWS::SNS::Topic', 'KmsMasterKeyId', /Arn/],
  ['AWS::Logs::LogGroup', 'KmsKeyId', /Arn/],
  ['AWS::SecretsManager::Secret', 'KmsKeyId', /Arn/],
  ['AWS::Scheduler::Schedule', 'KmsKeyArn', /Arn/],
];

function inClear(template: TemplateText): readonly string[] {
  const stores = keyOfStore.flatMap(([type, property, text]) =>
    ofType(template, type)
      .filter(([, { Properties }]) => !text.test(JSON.stringify(Properties[property] ?? '')))
      .map(([id]) => `${id} is not encrypted with a key of ours`),
  );
  const buckets = ofType(template, 'AWS::S3::Bucket')
    .filter(([id, { Properties }]) => {
      const text = JSON.stringify(Properties['BucketEncryption'] ?? '');
      return (
        !text.includes('"SSEAlgorithm":"aws:kms"') && !(bucketsUnderAmazonsKey.test(id) && text.includes('AES256'))
      );
    })
    .map(([id]) => `${id} is not encrypted with a key of ours`);
  return [...stores, ...buckets];
}

const keeps = [
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
];

function unprotected(template: TemplateText): readonly string[] {
  const lost = keeps.flatMap((type) =>
    ofType(template, type)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'Retain' && DeletionPolicy !== 'RetainExceptOnCreate')
      .map(([id]) => `${id} is deleted with the stack`),
  );
  const tables = ofType(template, 'AWS::DynamoDB::Table').flatMap(([id, { Properties }]) => [
    ...(Properties['DeletionProtectionEnabled'] === true ? [] : [`${id} can be deleted`]),
    ...(JSON.stringify(Properties['PointInTimeRecoverySpecification'] ?? '').includes(
      '"PointInTimeRecoveryEnabled":true',
    )
      ? []
      : [`${id} cannot be restored to a point in time`]),
  ]);
  const logs = ofType(template, 'AWS::Logs::LogGroup')
    .filter(([, { Properties }]) => typeof Properties['RetentionInDays'] !== 'number')
    .map(([id]) => `${id} keeps its lines for ever`);
  return [...lost, ...tables, ...logs];
}

/** What a caller needs of a store's key, since a service asks the key in the caller's name. */
const needsOfKey: readonly (readonly [action: RegExp, service: string, ...needs: readonly string[]])[] = [
  [/^s3:GetObject$/, 's3', 'kms:Decrypt'],
  [/^s3:PutObject$/, 's3', 'kms:Decrypt', 'kms:GenerateDataKey'],
  [/^dynamodb:(?!Describe|List)/, 'dynamodb', 'kms:Decrypt'],
  [/^secretsmanager:GetSecretValue$/, 'secretsmanager', 'kms:Decrypt'],
  [/^secretsmanager:PutSecretValue$/, 'secretsmanager', 'kms:Decrypt', 'kms:GenerateDataKey'],
  [/^sqs:SendMessage$/, 'sqs', 'kms:Decrypt', 'kms:GenerateDataKey'],
  [/^sns:Publish$/, 'sns', 'kms:Decrypt', 'kms:GenerateDataKey'],
];

const keyed = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
];

/** The key of each store, both by their names in the template. */
function keysOfStores(template: TemplateText): readonly (readonly [store: string, key: string])[] {
  const keys = ofType(template, 'AWS::KMS::Key').map(([id]) => id);
  return keyed.flatMap((type) =>
    ofType(template, type).flatMap(([id, { Properties }]) => {
      const text = JSON.stringify(Properties);
      const key = keys.find((one) => text.includes(`{"Fn::GetAtt":["${one}","Arn"]}`));
      return key === undefined ? [] : [[id, key] as const];
    }),
  );
}

/** Whoever may read or write what lies under a key of ours, by a role or as a service, may use the key for it too. */
function withoutKey(template: TemplateText): readonly string[] {
  const stores = keysOfStores(template);
  const byRole = statementsByRole(template);
  const wanting = (
    id: string,
    all: readonly Statement[],
    uses: (key: string, service: string, need: string) => boolean,
  ) =>
    all.flatMap(({ Effect, Action, Resource }) =>
      (Effect === 'Deny' ? [] : Action).flatMap((action) =>
        needsOfKey
          .filter(([of]) => of.test(action))
          .flatMap(([, service, ...needs]) =>
            Resource.map(plain).flatMap((resource) => {
              const [store, key] = stores.find(([one]) => resource.includes(one)) ?? [];
              if (store === undefined || key === undefined) return [];
              return needs
                .filter((need) => !uses(key, service, need))
                .map((need) => `${id} may ${action} on ${store}, and not ${need} on its key`);
            }),
          ),
      ),
    );
  const roles = [...byRole].flatMap(([id, all]) =>
    wanting(id, all, (key, service, need) =>
      all.some(
        ({ Effect, Action, Resource, Condition }) =>
          Effect === 'Allow' &&
          Action.includes(need) &&
          Resource.some((one) => plain(one) === `${key}.Arn`) &&
          isFor(service, Condition),
      ),
    ),
  );
  const services = carriers.flatMap((type) =>
    ofType(template, type).flatMap(([id, one]) =>
      resourceStatements(one).flatMap((whole) => {
        const principal = z.object({ Service: z.string() }).safeParse(whole.Principal).data?.Service;
        if (principal === undefined) return [];
        return wanting(`${principal} by ${id}`, [whole], (key, _, need) => keyLets(template, key, principal, need));
      }),
    ),
  );
  return [...roles, ...services];
}

/** No condition, or that the key is asked through the service. */
function isFor(service: string, condition: unknown): boolean {
  if (condition === undefined) return true;
  const via = z.strictObject({ StringEquals: z.strictObject({ 'kms:ViaService': z.string() }) }).safeParse(condition);
  return via.success && via.data.StringEquals['kms:ViaService'].startsWith(`${service}.`);
}

function keyLets(template: TemplateText, key: string, principal: string, need: string): boolean {
  const { Statement } = policy.parse(template.Resources[key]?.Properties['KeyPolicy']);
  return Statement.some(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      JSON.stringify(Principal).includes(`"${principal}"`) &&
      Action.some((one) => one === need || one === `${need}*`),
  );
}

/** What a role may by its own policies and by those that are attached to it. */
function statementsByRole(template: TemplateText): ReadonlyMap<string, readonly Statement[]> {
  const attached = new Map(
    ofType(template, 'AWS::IAM::Policy').map(([id, { Properties }]) => [
      id,
      z
        .object({ Roles: z.array(z.unknown()) })
        .parse(Properties)
        .Roles.map(plain),
    ]),
  );
  const byRole = new Map<string, Statement[]>();
  for (const [id, one] of roleStatements(template)) {
    for (const role of attached.get(id) ?? [id]) byRole.set(role, [...(byRole.get(role) ?? []), one]);
  }
  return byRole;
}

/** An alarm reaches nobody whose topic takes nothing from CloudWatch: the topic's own policy takes the place of the usual one. */
function untold(template: TemplateText): readonly string[] {
  const open = ofType(template, 'AWS::SNS::TopicPolicy').flatMap(([, one]) =>
    resourceStatements(one)
      .filter(
        ({ Effect, Action, Principal }) =>
          Effect === 'Allow' &&
          Action.includes('sns:Publish') &&
          JSON.stringify(Principal).includes('cloudwatch.amazonaws.com'),
      )
      .flatMap(({ Resource }) => Resource.map(plain)),
  );
  return ofType(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties }]) =>
    z
      .array(z.unknown())
      .parse(Properties['AlarmActions'])
      .map(plain)
      .filter((topic) => !open.includes(topic))
      .map(() => `${id} reaches nobody`),
  );
}
