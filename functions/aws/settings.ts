/** The one place of the cloud home that reads the environment: names of what the stack made, never a secret. */
import * as z from 'zod';

const settings = z.object({
  STAGE: z.string().exactOptional(),
  HISTORIES_TABLE: z.string().exactOptional(),
  SCRATCH_TABLE: z.string().exactOptional(),
  FILES_BUCKET: z.string().exactOptional(),
  PAYMENTS_BUCKET: z.string().exactOptional(),
  LISTS_BUCKET: z.string().exactOptional(),
  UPLOADS_BUCKET: z.string().exactOptional(),
  MASTER_KEY_SECRET: z.string().exactOptional(),
  VAULT_KEY_ID: z.string().exactOptional(),
  NOTICE_KEY_ID: z.string().exactOptional(),
  STATE_MACHINE_ARN: z.string().exactOptional(),
  BUS_NAME: z.string().exactOptional(),
  JOB_FUNCTION: z.string().exactOptional(),
  MAIL_FROM: z.string().exactOptional(),
  PUBLIC_URL: z.string().exactOptional(),
  SIGN_IN_ISSUER: z.string().exactOptional(),
  SIGN_IN_CLIENT_ID: z.string().exactOptional(),
  SIGN_IN_CLIENT_SECRET: z.string().exactOptional(),
});
export type AwsSettings = z.infer<typeof settings>;

/** All are optional here: a function has only those it uses, and whoever uses one asks for it. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): AwsSettings {
  return settings.parse(environment);
}
