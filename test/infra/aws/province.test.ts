/** A province that begins here, is moved into a stage, or comes back from a backup: what is told, and by which tables. */
import { describe, expect, test } from 'vitest';
import { ofType, plain, synthesized, type TemplateText } from './synthesized.ts';

const whole = synthesized('test').template;
const pipes = (template: TemplateText) => ofType(template, 'AWS::Pipes::Pipe').map(([, { Properties }]) => Properties);
const beginning = (template: TemplateText) => pipes(template)[0]?.['SourceParameters'];
const from = (StartingPosition: string) => ({ DynamoDBStreamParameters: { StartingPosition } });
const states = (template: TemplateText) =>
  ofType(template, 'AWS::Scheduler::Schedule').map(
    ([
      ,
      {
        Properties: { Name, State },
      },
    ]) => [Name, State],
  );
const alarmNames = (template: TemplateText) =>
  ofType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => plain(Properties['AlarmName']));
const anchorMissing = (template: TemplateText) =>
  ofType(template, 'AWS::CloudWatch::Alarm').find(([id]) => id.startsWith('alarmanchormissing'))?.[1].Properties;

describe('a province', () => {
  const arrives = synthesized('test', { province: 'arrives' }).template;
  const movedIn = synthesized('test', { province: 'moved-in' }).template;

  test('that begins here is told from its first entry on', () => {
    expect(beginning(whole)).toMatchObject(from('TRIM_HORIZON'));
    expect(states(whole)).toEqual([
      ['remind', 'ENABLED'],
      ['take-anchor', 'ENABLED'],
    ]);
  });

  test('that arrives is left alone: nothing reads the stream, nothing goes by the clock, no alarm misses it', () => {
    expect(pipes(arrives)).toEqual([]);
    expect(states(arrives)).toEqual([
      ['remind', 'DISABLED'],
      ['take-anchor', 'DISABLED'],
    ]);
    expect(alarmNames(whole).filter((name) => !alarmNames(arrives).includes(name))).toEqual([
      'chi-tra-test-reminders-stopped',
      'chi-tra-test-events-late',
      'chi-tra-test-events-stopped',
    ]);
    expect(anchorMissing(arrives)).toMatchObject({ TreatMissingData: 'notBreaching' });
    expect(anchorMissing(whole)).toMatchObject({ TreatMissingData: 'breaching' });
  });

  test('that has moved in is told of what is written from then on, by the clock as by the stream', () => {
    expect(beginning(movedIn)).toMatchObject(from('LATEST'));
    expect(states(movedIn)).toEqual(states(whole));
  });

  test('finds a Pipe without a name, since one that must be replaced cannot hand its name on', () => {
    for (const [pipe] of [pipes(whole), pipes(movedIn)]) expect(pipe).not.toHaveProperty('Name');
    const [late] = ofType(whole, 'AWS::CloudWatch::Alarm').filter(([id]) => id.startsWith('alarmeventslate'));
    const [[pipeId] = []] = ofType(whole, 'AWS::Pipes::Pipe');
    expect(late?.[1].Properties['Dimensions']).toEqual([{ Name: 'PipeName', Value: { Ref: pipeId } }]);
  });
});

describe('tables that were restored', () => {
  const stream = '2026-11-27T08:00:00.000';
  const { template } = synthesized('test', {
    restored: { histories: 'histories-restored', scratch: 'scratch-restored', stream },
  });
  const text = JSON.stringify(template);

  test('are what every function, right, alarm and the Pipe name', () => {
    const named = ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      Object(Object(Properties['Environment']).Variables),
    );
    const names = (name: string) => [...new Set(named.map((one) => one[name]).filter((one) => one !== undefined))];
    expect(names('HISTORIES_TABLE')).toEqual(['histories-restored']);
    expect(names('SCRATCH_TABLE')).toEqual(['scratch-restored']);
    expect(plain(pipes(template)[0]?.['Source'])).toBe(
      `arn:AWS::Partition:dynamodb:ap-southeast-1:AWS::AccountId:table/histories-restored/stream/${stream}`,
    );
    expect(text).toContain(':table/histories-restored/index/');
  });

  test('leave those of the stack as they are, and nothing names them any more', () => {
    const tables = ofType(whole, 'AWS::DynamoDB::Table');
    expect(ofType(template, 'AWS::DynamoDB::Table')).toEqual(tables);
    for (const [id] of tables) expect(text).not.toMatch(new RegExp(`\\["${id}","|"Ref":"${id}"`));
  });
});
