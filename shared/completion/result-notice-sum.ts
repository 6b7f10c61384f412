/** How a sum was made, for the person who gets it: what was decided, each line, and which periods counted and which not. */
import { formatDay, monthIndex } from '../calendar.ts';
import { employerNames, leftOutReasons, type PeriodAccount, periodAccounts } from '../case/explain-service.ts';
import { factName, figureSentences, groundSentences, lineSentence, reasonSentence } from '../case/explain.ts';
import { type Recovery, restOf } from '../case/recovery.ts';
import { returnDutyOf } from '../case/return-duty.ts';
import { formatDong, inWords, sum } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import type { DecidedShare, NoticeSource } from './result-notice-source.ts';

export interface NoticeSum {
  /** đồng */
  readonly total: bigint;
  readonly inWords: string;
  /** By which decision, or which payment made elsewhere; each once. */
  readonly by: readonly Sentence[];
  readonly decisionNumber: string;
  readonly lines: readonly Sentence[];
  readonly figures: readonly Sentence[];
  readonly periods: readonly Sentence[];
  /** How many months count, and how many do not for which reason: for where room is short. */
  readonly periodsInShort: readonly Sentence[];
  readonly returnDuty?: Sentence;
  /** What was paid before, where this is the rest after a recomputation; what became of the sum since. */
  readonly notes: readonly Sentence[];
}

/** Nothing before a decision was recorded: a sum that nobody has decided is never told. */
export function noticeSum(source: NoticeSource): NoticeSum | undefined {
  const shares = source.parts.flatMap(({ share }) => (share === undefined ? [] : [share]));
  const [first] = shares;
  if (first === undefined) return undefined;
  const total = sum(shares.map((share) => share.total));
  const { submitted, assessment, readings } = first.of;
  const leaveOn = submitted.facts.leaving?.on ?? '';
  const regime = assessment.outcome === 'entitled' ? assessment.regime : '';
  const figures = assessment.outcome === 'entitled' ? assessment.figures : undefined;
  const periods =
    figures === undefined || figures.serviceMonths === 0
      ? []
      : periodAccounts(submitted.facts.service ?? [], leaveOn, regime, readings);
  const duty = returnDutyOf(regime, leaveOn);
  return {
    total,
    inWords: inWords(total),
    by: [...new Map(shares.map((share) => [decisionOf(share), bySentence(share)])).values()],
    decisionNumber: [...new Set(shares.map(decisionOf))].join('+'),
    lines: shares.flatMap(({ lines }) => lines.map(lineSentence)),
    figures: figures === undefined ? [] : figureSentences(figures, leaveOn, submitted.facts.pay, regime, readings),
    periods: periodSentences(periods),
    periodsInShort: monthSentences(periods),
    ...(duty.duty === 'owed' ? { returnDuty: dutySentence(duty) } : {}),
    notes: [...missingShares(source, shares), ...paidBefore(source, total), ...changedSince(source)],
  };
}

function decisionOf({ by }: DecidedShare): string {
  return by.kind === 'province' ? by.decision.number : by.payment.document;
}

function bySentence({ by }: DecidedShare): Sentence {
  if (by.kind === 'province') {
    const { number, on } = by.decision;
    return {
      vi: `Quyết định số ${number} ngày ${formatDay(on)} của UBND tỉnh Nghệ An`,
      en: `Decision ${number} of ${formatDay(on)} of the People's Committee of Nghệ An`,
    };
  }
  const { document, on } = by.payment;
  return {
    vi: `khoản đã chi theo chứng từ ${document} ngày ${formatDay(on)}`,
    en: `what was paid by document ${document} of ${formatDay(on)}`,
  };
}

type Owed = Extract<ReturnType<typeof returnDutyOf>, { duty: 'owed' }>;

