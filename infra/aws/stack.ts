/** The cloud home, put together: one stack a stage. Each part is a file of its name beside this one. */
import { ArnFormat, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { alarms } from './alarms.ts';
import { restApi } from './api.ts';
import { batchWorkflow } from './batch-workflow.ts';
import { dashboard } from './dashboard.ts';
import { events } from './events.ts';
import { firewall } from './firewall.ts';
import { fileOf, functionRows, type OtherName } from './functions.ts';
import { allow, type Givable, givenTo, keyOf } from './grants.ts';
import { handler } from './handler.ts';
import { identity } from './identity.ts';
import { keys } from './keys.ts';
import { logs } from './logs.ts';
import { queues } from './queues.ts';
import { anyBucket, records } from './records.ts';
import { schedules } from './schedules.ts';
import type { Stage } from './stages.ts';

/** Takes where the code of a function is; the tests give a stand-in, since no code is in a template. */
export function chiTraStack(scope: Construct, stageName: string, stage: Stage, code: (name: string) => Code): Stack {
  const name = `chi-tra-${stageName}`;
  const { account, region } = stage;
  const stack = new Stack(scope, name, {
    env: { region: region.is, ...(account === undefined ? {} : { account }) },
    description: 'Pays retiring and resigning State staff what they are owed',
    terminationProtection: true,
    tags: { system: 'chi-tra', stage: stageName },
  });
  const made = keys(stack, stageName);
  const logOf = logs(stack, made, stage);
  const queueOf = queues(stack, made);
  const kept = records(stack, made, stage);
  const people = identity(stack, name, stage);
  const to = givable(stack, stage, { keys: made, records: kept, identity: people });
  const alone = queueOf('functions');
  const functions = Object.fromEntries(
    Object.entries(functionRows).map(([file, row]) => [
      file,
      handler(stack, file, {
        functionName: `${name}-${file}`,
        row,
        code: code(file),
        given: givenTo(row.uses, to),
        logGroup: logOf(`/aws/lambda/${name}-${file}`),
        stage: stageName,
        keys: made,
        ...(row.isAlone ? { failed: alone } : {}),
      }),
    ]),
  );
  const one = (file: OtherName): IFunction => found(functions, file);

  const workflow = batchWorkflow(stack, (step) => found(functions, fileOf(step)), {
    name,
    bucket: anyBucket(kept.lists),
    logGroup: logOf(`/aws/vendedlogs/states/${name}`),
    // By its address: to a key that it knows CDK adds a statement for a service of any account.
    key: Key.fromKeyArn(stack, 'running key of the workflow', made.running.keyArn),
  });
  // CDK lets it read the list, and forgets the key that the list lies under: github.com/aws/aws-cdk/issues/32144.
  workflow.addToRolePolicy(keyOf(made, 'read', 's3', stack));
  // A Map's children run under the machine's address and the Map's label. AWS does not say whether their histories are sealed in
  // that name; CDK lets the role use the key in the machine's own name alone.
  const children = {
    service: 'states',
    resource: 'stateMachine',
    resourceName: `${name}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  };
  workflow.addToRolePolicy(
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [made.running.keyArn], {
      ArnLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': stack.formatArn(children) },
    }),
  );
  const told = events(stack, name, {
    records: kept,
    keys: made,
    queues: queueOf,
    logs: logOf,
    tellEntries: one('tell-entries'),
    subscribers: { 'follow-events': one('follow-events'), 'send-webhooks': one('send-webhooks') },
    lostMails: { note: one('note-lost-mail'), configurationSet: to.mailEvents },
    province: stage.province,
  });
  const late = schedules(stack, name, {
    remind: one('remind'),
    takeAnchor: one('take-anchor'),
    keys: made,
    queues: queueOf,
    province: stage.province,
  });
  const api = restApi(stack, name, { web: one('web'), api: one('api'), identity: people, logs: logOf, stage });
  firewall(stack, name, { api, people: people.pool }, logOf, stage);
  const failed = { ...told.failed, schedules: late, functions: alone };
  const rung = alarms(stack, name, {
    keys: made,
    stage,
    api,
    workflow,
    functions,
    failed,
    untold: queueOf('alarms'),
    tables: [kept.histories, kept.scratch],
    ...(told.pipeName === undefined ? {} : { pipeName: told.pipeName }),
    firewallName: name,
  });
  dashboard(stack, name, { alarms: rung, api, workflow, functions, failed, histories: kept.histories });
  outputs(stack, { to, domainTarget: api.domainName?.domainNameAliasDomainName ?? '' });
  return stack;
}

function givable(stack: Stack, stage: Stage, parts: Pick<Givable, 'keys' | 'records' | 'identity'>): Givable {
  const masterKey = new CfnSecret(stack, 'data key', {
    name: `${stack.stackName}/data-key`,
    description: 'The data key of the vault, sealed by its KMS key; made once, as RUNBOOK.md says',
    kmsKeyId: parts.keys.records.keyArn,
  });
  masterKey.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  const mails = new ConfigurationSet(stack, 'mails', {
    configurationSetName: stack.stackName,
    tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    reputationMetrics: true,
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
  // It sends by this set too.
  parts.identity.pool.node.addDependency(mails);
  const ownBus = EventBus.fromEventBusName(stack, 'own bus', 'default');
  mails.addEventDestination('lost mails', {
    destination: EventDestination.eventBus(ownBus),
    events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.REJECT],
  });
  // By name and not by reference: steps wake the workflow that calls them, and run-job is begun by others.
  const arnOf = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const jobFunctionName = `${stack.stackName}-run-job`;
  return {
    stack,
    stage,
    ...parts,
    masterKey,
    mailEvents: mails.configurationSetName,
    stateMachineArn: arnOf('states', 'stateMachine', stack.stackName),
    jobFunctionArn: arnOf('lambda', 'function', jobFunctionName),
    jobFunctionName,
  };
}

function found<T>(all: Readonly<Record<string, T>>, name: string): T {
  const one = all[name];
  if (one === undefined) throw new Error(`there is no function ${name}`);
  return one;
}

/** What a deployment needs afterwards: see RUNBOOK.md, first deployment. */
function outputs(stack: Stack, { to, domainTarget }: { readonly to: Givable; readonly domainTarget: string }): void {
  const { records: kept, identity: people, keys: made, masterKey } = to;
  const values = {
    HistoriesTable: kept.histories.tableName,
    ScratchTable: kept.scratch.tableName,
    FilesBucket: kept.files.bucketName,
    PaymentsBucket: kept.payments.bucketName,
    VaultKey: made.vault.keyId,
    DataKeySecret: masterKey.ref,
    UserPool: people.pool.userPoolId,
    PagesClient: people.pages.userPoolClientId,
    DomainTarget: domainTarget,
  };
  for (const [id, value] of Object.entries(values)) new CfnOutput(stack, id, { value });
}
