/** The firewall before the API: AWS's own lists of what attacks look like, and limits of how often one address may ask. */
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { tooOftenPage } from './gateway-words.ts';
import type { Logs } from './logs.ts';
import type { Stage } from './stages.ts';

/**
 * Where a password or a code is tried or sent for, on Cognito's own pages, in small letters. What is only opened on the way does not
 * count, nor do tokens: the pages fetch everybody's from a few addresses of their own.
 */
const signInPaths = ['/login', '/mfa', '/forgotpassword', '/confirmforgotpassword'];

/**
 * Rules that find attacks by chance in the bytes of a scan or a sheet: they count, and a rule of ours refuses what they found
 * in any other body. Lists and forms are also larger than the 8 kB that the first allows.
 */
const inBodies = {
  'awswaf:managed:aws:core-rule-set:': ['CrossSiteScripting', 'GenericLFI', 'GenericRFI'],
  'awswaf:managed:aws:sql-database:': ['SQLi', 'SQLiExtendedPatterns'],
} as const;
const counted = Object.values(inBodies).map((names) => names.map((name) => `${name}_BODY`));

const windowSeconds = 300;
const tooOften = 'too-often';

export interface Guarded {
  readonly api: RestApi;
  readonly people: UserPool;
}

export function firewall(scope: Construct, name: string, { api, people }: Guarded, logs: Logs, stage: Stage): void {
  const acl = new CfnWebACL(scope, 'firewall', {
    name,
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: seen(name),
    customResponseBodies: { [tooOften]: { contentType: 'TEXT_HTML', content: tooOftenPage } },
    rules: [
      limit(0, 'sign-ins', stage.signInsFromOneAddress, {
        andStatement: { statements: [isPost, { orStatement: { statements: signInPaths.map(startsWith) } }] },
      }),
      limit(1, 'requests', stage.requestsFromOneAddress),
      managed(2, 'AWSManagedRulesAmazonIpReputationList'),
      managed(3, 'AWSManagedRulesKnownBadInputsRuleSet'),
      // Another system need not say by which program it calls: it has a token.
      managed(4, 'AWSManagedRulesCommonRuleSet', [
        'NoUserAgent_HEADER',
        'SizeRestrictions_BODY',
        ...(counted[0] ?? []),
      ]),
      managed(5, 'AWSManagedRulesSQLiRuleSet', counted[1]),
      attacksInForms(6),
    ],
    // In the log, and in what a rule says it found: a form's text, a link's token, what was searched.
    dataProtectionConfig: {
      dataProtections: ['BODY', 'QUERY_STRING', 'SINGLE_QUERY_ARGUMENT'].map((fieldType) => ({
        action: 'SUBSTITUTION',
        field: { fieldType },
      })),
    },
  });
  const { region, partition } = Stack.of(scope);
  const association = new CfnWebACLAssociation(scope, 'firewall before entrance', {
    webAclArn: acl.attrArn,
    resourceArn: `arn:${partition}:apigateway:${region}::/restapis/${api.restApiId}/stages/live`,
  });
  association.node.addDependency(api.deploymentStage);
  new CfnWebACLAssociation(scope, 'firewall before sign-in', {
    webAclArn: acl.attrArn,
    resourceArn: people.userPoolArn,
  });
  logRefused(scope, name, acl, logs);
}

/** Only what was refused, with its address, for who must be able to say why; no cookie, no token, no page, no query. */
function logRefused(scope: Construct, name: string, acl: CfnWebACL, logs: Logs): void {
  const group = logs(`aws-waf-logs-${name}`);
  new CfnLoggingConfiguration(scope, 'firewall log', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [
      Stack.of(scope).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: group.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
    redactedFields: [
      { singleHeader: { Name: 'cookie' } },
      { singleHeader: { Name: 'authorization' } },
      // A link in a mail is its token.
      { singleHeader: { Name: 'referer' } },
      { uriPath: {} },
      { queryString: {} },
    ],
    loggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
    },
  });
}

function seen(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}

function limit(
  priority: number,
  name: string,
  most: number,
  scopeDownStatement?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: tooOften,
          responseHeaders: [
            { name: 'Retry-After', value: `${windowSeconds}` },
            { name: 'Cache-Control', value: 'no-store' },
          ],
        },
      },
    },
    visibilityConfig: seen(name),
    statement: {
      rateBasedStatement: {
        limit: most,
        evaluationWindowSec: windowSeconds,
        aggregateKeyType: 'IP',
        ...(scopeDownStatement === undefined ? {} : { scopeDownStatement }),
      },
    },
  };
}

const isPost: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    searchString: 'POST',
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

const takesFiles: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    searchString: 'multipart/form-data',
    fieldToMatch: { singleHeader: { Name: 'content-type' } },
    positionalConstraint: 'STARTS_WITH',
    textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
  },
};

/** What was counted in a body is refused, unless files came in it. */
function attacksInForms(priority: number): CfnWebACL.RuleProperty {
  const name = 'attacks-in-forms';
  const found = Object.entries(inBodies).flatMap(([group, names]) =>
    names.map((one) => ({ labelMatchStatement: { scope: 'LABEL', key: `${group}${one}_Body` } })),
  );
  return {
    name,
    priority,
    action: { block: {} },
    visibilityConfig: seen(name),
    statement: {
      andStatement: {
        statements: [{ orStatement: { statements: found } }, { notStatement: { statement: takesFiles } }],
      },
    },
  };
}

function startsWith(searchString: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      searchString,
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      textTransformations: [
        { priority: 0, type: 'NORMALIZE_PATH' },
        { priority: 1, type: 'LOWERCASE' },
      ],
    },
  };
}

function managed(priority: number, name: string, onlyCounted: readonly string[] = []): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: seen(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  };
}
