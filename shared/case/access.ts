/** Who may do what: the one place that decides. Pages ask it which buttons to show, routes ask it before they act. */
import type { Block } from './unit.ts';

export const roles = [
  'unit-clerk',
  'unit-chief-accountant',
  'unit-account-holder',
  'party-board-officer',
  'home-affairs-officer',
  'home-affairs-leader',
  'finance-officer',
  'finance-leader',
  'leadership',
  'inspector',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** A signed-in person. `units` names the paying units a unit role works for; other roles have none. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly units: readonly string[];
  /** A deputy head (*cấp phó*) in a leader's role: asked when the head stays silent, signs in the head's place. */
  readonly isDeputy?: true;
  /** Keyed digest of the person's citizen id, made as a case's is: nobody confirms a list that pays them. */
  readonly citizenDigest?: string;
}

/** Roles that confirm money, or say who may: a password alone does not let them in. */
const secondFactorRoles: readonly Role[] = ['home-affairs-leader', 'finance-leader', 'leadership', 'administrator'];
const headedRoles: readonly Role[] = ['home-affairs-leader', 'finance-leader', 'leadership'];

const unitRoles: readonly Role[] = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'];
const departments: readonly Role[] = [
  'home-affairs-officer',
  'home-affairs-leader',
  'finance-officer',
  'finance-leader',
];

