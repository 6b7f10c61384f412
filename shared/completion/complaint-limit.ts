/** Until when a complaint must be accepted, and until when answered. Days are calendar days; the last is not moved. */
import { addDays, type LocalDate, localDateOf } from '../calendar.ts';
import type { Citation } from '../law/dated.ts';
import { inForceOn } from '../law/dated.ts';
import { daysToAccept } from '../law/law-on-complaints-2011/article-27.ts';
import { daysToAnswer } from '../law/law-on-complaints-2011/article-28.ts';
import type { Complaint } from './complaint.ts';

export interface ComplaintLimit {
  /** The last day on which the act is in time. */
  readonly until: LocalDate;
  readonly days: number;
  readonly by: Citation;
}

/** From the day of receipt, which is not counted. */
export function acceptanceLimit(receivedOn: LocalDate): ComplaintLimit {
  const { value: days, by } = inForceOn(daysToAccept, receivedOn);
  return { until: addDays(receivedOn, days), days, by };
}

/** From the day of acceptance, which is not counted. */
export function answerLimit(
  acceptedOn: LocalDate,
  { isRemote, isComplicated }: { readonly isRemote: boolean; readonly isComplicated: boolean },
): ComplaintLimit {
  const { value, by } = inForceOn(daysToAnswer, acceptedOn);
  const ordinary = isRemote ? value.remote : value.ordinary;
  const complicated = isRemote ? value.remoteComplex : value.complex;
  const days = isComplicated ? complicated : ordinary;
  return { until: addDays(acceptedOn, days), days, by };
}

/** The limit that runs now; asking for more stops none, and none runs once it is answered. */
export function limitOf(of: Complaint): ComplaintLimit | undefined {
  if (of.state !== 'registered' && of.state !== 'accepted' && of.state !== 'more-asked') return undefined;
  if (of.accepted === undefined) return acceptanceLimit(of.receivedOn);
  const { at, isRemote, isComplicated } = of.accepted;
  return answerLimit(localDateOf(at), { isRemote, isComplicated: isComplicated || of.isExtended });
}

export function isOverdue(until: LocalDate | undefined, today: LocalDate): boolean {
  return until !== undefined && today > until;
}
