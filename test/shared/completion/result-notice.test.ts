/** What a person is told, from the outside: a province does something, and the notice says it in words for the person. */
import { describe, expect, test } from 'vitest';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { returnToUnit } from '../../../shared/approval/return.ts';
import { readCase } from '../../../shared/case/case.ts';
import { facts, type Facts } from '../../../shared/case/facts.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { noticeFor } from '../../../shared/completion/issue-notice.ts';
import { noticeHash, type ResultNotice } from '../../../shared/completion/result-notice.ts';
import { setContact } from '../../../shared/completion/set-contact.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { decideRecovery, recordReceipt } from '../../../shared/disbursement/decide-recovery.ts';
import { recordReEntry } from '../../../shared/disbursement/open-recovery.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { formatDong } from '../../../shared/dong.ts';
import { reassess } from '../../../shared/entitlement/reassess.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { person } from '../../people.ts';
import { addStreamlined, payElsewhere } from '../../paid-leaver.ts';
import { done, everyRow, type Province, provinces, submitting } from '../../province.ts';

const province = provinces();

async function noticeOf(made: Province, caseId: string, asOf = made.still.now()): Promise<ResultNotice> {
  const signed = await noticeFor(caseId, asOf, made.account('inspector'), made.still);
  return signed?.notice ?? expect.fail('no notice');
}

/** Every Vietnamese sentence of it. */
function wordsOf(notice: ResultNotice): string {
  const texts: string[] = [];
  JSON.stringify(notice, (key, value: unknown) => {
    if (key === 'vi' && typeof value === 'string') texts.push(value);
    return typeof value === 'bigint' ? value.toString() : value;
  });
  return texts.join(' ');
}

const money = /\d{1,3}(\.\d{3}){2,}/;

/** A province with one more person of these facts at the provincial level. */
async function withPerson(of: Facts) {
  const made = await province({ people: 1 });
  const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
  const unit = [...units.values()].find(({ level }) => level === 'provincial') ?? expect.fail();
  const leaver = {
    sheet: 'Danh sách',
    row: 900,
    periodRows: [],
    facts: of,
    fullName: 'Nguyễn Văn Thử',
    citizenId: '040068000999',
    account: { bank: 'VCB', number: '7000000999', holder: 'NGUYEN VAN THU' },
    payingUnit: unit.code,
    employer: unit.name,
  };
  const submission = { listId: 'one-more', by: 'demo-unit-clerk', people: [leaver], mayUse: () => true };
  await submitList(submission, units, submitting, made.still);
  const added = (await everyRow(made.store, { kind: 'case' })).find(({ summary }) => summary['list'] === 'one-more');
  return { made, caseId: added?.stream.slice('case/'.length) ?? expect.fail() };
}

