/** The forecast of 150,000 people, from counts that were made entry by entry. */
import { addTransition, emptyPast, peopleOf } from '../../../shared/completion/past.ts';
import { forecast } from '../../../shared/completion/forecast.ts';
import { flowCampaign } from '../simulation/flow/campaign.ts';
import { median } from './bench-approval.ts';

const runs = 25;

/** Milliseconds of a forecast, and microseconds of an entry counted. Takes how many people. */
export function benchForecast(people: number): { readonly milliseconds: number; readonly microsecondsAnEntry: number } {
  const whole = flowCampaign(3, ['lognormal']).days;
  const days = whole.slice(0, Math.floor(whole.length / 3));
  const inOne = new Set(days.flatMap(({ moves }) => moves.map(({ part }) => part))).size;
  const past = emptyPast();
  let entries = 0;
  const started = performance.now();
  for (const { moves } of days) {
    for (let copy = 0; copy * inOne < people; copy += 1) {
      for (const move of moves) addTransition(past, { ...move, part: `${copy}.${move.part}` });
      entries += moves.length;
    }
  }
  const counting = performance.now() - started;
  const today = days.at(-1)?.day ?? '';
  const times = Array.from({ length: runs }, () => {
    const begun = performance.now();
    const said = forecast(past, { today, limits: [] });
    if (said.outcome !== 'expected' || peopleOf(past).entitled < people)
      throw new Error(`no forecast: ${said.outcome}`);
    return performance.now() - begun;
  });
  return { milliseconds: median(times), microsecondsAnEntry: (counting * 1000) / entries };
}
