/** The sample's people leaving by every cause in turn, for the bench: staff, cadres, part-timers, people past the age. */
import type { Facts } from '../../../shared/case/facts.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';

/** What a province would have settled before it computes these regimes at all. */
export const settledReadings: SetReadings = { X1: 'none', X2: 'as-article-7-from-2025-03-15', X18: 'article-7b' };

/** Takes facts of reorganised staff; every second one stays as it is, as in the province. */
export function inEveryRegime(listed: readonly Facts[]): readonly Facts[] {
  return listed.map((of, index) => {
    const { leaving, person } = of;
    if (leaving === undefined) return of;
    const leavingBy = (cause: NonNullable<typeof leaving.cause>, more: Partial<typeof leaving> = {}): Facts => ({
      ...of,
      contractLikeCivilServant: of.subject === 'contract-worker',
      leaving: { ...leaving, cause, ...more },
    });
    switch (index % 16) {
      case 1:
        return { ...leavingBy('restructured'), subject: 'civil-servant' };
      case 3:
        return { ...leavingBy('not-re-elected', { notReElected: 'too-old' }), subject: 'cadre' };
      case 5:
        return leavingBy('streamlined', { decidedOn: '2025-06-20', on: '2025-07-01' });
      case 7:
        return leavingBy('transferred-off-budget', { decidedOn: '2025-06-20', on: '2025-07-01' });
      case 9:
      case 11: {
        const service = of.service?.map((period) => ({ ...period, employer: 'commune-part-time' as const }));
        const leaves = leavingBy('post-abolished', { decidedOn: '2025-06-20', on: '2025-07-01' });
        const post = { subject: 'commune-part-timer', pay: { kind: 'part-time', multiple: '1.5' } } as const;
        return { ...leaves, ...post, ...(service === undefined ? {} : { service }) };
      }
      case 13: {
        const old = { ...person, sex: 'male' as const, birth: `1962-0${(index % 9) + 1}` };
        return { ...leavingBy('over-age'), subject: 'cadre', person: old };
      }
      case 15:
        return { ...leavingBy('streamlined'), paidOn: '2025-05-30', averagePay60Months: '9000000' };
      default:
        return of;
    }
  });
}