describe('before the province has decided', () => {
  test('no sum of the person stands in the notice, whatever was computed', async () => {
    const made = await province();
    const partId = await made.somebody();
    const steps = [
      async () => {},
      async () => void (await made.appraiseAll()),
      async () => {
        await made.freeze('b1');
        await made.step('entitlement.recompute', 'b1');
        await made.step('approval.next', 'b1');
      },
      async () => {
        done(await made.decides('home-affairs-leader', 'b1'));
        await followBatch('b1', made.still);
      },
      async () => {
        done(await made.decides('finance-leader', 'b1'));
        await followBatch('b1', made.still);
      },
    ];
    const seen: (readonly [string, string | undefined])[] = [];
    for (const step of steps) {
      await step();
      const notice = await noticeOf(made, caseIdOf(partId));
      const of = (await readCase(made.store, caseIdOf(partId))) ?? expect.fail();
      const total = of.assessment.outcome === 'entitled' ? of.assessment.total : expect.fail();
      expect(notice.sum).toBeUndefined();
      expect(wordsOf(notice)).not.toMatch(money);
      expect(JSON.stringify(notice)).not.toContain(total);
      expect(notice.headline.vi).toContain('chưa nêu số tiền');
      seen.push([notice.state, notice.standings[0]?.holder?.vi]);
      expect(notice.standings[0]?.expected?.vi).toMatch(/^Chưa có số tiền và ngày dự kiến: đang chờ /);
    }
    expect(seen).toEqual([
      ['assessed', 'Sở Nội vụ'],
      ['appraised', 'Sở Tài chính'],
      ['in-batch', 'Sở Nội vụ'],
      ['people-confirmed', 'Sở Tài chính'],
      ['money-confirmed', 'UBND tỉnh'],
    ]);
  });

  test('a case that is back with its unit says what is to be brought', async () => {
    const made = await province();
    const partId = await made.somebody();
    const of = (await readCase(made.store, caseIdOf(partId))) ?? expect.fail();
    const reasons = [{ field: 'service' as const, reason: 'thiếu sổ bảo hiểm năm 2009' }];
    done(
      await returnToUnit(
        { caseId: of.id, caseHash: of.caseHash, reasons },
        made.account('home-affairs-officer'),
        made.still,
      ),
    );
    const { standings, unit } = await noticeOf(made, of.id);
    expect(standings[0]?.where.vi).toContain('thời gian công tác, đóng bảo hiểm – thiếu sổ bảo hiểm năm 2009.');
    expect(standings[0]?.holder?.vi).toBe(unit.name);
  });

  test('the Party block learns that its own board has the case', async () => {
    const made = await province({ partyPeople: 8 });
    const { standings } = await noticeOf(made, caseIdOf(await made.partyMember()));
    expect(standings[0]?.holder?.vi).toBe('Ban Tổ chức Tỉnh ủy');
  });
});

describe('a case without a sum', () => {
  test('that is not served names the ground with its article, and what to do', async () => {
    const { made, caseId } = await withPerson(person().leaving('2032-01-01').servingFrom('2003-07').build());
    const notice = await noticeOf(made, caseId);
    const of = (await readCase(made.store, caseId)) ?? expect.fail();
    expect(of.assessment.outcome).toBe('not-entitled');
    expect(notice.headline.vi).toContain('chưa đủ điều kiện');
    expect(wordsOf(notice)).toContain(
      'Ngày nghỉ sau hạn (01/09/2025; 31/12/2025 nếu quyết định trước 01/08/2025) (Công văn 6383/BNV-TCBC ngày 13/08/2025).',
    );
    expect(wordsOf(notice)).toContain('hãy nộp cho đơn vị để tính lại');
    expect(wordsOf(notice)).toContain('chưa phải quyết định');
  });

  test('that lacks a paper names the paper', async () => {
    const { made, caseId } = await withPerson(facts.parse({ subject: 'civil-servant', person: { sex: 'male' } }));
    const notice = await noticeOf(made, caseId);
    expect(notice.state).toBe('incomplete');
    expect(wordsOf(notice)).toMatch(/Hồ sơ còn thiếu: .*ngày sinh/);
  });

  test('that a person must decide tells no alternative sum', async () => {
    const undecided = person()
      .bornIn('1966-01')
      .decided('2025-04-20')
      .leaving('2025-05-01')
      .earning('15000000')
      .having({ from: '2006-03', to: '2025-04', employer: 'state' })
      .having({ from: '2004-01', to: '2005-12', employer: 'state', compensated: true })
      .build();
    const { made, caseId } = await withPerson(undecided);
    const notice = await noticeOf(made, caseId);
    expect(notice.state).toBe('review');
    expect(wordsOf(notice)).not.toMatch(money);
    expect(wordsOf(notice)).toContain('Cần người có thẩm quyền quyết định');
  });
});