/** Each act and the roles that may do it. */
export const acts = {
  'home.see': roles,
  'list.see': [
    'unit-clerk',
    'party-board-officer',
    'home-affairs-officer',
    'home-affairs-leader',
    'finance-officer',
    'inspector',
  ],
  'cut-off.set': ['home-affairs-leader'],
  'dossier.set': ['home-affairs-leader'],
  'unit.see': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  /** Finance keeps the units with their codes and readiness, Home Affairs the documents that reorganised them. */
  'unit.register': ['finance-officer'],
  'reorganisation.register': ['home-affairs-officer'],
  'register.upload': ['finance-officer', 'home-affairs-officer'],
  /** A file that is too large for one request: whoever has a form that takes one. */
  'file.bring': [...unitRoles, 'party-board-officer', ...departments, 'leadership'],
  'list.submit': ['unit-clerk'],
  'list.mark': ['unit-clerk', 'party-board-officer', 'home-affairs-officer', 'finance-officer'],
  'case.list': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  'case.see': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  'paper.see': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  'paper.attach': ['unit-clerk'],
  /** The other case that has this account, or this name, birth and decision; units learn just that somebody looks. */
  'likeness.see-account': ['finance-officer', 'finance-leader', 'inspector'],
  'likeness.see-person': ['home-affairs-officer', 'home-affairs-leader', 'inspector'],
  /** The board its own block, before Home Affairs consolidates both. */
  'case.appraise': ['party-board-officer', 'home-affairs-officer'],
  /** Back to the unit with all reasons at once; the unit answers. */
  'case.return': ['party-board-officer', 'home-affairs-officer'],
  'case.answer': ['unit-clerk'],
  'case.hold': ['party-board-officer', 'home-affairs-officer', 'finance-officer'],
  'batch.list': [...departments, 'leadership', 'inspector'],
  'batch.make': ['finance-officer'],
  'batch.see': [...departments, 'leadership', 'inspector'],
  'batch.see-people': [...departments, 'inspector'],
  /** The leaders, and whomever they may delegate to; the use case asks for the step and the delegation. */
  'batch.decide': [...departments, 'leadership'],
  'batch.reopen': [...departments, 'leadership'],
  'batch.abort': ['finance-officer'],
  'batch.record-provincial-decision': ['finance-officer'],
  'batch.write-papers': departments,
  'batch.record-letter': ['home-affairs-officer', 'finance-officer'],
  'delegation.see': [...departments, 'leadership', 'inspector', 'administrator'],
  'delegation.give': ['home-affairs-leader', 'finance-leader', 'leadership'],
  'further-level.set': ['leadership'],
  /** Who may sign the province's decisions. */
  'signatory.see': [...departments, 'leadership', 'inspector', 'administrator'],
  'signatory.set': ['finance-leader', 'administrator'],
  'estimate.record': ['finance-officer'],
  /** Where the money of each estimate is; a unit its own. */
  'estimate.see': ['finance-officer', 'finance-leader', ...unitRoles, 'inspector'],
  'line-source.set': ['finance-leader'],
  'year.close': ['finance-leader'],
  'payments.pause': ['finance-leader'],
  /** Money that banks sent back: the unit says, by the Treasury's paper, where it is now. */
  'comeback.record': ['unit-chief-accountant'],
  'slip.withdraw': ['finance-leader'],
  'order.list': ['finance-officer', 'finance-leader', ...unitRoles, 'inspector'],
  'slip.see': ['finance-officer', 'finance-leader', ...unitRoles, 'inspector'],
  /** Files that move money: the unit that sends them, and Finance that answers for the campaign. An inspector looks. */
  'slip.take-file': ['finance-officer', ...unitRoles],
  'slip.sign': unitRoles,
  'slip.prepare': ['unit-clerk'],
  'slip.confirm-accountant': ['unit-chief-accountant'],
  'slip.confirm-holder': ['unit-account-holder'],
  /** By a bank's document: whoever answers for the unit's money, never who prepared the slip. */
  'slip.confirm-credit': ['unit-account-holder'],
  'result.import': ['finance-officer'],
  'result.see': ['finance-officer', 'finance-leader', 'inspector'],
  'result.explain': ['finance-leader'],
  /** Payments made elsewhere: whoever paid, or Finance, brings the list; another person of Finance confirms it. */
  'paid-elsewhere.see': ['unit-chief-accountant', 'finance-officer', 'finance-leader', 'inspector'],
  'paid-elsewhere.record': ['unit-chief-accountant', 'finance-officer'],
  'paid-elsewhere.confirm': ['finance-officer', 'finance-leader'],
  'paid-elsewhere.drop': ['unit-chief-accountant', 'finance-officer', 'finance-leader'],
  'account.correct': ['unit-clerk'],
  'case.withdraw': ['unit-clerk'],
  'case.correct': ['unit-clerk'],
  'account.confirm': ['unit-chief-accountant'],
  'order.again': ['finance-officer'],
  'completion.see': roles,
  /** The names behind its figures, each of what they reach; and sums of groups so small that they tell one person's. */
  'completion.see-people': ['party-board-officer', ...departments, 'inspector'],
  /** By when what must be done, by which document. */
  'limit.see': roles,
  'limit.set': ['leadership', 'finance-leader'],
  /** Frozen reports to the province, the ministries and the Steering Committee. No names in them. */
  'report.see': [...departments, 'leadership', 'inspector'],
  'report.make': departments,
  'report.define': ['home-affairs-leader', 'finance-leader'],
  /** Figures of others against ours; the people behind a difference, by code, to whoever may see cases. */
  'difference.see': [...departments, 'leadership', 'inspector'],
  'difference.state': departments,
  /** What a person takes home. An inspector looks, and gives nothing out. */
  'result-notice.see': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  'result-notice.give-out': [...unitRoles, 'party-board-officer', ...departments],
  'contact.set': ['unit-clerk', 'home-affairs-leader'],
  /** Inspection: a mandate is stated, samples are drawn, files are taken out; all of it logged, and nothing else is written. */
  'inspection.see': ['inspector'],
  'inspection.state-mandate': ['inspector'],
  'inspection.choose': ['inspector'],
  'inspection.export': ['inspector'],
  /** Who opened whose data, and when. */
  'read-log.see': ['inspector', 'leadership', 'administrator'],
  'settlement.see': ['finance-officer', 'finance-leader', ...unitRoles, 'inspector'],
  /** The Treasury's confirmed balance, as its paper has it. */
  'settlement.record': ['unit-chief-accountant', 'finance-officer'],
  'anchor.take': ['finance-leader', 'home-affairs-leader', 'inspector'],
  /** Evidence of a whole batch leaves the system; a full pack only sealed to a receiver. */
  'pack.make': ['finance-leader', 'home-affairs-leader', 'inspector'],
  'reading.see': [...departments, 'leadership', 'inspector'],
  'reading.set': ['home-affairs-leader'],
  'reading.try': departments,
  /** Money that is to come back, and whoever would have to give it back on re-entering the State sector. */
  'recovery.see': ['unit-chief-accountant', ...departments, 'inspector'],
  'recovery.decide': ['finance-leader'],
  'recovery.receive': ['unit-chief-accountant', 'finance-officer'],
  'recovery.give-back': ['unit-chief-accountant', 'finance-officer'],
  're-entry.record': ['home-affairs-officer', 'home-affairs-leader'],
  /** Letters that a unit or commune hands to its people. */
  'letter.see': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  'letter.print': ['unit-clerk', 'unit-chief-accountant'],
  'letter.hand-over': ['unit-clerk'],
  /** Complaints: on paper through the unit or a body that received it; leadership sees how many, never whose. */
  'complaint.list': [...unitRoles, 'party-board-officer', ...departments, 'leadership', 'inspector'],
  'complaint.see': [...unitRoles, 'party-board-officer', ...departments, 'inspector'],
  'complaint.register': ['unit-clerk', 'party-board-officer', 'home-affairs-officer', 'finance-officer'],
  /** The use case asks for the body that answers, and for somebody who did not appraise the case. */
  'complaint.answer': ['party-board-officer', ...departments],
  /** Who was written to and whether it arrived, never what a mail says. */
  'mail.see': ['administrator', 'finance-officer', 'home-affairs-officer', 'inspector'],
  'mail.resend': ['administrator', 'finance-officer', 'home-affairs-officer'],
  'job.see': roles,
  'law.see': roles,
  /** Accounts of the staff: an administrator proposes, another confirms; the inspector looks. */
  'staff.see': ['inspector', 'administrator'],
  'staff.propose': ['administrator'],
  'staff.confirm': ['administrator'],
  'staff.close': ['administrator'],
  /** Other systems that call the API or are told what moves; a second administrator lets a caller in. */
  'connection.see': ['inspector', 'administrator'],
  'connection.propose': ['administrator'],
  'connection.confirm': ['administrator'],
  'connection.end': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Act = keyof typeof acts;

/** Whether the account's role may do the act at all. */
export function may(account: Account, act: Act): boolean {
  const allowed: readonly Role[] = acts[act];
  return allowed.includes(account.role);
}

/** What decides who may see a case: its paying unit, the block, and whether the Party Organisation Board still has it. */
export interface Guarded {
  readonly unit: string;
  readonly block?: Block | undefined;
  readonly isWithBoard?: boolean | undefined;
}

/**
 * Whether the account may see what belongs to a unit: a unit's people see their own units, the Party Organisation Board
 * the Party block alone, the departments that block from the moment the board has passed it on.
 */
export function mayReach(account: Account, { unit, block, isWithBoard = false }: Guarded): boolean {
  if (account.role === 'party-board-officer') return block === 'party';
  if (unitRoles.includes(account.role)) return account.units.includes(unit);
  return !(isWithBoard && departments.includes(account.role));
}

/** The status that each appraiser's cases wait in. */
export function appraisesFrom({ role }: Pick<Account, 'role'>): 'with-party-board' | 'assessed' {
  return role === 'party-board-officer' ? 'with-party-board' : 'assessed';
}

export function isUnitRole(role: Role): boolean {
  return unitRoles.includes(role);
}

export function needsSecondFactor({ role }: Pick<Account, 'role'>): boolean {
  return secondFactorRoles.includes(role);
}

export function mayBeDeputy(role: Role): boolean {
  return headedRoles.includes(role);
}
