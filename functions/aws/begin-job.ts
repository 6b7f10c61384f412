/** Has a job run by the function of jobs, which nobody waits for. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { service } from './faults.ts';
import type { AwsHome } from './home.ts';
import { clientSettings } from './service-clients.ts';
import { setting } from './settings.ts';

export type BeginJob = (jobId: string) => Promise<void>;

/** Asynchronously: the service takes the event, tries it again when it fails, and queues what fails for good. */
export function jobFunction({ settings, place }: AwsHome): BeginJob {
  const ask = service('the jobs');
  let client: LambdaClient | undefined;
  return async (jobId) => {
    client ??= new LambdaClient(clientSettings(place));
    const FunctionName = setting(settings, 'JOB_FUNCTION');
    const command = new InvokeCommand({
      FunctionName,
      InvocationType: 'Event',
      Payload: new TextEncoder().encode(JSON.stringify({ jobId })),
    });
    const sending = client;
    await ask(async () => sending.send(command));
  };
}
