/**
 * A campaign of people who go from status to status in working days and hours, without the use cases: thousands of them
 * are played to learn how well a forecast holds. Everybody ends with the money or cancelled.
 */
import type { LocalDate } from '../../../../shared/calendar.ts';
import type { Status } from '../../../../shared/case/lifecycle.ts';
import type { Transition } from '../../../../shared/completion/past.ts';
import { addWorkingDays } from '../../../../shared/law/working-days.ts';
import { daysOf, normal, range, type WaitShape } from './chances.ts';
import { type Setting, settingOf, type WaitName } from './setting.ts';

export interface FlowCampaign {
  readonly seed: number;
  /** In the order of time. */
  readonly days: readonly FlowDay[];
}

export interface FlowDay {
  readonly day: LocalDate;
  readonly moves: readonly Transition[];
}

const firstDays: readonly LocalDate[] = ['2025-03-03', '2025-05-12', '2025-07-01', '2025-09-01', '2026-01-05'];
const mostDays = 900;

/** Takes the shapes of wait that it may choose from. Throws when somebody is stuck after 900 working days. */
export function flowCampaign(seed: number, shapes: readonly WaitShape[]): FlowCampaign {
  const setting = settingOf(seed, shapes);
  const first = addWorkingDays(setting.random.of(firstDays), 0);
  const flow = begin(setting);
  const days: FlowDay[] = [];
  for (let day = first; flow.open > 0; day = addWorkingDays(day, 1)) {
    if (days.length > mostDays) throw new Error(`${flow.open} people of campaign ${seed} are stuck`);
    flow.moves = [];
    flow.today = days.length;
    workThrough(flow);
    days.push({ day, moves: flow.moves.map((move) => ({ ...move, at: `${day}${move.at}` })) });
  }
  return { seed, days };
}

interface Person {
  readonly id: string;
  readonly unit: number;
  readonly isOfParty: boolean;
  status: Status | undefined;
  /** The working day on which the next thing happens to them, unless an office serves them in turn. */
  due: number;
  batch: number;
  returns: number;
  heldFrom: Status | undefined;
}

interface Flow {
  readonly setting: Setting;
  readonly people: readonly Person[];
  /** The working day on which a unit has its estimate; nought for most. */
  readonly fundedOn: readonly number[];
  /** What happens to many at once: when a batch's next step or a unit's slip is done. */
  readonly together: Map<string, number>;
  open: number;
  today: number;
  batches: number;
  nextBatch: number;
  moves: Transition[];
}

function begin(setting: Setting): Flow {
  const { random } = setting;
  const sizes = Array.from({ length: setting.units }, () => Math.exp(1.1 * normal(random)));
  const handsIn = sizes.map(() => random.between(0, setting.handingIn));
  const choices = sizes.map((size, unit) => [unit, size] as const);
  const people = Array.from({ length: setting.people }, (_, index): Person => {
    const unit = random.weighted(choices);
    return {
      id: `p${index}`,
      unit,
      isOfParty: random.chance(setting.isOfParty),
      status: undefined,
      due: (handsIn[unit] ?? 0) + (random.chance(0.1) ? random.between(1, setting.handingIn) : 0),
      batch: 0,
      returns: 0,
      heldFrom: undefined,
    };
  });
  const fundedOn = sizes.map(() => (random.chance(setting.unfunded) ? 15 + daysOf(random, setting.waits.estimate) : 0));
  return {
    setting,
    people,
    fundedOn,
    together: new Map(),
    open: people.length,
    today: 0,
    batches: 0,
    nextBatch: setting.batchEvery,
    moves: [],
  };
}

/** One working day; whoever came to a status today may go on today. */
function workThrough(flow: Flow): void {
  const { setting, today } = flow;
  const pace = paceOf(flow);
  let appraisals = servedToday(setting, setting.appraisals * pace * setting.drift ** (today / 20));
  let payments = setting.stops.some(({ from, days }) => today >= from && today < from + days)
    ? 0
    : servedToday(setting, setting.payments * pace);
  const isBatchDay = today >= flow.nextBatch;
  if (isBatchDay) {
    flow.batches += 1;
    flow.nextBatch = today + Math.max(1, setting.batchEvery + setting.random.between(-2, 3));
  }
  // Whoever has waited longest is served first; not to the day, as in any office.
  const inTurn = flow.people.filter(({ status }) => status !== 'credited' && status !== 'cancelled');
  inTurn.sort((one, other) => Math.floor(one.due / 3) - Math.floor(other.due / 3));
  for (const person of inTurn) {
    if (person.status === undefined && person.due <= today) {
      go(flow, person, person.isOfParty ? 'with-party-board' : 'assessed', person.isOfParty ? 'board' : undefined);
      continue;
    }
    if (person.status === 'assessed' && appraisals > 0) {
      appraisals -= 1;
      appraised(flow, person);
    } else if (person.status === 'sent' && payments > 0) {
      payments -= 1;
      paid(flow, person);
    } else if (person.status === 'appraised' && isBatchDay) {
      person.batch = flow.batches;
      confirmTogether(flow, person, 'in-batch');
    } else if (person.due <= today) {
      goOn(flow, person);
    }
  }
}

