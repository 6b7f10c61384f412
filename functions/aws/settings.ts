/** What a function of the cloud home is told by its environment. Each is given only what it uses. */
import * as z from 'zod';

const environment = z.object({
  AWS_REGION: z.string(),
  /** Of a server that stands in for AWS. */
  AWS_ENDPOINT_URL: z.url(),
  STAGE: z.string(),
  HISTORIES_TABLE: z.string(),
  SCRATCH_TABLE: z.string(),
  FILES_BUCKET: z.string(),
  PAYMENTS_BUCKET: z.string(),
  LISTS_BUCKET: z.string(),
  UPLOADS_BUCKET: z.string(),
  MASTER_KEY_SECRET: z.string(),
  VAULT_KEY_ID: z.string(),
  NOTICE_KEY_ID: z.string(),
  STATE_MACHINE_ARN: z.string(),
  BUS_NAME: z.string(),
  JOB_FUNCTION: z.string(),
  MAIL_FROM: z.string(),
  /** Of SES, which tells of bounces. */
  MAIL_EVENTS: z.string(),
  MAIL_DIGEST_MINUTES: z.coerce.number().int().min(0).max(1440),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  USER_POOL_ID: z.string(),
  SIGN_IN_ISSUER: z.url(),
  SIGN_IN_DOMAIN: z.url(),
  SIGN_IN_CLIENT_ID: z.string(),
  SIGN_IN_CLIENT_SECRET: z.string(),
});
const given = environment.partial();

export type AwsSettings = z.infer<typeof given>;

/** Throws, naming what is wrong, for a value that is none; what is not given is missed only by who asks for it. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): AwsSettings {
  const named = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = given.safeParse(named);
  if (!read.success) throw new Error(`the environment of this function is wrong: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** Throws when this function was not given it. */
export function setting<Name extends keyof AwsSettings>(
  settings: AwsSettings,
  name: Name,
): NonNullable<AwsSettings[Name]> {
  return settings[name] ?? missing(name);
}

function missing(name: string): never {
  throw new Error(`this function was not given ${name}`);
}