describe('once the province has decided', () => {
  test('the sum stands with its decision, and each line with its numbers and article', async () => {
    const made = await province();
    const partId = await made.somebody();
    await made.decidedBatch('b1');
    const notice = await noticeOf(made, caseIdOf(partId));
    const of = (await readCase(made.store, caseIdOf(partId))) ?? expect.fail();
    const { total, lines } = of.assessment.outcome === 'entitled' ? of.assessment : expect.fail();
    expect(notice.headline.vi).toBe(
      `Ông/bà được hưởng ${formatDong(BigInt(total))} đồng theo Quyết định số b1/QĐ-UBND ngày 01/10/2025 của UBND tỉnh Nghệ An.`,
    );
    expect(notice.sum?.lines).toHaveLength(lines.length);
    for (const { amount, working, by } of lines) {
      const said = `${working} = ${formatDong(BigInt(amount))} đồng (${by}).`;
      expect(notice.sum?.lines.some(({ vi }) => vi.endsWith(said))).toBe(true);
    }
    expect(notice.standings[0]?.expected?.vi).toMatch(/^Chưa có ngày dự kiến nhận tiền: đang chờ /);
  });

  test('the account is masked in the middle, and how to correct it is said', async () => {
    const made = await province();
    const partId = await made.somebody();
    const { account = expect.fail() } = await noticeOf(made, caseIdOf(partId));
    expect(account.vi).toMatch(/, \d{3}\*+\d{3}, /);
    expect(account.vi).not.toMatch(/\d{7}/);
    expect(account.vi).toContain('kế toán trưởng xác nhận rồi mới đổi');
  });

  test('it follows the money, and says on which day it arrived', async () => {
    const made = await province();
    const partId = await made.somebody();
    const orders = await made.sentBatch('b1');
    const own = orders.find(({ part }) => part === partId) ?? expect.fail();
    expect((await noticeOf(made, caseIdOf(partId))).standings[0]?.holder?.vi).toBe('Kho bạc Nhà nước');
    const outcome = { reference: own.reference, on: '2025-10-03', file: 'f' };
    await settle([{ ...outcome, outcome: 'treasury-paid' }], 'demo-finance-officer', made.still);
    expect((await noticeOf(made, caseIdOf(partId))).standings[0]?.holder?.vi).toMatch(/^ngân hàng /);
    await settle([{ ...outcome, on: '2025-10-06', outcome: 'credited' }], 'demo-finance-officer', made.still);
    const arrived = await noticeOf(made, caseIdOf(partId));
    expect(arrived.standings[0]?.where.vi).toMatch(/^Tiền đã vào tài khoản ngày 06\/10\/2025/);
    expect(arrived.standings[0]?.expected).toBeUndefined();
    expect(arrived.headline.vi).toBe(`Ông/bà đã được chi ${formatDong(BigInt(own.amount))} đồng.`);
  });

  test('money that came back says what the bank said, what the person can do, and then that it is paid again', async () => {
    const made = await province();
    const partId = await made.somebody();
    const caseId = caseIdOf(partId);
    const own = (await made.sentBatch('b1')).find(({ part }) => part === partId) ?? expect.fail();
    const reason = 'Tài khoản người hưởng đã đóng';
    const back = { reference: own.reference, on: '2025-10-03', file: 'f', backTo: 'estimate' as const, reason };
    await settle([{ ...back, outcome: 'returned' }], 'demo-finance-officer', made.still);
    const returned = await noticeOf(made, caseId);
    expect(returned.standings[0]?.where.vi).toContain(reason);
    expect(returned.standings[0]?.next?.vi).toContain('làm đơn sửa tài khoản');
    const account = { bank: 'VCB', number: '7000000001', holder: 'NGUOI HUONG' };
    done(
      await proposeAccount({ part: partId, account, reason, paper: 'scan' }, made.account('unit-clerk'), made.still),
    );
    expect((await noticeOf(made, caseId)).account?.vi).toContain('đang chờ kế toán trưởng xác nhận');
    const digest = (await readCase(made.store, caseId))?.proposed?.digest ?? '';
    done(await confirmAccount(partId, digest, made.account('unit-chief-accountant'), made.still));
    done(await orderAgain(partId, '', made.account('finance-officer'), made.still));
    const again = await noticeOf(made, caseId);
    expect(again.standings[0]?.holder?.vi).toBe('Sở Tài chính');
    expect(again.sum?.total).toBe(BigInt(own.amount));
  });

  test('a hold after the decision keeps the sum and says that it is held, and why', async () => {
    const made = await province();
    const partId = await made.somebody();
    await made.decidedBatch('b1');
    done(await holdPart(partId, 'hold', 'Chờ xác minh', made.account('finance-officer'), made.still));
    const held = await noticeOf(made, caseIdOf(partId));
    expect(held.headline.vi).toContain('nhưng việc chi trả đang tạm dừng');
    expect(held.standings[0]?.where.vi).toBe('Đang tạm dừng. Lý do: Chờ xác minh.');
    done(await holdPart(partId, 'cancel', 'Trùng hồ sơ', made.account('finance-officer'), made.still));
    const ended = await noticeOf(made, caseIdOf(partId));
    expect(ended.sum).toBeUndefined();
    expect(wordsOf(ended)).not.toMatch(money);
    expect(wordsOf(ended)).toContain('Trùng hồ sơ');
  });

  test('an heir is named once the person has died', async () => {
    const made = await province();
    const partId = await made.somebody();
    const caseId = caseIdOf(partId);
    await made.decidedBatch('b1');
    done(await holdPart(partId, 'hold', 'Người hưởng đã mất', made.account('finance-officer'), made.still));
    const heir = { fullName: 'Nguyễn Thị Con', relation: 'con đẻ, văn bản 12/CC' };
    const account = { bank: 'VCB', number: '7000000002', holder: 'NGUYEN THI CON', heir };
    const correction = { part: partId, account, reason: 'Thừa kế', paper: 'scan' };
    done(await proposeAccount(correction, made.account('unit-clerk'), made.still));
    const digest = (await readCase(made.store, caseId))?.proposed?.digest ?? '';
    done(await confirmAccount(partId, digest, made.account('unit-chief-accountant'), made.still));
    const notice = await noticeOf(made, caseId);
    expect(notice.account?.vi).toContain('trả cho người thừa kế Nguyễn Thị Con (con đẻ, văn bản 12/CC)');
    expect(notice.sum?.total).toBeGreaterThan(0n);
  });

  test('of two sources, only what was decided is told, and each stands where it is', async () => {
    const made = await province({ lineSources: { service: 'regular' } });
    const further = (await made.rows()).find(
      ({ summary }) => summary['isFurther'] === true && summary['level'] === 'provincial',
    );
    const caseId = caseIdOf(further?.stream.slice('part/'.length) ?? '');
    const own = (await made.sentBatch('b1')).find(({ part }) => caseIdOf(part) === caseId) ?? expect.fail();
    const one = await noticeOf(made, caseId);
    expect(one.sum?.total).toBe(BigInt(own.amount));
    expect(one.sum?.notes.map(({ vi }) => vi)).toEqual([expect.stringContaining('chưa được quyết định')]);
    expect(one.standings.map(({ status }) => status)).toEqual(['sent', 'appraised']);
    const other = (await made.sentBatch('b2', 'regular')).find(({ part }) => caseIdOf(part) === caseId);
    const both = await noticeOf(made, caseId);
    expect(both.sum?.total).toBe(BigInt(own.amount) + BigInt(other?.amount ?? 0));
    expect(both.sum?.notes).toEqual([]);
    expect(both.sum?.by).toHaveLength(2);
  });
});

