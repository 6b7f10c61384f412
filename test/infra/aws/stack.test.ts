/** What would be deployed: a snapshot a stage, and what matters said by itself. */
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { poolPrefix } from '../../../functions/aws/api.ts';
import * as z from 'zod';
import { busSource, entriesDetailType } from '../../../functions/aws/bus-events.ts';
import { lostMailIn } from '../../../functions/aws/ses-events.ts';
import { historiesShape, scratchShape } from '../../../functions/aws/table-shape.ts';
import { handlers } from '../../../functions/handlers.ts';
import { fileOf, functionRows } from '../../../infra/aws/functions.ts';
import { refusals } from '../../../infra/aws/gateway-words.ts';
import { groups } from '../../../infra/aws/identity.ts';
import { systemScopes } from '../../../infra/aws/stages.ts';
import { apiScopes } from '../../../shared/case/api-client.ts';
import { roles } from '../../../shared/case/access.ts';
import { decided, ofType, plain, synthesized, type TemplateText, templateText } from './synthesized.ts';

const { stack, template: whole } = synthesized('test');
const template = Template.fromStack(stack);

describe('snapshots', () => {
  test('of test, whole', async () => {
    const lines = leaves(stable(whole)).map(([path, value]) => `${path} = ${value}`);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('snapshots/test.txt');
  });

  test.each(['province', 'ministry'])('of %s, where it differs from test', async (stage) => {
    const there = new Map(leaves(stable(synthesized(stage).template, stage)));
    const here = new Map(leaves(stable(whole)));
    const lines = [
      ...[...there].filter(([path, value]) => here.get(path) !== value).map(([path, value]) => `+ ${path} = ${value}`),
      ...[...here].filter(([path]) => !there.has(path)).map(([path]) => `- ${path}`),
    ];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`snapshots/${stage}.txt`);
  });
});

const lostMailTargets = z.tuple([
  z.strictObject({
    Arn: z.unknown(),
    Id: z.string(),
    InputTransformer: z.object({ InputPathsMap: z.record(z.string(), z.string()), InputTemplate: z.string() }),
    RetryPolicy: z.unknown(),
  }),
]);

/** Without hashes, which change with every edit of code, and under one stage's name. */
function stable(of: TemplateText, stage = 'test'): unknown {
  const text = JSON.stringify(of)
    .replaceAll(/[0-9a-f]{64}/g, 'HASH')
    .replaceAll(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1')
    .replaceAll(`chi-tra-${stage}`, 'chi-tra-STAGE')
    .replaceAll(`chitra${stage}`, 'chitraSTAGE')
    // What CDK ends its names with, a hash of a path that begins with the stage.
    .replaceAll(/(?<=[A-Za-z])[0-9A-F]{8}(?![0-9A-F])/g, '');
  const made = templateText.parse(JSON.parse(text));
  expect(Object.keys(made.Resources)).toHaveLength(Object.keys(of.Resources).length);
  return made;
}

function leaves(value: unknown, path = ''): readonly (readonly [path: string, value: string])[] {
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, below]) => leaves(below, `${path}/${name}`));
}

test('no resource waits for one that waits for it: CloudFormation would refuse the whole', () => {
  const names = new Set(Object.keys(whole.Resources));
  const waitsFor = new Map(
    Object.entries(whole.Resources).map(([id, resource]) => {
      const named = JSON.stringify({ ...resource, Metadata: {} }).matchAll(
        /"(?:Ref|DependsOn)":"(\w+)"|"Fn::GetAtt":\["(\w+)"/g,
      );
      return [id, [...named].flatMap(([, ...found]) => found.filter((one) => one !== undefined && names.has(one)))];
    }),
  );
  for (const [id, { DependsOn }] of Object.entries(whole.Resources)) {
    if (Array.isArray(DependsOn)) waitsFor.get(id)?.push(...DependsOn.map(String));
  }
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`a circle: ${[...path.slice(path.indexOf(id)), id].join(' → ')}`);
    if (done.has(id)) return;
    for (const next of waitsFor.get(id) ?? []) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of names) visit(id, []);
  expect(done.size).toBe(names.size);
});