function dutySentence({ from, until, months, by }: Owed): Sentence {
  return {
    vi: `Nếu từ ${formatDay(from)} đến hết ${formatDay(until)} (${months} tháng) ông/bà được tuyển dụng lại vào nơi hưởng lương từ ngân sách nhà nước thì phải hoàn trả số tiền này (${by.vi}).`,
    en: `Whoever is taken back into a body paid by the State budget from ${formatDay(from)} to ${formatDay(until)} (${months} months) returns this money (${by.en}).`,
  };
}

/** Periods of one kind of employer in one sentence: twelve of them would hide what matters. */
function periodSentences(periods: readonly PeriodAccount[]): readonly Sentence[] {
  const counted = periods.filter(({ counts }) => counts);
  const not = periods.filter(({ counts }) => !counts);
  return [
    ...(counted.length === 0 ? [] : [grouped(counted, { vi: 'Được tính', en: 'Counted' })]),
    ...(not.length === 0 ? [] : [grouped(not, { vi: 'Không được tính', en: 'Not counted' })]),
  ];
}

function grouped(periods: readonly PeriodAccount[], head: Sentence): Sentence {
  const kinds = [...Map.groupBy(periods, ({ employer, why }) => `${employer} ${why ?? ''}`).values()];
  const said = kinds.map((same) => {
    const spans = joined(same).map(({ from, to }) => `${formatDay(from)}–${formatDay(to)}`);
    const months = same.reduce((total, one) => total + one.months, 0);
    const [{ employer, why } = { employer: 'state' as const, why: undefined }] = same;
    const reason = why === undefined ? undefined : leftOutReasons[why];
    return {
      vi: `${employerNames[employer].vi} ${spans.join(', ')} (${months} tháng${reason === undefined ? '' : `, vì ${reason.vi}`})`,
      en: `${employerNames[employer].en} ${spans.join(', ')} (${months} months${reason === undefined ? '' : `: ${reason.en}`})`,
    };
  });
  return {
    vi: `${head.vi}: ${said.map(({ vi }) => vi).join('; ')}.`,
    en: `${head.en}: ${said.map(({ en }) => en).join('; ')}.`,
  };
}

function monthSentences(periods: readonly PeriodAccount[]): readonly Sentence[] {
  const monthsOf = (same: readonly PeriodAccount[]) => same.reduce((total, { months }) => total + months, 0);
  const counted = monthsOf(periods.filter(({ counts }) => counts));
  const not = Map.groupBy(
    periods.filter(({ why }) => why !== undefined),
    ({ why }) => why,
  );
  const left = [...not].flatMap(([why, same]) => {
    const reason = why === undefined ? undefined : leftOutReasons[why];
    if (reason === undefined) return [];
    return [{ vi: `${monthsOf(same)} tháng vì ${reason.vi}`, en: `${monthsOf(same)} months: ${reason.en}` }];
  });
  return [
    ...(counted === 0 ? [] : [{ vi: `Được tính: ${counted} tháng.`, en: `Counted: ${counted} months.` }]),
    ...(left.length === 0
      ? []
      : [
          {
            vi: `Không được tính: ${left.map(({ vi }) => vi).join('; ')}.`,
            en: `Not counted: ${left.map(({ en }) => en).join('; ')}.`,
          },
        ]),
  ];
}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** Spans that follow one another month after month become one. */
function joined(periods: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { from, to } of periods.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = spans.at(-1);
    if (last !== undefined && monthIndex(from) === monthIndex(last.to) + 1)
      spans[spans.length - 1] = { from: last.from, to };
    else spans.push({ from, to });
  }
  return spans;
}

function missingShares({ parts }: NoticeSource, shares: readonly DecidedShare[]): readonly Sentence[] {
  if (shares.length === parts.length) return [];
  return [
    {
      vi: 'Phần còn lại của ông/bà chưa được quyết định, nên chưa nêu số tiền.',
      en: 'The rest of what is yours is not decided yet, so that no sum is told.',
    },
  ];
}

