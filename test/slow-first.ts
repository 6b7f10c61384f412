/** The files that take the longest begin, so that both workers end together; the others as vitest would have them. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const slow = [
  'e2e/browser',
  'infra/local/leadership-first-half',
  'infra/local/leadership-second-half',
  'infra/local/commands/simulate',
  'infra/local/simulation/dynamo',
  'infra/local/simulation/backtest',
  'functions/web/access',
  'functions/papers/verify-pack',
];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = slow.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place === -1 ? slow.length : place;
}