test('what bears a fixed name goes with a first deployment that failed, so that the next finds it free', () => {
  const named = /^(Name|LogGroupName|TableName|BucketName|QueueName|TopicName|AliasName)$/;
  const left = Object.entries(whole.Resources).filter(
    ([, { DeletionPolicy, Properties }]) =>
      DeletionPolicy === 'Retain' && Object.keys(Properties).some((name) => named.test(name)),
  );
  expect(left.map(([id]) => id)).toEqual([]);
});

describe('tables', () => {
  test('the histories have the keys and the indexes that the store asks for', () => {
    const { partition, sort, indexes } = historiesShape;
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: partition.name, KeyType: 'HASH' },
        { AttributeName: sort.name, KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      GlobalSecondaryIndexes: Object.values(indexes).map(({ name, attribute }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: attribute, KeyType: 'HASH' },
          { AttributeName: partition.name, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    });
  });

  test('what is scratch is deleted when it has expired', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: scratchShape.partition.name, KeyType: 'HASH' },
        { AttributeName: scratchShape.sort.name, KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: scratchShape.expiry, Enabled: true },
    });
  });
});

describe('buckets', () => {
  test('a link to a large answer is worth nothing after two minutes, whoever signed it and for how long', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:GetObject',
            Resource: { 'Fn::Join': ['', [Match.anyValue(), '/answers/*']] },
            Condition: { NumericGreaterThan: { 's3:signatureAge': 120_000 } },
          }),
        ]),
      },
    });
  });

  test('a payment file is locked for the years of the stage, and nobody unlocks it in production', () => {
    const locked = (Mode: string, Days: number) => ({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, Days } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    template.hasResourceProperties('AWS::S3::Bucket', locked('GOVERNANCE', 366));
    Template.fromStack(synthesized('province').stack).hasResourceProperties(
      'AWS::S3::Bucket',
      locked('COMPLIANCE', 3660),
    );
  });

  test('an upload that nobody read is gone after a day, and is posted from our own pages only', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({ AllowedMethods: ['POST'], AllowedOrigins: ['https://test.chi-tra.example.vn'] }),
        ],
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 1, Status: 'Enabled' })] },
    });
  });

  test('every bucket but that of the access logs has its reads logged', () => {
    const silent = ofType(whole, 'AWS::S3::Bucket').filter(
      ([, { Properties }]) => !('LoggingConfiguration' in Properties),
    );
    expect(silent.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['accesslogs']);
  });
});

describe('functions', () => {
  const functions = ofType(whole, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties);

  test('all run on Node 24 and arm64, are traced, and say how long and how large', () => {
    expect(functions).toHaveLength(21);
    for (const one of functions) {
      expect(one).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        MemorySize: expect.any(Number),
        Timeout: expect.any(Number),
      });
    }
  });

  test('none is larger than an account allows that is new', () => {
    expect(functions.filter(({ MemorySize }) => Number(MemorySize) > 3008)).toEqual([]);
  });

  test('a function knows the names of what it uses, and no secret', () => {
    const knows = (name: string) => {
      const one = functions.find(({ FunctionName }) => plain(FunctionName) === `chi-tra-test-${name}`);
      return Object.keys(Object(Object(one?.['Environment']).Variables)).toSorted();
    };
    expect(knows('tell-entries')).toEqual(['STAGE']);
    expect(knows('completion-report')).toEqual(['HISTORIES_TABLE', 'STAGE']);
    expect(knows('approval-await-decision')).toEqual([
      'HISTORIES_TABLE',
      'SCRATCH_TABLE',
      'STAGE',
      'STATE_MACHINE_ARN',
    ]);
    expect(knows('web')).toEqual([
      'FILES_BUCKET',
      'HISTORIES_TABLE',
      'JOB_FUNCTION',
      'MASTER_KEY_SECRET',
      'NOTICE_KEY_ID',
      'PAYMENTS_BUCKET',
      'PUBLIC_URL',
      'SCRATCH_TABLE',
      'SIGN_IN_CLIENT_ID',
      'SIGN_IN_DOMAIN',
      'SIGN_IN_ISSUER',
      'STAGE',
      'UPLOADS_BUCKET',
      'USER_POOL_ID',
      'VAULT_KEY_ID',
    ]);
  });

  test('what fails with nobody waiting lies in a queue', () => {
    const alone = ofType(whole, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    expect(alone.map(({ FunctionName }) => plain(FunctionName)).toSorted()).toEqual(
      ['follow-events', 'note-lost-mail', 'remind', 'run-job', 'send-webhooks', 'take-anchor'].map(
        (name) => `chi-tra-test-${name}`,
      ),
    );
    for (const one of alone) expect(one['DestinationConfig']).toHaveProperty('OnFailure');
  });
});

