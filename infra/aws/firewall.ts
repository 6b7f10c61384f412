/** The firewall before the API: AWS's own lists of what attacks look like, and limits of how often one address may ask. */
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Logs } from './logs.ts';
import type { Stage } from './stages.ts';

/** Tries at signing in and at tokens, of one address in five minutes. */
const signInsFromOneAddress = 100;

/** Where people and systems sign in: the pages' own way, and Cognito's. */
const signInPaths = ['/dang-nhap', '/login', '/oauth2/'];

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
    rules: [
      limit(0, 'sign-ins', signInsFromOneAddress, { orStatement: { statements: signInPaths.map(startsWith) } }),
      limit(1, 'requests', stage.requestsFromOneAddress),
      managed(2, 'AWSManagedRulesAmazonIpReputationList'),
      managed(3, 'AWSManagedRulesKnownBadInputsRuleSet'),
      // Lists and forms are larger than the 8 kB that the first of its rules allows a body.
      managed(4, 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
      managed(5, 'AWSManagedRulesSQLiRuleSet'),
    ],
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

/** Only what was refused, with its address, for who must be able to say why; no cookie, no token, no query. */
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
    action: { block: { customResponse: { responseCode: 429 } } },
    visibilityConfig: seen(name),
    statement: {
      rateBasedStatement: {
        limit: most,
        evaluationWindowSec: 300,
        aggregateKeyType: 'IP',
        ...(scopeDownStatement === undefined ? {} : { scopeDownStatement }),
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
      textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
    },
  };
}

function managed(priority: number, name: string, counted: readonly string[] = []): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: seen(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  };
}
