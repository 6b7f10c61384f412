/** Everything that crosses the API, in one place: what calls are parsed with, and what the published document is made from. */
import * as z from 'zod';
import { isLocalDate } from '../../shared/calendar.ts';
import { assessment as storedAssessment, figures } from '../../shared/case/assessment.ts';
import { apiScopes } from '../../shared/case/api-client.ts';
import { facts } from '../../shared/case/facts.ts';
import { buckets, statuses } from '../../shared/case/lifecycle.ts';
import { orderOutcomes } from '../../shared/case/order.ts';
import { blocks, budgetLevels, sources } from '../../shared/case/unit.ts';
import { webhookMessage } from '../../shared/case/webhook.ts';
import { lineClasses } from '../../shared/disbursement/result-classes.ts';
import { factsAssessed, factsInvalid, factsLine, factsRequest } from '../../shared/entitlement/facts-door.ts';
import { faultCount, problemDetails, toldFaults } from './problem.ts';

/** Whole đồng as a string of digits: no JSON number carries money. */
const dong = z.string().regex(/^\d{1,15}$/);
const day = z.string().meta({ format: 'date' });
const realDay = z
  .string()
  .refine(isLocalDate, 'not a day of the form YYYY-MM-DD')
  .meta({ format: 'date', pattern: String.raw`^(19|2[01])\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$` });
const instant = z.string().meta({ format: 'date-time' });
const sentence = z.object({ vi: z.string(), en: z.string() });
/** An id of ours, as it stands in a path. */
const reference = z.string().regex(/^[\w.-]{1,100}$/);

export const mostPeople = 500;
export const mostResultLines = 5000;
/** Without marks that nobody sees, or that turn the order of reading round. */
const plain = z
  .string()
  .refine((text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text), 'has control characters or marks of direction')
  .meta({ pattern: String.raw`^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$` });
/** Of a text that names something. */
const shortText = plain.min(1).max(300);

const listedPerson = z.strictObject({
  /** The sender's own id of the person's entry, echoed back; never a citizen id. */
  id: plain.min(1).max(50),
  fullName: shortText,
  citizenId: plain.max(20),
  payingUnit: plain.max(20),
  employer: shortText,
  account: z.strictObject({ bank: plain.max(20), number: plain.max(40), holder: plain.max(300) }),
  /** What the unit computed; only to compare. */
  declaredTotal: dong.exactOptional(),
  facts,
});
export const listRequest = z.strictObject({
  /** `check`: nothing is submitted. `when-clean`: only if no row has a fault. `good-rows`: those without a fault. */
  submit: z.enum(['check', 'when-clean', 'good-rows']),
  people: z.array(listedPerson).min(1).max(mostPeople),
});
export type ListRequest = z.infer<typeof listRequest>;

export const resultsRequest = z.strictObject({
  /** How many lines there are and what they add up to, as the sender's own books say: a cut message is refused. */
  count: z.number().int().min(1).max(mostResultLines),
  total: dong,
  lines: z
    .array(
      z.strictObject({
        reference: plain.min(1).max(50),
        amount: dong,
        outcome: z.enum(orderOutcomes),
        on: realDay,
        /** A code of ISO 20022 or the sender's words; never a name or an account. */
        reason: plain.min(1).max(140).exactOptional(),
        backTo: z.enum(['estimate', 'deposit']).exactOptional(),
      }),
    )
    .min(1)
    .max(mostResultLines),
});

const accepted = z.object({
  id: z.string(),
  /** Where the outcome will stand. */
  href: z.string(),
  job: z.string(),
});

const fault = z.object({
  /** The sender's id of the person. */
  id: z.string(),
  /** The column of the list, or the path of a fact: what the unit calls it. */
  at: z.string(),
  /** Of the field below the person, as it was sent; empty where it is of none. */
  path: z.string(),
  says: sentence,
});

const list = z.object({
  id: z.string(),
  status: z.enum(['received', 'unreadable', 'checked', 'submitted']),
  receivedAt: instant,
  people: z.number().int(),
  /** At most some hundreds; how many there are is the count. */
  faults: z.array(fault),
  faultCount: z.number().int(),
  warnings: z.array(fault),
  warningCount: z.number().int(),
  problem: sentence.exactOptional(),
  /** What the rows without a fault come to. */
  computed: z.object({ entitled: z.number().int(), total: dong }).exactOptional(),
  submitted: z
    .object({
      submitted: z.number().int(),
      corrected: z.number().int(),
      same: z.number().int(),
      /** Ids of people who have a case of another unit. */
      elsewhere: z.array(z.string()),
      /** Ids of people whose case a list cannot change any more. */
      left: z.array(z.string()),
      /** The case of each person whom the client may read. */
      cases: z.array(z.object({ id: z.string(), case: z.string() })),
    })
    .exactOptional(),
});
export type ListAnswer = z.infer<typeof list>;

const person = z.object({ fullName: z.string(), citizenId: z.string() });