test('every step of the workflow is a function, and of no other name', () => {
  const steps = Object.keys(functionRows).filter((name) =>
    /^(entitlement|approval|disbursement|completion)-/.test(name),
  );
  expect(steps).toEqual(Object.keys(handlers).map(fileOf));
});

describe('ways in', () => {
  test('Cognito guards all below /api but its description, and nothing else', () => {
    const methods = ofType(whole, 'AWS::ApiGateway::Method').map(([id, { Properties }]) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      Properties['AuthorizationType'],
      Properties['AuthorizationScopes'],
    ]);
    expect(methods).toEqual([
      ['entranceANY', 'NONE', undefined],
      ['entranceproxyANY', 'NONE', undefined],
      ['entranceapiANY', 'NONE', undefined],
      ['entranceapiproxyANY', 'COGNITO_USER_POOLS', Object.keys(systemScopes).map((scope) => `${poolPrefix}${scope}`)],
      ['entranceapiopenapijsonGET', 'NONE', undefined],
    ]);
  });

  test('the line about a request has no address, no account, and no path with its numbers', () => {
    const [stage] = ofType(whole, 'AWS::ApiGateway::Stage');
    const text = JSON.stringify(stage?.[1].Properties['AccessLogSetting']);
    expect(text).toContain('$context.resourcePath');
    expect(text).not.toMatch(/\$context\.(identity|authorizer|path\b|extendedRequestId)/);
  });

  test('API Gateway traces nothing, and keeps no log of its own making', () => {
    const [stage] = ofType(whole, 'AWS::ApiGateway::Stage');
    expect(stage?.[1].Properties).toMatchObject({
      TracingEnabled: false,
      MethodSettings: [{ DataTraceEnabled: false, LoggingLevel: 'OFF' }],
    });
  });

  test('the log of the firewall has no link, no form and nothing that was searched', () => {
    const [acl] = ofType(whole, 'AWS::WAFv2::WebACL');
    const { DataProtectionConfig } = z
      .object({ DataProtectionConfig: z.object({ DataProtections: z.array(z.unknown()) }) })
      .parse(acl?.[1].Properties);
    expect(DataProtectionConfig.DataProtections).toEqual(
      ['BODY', 'QUERY_STRING', 'SINGLE_QUERY_ARGUMENT'].map((FieldType) => ({
        Action: 'SUBSTITUTION',
        Field: { FieldType },
      })),
    );
    template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: Match.arrayWith([
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'referer' } },
        { UriPath: {} },
        { QueryString: {} },
      ]),
    });
  });

  test('a scan or a sheet is not refused for its bytes, and any other body is', () => {
    const [acl] = ofType(whole, 'AWS::WAFv2::WebACL');
    const text = JSON.stringify(acl?.[1].Properties['Rules']);
    const blocking = text.indexOf('"Name":"attacks-in-forms"');
    for (const rule of ['CrossSiteScripting', 'GenericLFI', 'GenericRFI', 'SQLi', 'SQLiExtendedPatterns']) {
      expect(text).toContain(`{"ActionToUse":{"Count":{}},"Name":"${rule}_BODY"}`);
      expect(text.slice(blocking)).toContain(`:${rule}_Body","Scope":"LABEL"`);
    }
    expect(text.slice(blocking)).toMatch(/"NotStatement":.*"SearchString":"multipart\/form-data"/);
  });

  test('the firewall limits how often one address asks, and how often it tries to sign in', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'REGIONAL',
      Rules: Match.arrayWith([
        Match.objectLike({
          Statement: {
            RateBasedStatement: Match.objectLike({
              Limit: 300,
              EvaluationWindowSec: 300,
              ScopeDownStatement: {
                AndStatement: {
                  Statements: [
                    { ByteMatchStatement: Match.objectLike({ SearchString: 'POST', FieldToMatch: { Method: {} } }) },
                    {
                      OrStatement: {
                        Statements: ['/login', '/mfa', '/forgotpassword', '/confirmforgotpassword'].map(
                          (SearchString) => ({
                            ByteMatchStatement: Match.objectLike({
                              SearchString,
                              TextTransformations: [{ Type: 'NORMALIZE_PATH' }, { Type: 'LOWERCASE' }].map(
                                (one, Priority) => ({
                                  ...one,
                                  Priority,
                                }),
                              ),
                            }),
                          }),
                        ),
                      },
                    },
                  ],
                },
              },
            }),
          },
        }),
        Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: 2000 }) } }),
        Match.objectLike({
          Statement: { ManagedRuleGroupStatement: Match.objectLike({ Name: 'AWSManagedRulesCommonRuleSet' }) },
        }),
      ]),
    });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 2);
  });

  test('another system is not refused for not saying by which program it calls', () => {
    const [acl] = ofType(whole, 'AWS::WAFv2::WebACL');
    expect(JSON.stringify(acl?.[1].Properties['Rules'])).toContain(
      '{"ActionToUse":{"Count":{}},"Name":"NoUserAgent_HEADER"}',
    );
  });

  test('whoever asks too often is told so in Vietnamese, and when to come back', () => {
    const [acl] = ofType(whole, 'AWS::WAFv2::WebACL');
    const limited = z
      .object({
        CustomResponseBodies: z.record(z.string(), z.object({ Content: z.string(), ContentType: z.string() })),
        Rules: z.array(z.looseObject({ Statement: z.looseObject({}), Action: z.unknown().optional() })),
      })
      .parse(acl?.[1].Properties);
    const { Content, ContentType } = limited.CustomResponseBodies['too-often'] ?? { Content: '', ContentType: '' };
    expect(ContentType).toBe('TEXT_HTML');
    expect(Content).toMatch(/<html lang="vi"><meta charset="utf-8">.*Hãy đợi 5 phút.*<p lang="en">/);
    expect(Buffer.byteLength(Content)).toBeLessThanOrEqual(4096);
    const limits = limited.Rules.filter(({ Statement }) => 'RateBasedStatement' in Statement);
    expect(limits.map(({ Action }) => Action)).toEqual(
      Array.from({ length: 2 }, () => ({
        Block: {
          CustomResponse: {
            ResponseCode: 429,
            CustomResponseBodyKey: 'too-often',
            ResponseHeaders: [
              { Name: 'Retry-After', Value: '300' },
              { Name: 'Cache-Control', Value: 'no-store' },
            ],
          },
        },
      })),
    );
  });

  test('every role of the pages is a group, and no other', () => {
    expect([...groups]).toEqual([...roles]);
    template.resourceCountIs('AWS::Cognito::UserPoolGroup', roles.length);
  });

  test('the scopes of tokens are those of the API', () => {
    expect(Object.keys(systemScopes)).toEqual([...apiScopes]);
  });

  test('invitations and codes are in Vietnamese, and real people get them from the sender that the owner verified', () => {
    const pool = (stage: string) => ofType(synthesized(stage).template, 'AWS::Cognito::UserPool')[0]?.[1].Properties;
    for (const stage of ['test', 'province', 'ministry']) {
      const { VerificationMessageTemplate, AdminCreateUserConfig, EmailConfiguration } = Object(pool(stage));
      expect(VerificationMessageTemplate).toMatchObject({ EmailMessage: expect.stringContaining('{####}') });
      expect(VerificationMessageTemplate).toMatchObject({ EmailSubject: 'Chi trả: mã đặt lại mật khẩu' });
      expect(AdminCreateUserConfig.InviteMessageTemplate.EmailSubject).toMatch(/^Chi trả: /);
      if (stage === 'test') expect(EmailConfiguration).toBeUndefined();
      else {
        const { from } = decided(stage).mail;
        expect(EmailConfiguration).toMatchObject({
          EmailSendingAccount: 'DEVELOPER',
          ConfigurationSet: `chi-tra-${stage}`,
        });
        expect(EmailConfiguration.From).toBe(from);
        expect(plain(EmailConfiguration.SourceArn)).toMatch(new RegExp(`:identity/${from.replace(/^.*@/, '')}$`));
      }
    }
  });

  test('stolen passwords are watched for where the owner pays for it', () => {
    const plan = (stage: string) => ofType(synthesized(stage).template, 'AWS::Cognito::UserPool')[0]?.[1].Properties;
    expect(plan('province')).toMatchObject({
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
    expect(plan('test')).toMatchObject({ UserPoolTier: 'ESSENTIALS' });
  });
});

