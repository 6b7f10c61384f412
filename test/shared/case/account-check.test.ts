import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameLikeness } from '../../../shared/case/account-name.ts';
import { type AccountToCheck, checkAccount, findingSentence } from '../../../shared/case/account-check.ts';
import type { AccountPast } from '../../../shared/case/account-past.ts';
import { banks, bankOf } from '../../../shared/case/banks.ts';

const unused: AccountPast = { credited: 0, cameBack: 0, isGoodNow: false };
const who = { fullName: 'Trần Văn Bình', citizenId: '040068123456' };
const ordinary: AccountToCheck = {
  account: { bank: 'ICB', number: '360123456789', holder: 'TRAN VAN BINH' },
  who,
  past: unused,
  isShared: false,
};

function withNumber(number: string, bank = 'ICB') {
  return checkAccount({ ...ordinary, account: { ...ordinary.account, bank, number } });
}

describe('the holder’s name', () => {
  test.each([
    ['TRAN VAN BINH', 'Trần Văn Bình', 'same'],
    ['Trần  văn bình ', 'Trần Văn Bình', 'same'],
    ['TRANVANBINH', 'Trần Văn Bình', 'same'],
    ['TRAN VAN BINH.', 'Trần Văn Bình', 'same'],
    ['HOA THI BINH', 'Hoà Thị Bình', 'same'],
    ['DO DUC DAT', 'Đỗ Đức Đạt', 'same'],
    ['BINH TRAN VAN', 'Trần Văn Bình', 'word-order'],
    ['TRAN V BINH', 'Trần Văn Bình', 'shortened'],
    ['NGUYEN T H VAN', 'Nguyễn Thị Hồng Vân', 'shortened'],
    ['NGUYEN THI HONG V', 'Nguyễn Thị Hồng Vân', 'shortened'],
    ['LE THI MI', 'Lê Thị Mỹ', 'spelling'],
    ['LE THI FUONG', 'Lê Thị Phương', 'spelling'],
    ['TRAN VAN B', 'Trần Văn Bình', 'other'],
    ['T V BINH', 'Trần Văn Bình', 'other'],
    ['TRAN THI BINH', 'Trần Văn Bình', 'other'],
    ['TRAN VAN', 'Trần Văn Bình', 'other'],
    ['VO VAN KHAC', 'Trần Văn Bình', 'other'],
    ['', 'Trần Văn Bình', 'other'],
    ['...', '', 'other'],
  ] as const)('%s of %s is %s', (holder, fullName, likeness) => {
    expect(nameLikeness(holder, fullName)).toBe(likeness);
  });

  test('cut off after twelve letters is still the person’s, after eleven anybody’s', () => {
    const whole = 'Nguyễn Phương Thảo';
    expect(['NGUYEN PHUON', 'NGUYEN PHUONG'].map((cut) => nameLikeness(cut, whole))).toEqual(['other', 'shortened']);
  });

  test('is the same or not whichever of the two is asked about first, where nothing was cut', () => {
    const word = fc.constantFrom('Trần', 'tran', 'Văn', 'Bình', 'Mỹ', 'MI', 'Phương', 'Đức');
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [there, back] = [nameLikeness(one, other), nameLikeness(other, one)];
        return there === back || there === 'shortened' || back === 'shortened';
      }),
    );
  });
});