describe('the duty to return the money', () => {
  test('stands in the notice of Decree 154 with its article, and in none of Decree 178', async () => {
    const made = await province({ people: 4 });
    const streamlined = await addStreamlined(made);
    const reorganised = await made.somebody();
    expect((await noticeOf(made, caseIdOf(streamlined))).sum).toBeUndefined();
    for (const one of [streamlined, reorganised]) await payElsewhere(made, one);
    const [duty, none] = [await noticeOf(made, caseIdOf(streamlined)), await noticeOf(made, caseIdOf(reorganised))];
    expect(duty.sum?.returnDuty?.vi).toContain(
      'từ 01/07/2025 đến hết 01/07/2030 (60 tháng) ông/bà được tuyển dụng lại vào nơi hưởng lương từ ngân sách nhà nước thì phải hoàn trả',
    );
    expect(duty.sum?.returnDuty?.vi).toContain('(Nghị định 154/2025/NĐ-CP, Điều 3 khoản 6)');
    expect(wordsOf(none)).not.toContain('hoàn trả');
    expect(duty.standings[0]?.where.vi).toBe('Đã được chi 277.500.000 đồng ngày 20/09/2025, chứng từ UNC-1.');
  });

  test('is told as a sum only once somebody has decided that it comes back, and what is left of it', async () => {
    const made = await province({ people: 1 });
    const streamlined = await addStreamlined(made);
    await payElsewhere(made, streamlined);
    const caseId = caseIdOf(streamlined);
    const notes = async () => (await noticeOf(made, caseId)).sum?.notes.map(({ vi }) => vi);
    const decision = { number: '12/QĐ-SNV', on: '2025-08-01', paper: 'scan' };
    done(await recordReEntry({ caseId, on: '2025-08-01', decision }, made.account('home-affairs-officer'), made.still));
    expect(await notes()).toEqual(['Có khoản đang được xem xét thu hồi; chưa có quyết định.']);
    const id = `${caseId}.re-entry`;
    const decided = { id, outcome: 'recover' as const, reason: 'Điều 3 khoản 6', paper: 'scan' };
    done(await decideRecovery(decided, 'demo-finance-leader', made.still));
    expect(await notes()).toEqual(['Còn phải nộp lại 277.500.000 đồng. Lý do: Điều 3 khoản 6.']);
    const receipt = { id, on: '2025-10-05', to: 'estimate' as const, paper: 'scan' };
    const officer = made.account('finance-officer');
    done(await recordReceipt({ ...receipt, amount: 7_500_000n, document: 'PT-1' }, officer, made.still));
    expect(await notes()).toEqual(['Còn phải nộp lại 270.000.000 đồng. Lý do: Điều 3 khoản 6.']);
    done(await recordReceipt({ ...receipt, amount: 270_000_000n, document: 'PT-2' }, officer, made.still));
    expect(await notes()).toEqual(['Khoản phải nộp lại đã nộp đủ.']);
  });
});