describe('what the gateway answers by itself', () => {
  const said = ofType(whole, 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) =>
    z.object({ ResponseType: z.string(), ResponseTemplates: z.record(z.string(), z.string()) }).parse(Properties),
  );

  test.each(refusals.map(({ type, says, title }) => [type.responseType, says, title] as const))(
    '%s is said in Vietnamese and English, to a browser and to another system',
    (type, says, title) => {
      const templates = said.find(({ ResponseType }) => ResponseType === type)?.ResponseTemplates ?? {};
      const problem: unknown = JSON.parse(templates['application/json'] ?? '');
      expect(problem).toMatchObject({ title, detail: says.vi, detail_en: says.en });
      expect(templates['text/html']).toContain(`<p>${says.vi}</p>`);
      // The gateway would put in what stands behind a dollar sign, and names of what was sent.
      expect(`${templates['application/json']}${templates['text/html']}`).not.toContain('$');
    },
  );

  test('both defaults are among them, so that nothing is left in the gateway’s own words', () => {
    expect(said.map(({ ResponseType }) => ResponseType)).toEqual(
      expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX']),
    );
  });
});

describe('events', () => {
  test('the Pipe tells the bus of heads alone, through the function that strips them', () => {
    template.hasResourceProperties('AWS::Pipes::Pipe', {
      SourceParameters: {
        FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"last":{"N":[{"exists":true}]}}}}' }] },
        DynamoDBStreamParameters: Match.objectLike({
          // The bus takes no more at once: a pipe of larger batches is refused.
          BatchSize: 10,
          DeadLetterConfig: Match.anyValue(),
          OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
        }),
      },
      TargetParameters: { EventBridgeEventBusParameters: { Source: busSource, DetailType: entriesDetailType } },
      LogConfiguration: Match.objectLike({ IncludeExecutionData: Match.absent() }),
    });
  });

  test('each subscriber is tried again, and what it never takes lies in its own queue', () => {
    const rules = ofType(whole, 'AWS::Events::Rule')
      .filter(([, { Properties }]) => 'EventBusName' in Properties)
      .map(([, { Properties }]) => JSON.stringify(Properties['Targets']));
    expect(rules).toHaveLength(2);
    expect(
      new Set(rules.map((text) => /"DeadLetterConfig":\{"Arn":\{"Fn::GetAtt":\["(\w+)"/.exec(text)?.[1])).size,
    ).toBe(2);
  });

  test('of a mail that came back goes on which it was and why, no address, and that is enough to mark it', () => {
    const targets = ofType(whole, 'AWS::Events::Rule')
      .filter(([, { Properties }]) => !('EventBusName' in Properties))
      .map(([, { Properties }]) => lostMailTargets.parse(Properties['Targets'])[0].InputTransformer);
    const said = { messageId: '0100018f', bounceType: 'Permanent', bounceSubType: 'NoEmail', reason: 'Bad content' };
    const told = targets.map(({ InputPathsMap, InputTemplate }) => {
      const words = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, path.split('.').at(-1) ?? '']));
      const word = (name: string) => Object.entries(said).find(([field]) => field === words.get(name))?.[1];
      return lostMailIn(JSON.parse(InputTemplate.replaceAll(/<([^>]+)>/g, (_, name) => JSON.stringify(word(name)))));
    });
    expect(told).toEqual([
      { messageId: '0100018f', reason: 'Permanent NoEmail' },
      { messageId: '0100018f', reason: 'Reject Bad content' },
    ]);
    expect(targets.flatMap(({ InputPathsMap }) => Object.values(InputPathsMap)).toSorted()).toEqual([
      '$.detail.bounce.bounceSubType',
      '$.detail.bounce.bounceType',
      '$.detail.mail.messageId',
      '$.detail.mail.messageId',
      '$.detail.reject.reason',
    ]);
  });

  test('reminders and anchors go by the clock of the province', () => {
    const schedules = ofType(whole, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(schedules.map(({ Name, ScheduleExpressionTimezone }) => [Name, ScheduleExpressionTimezone])).toEqual([
      ['remind', 'Asia/Ho_Chi_Minh'],
      ['take-anchor', 'Asia/Ho_Chi_Minh'],
    ]);
  });
});
