/** What stands on a person's page, block by block, and how much of it when room is short. Vietnamese alone: it is taken home. */
import { formatDay } from '../../shared/calendar.ts';
import type { SignedNotice } from '../../shared/completion/issue-notice.ts';
import { asOfWords } from '../../shared/completion/result-notice.ts';
import type { Standing } from '../../shared/completion/result-notice-standing.ts';
import type { Look, Run } from './text-lines.ts';

export interface Block {
  readonly runs: readonly Run[];
  /** Times the size of the body. */
  readonly scale?: number;
  /** Points above it. */
  readonly above?: number;
  /** Points that it is set in by. */
  readonly indent?: number;
  readonly isCentered?: true;
  /** Has a line around it. */
  readonly isFramed?: true;
}

/**
 * All of it; without how the figures were made and the sum in words; and with the months of all periods together. The
 * lines keep their numbers and articles in each.
 */
export type Detail = 'whole' | 'short' | 'least';

export function blocksOf({ notice }: SignedNotice, detail: Detail): readonly Block[] {
  const { sum, standings, whyNoSum, account, askAt, complaint, unit } = notice;
  return [
    { runs: [run(unit.name, 'bold')] },
    { runs: [run(`${asOfWords(notice.asOf).vi} – Mã hồ sơ ${notice.caseId.toUpperCase()}`, 'italics')] },
    { runs: [run('THÔNG BÁO KẾT QUẢ GIẢI QUYẾT CHẾ ĐỘ', 'bold')], scale: 1.25, above: 8, isCentered: true },
    {
      runs: [run('Ông/bà'), run(notice.fullName, 'bold'), run(`– số định danh ${notice.maskedCitizenId}`)],
      above: 6,
    },
    { runs: [run(notice.headline.vi, 'bold')], scale: 1.2, above: 6, isFramed: true },
    ...(sum === undefined || detail !== 'whole'
      ? []
      : [{ runs: [run(`Bằng chữ: ${sum.inWords}.`, 'italics')], above: 3 }]),
    ...whyNoSum.map(({ vi }) => ({ runs: [run(vi)], above: 3 })),
    ...standings.map(standingBlock),
    ...(sum === undefined ? [] : sumBlocks(sum, detail)),
    ...(account === undefined ? [] : [{ runs: labelled(account.vi), above: 4 }]),
    {
      runs: [run('Hỏi ở đâu:', 'bold'), run(`${askAt.map(({ vi }) => vi).join('; hoặc ')}.`)],
      above: 4,
    },
    { runs: [run('Khiếu nại:', 'bold'), run(complaint.vi)], above: 4 },
  ];
}

function standingBlock({ where, holder, since, next, expected }: Standing): Block {
  const held = holder === undefined ? [] : [run(`Cơ quan đang giữ: ${holder.vi}, từ ${formatDay(since)}.`)];
  const later = [next, expected].flatMap((one) => (one === undefined ? [] : [run(one.vi)]));
  return { runs: [run('Hồ sơ ở đâu:', 'bold'), run(where.vi), ...held, ...later], above: 4 };
}

function sumBlocks(sum: NonNullable<SignedNotice['notice']['sum']>, detail: Detail): readonly Block[] {
  const many = sum.lines.length > 1;
  const periods = detail === 'least' ? sum.periodsInShort : sum.periods;
  return [
    ...(detail === 'least'
      ? []
      : [{ runs: [run(many ? 'Số tiền gồm các khoản:' : 'Số tiền được tính như sau:', 'bold')], above: 4 }]),
    ...sum.lines.map(({ vi }, index) => ({ runs: [run(many ? `${index + 1}. ${vi}` : vi)], indent: 10, above: 1 })),
    ...(detail !== 'whole'
      ? []
      : [{ runs: [run('Cách tính:', 'bold'), ...sum.figures.map(({ vi }) => run(vi))], above: 3 }]),
    ...(periods.length === 0
      ? []
      : [{ runs: [run('Thời gian công tác:', 'bold'), ...periods.map(({ vi }) => run(vi))], above: 3 }]),
    ...sum.notes.map(({ vi }) => ({ runs: [run('Lưu ý:', 'bold'), run(vi)], above: 3 })),
    ...(sum.returnDuty === undefined ? [] : [{ runs: [run('Hoàn trả:', 'bold'), run(sum.returnDuty.vi)], above: 3 }]),
  ];
}

/** The words before the colon are the label. */
function labelled(text: string): readonly Run[] {
  const cut = text.indexOf(': ') + 1;
  return cut === 0 ? [run(text)] : [run(text.slice(0, cut), 'bold'), run(text.slice(cut))];
}

function run(text: string, look: Look = 'normal'): Run {
  return { text, look };
}

/** Beside the QR: how to check the paper, and what nobody ever asks. */
export function footBlocks({ notice, seal }: SignedNotice, checkedAt: string): readonly Block[] {
  const keyId = seal.split(':')[1] ?? '';
  return [
    { runs: labelled(notice.warning.vi) },
    {
      runs: [
        run('Kiểm tra giấy này:', 'bold'),
        run(`mở trang ${checkedAt}, quét mã bên và dán chữ quét được vào đó. Khóa ký: ${keyId}.`),
      ],
      above: 3,
    },
    { runs: [run('Giấy này để biết và theo dõi, không thay quyết định.', 'italics')], above: 3 },
  ];
}
