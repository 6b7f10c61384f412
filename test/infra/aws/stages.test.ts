import { describe, expect, test } from 'vitest';
import { chosenStage, refuseExamples, stages, stagesIn } from '../../../infra/aws/stages.ts';
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

describe('a certificate', () => {
  const certificate = (place: string) => `arn:aws:acm:${place}:certificate/00000000-0000-0000-0000-000000000000`;

  test('of another region than the stage is refused before anything is made', () => {
    const moved = { ...stages['test'], certificate: certificate('us-east-1:000000000000') };
    expect(() => stagesIn({ test: moved })).toThrow('the certificate is of us-east-1, the stage of ap-southeast-1');
  });

  test('of another account is refused where the stage names its own', () => {
    const account = '111122223333';
    const own = { ...stages['test'], account, certificate: certificate(`ap-southeast-1:${account}`) };
    expect(stagesIn({ test: own })['test']?.account).toBe(account);
    const others = { ...own, certificate: certificate('ap-southeast-1:444455556666') };
    expect(() => stagesIn({ test: others })).toThrow('the certificate is of account 444455556666');
  });
});

test('what still has the names of an example is looked at, and not deployed', () => {
  const whole = decided('province');
  expect(() => refuseExamples('province', whole)).toThrow(
    'write your own domain, certificate, mail.from, alarmsTo into infra/aws/stages.ts',
  );
  const own = {
    ...whole,
    domain: 'chi-tra.tinh.vn',
    certificate: 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1',
    mail: { ...whole.mail, from: 'chi-tra@tinh.vn' },
    alarmsTo: 'truc@tinh.vn',
  };
  expect(() => refuseExamples('province', own)).not.toThrow();
});