const casePart = z.object({
  id: z.string(),
  source: z.enum(sources),
  status: z.enum(statuses),
  amount: dong,
  since: instant,
  batch: z.string().exactOptional(),
  payment: z.string().exactOptional(),
});
const caseAnswer = z.object({
  id: z.string(),
  unit: z.string(),
  employer: z.string(),
  block: z.enum(blocks),
  level: z.enum(budgetLevels),
  /** What an appraisal and a frozen batch are bound to. */
  caseHash: z.string(),
  /** By contract facts-v1, less `id`. */
  assessment: z.looseObject({ outcome: z.enum(storedAssessment.options.map(({ shape }) => shape.outcome.value)) }),
  parts: z.array(casePart),
  /** In the scope `persons:read` alone; the citizen id masked. */
  person: person.exactOptional(),
});
export type CaseAnswer = z.infer<typeof caseAnswer>;

const count = z.object({ people: z.number().int(), total: dong });
const batch = z.object({
  id: z.string(),
  code: z.string(),
  source: z.enum(sources),
  level: z.enum(budgetLevels),
  status: z.enum(['freezing', 'in-approval', 'awaiting-provincial-decision', 'paying', 'released', 'reported']),
  madeAt: instant,
  version: z.number().int().exactOptional(),
  contentHash: z.string().exactOptional(),
  decision: z.object({ number: z.string(), on: day }).exactOptional(),
  /** The units that the figures are of, where the client is bound to some. */
  units: z.array(z.string()).exactOptional(),
  entitled: count,
  /** entitled = credited + returned + in-flight + not-yet-ordered + held + cancelled, people and đồng. */
  standing: z.object(Object.fromEntries(buckets.map((bucket) => [bucket, count]))),
  /** Whether the line above agrees to the đồng; `false` is a fault to be told to the administrator. */
  agrees: z.boolean(),
});
export type BatchAnswer = z.infer<typeof batch>;

const payment = z.object({
  reference: z.string(),
  case: z.string(),
  batch: z.string(),
  unit: z.string(),
  source: z.enum(sources),
  amount: dong,
  currency: z.literal('VND'),
  attempt: z.number().int(),
  status: z.enum(['awaiting-unit', 'sent', 'unknown', 'withdrawn', ...orderOutcomes]),
  since: instant,
  /** ExternalPaymentTransactionStatus of ISO 20022, and the reason's code of a payment that came back. */
  iso20022: z.object({ status: z.string(), reason: z.string().exactOptional() }),
  isContradicted: z.boolean(),
  replaces: z.string().exactOptional(),
  person: person.exactOptional(),
});
export type PaymentAnswer = z.infer<typeof payment>;

const resultCount = z.object({ lines: z.number().int(), total: dong });
const results = z.object({
  /** SHA-256 of the message as it came. */
  id: z.string(),
  batch: z.string().exactOptional(),
  status: z.enum(['under-way', 'open', 'closed']),
  receivedAt: instant,
  lines: z.number().int(),
  total: dong,
  counts: z.object(Object.fromEntries(lineClasses.map((one) => [one, resultCount.exactOptional()]))),
  /** Lines that were not applied, at most a thousand. */
  others: z.array(
    z.object({
      row: z.number().int(),
      reference: z.string(),
      amount: dong.exactOptional(),
      class: z.enum(lineClasses),
      says: sentence.exactOptional(),
    }),
  ),
});
export type ResultsAnswer = z.infer<typeof results>;

const job = z.object({
  id: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number().int(),
  of: z.number().int(),
  problem: sentence.exactOptional(),
  note: sentence.exactOptional(),
});
export type JobAnswer = z.infer<typeof job>;

const who = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(apiScopes)),
  units: z.array(z.string()).exactOptional(),
});

const factsTold = factsInvalid.extend({ faults: toldFaults, faultCount: faultCount.exactOptional() });

export const requests = { FactsRequest: factsRequest, ListRequest: listRequest, ResultsRequest: resultsRequest };
export const answers = {
  FactsAssessed: factsAssessed,
  FactsAnswered: z.union([factsAssessed, factsTold]),
  FactsProblem: problemDetails.extend(factsTold.shape),
  Accepted: accepted,
  List: list,
  Case: caseAnswer,
  Batch: batch,
  Payment: payment,
  PaymentPage: z.object({ payments: z.array(payment), next: z.string().exactOptional() }),
  Results: results,
  Job: job,
  Client: who,
  Problem: problemDetails,
  WebhookMessage: webhookMessage,
};
const [entitled, notEntitled, incomplete, forReview] = factsAssessed.options;
/** What stands within several of them, or as one of several. */
export const requestParts = { Facts: facts };
export const answerParts = {
  Sentence: sentence,
  Person: person,
  Count: count,
  ResultCount: resultCount,
  ListFault: fault,
  CasePart: casePart,
  AssessedLine: factsLine,
  Figures: figures,
  FactsEntitled: entitled,
  FactsNotEntitled: notEntitled,
  FactsIncomplete: incomplete,
  FactsForReview: forReview,
  FactsInvalid: factsTold,
};
export type SchemaName = keyof typeof requests | keyof typeof answers;

export const pathReference = reference;
