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

describe('queues of what failed', () => {
  const queues = ofType(synthesized('test').template, 'AWS::SQS::Queue').map(([id]) => id);
  const [, watched] = ofType(synthesized('test').template, 'AWS::CloudWatch::Alarm')
    .map(([, { Properties }]) => [plain(Properties['AlarmName']), JSON.stringify(Properties['Metrics'])] as const)
    .find(([name]) => name === 'chi-tra-test-left-over') ?? ['', ''];

  test('each rings when something lies in it', () => {
    expect(queues.filter((id) => !watched.includes(`"${id}"`))).toEqual([]);
  });

  test('each is named where it says what to do, and no other', () => {
    const [, list = ''] = /Its name says who put it there: ([^.]+)\./.exec(sections.get('left-over') ?? '') ?? [];
    const named = [...list.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replaceAll(/[ -]/g, ''));
    expect(named.toSorted()).toEqual(queues.map((id) => id.replace(/failed[0-9A-F]{8}$/, '')).toSorted());
  });
});

test.each(['reminders-stopped', 'anchor-missing'])('%s rings on silence', (alarm) => {
  expect(alarms.find(({ AlarmName }) => plain(AlarmName) === `chi-tra-test-${alarm}`)).toMatchObject({
    TreatMissingData: 'breaching',
  });
});

test('a Pipe that was stopped rings while histories are written', () => {
  const [alarm] = alarms.filter(({ AlarmName }) => plain(AlarmName) === 'chi-tra-test-events-stopped');
  const text = JSON.stringify(alarm?.['Metrics']);
  expect(text).toContain('"MetricName":"ConsumedWriteCapacityUnits"');
  expect(text).toMatch(/"Dimensions":\[\{"Name":"FunctionName","Value":\{"Ref":"tellentries\w+"/);
  expect(text).toContain('IF(FILL(written, 0) > 0 AND FILL(asked, 0) == 0, 1, 0)');
});

test('stopping all writing stops every function of the stage, and the Pipe', () => {
  const section = sections.get('restore') ?? '';
  const [, begins = ''] = /starts_with\(FunctionName, '([^']+)'\)/.exec(section) ?? [];
  const names = ofType(synthesized('test').template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    plain(Properties['FunctionName']),
  );
  expect(names.filter((name) => !name.startsWith(begins.replace('STAGE', 'test')))).toEqual([]);
  expect(section).toMatch(/put-function-concurrency .*--reserved-concurrent-executions 0/);
  expect(section).toContain('aws pipes stop-pipe --name NAME');
});

test('every link inside the runbook leads to a section', () => {
  const links = [...text.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor ?? '');
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((anchor) => !sections.has(anchor))).toEqual([]);
});
