/**
 * Severance by Decree 178/2024, article 9, as a rule file of publicodes, a language for computable law, to compare our
 * own speed with. It computes in floating point: good for a comparison, never for a payment.
 */
import Engine from 'publicodes';

/** What article 9 takes of one person: the salary in đồng, and years as a decimal such as `20.5`. */
interface SeveredPerson {
  readonly salary: bigint;
  readonly severanceMonths: number;
  readonly serviceYears: string;
  readonly firstTwelveMonths: boolean;
}

const article9 = {
  'monthly salary': { unité: 'dong/month' },
  'severance months': { unité: 'month' },
  'service years': { unité: 'year' },
  'first twelve months': null,
  'counted months': { valeur: 'severance months', plafond: '60 month' },
  rate: { variations: [{ si: 'first twelve months', alors: 0.8 }, { sinon: 0.4 }] },
  'by months': { produit: ['monthly salary', 'rate', 'counted months'] },
  'by years': { produit: ['monthly salary', '1.5 month/year', 'service years'] },
  'job search': { produit: ['monthly salary', '3 month'] },
  total: { somme: ['by months', 'by years', 'job search'] },
};

/** Worked by hand: the last one has 240 months, of which 60 count. */
const workedByHand: readonly (readonly [person: SeveredPerson, total: number])[] = [
  [{ salary: 10_000_000n, severanceMonths: 24, serviceYears: '10', firstTwelveMonths: true }, 372_000_000],
  [{ salary: 10_000_000n, severanceMonths: 24, serviceYears: '10', firstTwelveMonths: false }, 276_000_000],
  [{ salary: 10_705_500n, severanceMonths: 240, serviceYears: '20.5', firstTwelveMonths: true }, 875_174_625],
];

/** People computed in a second on one core. Throws when the rules do not give what was worked out by hand. */
export function publicodesPeoplePerSecond(people: readonly SeveredPerson[]): number {
  const engine = new Engine(article9);
  for (const [person, expected] of workedByHand) {
    const total = totalOf(engine, person);
    if (total !== expected) throw new Error(`publicodes gives ${total} where ${expected} is right`);
  }
  const started = performance.now();
  for (const person of people) totalOf(engine, person);
  return (people.length * 1000) / (performance.now() - started);
}

function totalOf(engine: Engine, person: SeveredPerson): number {
  engine.setSituation({
    'monthly salary': `${person.salary} dong/month`,
    'severance months': `${person.severanceMonths} month`,
    'service years': `${person.serviceYears} year`,
    'first twelve months': person.firstTwelveMonths ? 'oui' : 'non',
  });
  const { nodeValue } = engine.evaluate('total');
  if (typeof nodeValue !== 'number') throw new Error('publicodes gives no total');
  return Math.round(nodeValue);
}
