/**
 * A province whose money is decided, credited, returned, refused and held, by chance: no mail has anything of a person in it,
 * no letter a sum that nobody decided, an account or a citizen id; and everybody who has something to hear has one letter.
 */
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { printLetters } from '../../../functions/completion/print-letters.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { formatDay, localDateOf } from '../../../shared/calendar.ts';
import { accountOf, identityOf, readCase } from '../../../shared/case/case.ts';
import { dataOf, lastOfKind } from '../../../shared/case/history.ts';
import { caseIdOf, partSummary } from '../../../shared/case/part.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import type { Row } from '../../../shared/case/store.ts';
import { handOver, lettersPrinted, lettersStream, waitingLetters } from '../../../shared/completion/notices.ts';
import { tellWaiting } from '../../../shared/completion/tell-letters.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { formatDong } from '../../../shared/dong.ts';
import { on } from '../../complaints.ts';
import { done, openProvince, type Province } from '../../province.ts';

const printer = { id: 'demo-unit-clerk', name: 'Người In Thư' };

/** What nobody may read in a mail. */
async function clearOf({ still, store }: Province, row: Row) {
  const of = (await readCase(store, caseIdOf(row.stream.slice('part/'.length)))) ?? expect.fail('no case');
  const { fullName, citizenId } = await identityOf(still.vault, of);
  const account = await accountOf(still.vault, of.id, of.account.sealed);
  const { total, employer } = partSummary.parse(row.summary);
  const birth = of.submitted.facts.person?.birth ?? '–';
  return {
    fullName,
    citizenId,
    account: account.number,
    sum: formatDong(BigInt(total)),
    others: [account.holder, total, employer, birth, formatDay(birth), of.id],
  };
}

async function mailsOf({ still }: Province, day: string): Promise<readonly Mail[]> {
  const sent = new Map<string, Mail>();
  const mailer = { send: async (mail: Mail) => void sent.set(mail.key, mail) };
  await tellWaiting({ ...on(day, still), mailer });
  return [...sent.values()];
}

async function printed({ still, store }: Province, unit: string): Promise<string> {
  await printLetters({ unit, again: false }, printer, still, () => {});
  const last = lastOfKind(await store.read(lettersStream(unit)), 'letters-printed') ?? expect.fail('no file');
  const file = await still.files.get(dataOf(last, lettersPrinted).file);
  const xml = strFromU8(unzipSync(file ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array());
  return xml.replaceAll(/<w:p[ >]/g, '\n<').replaceAll(/<[^>]*>/g, '');
}

const outcomes = ['credited', 'returned', 'refused', 'nothing'] as const;

test('mails count, letters tell each person theirs, and neither says what it may not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...outcomes), { minLength: 14, maxLength: 14 }), async (wished) => {
      const made = await openProvince({ people: 14 });
      const { still, account } = made;
      const heldBefore = (await made.rows()).at(-1)?.stream.slice('part/'.length) ?? '';
      done(await holdPart(heldBefore, 'hold', 'Có đơn tố cáo', account('home-affairs-officer'), still));
      const units = [...new Set((await made.rows()).map(({ unit = '' }) => unit))];
      const orders = await made.sentBatch('b1');
      const mails = [...(await mailsOf(made, '2025-10-02'))];
      const said = orders.flatMap(({ reference }, index) => {
        const outcome = wished[index] ?? 'nothing';
        return outcome === 'nothing' ? [] : [{ reference, outcome, on: '2025-10-03', file: 'result' }];
      });
      await settle(said, 'demo-finance-officer', still);
      mails.push(...(await mailsOf(made, '2025-10-03')));
      const rows = await made.rows();
      const people = await Promise.all(rows.map(async (row) => ({ row, ...(await clearOf(made, row)) })));
      const texts = JSON.stringify(mails.map(({ subject, lines, footer, button }) => [subject, lines, footer, button]));
      expect(mails.length).toBeGreaterThan(0);
      for (const { fullName, citizenId, account: number, sum, others } of people)
        for (const clear of [fullName, citizenId, number, sum, ...others]) expect(texts).not.toContain(clear);
      for (const unit of units) {
        const waiting = await waitingLetters(unit, made.store);
        if (waiting.length === 0) continue;
        const letters = await printed(made, unit);
        for (const { row, fullName, citizenId, account: number, sum } of people.filter(
          (one) => one.row.unit === unit,
        )) {
          const own = waiting.filter(({ part }) => row.stream === `part/${part}`);
          const isDue = !['assessed', 'appraised', 'cancelled'].includes(row.status);
          expect([row.status, own.length]).toEqual([row.status, isDue ? 1 : 0]);
          expect(letters.split(fullName).length - 1 > 0).toBe(isDue);
          for (const clear of [citizenId, number, 'tố cáo']) expect(letters).not.toContain(clear);
          const isAboutSum = own.some(({ event }) => event === 'decided' || event === 'credited');
          expect([row.status, letters.includes(sum)]).toEqual([row.status, isAboutSum]);
        }
        const again = await waitingLetters(unit, made.store);
        expect(again.every(({ printed: at }) => at !== undefined)).toBe(true);
        const clerk = account('unit-clerk');
        done(await handOver(again, localDateOf(still.now()), clerk, { ...still, now: () => '2099-01-01T00:00:00Z' }));
        expect(await waitingLetters(unit, made.store)).toEqual([]);
      }
      await made.close();
      expect(made.faults).toEqual([]);
    }),
    { numRuns: 3, seed: 3 },
  );
}, 120_000);