describe('the number', () => {
  test.each(['VBA', 'VCB', 'ICB', 'BIDV', 'MB', 'STB'])(
    'of %s is odd one digit below and above its lengths',
    (code) => {
      const counts = bankOf(code)?.digits?.counts ?? expect.fail();
      for (const count of counts) {
        for (const off of [-1, 0, 1]) {
          const length = count + off;
          const isOdd = withNumber('7123456789012345'.slice(0, length), code).verdict === 'doubtful';
          expect([length, isOdd]).toEqual([length, !counts.includes(length)]);
        }
      }
    },
  );

  test('of a bank whose lengths are not known has no odd length', () => {
    const unknown = banks.filter(({ digits }) => digits === undefined);
    expect(unknown.length).toBeGreaterThan(10);
    for (const { code } of unknown) expect(withNumber('7123456', code).verdict).toBe('never-used');
  });

  test.each([
    ['all zeros', '000000000000', 'zeros'],
    ['one digit repeated', '777777777777', 'repeated'],
    ['the person’s citizen id', who.citizenId, 'citizen-id'],
    ['letters', '7110A1234567', 'digits'],
  ])('of %s is doubtful', (_what, number, what) => {
    expect(withNumber(number)).toMatchObject({
      verdict: 'doubtful',
      findings: [{ finding: 'odd-format', why: { what } }],
    });
  });

  test.each([
    ['090123456', false],
    ['0901234567', true],
    ['09012345678', false],
    ['1901234567', false],
  ])('%s looks like a phone number: %s', (number, isPhone) => {
    const { findings } = withNumber(number, 'MB');
    expect(findings.some((one) => one.finding === 'odd-format' && one.why.what === 'phone')).toBe(isPhone);
  });

  test('at a bank that is not in the table is doubtful, whatever it is', () => {
    expect(withNumber('360123456789', 'XYZ')).toMatchObject({ findings: [{ why: { what: 'bank' } }] });
  });
});

describe('what became of earlier payments', () => {
  test('an account that took money twice is known to be good', () => {
    const past = { credited: 2, cameBack: 0, isGoodNow: true };
    expect(checkAccount({ ...ordinary, past })).toEqual({
      verdict: 'known-good',
      findings: [{ finding: 'known-good', times: 2 }],
    });
  });

  test('one that sent money back is doubtful until money reaches it again', () => {
    const back = { credited: 1, cameBack: 1, code: 'AC04', isGoodNow: false };
    expect(checkAccount({ ...ordinary, past: back })).toMatchObject({
      verdict: 'doubtful',
      findings: [{ finding: 'returned-before', times: 1, code: 'AC04' }, { finding: 'known-good' }],
    });
    expect(checkAccount({ ...ordinary, past: { ...back, isGoodNow: true } }).verdict).toBe('known-good');
  });

  test('a number that money has reached is right, however odd; a stranger’s name stays one', () => {
    const past = { credited: 1, cameBack: 0, isGoodNow: true };
    const odd = { ...ordinary.account, number: '7' };
    expect(checkAccount({ ...ordinary, account: odd, past }).verdict).toBe('known-good');
    expect(checkAccount({ ...ordinary, account: { ...odd, holder: 'VO VAN KHAC' }, past })).toMatchObject({
      verdict: 'doubtful',
      findings: [{ finding: 'name-differs', how: 'other' }, { finding: 'known-good' }],
    });
  });

  test('an account that another case has is doubtful', () => {
    expect(checkAccount({ ...ordinary, isShared: true })).toMatchObject({ findings: [{ finding: 'shared' }] });
  });
});

test('whatever was typed, there is a verdict with a reason in words, and no name or number in them', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('–', '', 'TRAN VAN BINH'));
  const count = fc.nat(3);
  fc.assert(
    fc.property(
      fc.record({ bank: fc.oneof(text, fc.constantFrom('VBA', 'ICB')), number: text, holder: text }),
      fc.record({ fullName: text, citizenId: text }),
      fc.record({ credited: count, cameBack: count, isGoodNow: fc.boolean() }),
      fc.boolean(),
      (account, person, past, isShared) => {
        const { verdict, findings } = checkAccount({ account, who: person, past, isShared });
        const words = findings.map(findingSentence);
        expect(findings.length).toBeGreaterThan(0);
        expect(words.every(({ vi, en }) => vi !== '' && en !== '')).toBe(true);
        expect(verdict === 'doubtful').toBe(
          findings.some(({ finding }) => finding !== 'known-good' && finding !== 'never-used'),
        );
        if (account.number.length > 5) expect(words.some(({ vi }) => vi.includes(account.number))).toBe(false);
      },
    ),
  );
});
