import { expect, test } from 'vitest';
import { chosenStage, stages } from '../../../infra/aws/stages.ts';
import { decided } from './synthesized.ts';

test('the trial stage is synthesized with nobody having decided anything', () => {
  expect(chosenStage('test').region).toEqual({ is: 'ap-southeast-1' });
});

test.each(['province', 'ministry'])('%s is not, and is told what to write down and where', (name) => {
  expect(() => chosenStage(name)).toThrow(
    `stage ${name}: the owner of the data has not decided the region. Write who decided, when and by which document into infra/aws/stages.ts, at ${name}.region.decided`,
  );
});

test.each(['region', 'mail'] as const)('a stage whose owner has not decided the %s is refused', (choice) => {
  const whole = decided('province');
  expect(chosenStage('province', { province: whole })).toBe(whole);
  const { decided: _, ...undecided } = whole[choice];
  expect(() => chosenStage('province', { province: { ...whole, [choice]: undecided } })).toThrow(
    `decided the ${choice}`,
  );
});

test('a stage that nobody wrote down is refused by name, with those that are', () => {
  expect(() => chosenStage('nghean')).toThrow(
    'there is no stage nghean: infra/aws/stages.ts has test, province, ministry',
  );
});

test('no stage names a real place: each has example names until its owner fills them in', () => {
  for (const { domain, mail, certificate } of Object.values(stages)) {
    expect([domain, mail.from, certificate].join(' ')).toMatch(/example\.vn .*example\.vn .*:000000000000:/);
  }
});
