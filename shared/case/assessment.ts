/** What the entitlement stage says of a person, as it is stored and as every later stage reads it. Amounts are đồng. */
import * as z from 'zod';

const amount = z.string().regex(/^\d+$/);
const ratio = z.object({ of: amount, per: amount });

export const factor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rate'), value: ratio }),
  z.object({ kind: z.literal('months'), value: ratio }),
  z.object({ kind: z.literal('years'), value: ratio }),
  z.object({
    kind: z.literal('block'),
    first: ratio,
    each: ratio,
    further: ratio,
    unit: z.literal('months').exactOptional(),
  }),
]);

export const assessedLine = z.object({
  line: z.string(),
  amount,
  by: z.string(),
  byEn: z.string(),
  working: z.string(),
  workingEn: z.string(),
  base: amount,
  factors: z.array(factor),
});
export type AssessedLine = z.infer<typeof assessedLine>;

export const figures = z.object({
  /** One of the two: the salary of staff, the allowance of part-timers. */
  monthlySalary: amount.exactOptional(),
  monthlyAllowance: amount.exactOptional(),
  retirementMonth: z.string(),
  annex: z.enum(['I', 'II']),
  monthsEarly: z.number().int(),
  yearsEarly: z.string(),
  serviceMonths: z.number().int(),
  serviceYears: z.string(),
  insuredMonths: z.number().int(),
  firstTwelveMonths: z.boolean().exactOptional(),
});

const alternative = z.object({
  readings: z.record(z.string(), z.string()),
  outcome: z.string(),
  regime: z.string().optional(),
  total: amount.optional(),
  lines: z.array(assessedLine).optional(),
});

const shared = {
  /** The law data it was computed with. */
  law: z.string(),
  open: z.array(z.string()),
  marks: z.array(z.string()),
};

export const assessment = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('entitled'),
    regime: z.string(),
    total: amount,
    lines: z.array(assessedLine),
    figures,
    /** Other texts that could pay the same person, and what they would. */
    yieldsTo: z.array(z.object({ regime: z.string(), total: amount })).exactOptional(),
    ...shared,
  }),
  z.object({
    outcome: z.literal('not-entitled'),
    grounds: z.array(z.object({ ground: z.string(), by: z.string(), byEn: z.string() })),
    figures: figures.optional(),
    ...shared,
  }),
  z.object({ outcome: z.literal('incomplete'), missing: z.array(z.string()), ...shared }),
  z.object({
    outcome: z.literal('review'),
    reasons: z.array(z.object({ reason: z.string() })),
    regime: z.string().optional(),
    figures: figures.optional(),
    alternatives: z.array(alternative).optional(),
    ...shared,
  }),
]);
export type Assessment = z.infer<typeof assessment>;
export type AssessedFigures = z.infer<typeof figures>;
