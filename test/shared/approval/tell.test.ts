/** Whoever decided hears what others did afterwards, once, and without a name or a sum. */
import { describe, expect, test } from 'vitest';
import { abortBatch, reopenStep } from '../../../shared/approval/reopen.ts';
import { newsOf, tellDeciders } from '../../../shared/approval/tell.ts';
import { noteSeen } from '../../../shared/approval/seen.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();

async function confirmed() {
  const made = await province();
  await made.frozenBatch('b1');
  done(await made.decides('home-affairs-leader', 'b1'));
  const tell = async () => {
    const sent = new Map<string, Mail>();
    const mailer = { send: async (mail: Mail) => void sent.set(mail.key, mail) };
    await tellDeciders('b1', { ...made.still, mailer });
    await tellDeciders('b1', { ...made.still, mailer });
    return [...sent.values()].map(({ account, subject }) => [account, subject.split(': ')[1]]);
  };
  const people = made.account('home-affairs-leader').id;
  const money = made.account('finance-leader').id;
  return { ...made, tell, people, money };
}

describe('the mail', () => {
  test('says what happened, on which version and why, and leads to the batch', async () => {
    const { freeze, batch, people, account, still } = await confirmed();
    await freeze('b1', { reason: 'Thêm người' });
    const sent: Mail[] = [];
    await tellDeciders('b1', { ...still, mailer: { send: async (mail) => void sent.push(mail) } });
    const frozenAgain = (await batch('b1')).entries.findLast(({ kind }) => kind === 'frozen');
    expect(sent).toMatchObject([
      {
        key: `b1/told/${frozenAgain?.seq}/${people}`,
        account: people,
        to: account('home-affairs-leader').email,
        button: { url: `${still.publicUrl}/dot/b1` },
      },
    ]);
    expect(sent[0]?.lines.join()).toContain('phiên bản 2 (Thêm người)');
    expect(sent[0]?.footer).toHaveLength(1);
  });

  test('is for nobody who has left, and of no batch that is not there', async () => {
    const { tell, decides, dropAccount, still, account, people, money } = await confirmed();
    done(await decides('finance-leader', 'b1'));
    await dropAccount(people);
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm nguồn' }, account('finance-officer'), still));
    expect(await tell()).toEqual([[money, 'đợt đã kết thúc']]);
    const send = async () => expect.fail('nobody is to be told');
    await tellDeciders('b9', { ...still, mailer: { send } });
  });
});

describe('what is no news', () => {
  test('is all that happens before somebody confirmed', async () => {
    const { frozenBatch, freeze, batch } = await province();
    await frozenBatch('b1');
    await freeze('b1', { reason: 'Rà soát' });
    expect(newsOf(await batch('b1'))).toEqual([]);
  });

  test('is that somebody looked, or that the decision was recorded', async () => {
    const { decides, provincial, batch, still, account } = await confirmed();
    await noteSeen('b1', 1, account('finance-leader'), still);
    done(await decides('finance-leader', 'b1'));
    done(await provincial('b1'));
    expect(newsOf(await batch('b1'))).toEqual([]);
  });

  test('is the end of a batch to those whose confirmation was void by then', async () => {
    const { tell, decides, freeze, step, still, account, people, money } = await confirmed();
    done(await decides('finance-leader', 'b1'));
    const wish = { batchId: 'b1', step: 'people', version: 1, reason: 'Sót' };
    done(await reopenStep(wish, account('home-affairs-leader'), still));
    done(await decides('home-affairs-leader', 'b1'));
    await freeze('b1', { reason: 'Rà soát' });
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm nguồn' }, account('finance-officer'), still));
    expect(await tell()).toEqual([
      [money, 'một bước được mở lại'],
      [people, 'danh sách được chốt lại'],
    ]);
  });

  test('is the end to whoever took their confirmation back', async () => {
    const { tell, still, account } = await confirmed();
    const wish = { batchId: 'b1', step: 'people', version: 1, reason: 'Sót' };
    done(await reopenStep(wish, account('home-affairs-leader'), still));
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm nguồn' }, account('finance-officer'), still));
    expect(await tell()).toEqual([]);
  });
});

describe('who confirmed is told', () => {
  test('nothing while nobody touches what they confirmed', async () => {
    const { tell, decides } = await confirmed();
    expect(await tell()).toEqual([]);
    done(await decides('finance-leader', 'b1'));
    expect(await tell()).toEqual([]);
  });

  test('that a later step took people out', async () => {
    const { tell, decides, list, people } = await confirmed();
    const [out] = await list('b1');
    done(await decides('finance-leader', 'b1', { takeOut: [{ part: out?.part ?? '', reason: 'Trùng' }] }));
    expect(await tell()).toEqual([[people, 'có người được đưa ra']]);
  });

  test('that the whole was rejected', async () => {
    const { tell, decides, people } = await confirmed();
    done(await decides('finance-leader', 'b1', { outcome: 'rejected', reason: 'Thiếu nguồn' }));
    expect(await tell()).toEqual([[people, 'cả đợt bị trả lại']]);
  });

  test('that a new version voids what they confirmed, and no more of the old one afterwards', async () => {
    const { tell, freeze, step, decides, people } = await confirmed();
    await freeze('b1', { reason: 'Thêm người' });
    expect(await tell()).toEqual([[people, 'danh sách được chốt lại']]);
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    done(await decides('home-affairs-leader', 'b1'));
    expect(await tell()).toHaveLength(1);
  });

  test('that an earlier step was reopened, if theirs came after it; whoever reopened is told nothing', async () => {
    const { tell, decides, still, account, money } = await confirmed();
    done(await decides('finance-leader', 'b1'));
    const wish = { batchId: 'b1', step: 'people', version: 1, reason: 'Sót' };
    done(await reopenStep(wish, account('home-affairs-leader'), still));
    expect(await tell()).toEqual([[money, 'một bước được mở lại']]);
  });

  test('nothing of a later step that was reopened', async () => {
    const { tell, decides, still, account } = await confirmed();
    done(await decides('finance-leader', 'b1'));
    done(
      await reopenStep({ batchId: 'b1', step: 'money', version: 1, reason: 'Sót' }, account('finance-leader'), still),
    );
    expect(await tell()).toEqual([]);
  });

  test('that the batch was ended, though others have looked at it or taken back their own step since', async () => {
    const { tell, decides, still, account, people } = await confirmed();
    done(await decides('finance-leader', 'b1'));
    const wish = { batchId: 'b1', step: 'money', version: 1, reason: 'Sót' };
    done(await reopenStep(wish, account('finance-leader'), still));
    await noteSeen('b1', 1, account('finance-leader'), still);
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm nguồn' }, account('finance-officer'), still));
    expect(await tell()).toEqual([[people, 'đợt đã kết thúc']]);
  });

  test('that the batch was ended', async () => {
    const { tell, decides, still, account, people, money } = await confirmed();
    done(await decides('finance-leader', 'b1'));
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm nguồn' }, account('finance-officer'), still));
    expect(await tell()).toEqual([
      [people, 'đợt đã kết thúc'],
      [money, 'đợt đã kết thúc'],
    ]);
  });
});