function paceOf({ setting: { hurry }, today }: Flow): number {
  return hurry !== undefined && today >= hurry.from ? hurry.times : 1;
}

function servedToday({ random }: Setting, mean: number): number {
  return Math.ceil(mean * Math.exp(0.5 * normal(random) - 0.125));
}

/** When a wait of theirs alone ends. */
function dueAfter(flow: Flow, name: WaitName): number {
  return flow.today + Math.floor(daysOf(flow.setting.random, flow.setting.waits[name]) / paceOf(flow));
}

function go(flow: Flow, person: Person, to: Status, wait?: WaitName): void {
  person.status = to;
  // Served in turn: the day they came is their place.
  person.due = wait === undefined ? flow.today : dueAfter(flow, wait);
  // Eight to sixteen o'clock in Viet Nam.
  const hour = String(1 + Math.min(8, Math.floor(range(flow.setting.random, 0, 9)))).padStart(2, '0');
  flow.moves.push({ part: person.id, to, at: `T${hour}:00:00.000Z` });
  if (to === 'credited' || to === 'cancelled') flow.open -= 1;
}

/** The same day for everyone of the same batch or slip. */
function dueTogether(flow: Flow, person: Person, key: string, wait: WaitName): void {
  const due = flow.together.get(key) ?? dueAfter(flow, wait);
  flow.together.set(key, due);
  person.due = due;
}

function confirmTogether(flow: Flow, person: Person, to: Status): void {
  go(flow, person, to);
  dueTogether(flow, person, `${to}.${person.batch}`, 'confirmation');
}

function appraised(flow: Flow, person: Person): void {
  const { random, isReturned, isReturnedAgain, isHeld } = flow.setting;
  if (random.chance(isHeld)) hold(flow, person);
  else if (random.chance(person.returns === 0 ? isReturned : isReturnedAgain)) {
    person.returns += 1;
    go(flow, person, 'with-unit', 'correction');
  } else go(flow, person, 'appraised');
}

function hold(flow: Flow, person: Person): void {
  person.heldFrom = person.status;
  go(flow, person, 'held', 'hold');
}

function paid(flow: Flow, person: Person): void {
  const { random, isRefused, isUnclear } = flow.setting;
  if (random.chance(isRefused)) go(flow, person, 'refused', 'mending');
  else if (random.chance(isUnclear)) go(flow, person, 'unknown', 'inquiry');
  else go(flow, person, 'treasury-paid', 'bank');
}

function toUnit(flow: Flow, person: Person): void {
  const isFunded = (flow.fundedOn[person.unit] ?? 0) <= flow.today;
  if (!isFunded) {
    go(flow, person, 'waiting-for-estimate');
    person.due = Math.max(flow.today + 1, flow.fundedOn[person.unit] ?? 0);
    return;
  }
  go(flow, person, 'awaiting-unit');
  dueTogether(flow, person, `slip.${person.unit}.${flow.today}`, 'signing');
}

/** What comes after a wait that ended; statuses that an office serves in turn do not end by themselves. */
function goOn(flow: Flow, person: Person): void {
  const { random, isGivenBack, isHeld, isNeverPaid, isSentBack } = flow.setting;
  switch (person.status) {
    case 'with-party-board':
    case 'with-unit':
      return go(flow, person, 'assessed');
    case 'in-batch': {
      const key = `given-back.${person.batch}`;
      if (!flow.together.has(key)) flow.together.set(key, random.chance(isGivenBack) ? 1 : 0);
      if (flow.together.get(key) === 1) return go(flow, person, 'appraised');
      return confirmTogether(flow, person, 'people-confirmed');
    }
    case 'people-confirmed':
      return confirmTogether(flow, person, 'money-confirmed');
    case 'money-confirmed':
      return go(flow, person, 'decided');
    case 'decided':
      return random.chance(isHeld) ? hold(flow, person) : toUnit(flow, person);
    case 'waiting-for-estimate':
    case 'refused':
    case 'returned':
      return toUnit(flow, person);
    case 'awaiting-unit':
      return go(flow, person, 'sent');
    case 'treasury-paid':
      if (random.chance(isSentBack)) return go(flow, person, 'returned', 'mending');
      return go(flow, person, 'credited');
    case 'unknown':
      return go(flow, person, 'treasury-paid', 'bank');
    case 'held':
      if (random.chance(isNeverPaid)) return go(flow, person, 'cancelled');
      if (person.heldFrom === 'decided') return go(flow, person, 'decided');
      return go(flow, person, 'assessed');
    default:
      return;
  }
}
