import { dynamoClient } from '../dynamo-client.ts';
import { dynamoScratch } from '../dynamo-scratch.ts';
import { lostMailIn, noteLostMail } from '../ses-events.ts';
import { readSettings, setting } from '../settings.ts';

/** A target of the account's own bus: of all that the home keeps, it may touch the scratch table alone. */
export async function handler(event: unknown): Promise<void> {
  const lost = lostMailIn(event);
  if (lost === undefined) return;
  const settings = readSettings(process.env);
  const client = dynamoClient({ region: setting(settings, 'AWS_REGION') });
  await noteLostMail(
    lost,
    new Date().toISOString(),
    dynamoScratch({ client, name: setting(settings, 'SCRATCH_TABLE') }),
  );
}
