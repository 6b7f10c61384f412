/** Will it bounce? What an account gives reason to doubt, or to trust, before money moves to it. */
import type { Sentence } from '../vietnamese.ts';
import type { AccountPast } from './account-past.ts';
import { type NameLikeness, nameLikeness } from './account-name.ts';
import { bankOf } from './banks.ts';
import type { BankAccount, Identity } from './case.ts';

export type AccountFinding =
  | { readonly finding: 'known-good'; readonly times: number }
  | { readonly finding: 'never-used' }
  | { readonly finding: 'unreadable' }
  | { readonly finding: 'odd-format'; readonly why: OddFormat }
  | { readonly finding: 'name-differs'; readonly how: Exclude<NameLikeness, 'same'> }
  | { readonly finding: 'returned-before'; readonly times: number; readonly code?: string }
  | { readonly finding: 'shared' };

export type OddFormat =
  | { readonly what: 'bank' | 'digits' | 'zeros' | 'repeated' | 'citizen-id' | 'phone' }
  | { readonly what: 'length'; readonly is: number; readonly usual: readonly number[]; readonly bank: string };

export interface AccountVerdict {
  readonly verdict: 'known-good' | 'never-used' | 'doubtful';
  /** Why; never empty. */
  readonly findings: readonly AccountFinding[];
}

export interface AccountToCheck {
  readonly account: BankAccount;
  readonly who: Identity;
  readonly past: AccountPast;
  /** Another case has the account too. */
  readonly isShared: boolean;
}

/** Never throws, and always names a reason. */
export function checkAccount({ account, who, past, isShared }: AccountToCheck): AccountVerdict {
  // Of an erased person nothing can be read, and nothing said of the number or the name.
  if (account.number === '–') return { verdict: 'doubtful', findings: [{ finding: 'unreadable' }] };
  const how = nameLikeness(account.holder, who.fullName);
  const doubts: AccountFinding[] = [
    ...oddFormats(account, who.citizenId).map((why) => ({ finding: 'odd-format' as const, why })),
    ...(how === 'same' ? [] : [{ finding: 'name-differs' as const, how }]),
    ...(past.cameBack === 0 || past.isGoodNow ? [] : [returnedBefore(past)]),
    ...(isShared ? [{ finding: 'shared' as const }] : []),
  ];
  const used: AccountFinding =
    past.credited === 0 ? { finding: 'never-used' } : { finding: 'known-good', times: past.credited };
  // A number that money has reached is a right number, however odd it looks.
  const standing = past.isGoodNow ? doubts.filter(({ finding }) => finding !== 'odd-format') : doubts;
  if (standing.length > 0) {
    return { verdict: 'doubtful', findings: past.credited === 0 ? standing : [...standing, used] };
  }
  return { verdict: past.credited === 0 ? 'never-used' : 'known-good', findings: [used] };
}

function returnedBefore({ cameBack: times, code }: AccountPast): AccountFinding {
  return { finding: 'returned-before', times, ...(code === undefined ? {} : { code }) };
}

/** Everything about the number that is not as numbers usually are. */
function oddFormats({ bank: code, number }: BankAccount, citizenId: string): readonly OddFormat[] {
  const bank = bankOf(code);
  if (bank === undefined) return [{ what: 'bank' }];
  if (!/^\d+$/.test(number)) return [{ what: 'digits' }];
  const usual = bank.digits?.counts;
  const isLengthUsual = usual === undefined || usual.includes(number.length);
  return [
    ...(isLengthUsual ? [] : [{ what: 'length' as const, is: number.length, usual, bank: bank.name }]),
    ...(/^0+$/.test(number) ? [{ what: 'zeros' as const }] : []),
    ...(/^([1-9])\1+$/.test(number) ? [{ what: 'repeated' as const }] : []),
    ...(number === citizenId ? [{ what: 'citizen-id' as const }] : []),
    // Many banks let the phone number stand for the account; money arrives as long as the alias does.
    ...(/^0\d{9}$/.test(number) && !/^0+$/.test(number) ? [{ what: 'phone' as const }] : []),
  ];
}

const names: Readonly<Record<Exclude<NameLikeness, 'same'>, Sentence>> = {
  'word-order': {
    vi: 'Tên chủ tài khoản có cùng các chữ nhưng khác thứ tự với họ tên trong hồ sơ.',
    en: 'The holder’s name has the words of the person’s name in another order.',
  },
  shortened: {
    vi: 'Tên chủ tài khoản viết tắt hoặc bị cắt so với họ tên trong hồ sơ.',
    en: 'The holder’s name is shortened or cut off.',
  },
  spelling: {
    vi: 'Tên chủ tài khoản viết khác chính tả so với họ tên trong hồ sơ (i/y, ph/f…).',
    en: 'The holder’s name is spelled otherwise (i/y, ph/f…).',
  },
  other: {
    vi: 'Tài khoản đứng tên người khác, không phải họ tên trong hồ sơ.',
    en: 'The account is in another person’s name.',
  },
};

const formats: Readonly<Record<Exclude<OddFormat['what'], 'length'>, Sentence>> = {
  bank: { vi: 'Không rõ ngân hàng của tài khoản.', en: 'The bank of the account is not known.' },
  digits: { vi: 'Số tài khoản có ký tự không phải chữ số.', en: 'The number has something else than digits.' },
  zeros: { vi: 'Số tài khoản toàn số 0.', en: 'The number is all zeros.' },
  repeated: { vi: 'Số tài khoản lặp một chữ số.', en: 'The number repeats one digit.' },
  'citizen-id': { vi: 'Số tài khoản trùng số định danh cá nhân.', en: 'The number is the citizen id.' },
  phone: {
    vi: 'Số tài khoản giống số điện thoại; chỉ đúng nếu ngân hàng cho dùng số điện thoại làm tài khoản.',
    en: 'The number looks like a phone number; right only where the bank lets it stand for the account.',
  },
};

/** No name, number or id stands in it. */
export function findingSentence(finding: AccountFinding): Sentence {
  switch (finding.finding) {
    case 'known-good':
      return {
        vi: `Đã nhận tiền ${finding.times} lần trước đây.`,
        en: `Money has reached it ${finding.times} times before.`,
      };
    case 'never-used':
      return { vi: 'Chưa từng được chi vào tài khoản này.', en: 'Nothing was ever paid into it.' };
    case 'unreadable':
      return { vi: 'Không đọc được tài khoản: dữ liệu cá nhân đã xóa.', en: 'The account cannot be read: erased.' };
    case 'odd-format':
      return finding.why.what === 'length' ? lengthSentence(finding.why) : formats[finding.why.what];
    case 'name-differs':
      return names[finding.how];
    case 'returned-before': {
      const code = finding.code === undefined ? '' : ` (${finding.code})`;
      return {
        vi: `Đã bị trả lại ${finding.times} lần trước đây${code}.`,
        en: `Money came back from it ${finding.times} times before${code}.`,
      };
    }
    case 'shared':
      return { vi: 'Hồ sơ khác cũng dùng tài khoản này.', en: 'Another case has this account too.' };
  }
}

function lengthSentence({ is, usual, bank }: Extract<OddFormat, { what: 'length' }>): Sentence {
  return {
    vi: `Số tài khoản có ${is} chữ số; ${bank} thường có ${usual.join(' hoặc ')}.`,
    en: `The number has ${is} digits; ${bank} usually has ${usual.join(' or ')}.`,
  };
}
