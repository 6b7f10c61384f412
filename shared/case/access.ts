/** Who may do what: the one place that decides. Pages ask it which buttons to show, routes ask it before they act. */

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
}

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
  'list.see': ['unit-clerk', 'home-affairs-officer', 'home-affairs-leader', 'finance-officer', 'inspector'],
  'cut-off.set': ['home-affairs-leader'],
  'list.submit': ['unit-clerk'],
  'list.mark': ['unit-clerk', 'home-affairs-officer', 'finance-officer'],
  'case.list': [...unitRoles, ...departments, 'inspector'],
  'case.see': [...unitRoles, ...departments, 'inspector'],
  'paper.see': [...unitRoles, ...departments, 'inspector'],
  'paper.attach': ['unit-clerk'],
  /** The other case that has this account, or this name, birth and decision; units learn just that somebody looks. */
  'likeness.see-account': ['finance-officer', 'finance-leader', 'inspector'],
  'likeness.see-person': ['home-affairs-officer', 'home-affairs-leader', 'inspector'],
  'case.appraise': ['home-affairs-officer'],
  'case.hold': ['home-affairs-officer', 'finance-officer'],
  'batch.list': [...departments, 'inspector'],
  'batch.make': ['finance-officer'],
  'batch.see': [...departments, 'inspector'],
  'batch.confirm-people': ['home-affairs-leader'],
  'batch.confirm-money': ['finance-leader'],
  'batch.decide': ['home-affairs-leader', 'finance-leader'],
  'batch.record-provincial-decision': ['finance-officer'],
  'estimate.record': ['finance-officer'],
  'order.list': ['finance-officer', 'finance-leader', ...unitRoles, 'inspector'],
  'slip.see': ['finance-officer', ...unitRoles, 'inspector'],
  'slip.sign': unitRoles,
  'slip.prepare': ['unit-clerk'],
  'slip.confirm-accountant': ['unit-chief-accountant'],
  'slip.confirm-holder': ['unit-account-holder'],
  'result.import': ['finance-officer'],
  'result.explain': ['finance-leader'],
  'account.correct': ['unit-clerk'],
  'case.withdraw': ['unit-clerk'],
  'case.correct': ['unit-clerk'],
  'account.confirm': ['unit-chief-accountant'],
  'order.again': ['finance-officer'],
  'completion.see': roles,
  'reading.see': [...departments, 'leadership', 'inspector'],
  'reading.set': ['home-affairs-leader'],
  'reading.try': departments,
  'recovery.decide': ['finance-leader'],
  'job.see': roles,
  'law.see': roles,
} as const satisfies Record<string, readonly Role[]>;
export type Act = keyof typeof acts;

/** Whether the account's role may do the act at all. */
export function may(account: Account, act: Act): boolean {
  const allowed: readonly Role[] = acts[act];
  return allowed.includes(account.role);
}

/** Whether the account may see what belongs to a unit: a unit's people see their own units, the others all. */
export function mayReach(account: Account, unit: string): boolean {
  return !unitRoles.includes(account.role) || account.units.includes(unit);
}

export function isUnitRole(role: Role): boolean {
  return unitRoles.includes(role);
}
