/**
 * What papers prove about a person: dated periods, decisions, birth, pay; never a typed total or a typed number of
 * years. The names are those of the public `assess` contract, version 1. A fact that is not there is `undefined`
 * and makes the assessment `incomplete`; a fact of the wrong shape is refused here.
 */
import * as z from 'zod';
import { isLocalDate, isMonth } from '../calendar.ts';

// What the refinements check is said once more for readers of the published schema, which cannot hold a function.
const day = z
  .string()
  .refine(isLocalDate, 'not a day of the form YYYY-MM-DD')
  .meta({ format: 'date', pattern: String.raw`^(19|2[01])\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$` });
const month = z
  .string()
  .refine(isMonth, 'not a month of the form YYYY-MM')
  .meta({ pattern: String.raw`^(19|2[01])\d{2}-(0[1-9]|1[0-2])$` });
const birth = z
  .string()
  .refine(isBirth, 'not a day, month or year')
  .meta({ pattern: String.raw`^(19|20)\d{2}$|^(19|2[01])\d{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$` });

function isBirth(text: string): boolean {
  return isLocalDate(text) || isMonth(text) || /^(19|20)\d{2}$/.test(text);
}

/** In characters, of a text that stands in one line of a paper. */
export const longestText = 300;

const coefficient = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'not a coefficient such as "4.65"');
const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'not a percentage such as "25"');
const money = z.string().regex(/^\d{1,15}$/, 'not a whole number of đồng such as "10705500"');

export const subjects = [
  'cadre',
  'civil-servant',
  'public-employee',
  'contract-worker',
  'commune-cadre',
  'commune-civil-servant',
  'association-staff',
  'commune-part-timer',
  'village-part-timer',
] as const;
export type Subject = (typeof subjects)[number];

export const causes = [
  'reorganised',
  'restructured',
  'not-re-elected',
  'streamlined',
  'transferred-off-budget',
  'post-abolished',
  'over-age',
] as const;
export type Cause = (typeof causes)[number];

/** Counted in the salary of Decree 178, as a percentage of the core (article 5(6) as amended). */
export const countedAllowances = [
  'civil-service',
  'party-work',
  'professional-incentive',
  'professional-responsibility',
  'professional-seniority',
  'armed-forces',
] as const;
/** Never counted (Official Letter 1814/BNV-TCBC): kept, and shown struck out. */
export const uncountedAllowances = [
  'job-responsibility',
  'hazard',
  'regional',
  'attraction',
  'party-committee',
  'chief-accountant',
  'concurrent-post',
  'reporter',
  'overtime',
] as const;
export type CountedAllowance = (typeof countedAllowances)[number];
export type UncountedAllowance = (typeof uncountedAllowances)[number];

const counted = z.strictObject({ name: z.enum(countedAllowances), percent });
const uncounted = z.strictObject({
  name: z.enum(uncountedAllowances),
  percent: percent.optional(),
  coefficient: coefficient.optional(),
  amount: money.optional(),
});
const allowances = z
  .array(z.union([counted, uncounted]))
  .max(30)
  .optional();

const pay = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('coefficient'),
    grade: coefficient.optional(),
    position: coefficient.default('0'),
    beyondFramePercent: percent.default('0'),
    reservedDifference: coefficient.default('0'),
    allowances,
    effectiveFrom: day.optional(),
  }),
  z.strictObject({ kind: z.literal('contract'), amount: money.optional(), allowances, effectiveFrom: day.optional() }),
  z.strictObject({ kind: z.literal('part-time'), multiple: coefficient.optional(), effectiveFrom: day.optional() }),
]);

export const employers = [
  'state',
  'party',
  'front',
  'political-social',
  'armed-forces',
  'commune-part-time',
  'village-part-time',
  'private',
] as const;
export type Employer = (typeof employers)[number];

const period = z
  .strictObject({
    from: month,
    to: month,
    employer: z.enum(employers),
    insured: z.boolean().default(true),
    compensated: z.boolean().default(false),
    conditions: z.array(z.enum(['heavy', 'extremely-difficult-area'])).default([]),
  })
  .refine(({ from, to }) => from <= to, { message: 'the period ends before it begins', path: ['to'] });

export const facts = z.strictObject({
  person: z
    .strictObject({
      sex: z.enum(['male', 'female']).optional(),
      birth: birth.optional(),
      citizenId: z.string().max(longestText).optional(),
      fullName: z.string().max(longestText).optional(),
    })
    .optional(),
  subject: z.enum(subjects).optional(),
  leaving: z
    .strictObject({
      cause: z.enum(causes).optional(),
      on: day.optional(),
      decidedOn: day.optional(),
      decisionNumber: z.string().max(longestText).optional(),
      reorganisedOn: day.optional(),
      voluntary: z.boolean().default(true),
      notReElected: z.enum(['too-old', 'still-eligible', 'party-committee']).optional(),
      onlyConcurrentPost: z.boolean().default(false),
    })
    .optional(),
  contractSignedOn: day.optional(),
  contractLikeCivilServant: z.boolean().default(false),
  paidOn: day.optional(),
  pay: pay.optional(),
  averagePay60Months: money.optional(),
  service: z.array(period).max(200).optional(),
  drawsPension: z.boolean().default(false),
  underInvestigation: z.boolean().default(false),
  pregnantOrChildUnder36Months: z.boolean().default(false),
  termEndsOn: day.optional(),
});

export type Facts = z.infer<typeof facts>;

/** Of the facts, what can contradict a birth; days and months as they are written. */
interface Stated {
  readonly person?: { readonly birth?: string | undefined } | undefined;
  readonly leaving?: { readonly on?: string | undefined } | undefined;
  readonly service?: readonly { readonly from: string }[] | undefined;
  readonly contractSignedOn?: string | undefined;
}

export interface FactFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What cannot all be true of one person, every contradiction with its path and the paper that would settle it. */
export function contradictions({ person, leaving, service = [], contractSignedOn }: Stated): readonly FactFault[] {
  const birth = person?.birth;
  if (birth === undefined || !isBirth(birth)) return [];
  const isBefore = (date: string | undefined) =>
    date !== undefined && date.slice(0, birth.length) < birth.slice(0, date.length);
  const bring = 'bring the birth certificate and the insurance book';
  const faults: FactFault[] = [];
  if (isBefore(leaving?.on)) faults.push({ path: ['leaving', 'on'], message: `leaves before being born: ${bring}` });
  if (isBefore(contractSignedOn)) {
    faults.push({
      path: ['contractSignedOn'],
      message: `the contract was signed before the person was born: ${bring}`,
    });
  }
  for (const [index, { from }] of service.entries()) {
    if (isBefore(from)) {
      faults.push({
        path: ['service', index, 'from'],
        message: `service begins before the person was born (${birth}): ${bring}`,
      });
    }
  }
  return faults;
}
export type Pay = z.infer<typeof pay>;
export type Period = z.infer<typeof period>;
export type Allowance = NonNullable<Extract<Pay, { kind: 'coefficient' }>['allowances']>[number];
