/** What a notice may say: every fact is either allowed or forbidden, and a letter says what is allowed alone. */
import { describe, expect, test } from 'vitest';
import { noticeLetter } from '../../../shared/completion/notice-letter.ts';
import {
  mayNotSay,
  maySay,
  noticeChannels,
  noticeEvents,
  noticeFacts,
  noticeReceivers,
  type NoticeFact,
  sayable,
} from '../../../shared/completion/notice-rules.ts';

const ways = noticeEvents.flatMap((event) =>
  noticeReceivers.flatMap((to) => noticeChannels.map((by) => ({ event, to, by }) as const)),
);
/** Each fact as a word that nothing else contains. */
const everything = Object.fromEntries(noticeFacts.map((fact) => [fact, `⟦${fact}⟧`]));
const never: readonly NoticeFact[] = [
  'draft-sum',
  'account-number',
  'citizen-id',
  'birth',
  'hold-reason',
  'bank-answer',
];

describe('the rules', () => {
  test.each(ways)('say of $event, to the $to by $by, of every fact whether it may be said', (way) => {
    expect([...maySay(way), ...mayNotSay(way)].toSorted()).toEqual(noticeFacts.toSorted());
    expect(maySay(way).filter((fact) => never.includes(fact))).toEqual([]);
  });

  test.each(noticeEvents)('of %s let a mail to a unit say how many and where, and nothing of a person', (event) => {
    expect(maySay({ event, to: 'unit', by: 'mail' })).toEqual(['how-many', 'link', 'unit']);
  });

  test.each(noticeEvents)('of %s send no mail to a person, and no letter to a unit', (event) => {
    expect(maySay({ event, to: 'person', by: 'mail' })).toEqual([]);
    expect(maySay({ event, to: 'unit', by: 'letter' })).toEqual([]);
  });

  test('name a sum only of what was decided or is there', () => {
    const ofSums = noticeEvents.filter((event) =>
      maySay({ event, to: 'person', by: 'letter' }).some((fact) => fact === 'decided-sum' || fact === 'credited-sum'),
    );
    expect(ofSums).toEqual(['decided', 'credited']);
  });

  test('keep back what may not be said, whatever is known', () => {
    for (const way of ways) expect(Object.keys(sayable(way, everything)).toSorted()).toEqual(maySay(way).toSorted());
  });
});

describe('the letter', () => {
  test.each(noticeEvents)('of %s says nothing that the rules forbid, and all that they are for', (event) => {
    const way = { event, to: 'person', by: 'letter' } as const;
    const text = JSON.stringify(noticeLetter(event, everything, { unitKind: 'commune', title: 'Bà' }));
    for (const fact of mayNotSay(way)) expect(text).not.toContain(`⟦${fact}⟧`);
    for (const fact of ['full-name', 'whom-to-ask', 'nobody-phones', 'printed-by']) expect(text).toContain(`⟦${fact}⟧`);
    for (const fact of maySay(way).filter((one) => /sum|tail|complain/.test(one))) expect(text).toContain(`⟦${fact}⟧`);
  });

  test.each(noticeEvents)('of %s tells what to do next in words of its own', (event) => {
    const letter = noticeLetter(
      event,
      { unit: 'UBND xã Thử', 'full-name': 'A' },
      { unitKind: 'commune', title: 'Ông' },
    );
    expect(letter.paragraphs.length).toBeGreaterThanOrEqual(3);
    expect(letter.paragraphs.join(' ')).not.toMatch(/undefined|⟦/);
  });
});
