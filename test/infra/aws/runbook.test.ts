/** Whoever is woken finds what to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ofType, plain, synthesized } from './synthesized.ts';

const text = readFileSync(join(import.meta.dirname, '../../../infra/aws/RUNBOOK.md'), 'utf8');
const alarms = ofType(synthesized('test').template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

/** Sections with what stands in them, by the name that a link uses. */
const sections = new Map(
  text
    .split(/^(?=#+ )/m)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n'))] as const)
    .map(([title, body]) => [title.replace(/^#+ /, '').toLowerCase().replaceAll(' ', '-'), body]),
);

describe('alarms', () => {
  test.each(alarms.map(({ AlarmName, AlarmDescription }) => [plain(AlarmName), plain(AlarmDescription)]))(
    '%s says what is wrong, and names a section that says what to do, in steps',
    (name, description) => {
      const [, said, anchor = ''] =
        /^([A-Z].+\.) What to do: infra\/aws\/RUNBOOK\.md#([a-z-]+)$/.exec(description) ?? [];
      expect(said).toBeDefined();
      expect(`chi-tra-test-${anchor}`).toBe(name);
      expect(sections.get(anchor)).toMatch(/^1\. /m);
    },
  );

  test('each tells a box of people when it rings and when it is over, and every section has its alarm', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect(AlarmActions).toHaveLength(1);
      expect(OKActions).toEqual(AlarmActions);
    }
    const after = text.slice(text.indexOf('# When an alarm rings'));
    const named = [...after.matchAll(/^## (.+)$/gm)].map(([, title]) => `chi-tra-test-${title}`);
    expect(named.toSorted()).toEqual(alarms.map(({ AlarmName }) => plain(AlarmName)).toSorted());
  });

  test('an alarm watches ten metrics at most, as CloudWatch demands', () => {
    for (const { Metrics } of alarms) {
      const watched = Array.isArray(Metrics) ? Metrics.filter((one) => 'MetricStat' in Object(one)) : [];
      expect(watched.length).toBeLessThanOrEqual(10);
    }
  });
});

test('every link inside the runbook leads to a section', () => {
  const links = [...text.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor ?? '');
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((anchor) => !sections.has(anchor))).toEqual([]);
});