describe('a sum that was computed again after it was paid', () => {
  test('has a notice of its own for the rest, which tells no sum before it is decided', async () => {
    const facts154 = person()
      .bornIn('1966-03-10')
      .leavingBut({ cause: 'streamlined' })
      .servingFrom('2003-07')
      .earning('15000000')
      .build();
    const { made, caseId } = await withPerson(facts154);
    const part = (await made.rows()).find(({ stream }) => stream.startsWith(`part/${caseId}`))?.stream.slice(5) ?? '';
    const paid = await payElsewhere(made, part);
    const longer = person()
      .bornIn('1966-03-10')
      .leavingBut({ cause: 'streamlined' })
      .servingFrom('2000-07')
      .earning('15000000')
      .build();
    const correction = { caseId, facts: longer, reason: 'Bổ sung sổ bảo hiểm', paper: 'scan' };
    done(await correctFacts(correction, made.account('unit-clerk').id, made.still));
    await reassess(caseId, {}, made.still);
    const first = await noticeOf(made, caseId);
    expect(first.sum?.total).toBe(paid);
    expect(first.sum?.periods[0]?.vi).toContain('07/2003–06/2025');
    expect(first.sum?.notes.map(({ vi }) => vi)).toEqual([
      expect.stringContaining('có thông báo riêng khi có quyết định'),
    ]);
    const topUp = (await everyRow(made.store, { kind: 'part' })).find(
      ({ summary }) => summary['isDifference'] === true,
    );
    const rest = caseIdOf(topUp?.stream.slice('part/'.length) ?? expect.fail('no rest'));
    expect(wordsOf(await noticeOf(made, rest))).not.toMatch(money);
    await payElsewhere(made, `${rest}.${topUp?.source}`);
    const second = await noticeOf(made, rest);
    const whole = assess(longer);
    const owed = whole.outcome === 'entitled' ? BigInt(whole.total) : expect.fail();
    expect(second.sum?.total).toBe(owed - paid);
    expect(second.sum?.notes[0]?.vi).toContain(
      `Đã chi trước đó ${formatDong(paid)} đồng; cộng với khoản này là ${formatDong(owed)} đồng.`,
    );
  });
});

