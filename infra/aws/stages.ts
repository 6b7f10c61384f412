/**
 * What differs between the stages, in one place. Where the data lie and who carries the mails is for the owner of the data to
 * decide, not for whoever deploys: each such choice has who decided and when, and without that nothing is synthesized
 * but the trial stage, which holds made-up people.
 */
import * as z from 'zod';

const decision = z.object({
  by: z.string().min(5),
  on: z.iso.date(),
  /** Number of the paper that says so. */
  document: z.string().min(3),
});
/** Near ones in which all that the stack is made of exists: ap-southeast-5 has no Pipes, ap-southeast-7 no sets of SES either. */
export const regions = ['ap-southeast-1', 'ap-northeast-1'] as const;

/** What another system may be allowed, as the API names it. */
export const systemScopes = {
  'facts:assess': 'Have facts of a person assessed',
  'lists:submit': 'Submit lists of people',
  'cases:read': 'Read cases',
  'batches:read': 'Read batches and payments',
  'results:write': 'Send what the Treasury and banks answered',
  'persons:read': 'Names and citizen ids beside cases and payments',
} as const;
const systemScope = z.enum([
  'facts:assess',
  'lists:submit',
  'cases:read',
  'batches:read',
  'results:write',
  'persons:read',
]) satisfies z.ZodType<keyof typeof systemScopes>;

const tableName = z.string().regex(/^[\w.-]{3,255}$/);

const stage = z.object({
  region: z.object({ is: z.enum(regions), decided: decision.exactOptional() }),
  /** SES sends in the stage's region; its sender must be verified there. Mails to one person are gathered so long. */
  mail: z.object({
    provider: z.literal('ses'),
    from: z.email(),
    digestMinutes: z.int().min(0).max(1440),
    decided: decision.exactOptional(),
  }),
  /** Absent, the stack takes the account of whoever deploys. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .exactOptional(),
  /** Host of the pages, and the certificate for it in the stage's region. */
  domain: z.hostname(),
  certificate: z.string().regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/),
  /** Who is written to when an alarm rings: a group's box, not a person's. */
  alarmsTo: z.email(),
  /** `plus` is paid a person a month and watches for stolen passwords; `essentials` does not. */
  signIn: z.enum(['essentials', 'plus']),
  /** Other systems that may use `/api`, and what for. */
  systems: z.array(z.object({ name: z.string().regex(/^[a-z0-9-]{3,30}$/), may: z.array(systemScope) })),
  logDays: z.union([z.literal(90), z.literal(400), z.literal(731)]),
  /** So long a payment file cannot be deleted or overwritten, not by its owner either where `nobody` may unlock it. */
  paymentFiles: z.object({ years: z.int().min(1).max(20), unlock: z.enum(['nobody', 'administrators']) }),
  /**
   * Whether the province begins in this stage, or is moved into it from another home. Where one `arrives` nothing is told and
   * nothing goes by the clock; once it has `moved-in`, what is written from then on is told. OPERATIONS.md has the order.
   */
  province: z.enum(['begins-here', 'arrives', 'moved-in']),
  /**
   * Tables restored from a backup that stand in for the two that the stack made, which stay as they are; `stream` is the label of the stream
   * of the histories. OPERATIONS.md, *Restore*.
   */
  restored: z
    .object({
      histories: tableName,
      scratch: tableName,
      stream: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
    })
    .exactOptional(),
  /** Requests of one address in five minutes; a whole office may share one. */
  requestsFromOneAddress: z.int().min(100).max(20_000),
  /** Passwords and codes tried from one address in five minutes; each sign-in is two. */
  signInsFromOneAddress: z.int().min(100).max(5000),
});
export type Stage = z.infer<typeof stage>;

export const stages: Readonly<Record<string, Stage>> = z.record(z.string().regex(/^[a-z]{3,12}$/), stage).parse({
  test: {
    region: { is: 'ap-southeast-1' },
    mail: { provider: 'ses', from: 'chi-tra@test.example.vn', digestMinutes: 30 },
    domain: 'test.chi-tra.example.vn',
    certificate: 'arn:aws:acm:ap-southeast-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
    alarmsTo: 'truc-he-thong@test.example.vn',
    signIn: 'essentials',
    systems: [{ name: 'phan-mem-can-bo', may: ['lists:submit', 'cases:read', 'batches:read'] }],
    logDays: 90,
    paymentFiles: { years: 1, unlock: 'administrators' },
    province: 'begins-here',
    requestsFromOneAddress: 2000,
    signInsFromOneAddress: 300,
  },
  province: {
    // Proposed, not decided: the nearest region; no region lies in the country.
    region: { is: 'ap-southeast-1' },
    mail: { provider: 'ses', from: 'chi-tra@tinh.example.vn', digestMinutes: 30 },
    domain: 'chi-tra.tinh.example.vn',
    certificate: 'arn:aws:acm:ap-southeast-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
    alarmsTo: 'truc-he-thong@tinh.example.vn',
    signIn: 'plus',
    systems: [],
    logDays: 400,
    paymentFiles: { years: 10, unlock: 'nobody' },
    province: 'begins-here',
    requestsFromOneAddress: 3000,
    signInsFromOneAddress: 600,
  },
  ministry: {
    region: { is: 'ap-southeast-1' },
    mail: { provider: 'ses', from: 'chi-tra@bo.example.vn', digestMinutes: 30 },
    domain: 'chi-tra.bo.example.vn',
    certificate: 'arn:aws:acm:ap-southeast-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
    alarmsTo: 'truc-he-thong@bo.example.vn',
    signIn: 'plus',
    systems: [],
    logDays: 731,
    paymentFiles: { years: 10, unlock: 'nobody' },
    province: 'begins-here',
    requestsFromOneAddress: 10_000,
    signInsFromOneAddress: 2000,
  },
});

/** The one stage that needs no decision: nobody real may be in it. */
const trial = 'test';

/** Throws when there is no such stage, or its owner has decided nothing. */
export function chosenStage(name: string, known = stages): Stage {
  const found = known[name];
  if (found === undefined)
    throw new Error(`there is no stage ${name}: infra/aws/stages.ts has ${Object.keys(known).join(', ')}`);
  for (const choice of ['region', 'mail'] as const) {
    if (name !== trial && found[choice].decided === undefined)
      throw new Error(
        `stage ${name}: the owner of the data has not decided the ${choice}. Write who decided, when and by which document into infra/aws/stages.ts, at ${name}.${choice}.decided`,
      );
  }
  return found;
}
