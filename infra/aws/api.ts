/**
 * The one way in: a regional REST API, since a firewall cannot stand before an HTTP API. Everything goes to the pages, which know by
 * their own encrypted cookie who asks; `/api` goes to other systems' function, behind the authorizer of Cognito.
 */
import {
  AccessLogField,
  AccessLogFormat,
  CfnAccount,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { sayRefusals } from './gateway-words.ts';
import type { Identity } from './identity.ts';
import type { Logs } from './logs.ts';
import type { Stage } from './stages.ts';

export interface Behind {
  readonly web: IFunction;
  readonly api: IFunction;
  readonly identity: Identity;
  readonly logs: Logs;
  readonly stage: Stage;
}

const requestsASecond = 200;
const requestsAtOnce = 400;

export function restApi(scope: Construct, name: string, behind: Behind): RestApi {
  const { web, api: other, identity, logs, stage } = behind;
  const account = logAccount(scope);
  const api = new RestApi(scope, 'entrance', {
    restApiName: name,
    endpointTypes: [EndpointType.REGIONAL],
    // The firewall and the certificate are on the domain's way in; the address that AWS gives is shut.
    disableExecuteApiEndpoint: true,
    cloudWatchRole: false,
    binaryMediaTypes: ['*/*'],
    domainName: {
      domainName: stage.domain,
      certificate: Certificate.fromCertificateArn(scope, 'certificate', stage.certificate),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    },
    deployOptions: {
      stageName: 'live',
      // A trace would hold the whole address, a link's token and what was searched included, and who asked from where.
      tracingEnabled: false,
      // Its log would be one that API Gateway makes for itself, without our key and for ever; the line about a request says how it went.
      loggingLevel: MethodLoggingLevel.OFF,
      dataTraceEnabled: false,
      metricsEnabled: true,
      throttlingRateLimit: requestsASecond,
      throttlingBurstLimit: requestsAtOnce,
      accessLogDestination: new LogGroupLogDestination(logs(`/aws/apigateway/${name}/access`)),
      accessLogFormat: accessLine,
    },
  });
  api.deploymentStage.node.addDependency(account);
  serve(api, { web, other, identity });
  sayRefusals(api);
  return api;
}

/** No address, no account, no path with its numbers: the pattern of the path, and how it went. */
const accessLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    at: AccessLogField.contextRequestTime(),
    method: AccessLogField.contextHttpMethod(),
    resource: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    fromFunction: AccessLogField.contextIntegrationStatus(),
    fault: AccessLogField.contextErrorResponseType(),
    milliseconds: AccessLogField.contextResponseLatency(),
    bytes: AccessLogField.contextResponseLength(),
  }),
);

function serve(
  api: RestApi,
  { web, other, identity }: { readonly web: IFunction; readonly other: IFunction; readonly identity: Identity },
): void {
  // A permission for the pages as a whole: one for every method would outgrow what a function's policy may hold.
  const pages = new LambdaIntegration(web, { allowTestInvoke: false });
  api.root.addMethod('ANY', pages);
  api.root.addResource('{proxy+}').addMethod('ANY', pages);
  const systems = new LambdaIntegration(other, { allowTestInvoke: false });
  const authorizer = new CognitoUserPoolsAuthorizer(api, 'systems', { cognitoUserPools: [identity.pool] });
  const below = api.root.addResource('api');
  // Without a path it answers as to any other that there is not; API Gateway would answer in English.
  below.addMethod('ANY', systems);
  below.addResource('{proxy+}').addMethod('ANY', systems, { authorizer, authorizationScopes: [...identity.scopes] });
  // The description of the API, the same for everybody.
  below.addResource('openapi.json').addMethod('GET', systems);
}

/** API Gateway writes logs by one role an account and region; the last stack that sets it wins, all set the same. */
function logAccount(scope: Construct): CfnAccount {
  const role = new Role(scope, 'entrance log role', {
    // It does not say for whom it asks: a condition would refuse it.
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  return new CfnAccount(scope, 'entrance log account', { cloudWatchRoleArn: role.roleArn });
}
