/**
 * Steps from our figure to somebody else's: each leaves out whom one definition leaves out, so that a difference is people by
 * their codes and never “other”. What no step reaches stays unexplained, and says so.
 */
import type { Status } from '../case/lifecycle.ts';
import type { Dong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import type { Standing } from './standing-at.ts';

export const stepNames = [
  'undecided',
  'not-treasury-paid',
  'not-credited',
  'elsewhere',
  'central',
  'local',
  'regular',
  'wage-reform',
  'commune-level',
  'provincial-level',
  'party-block',
  'government-block',
  'decree-154',
  'not-decree-154',
  'returned',
  'held',
  'cancelled',
  'differences',
] as const;
export type StepName = (typeof stepNames)[number];

interface Step {
  readonly says: Sentence;
  leavesOut(one: Standing): boolean;
}

const isAt = (statuses: readonly Status[]) => (one: Standing) => statuses.includes(one.status);
const isNotAt = (statuses: readonly Status[]) => (one: Standing) => !statuses.includes(one.status);
const isDecree154 = ({ regime }: Standing) => regime.startsWith('154/');

export const steps: { readonly [S in StepName]: Step } = {
  undecided: {
    says: {
      vi: 'Không tính người chưa có quyết định phê duyệt của UBND tỉnh',
      en: "Without whom the People's Committee has not decided",
    },
    leavesOut: ({ isDecided, status }) => !isDecided && status !== 'paid-elsewhere',
  },
  'not-treasury-paid': {
    says: {
      vi: 'Không tính khoản Kho bạc chưa thanh toán (khoản đã chi ngoài hệ thống vẫn tính)',
      en: 'Without what the Treasury has not paid (what was paid elsewhere stays)',
    },
    leavesOut: isNotAt(['credited', 'treasury-paid', 'paid-elsewhere']),
  },
  'not-credited': {
    says: {
      vi: 'Không tính khoản ngân hàng chưa báo có (khoản đã chi ngoài hệ thống vẫn tính)',
      en: 'Without what is not credited (what was paid elsewhere stays)',
    },
    leavesOut: isNotAt(['credited', 'paid-elsewhere']),
  },
  elsewhere: {
    says: { vi: 'Không tính khoản đơn vị đã chi ngoài hệ thống', en: 'Without what was paid elsewhere' },
    leavesOut: isAt(['paid-elsewhere']),
  },
  central: {
    says: { vi: 'Không tính tiền từ ngân sách trung ương', en: 'Without money of the central budget' },
    leavesOut: ({ source }) => source === 'central-supplement',
  },
  local: {
    says: { vi: 'Không tính tiền từ ngân sách địa phương', en: 'Without money of the local budget' },
    leavesOut: ({ source }) => source !== 'central-supplement',
  },
  regular: {
    says: { vi: 'Không tính tiền từ dự toán thường xuyên', en: 'Without money of the regular estimate' },
    leavesOut: ({ source }) => source === 'regular',
  },
  'wage-reform': {
    says: { vi: 'Không tính tiền từ nguồn cải cách tiền lương', en: 'Without money of the wage-reform reserve' },
    leavesOut: ({ source }) => source === 'wage-reform',
  },
  'commune-level': {
    says: { vi: 'Không tính ngân sách xã', en: 'Without the communes’ budgets' },
    leavesOut: ({ level }) => level === 'commune',
  },
  'provincial-level': {
    says: { vi: 'Không tính ngân sách tỉnh', en: 'Without the provincial budget' },
    leavesOut: ({ level }) => level === 'provincial',
  },
  'party-block': {
    says: { vi: 'Không tính khối Đảng, Mặt trận, đoàn thể', en: 'Without the Party block' },
    leavesOut: ({ block }) => block === 'party',
  },
  'government-block': {
    says: { vi: 'Không tính khối chính quyền', en: 'Without the government block' },
    leavesOut: ({ block }) => block === 'government',
  },
  'decree-154': {
    says: { vi: 'Không tính chế độ theo Nghị định 154/2025/NĐ-CP', en: 'Without Decree 154/2025' },
    leavesOut: isDecree154,
  },
  'not-decree-154': {
    says: { vi: 'Chỉ tính chế độ theo Nghị định 154/2025/NĐ-CP', en: 'Decree 154/2025 alone' },
    leavesOut: (one) => !isDecree154(one),
  },
  returned: {
    says: { vi: 'Không tính khoản bị từ chối, chuyển trả', en: 'Without what was refused or returned' },
    leavesOut: isAt(['refused', 'returned']),
  },
  held: {
    says: { vi: 'Không tính người đang tạm dừng chi trả', en: 'Without who is held' },
    leavesOut: isAt(['held']),
  },
  cancelled: {
    says: { vi: 'Không tính người không tiếp tục chi trả', en: 'Without who is not paid any more' },
    leavesOut: isAt(['cancelled']),
  },
  differences: {
    says: { vi: 'Không tính khoản trả thêm sau khi tính lại', en: 'Without the rest paid after a recomputation' },
    leavesOut: ({ isRest }) => isRest,
  },
};

/** People once each, sums as they are; both may be below nought in a line of a difference. */
export interface Amount {
  readonly people: number;
  readonly total: Dong;
}

/** Somebody by the code of their case, with what a line is about. */
export interface Named {
  readonly person: string;
  readonly status: Status;
  readonly total: Dong;
}

export interface StepLine extends Amount {
  readonly step: StepName;
  /** Whom it leaves out, in whole or in part. */
  readonly named: readonly Named[];
}

export interface Counted {
  readonly whole: Amount;
  readonly lines: readonly StepLine[];
  readonly left: Amount;
  /** Who is left, by the code of their case. */
  readonly persons: ReadonlyMap<string, Named>;
  /** Who is known at all, with the step that left them out. */
  readonly leftOutBy: ReadonlyMap<string, StepName>;
}

/**
 * Takes everybody's parts, and the code of the person's own case for each; a person is counted as long as one of their sums is.
 * The steps are taken in the order given, and nobody is left out twice.
 */
export function takeSteps(
  standings: readonly Standing[],
  chosen: readonly StepName[],
  personOf: (one: Standing) => string = ({ caseId }) => caseId,
): Counted {
  let rest = standings;
  const whole = amountOf(standings, personOf);
  const lines: StepLine[] = [];
  const leftOutBy = new Map<string, StepName>();
  for (const step of chosen) {
    const out = rest.filter((one) => steps[step].leavesOut(one));
    const stay = rest.filter((one) => !steps[step].leavesOut(one));
    const before = personsIn(rest, personOf);
    const after = personsIn(stay, personOf);
    const named = personsIn(out, personOf);
    for (const person of named.keys()) if (!after.has(person)) leftOutBy.set(person, step);
    lines.push({
      step,
      people: after.size - before.size,
      total: -[...named.values()].reduce((sum, { total }) => sum + total, 0n),
      named: [...named.values()],
    });
    rest = stay;
  }
  return { whole, lines, left: amountOf(rest, personOf), persons: personsIn(rest, personOf), leftOutBy };
}

function amountOf(standings: readonly Standing[], personOf: (one: Standing) => string): Amount {
  const persons = personsIn(standings, personOf);
  return { people: persons.size, total: standings.reduce((sum, { total }) => sum + total, 0n) };
}

/** Of several sums of a person the status of the first that is not the rest after a recomputation. */
function personsIn(standings: readonly Standing[], personOf: (one: Standing) => string): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>();
  for (const one of standings) {
    const person = personOf(one);
    const known = found.get(person);
    const status = known === undefined || one.isCounted ? one.status : known.status;
    found.set(person, { person, status, total: (known?.total ?? 0n) + one.total });
  }
  return found;
}