describe('whom to ask and how to complain', () => {
  test('is the office’s own word, else its name alone: no telephone is made up', async () => {
    const made = await province();
    const caseId = caseIdOf(await made.somebody());
    const before = await noticeOf(made, caseId);
    expect(before.askAt.map(({ vi }) => vi)).toEqual([`tại ${before.unit.name}`, 'tại Sở Nội vụ tỉnh Nghệ An']);
    const place = { office: before.unit.code, place: 'Phòng Tổ chức, tầng 2', telephone: '0238 000 0000' };
    done(await setContact(place, made.account('unit-clerk'), made.still));
    const { askAt } = await noticeOf(made, caseId);
    expect(askAt[0]?.vi).toBe(`${before.unit.name}: Phòng Tổ chức, tầng 2, điện thoại 0238 000 0000`);
    const another = { ...place, office: '0000000' };
    expect(await setContact(another, made.account('unit-clerk'), made.still)).toMatchObject({ outcome: 'refused' });
    expect(await setContact(place, made.account('home-affairs-leader'), made.still)).toMatchObject({
      outcome: 'refused',
    });
    expect(await setContact({ ...place, telephone: 'gọi Hà' }, made.account('unit-clerk'), made.still)).toMatchObject({
      outcome: 'refused',
    });
  });

  test('the days of the law stand with their articles', async () => {
    const made = await province();
    const { complaint } = await noticeOf(made, caseIdOf(await made.somebody()));
    expect(complaint.vi).toContain('trong 90 ngày');
    expect(complaint.vi).toContain('(Luật Khiếu nại 02/2011/QH13, Điều 7 khoản 1, Điều 9)');
    expect(complaint.vi).toContain('thụ lý trong 10 ngày (Điều 27)');
    expect(complaint.vi).toContain(
      '30 ngày từ ngày thụ lý, việc phức tạp 45 ngày; vùng sâu, vùng xa 45 và 60 ngày (Điều 28)',
    );
  });

  test('whoever asks for an account by telephone is a fraud', async () => {
    const made = await province();
    const { warning } = await noticeOf(made, caseIdOf(await made.somebody()));
    expect(warning.vi).toMatch(/không bao giờ gọi điện, nhắn tin hỏi số tài khoản/);
  });
});

describe('a notice as of an instant', () => {
  test('stays the same whatever has happened since', async () => {
    const made = await province();
    const partId = await made.somebody();
    const caseId = caseIdOf(partId);
    const early = made.still.now();
    const examined = noticeHash(await noticeOf(made, caseId, early));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const own = (await made.sentBatch('b1')).find(({ part }) => part === partId) ?? expect.fail();
    const later = made.still.now();
    const sent = await noticeOf(made, caseId, later);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await settle(
      [{ reference: own.reference, outcome: 'credited', on: '2025-10-03', file: 'f' }],
      'demo-finance-officer',
      made.still,
    );
    expect(noticeHash(await noticeOf(made, caseId, early))).toBe(examined);
    expect(await noticeOf(made, caseId, later)).toEqual(sent);
    expect((await noticeOf(made, caseId)).state).toBe('credited');
  });

  test('of before the case is none, and nobody sees that of another unit', async () => {
    const made = await province();
    const caseId = caseIdOf(await made.somebody());
    const { still } = made;
    expect(await noticeFor(caseId, '2020-01-01T00:00:00.000Z', made.account('inspector'), still)).toBeUndefined();
    const stranger = { ...made.account('unit-clerk'), units: ['0000000'] };
    expect(await noticeFor(caseId, still.now(), stranger, still)).toBeUndefined();
    const board = made.account('party-board-officer');
    expect(await noticeFor(caseId, still.now(), board, still)).toBeUndefined();
  });
});
