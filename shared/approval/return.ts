/** Use cases: an appraiser returns a case to its unit with every reason at once, by field; the unit answers and sends it back. */
import { type Account, appraisesFrom } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { firstStatus, isBeforeBatch } from '../case/lifecycle.ts';
import { openCase, type Part, partChange, type ReturnReason, returnableFields } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

const longestReason = 500;

/** Takes the case hash that the appraiser saw and a reason for each field that is wrong; fields without one are left out. */
export async function returnToUnit(
  { caseId, caseHash, reasons }: { caseId: string; caseHash: string; reasons: readonly ReturnReason[] },
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'returned' } | Refused> {
  const given = reasons
    .map(({ field, reason }) => ({ field, reason: reason.trim() }))
    .filter(({ reason }) => reason !== '');
  if (given.length === 0) {
    return refused(
      'Hãy ghi ít nhất một nội dung đơn vị cần bổ sung hoặc sửa.',
      'State at least one thing that the unit has to add or correct.',
    );
  }
  const tooLong = given.find(({ reason }) => reason.length > longestReason);
  if (tooLong !== undefined) {
    const { vi, en } = returnableFields[tooLong.field];
    return refused(
      `Nội dung của mục "${vi}" dài quá ${longestReason} ký tự. Hãy ghi ngắn gọn.`,
      `The reason for "${en}" is over ${longestReason} characters.`,
    );
  }
  const outcome = await commitDeciding(store, async () => {
    const opened = await openCase(store, caseId, by);
    if (opened === undefined || opened.parts.length === 0) return { stop: noSuchCase };
    const { of, parts } = opened;
    const isTheirs = ({ status }: Part) =>
      status === appraisesFrom(by) || (status === 'appraised' && by.role !== 'party-board-officer');
    if (!parts.some(isTheirs) || !parts.every(({ status }) => isBeforeBatch(status))) return { stop: notNow };
    if (of.caseHash !== caseHash) return { stop: moved };
    const reason = given.map((one) => `${returnableFields[one.field].vi}: ${one.reason}`).join('; ');
    const data = { status: 'with-unit' as const, caseHash, reason, reasons: given };
    const step = { kind: 'returned-to-unit', at: now(), by: by.id, data };
    return { changes: parts.filter(isNotWithUnit).map((part) => partChange(of, part, [step], { reason })) };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'returned' };
}

function isNotWithUnit({ status }: Part): boolean {
  return status !== 'with-unit';
}

const noSuchCase = refused('Không tìm thấy hồ sơ này.', 'There is no such case.');

const notNow = refused(
  'Hồ sơ không còn ở bước của đồng chí. Nếu đang trong đợt, người xác nhận có thể đưa ra và trả về đơn vị.',
  'The case is no longer at your step. In a batch its confirmer can take it out and return it.',
);
const moved = refused(
  'Hồ sơ đã thay đổi từ khi trang này được mở. Hãy xem lại rồi trả về đơn vị nếu vẫn cần.',
  'The case has changed since this page was opened. Look again, then return it if that is still needed.',
);

/** The unit sends the case back as it is now, with what it says to the reasons. */
export async function answerReturn(
  { caseId, answer }: { readonly caseId: string; readonly answer: string },
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'answered' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const opened = await openCase(store, caseId, by);
    if (opened === undefined) return { stop: noSuchCase };
    const { of, parts } = opened;
    const waiting = parts.filter(({ status }) => status === 'with-unit');
    if (waiting.length === 0) {
      return { stop: refused('Hồ sơ không chờ đơn vị trả lời.', 'The case does not wait for an answer.') };
    }
    const reason = answer.trim();
    if (reason === '' || reason.length > longestReason) {
      return {
        stop: refused(
          `Hãy ghi đơn vị đã bổ sung, sửa hoặc giải trình gì (nhiều nhất ${longestReason} ký tự).`,
          `State what the unit has added, corrected or explains (${longestReason} characters at most).`,
        ),
      };
    }
    const data = { status: firstStatus(of.submitted.block), caseHash: of.caseHash, reason };
    const step = { kind: 'answered', at: now(), by: by.id, data };
    return { changes: waiting.map((part) => partChange(of, part, [step], { reason })) };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'answered' };
}
