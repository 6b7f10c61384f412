/** A family of articles: the cause of leaving chooses it, and the rules inside it choose the article. */
import type { Facts, Subject } from '../case/facts.ts';
import type { Citation, Dated } from '../law/dated.ts';
import type { SetReadings } from '../law/readings.ts';
import type { Evaluation } from './evaluation.ts';
import type { KnownFacts, Needs } from './known-facts.ts';
import type { Choose } from './readings.ts';
import type { ServiceTime } from './service-time.ts';

export interface Family {
  /** What must be known before anything is computed; some of it hangs on the days, or on a switch. */
  needs(facts: Facts, set: SetReadings): Needs;
  /** The subjects that the articles serve. */
  covers(facts: Facts): readonly Dated<readonly Subject[]>[];
  /** Where it stands that somebody is not considered yet. */
  readonly notYet: Citation;
  /** One evaluation under one set of readings. */
  evaluate(known: KnownFacts, service: ServiceTime, choose: Choose): Evaluation;
  /** Whether private-sector insurance is not counted. Takes the switches that are set and the regimes that may pay. */
  leavesPrivateOut(set: SetReadings, regimes: readonly (string | undefined)[]): boolean;
  /** Edges that a checker should see. */
  edges(evaluation: Evaluation): readonly string[];
}
