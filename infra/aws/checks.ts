/** What cdk-nag finds and we leave as it is, each with its reason. Whatever else it finds stops a synthesis. */
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

interface Acknowledgement {
  readonly finding: RegExp;
  /** Path of the resource below its stack. */
  readonly at: RegExp;
  readonly reason: string;
}

const functionRole = / role\/Resource$/;

export const acknowledgements: readonly Acknowledgement[] = [
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: functionRole,
    reason: 'X-Ray knows no resources: the two actions that send traces are allowed on *, and nothing else is.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<(files|payments|lists|uploads)\w+\.Arn>\/\*\]$/,
    at: functionRole,
    reason: 'Objects are named by hash or batch: a function that reads or puts files does so with any of one bucket.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:states:.*:execution:chi-tra-[a-z]+:\*\]$/,
    at: /^(follow-events|remind) role\/Resource$/,
    reason: 'A workflow that failed goes on from where it stopped; executions are named by batch.',
  },
  {
    finding: /^Serverless-LambdaStarPermissions$/,
    at: functionRole,
    reason: 'Traces and the objects of one bucket, as said of AwsSolutions-IAM5; no action is a wildcard.',
  },
  {
    finding: /^Serverless-LambdaDLQ$/,
    at: /^[a-z-]+\/Resource$/,
    reason:
      'Somebody waits for the answer and tries again (workflow, API, Pipe); those invoked alone have a destination for failures, which tells more than a dead-letter queue.',
  },
  {
    finding: /^(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$/,
    at: / failed\/Resource$/,
    reason: 'These are the dead-letter queues themselves; an alarm and RUNBOOK.md empty them.',
  },
  {
    finding: /^Serverless-EventBusDLQ$/,
    at: /^rule note-lost-mail (Bounce|Reject)\/Resource$/,
    reason:
      "SES's event has the receiver's address, which shall lie in no queue; Lambda is asked for a day, and a mark that is lost all the same costs a look at the page of mails.",
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    at: /^(data key|pages client secret)$/,
    reason:
      'The data key is rotated by hand with what it sealed, and a client secret together with its client: RUNBOOK.md says how.',
  },
  {
    finding: /^AwsSolutions-COG8$/,
    at: /^people\/Resource$/,
    reason:
      'Only on stages whose owner does not pay for the plus plan: a second factor is required of everybody all the same.',
  },
  {
    finding: /^AwsSolutions-APIG2$/,
    at: /^entrance\/Resource$/,
    reason:
      'The pages check each form themselves and answer in Vietnamese; a fault of API Gateway would answer in English.',
  },
  {
    finding: /^AwsSolutions-APIG6$/,
    at: /^entrance\/DeploymentStage\.live\/Resource$/,
    reason:
      'API Gateway would make that log itself, without our key and for ever. The access log says how each request went, and which fault it was.',
  },
  {
    finding: /^Serverless-APIGWXrayEnabled$/,
    at: /^entrance\/DeploymentStage\.live\/Resource$/,
    reason:
      'Its traces hold whole addresses, with the tokens of links and what was searched; the functions trace themselves.',
  },
  {
    finding: /^AwsSolutions-(APIG4|COG4)$/,
    at: /^entrance\/Default\/((\{proxy\+\}\/)?ANY|api\/openapi\.json\/GET)\/Resource$/,
    reason:
      'The pages know by their own encrypted cookie who asks; Cognito guards /api, but for its description, which says the same to everybody.',
  },
  {
    finding: /^AwsSolutions-IAM4\[.*AmazonAPIGatewayPushToCloudWatchLogs\]$/,
    at: /^entrance log role\/Resource$/,
    reason: 'API Gateway takes no other policy for its one log role of an account.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /^batch\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Traces, and the delivery of logs that Step Functions sets up for itself: neither knows resources.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<(entitlement|approval|disbursement|completion)\w+\.Arn>:\*\]$/,
    at: /^batch\/Role\/DefaultPolicy\/Resource$/,
    reason: 'CDK allows a step in all its versions; no function has other versions than the newest.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:s3:::<lists\w+>\/\*\]$/,
    at: /^batch\/Role\/DefaultPolicy\/Resource$/,
    reason: 'The list of parts lies under its batch, whose number is known when the workflow runs.',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:states:.*:execution:.*\*\]$/,
    at: /^batch\/DistributedMapPolicy\/Resource$/,
    reason: 'The workflow begins and redrives the children of its own Maps, whose names Step Functions makes.',
  },
];

/** Acknowledges what is listed, resource by resource and finding by finding; everything else fails the synthesis. */
export function checked(app: App): void {
  for (const pack of packs(app)) {
    for (const { finding, resource } of findings(pack, app)) {
      const known = acknowledgements.find((one) => one.finding.test(finding) && one.at.test(below(resource)));
      if (known !== undefined) Validations.of(resource).acknowledge({ id: finding, reason: known.reason });
    }
  }
  Validations.of(app).addPlugins(...packs(app));
}

const packs = (app: App) => [new AwsSolutionsChecks(app), new ServerlessChecks(app)];

/** All that the packs find, less what is acknowledged by now. */
export function allFindings(app: App): readonly { readonly finding: string; readonly at: string }[] {
  return packs(app).flatMap((pack) =>
    findings(pack, app).map(({ finding, resource }) => ({ finding, at: below(resource) })),
  );
}

function findings(pack: NagPack, app: App): readonly { readonly finding: string; readonly resource: IConstruct }[] {
  const byPath = new Map(app.node.findAll().map((one) => [one.node.path, one]));
  return pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.flatMap(({ constructPath = '' }) => {
      const resource = byPath.get(constructPath);
      return resource === undefined ? [] : [{ finding: ruleName, resource }];
    }),
  );
}

const below = ({ node: { path } }: IConstruct): string => path.slice(path.indexOf('/') + 1);