function paidBefore({ of: { submitted } }: NoticeSource, total: bigint): readonly Sentence[] {
  if (submitted.difference === undefined) return [];
  const paid = BigInt(submitted.difference.paid);
  return [
    {
      vi: `Đây là khoản trả thêm lần ${submitted.difference.number} sau khi tính lại. Đã chi trước đó ${formatDong(paid)} đồng; cộng với khoản này là ${formatDong(paid + total)} đồng.`,
      en: `This is the rest, no. ${submitted.difference.number}, after a recomputation. ${formatDong(paid)} đồng were paid before; with this it is ${formatDong(paid + total)} đồng.`,
    },
  ];
}

/** Computed again since it was paid. A sum stands here only where somebody has decided it. */
function changedSince({ of, recoveries }: NoticeSource): readonly Sentence[] {
  const isMore = of.entries.some(({ kind, data }) => kind === 'difference' && data.includes('"topUp"'));
  const more: Sentence = {
    vi: 'Kết quả đã được tính lại sau khi chi. Khoản trả thêm có thông báo riêng khi có quyết định.',
    en: 'The sum was computed again since. What is still owed has a notice of its own once it is decided.',
  };
  const back = recoveries.filter(({ kind }) => kind !== 'given-back').flatMap(comesBack);
  return [...(isMore ? [more] : []), ...back];
}

/** What of the money is to come back: no sum before somebody has decided it. */
function comesBack(recovery: Recovery): readonly Sentence[] {
  const { decided } = recovery;
  if (decided?.outcome === 'waive') return [];
  if (decided === undefined) {
    return [
      {
        vi: 'Có khoản đang được xem xét thu hồi; chưa có quyết định.',
        en: 'Whether some of it must come back is being looked at; nothing is decided.',
      },
    ];
  }
  const rest = restOf(recovery);
  if (rest === 0n) return [{ vi: 'Khoản phải nộp lại đã nộp đủ.', en: 'What was to come back has come back.' }];
  return [
    {
      vi: `Còn phải nộp lại ${formatDong(rest)} đồng. Lý do: ${decided.reason}.`,
      en: `${formatDong(rest)} đồng are still to come back. Reason: ${decided.reason}.`,
    },
  ];
}

/** A citation follows before the stop. */
function unended(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** Why there is no sum, where the computation gave none: what stands in the way, and what the person can do. */
export function whyNoSum({ of: { assessment } }: NoticeSource): readonly Sentence[] {
  switch (assessment.outcome) {
    case 'entitled':
      return [];
    case 'not-entitled':
      return [
        ...assessment.grounds.map(({ ground, by, byEn }) => {
          const said = groundSentences[ground] ?? { vi: ground, en: ground };
          return { vi: `${unended(said.vi)} (${by}).`, en: `${unended(said.en)} (${byEn}).` };
        }),
        {
          vi: 'Nếu có giấy tờ cho thấy khác, hãy nộp cho đơn vị để tính lại. Đây là kết quả tính theo dữ kiện đơn vị đã gửi, chưa phải quyết định của cơ quan có thẩm quyền.',
          en: 'If a paper shows otherwise, bring it to the unit. This was computed from the facts the unit sent, and is no decision yet.',
        },
      ];
    case 'incomplete': {
      const names = (language: 'vi' | 'en') => assessment.missing.map((path) => factName(path, language)).join(', ');
      return [
        {
          vi: `Hồ sơ còn thiếu: ${names('vi')}. Hãy nộp giấy tờ về các nội dung này cho đơn vị.`,
          en: `Still missing: ${names('en')}. Bring the papers to the unit.`,
        },
      ];
    }
    case 'review':
      return [
        ...assessment.reasons.map(({ reason }) => reasonSentence(reason)),
        {
          vi: 'Cần người có thẩm quyền quyết định; đơn vị sẽ báo khi có kết quả.',
          en: 'An official must decide it; the unit tells you once that is done.',
        },
      ];
  }
}
