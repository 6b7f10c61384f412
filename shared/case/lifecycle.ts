/** The status graph of a part, as data: use cases, pages and conditional writes all read it. */
import type { Block } from './unit.ts';

export const statuses = [
  'with-party-board',
  'assessed',
  'with-unit',
  'appraised',
  'in-batch',
  'people-confirmed',
  'money-confirmed',
  'decided',
  'waiting-for-estimate',
  'awaiting-unit',
  'sent',
  'treasury-paid',
  'unknown',
  'credited',
  'paid-elsewhere',
  'refused',
  'returned',
  'held',
  'cancelled',
] as const;
export type Status = (typeof statuses)[number];

/** What may follow what. */
export const lifecycle: { readonly [S in Status]: readonly Status[] } = {
  // The Party block goes through its own board before Home Affairs sees it.
  'with-party-board': ['assessed', 'with-unit', 'held', 'cancelled', 'paid-elsewhere'],
  assessed: ['appraised', 'with-party-board', 'with-unit', 'held', 'cancelled', 'paid-elsewhere'],
  // Returned with its reasons: the unit corrects it, or answers.
  'with-unit': ['assessed', 'with-party-board', 'held', 'cancelled', 'paid-elsewhere'],
  appraised: ['in-batch', 'assessed', 'with-party-board', 'with-unit', 'held', 'cancelled', 'paid-elsewhere'],
  // Back to appraised when the batch is given back or the person is taken out.
  'in-batch': ['people-confirmed', 'appraised'],
  // And back where a confirmation is taken back.
  'people-confirmed': ['money-confirmed', 'in-batch', 'appraised'],
  'money-confirmed': ['decided', 'people-confirmed', 'in-batch', 'appraised'],
  // A unit may have paid from its own estimate meanwhile; no order rests on it yet.
  decided: ['awaiting-unit', 'waiting-for-estimate', 'held', 'paid-elsewhere'],
  'waiting-for-estimate': ['awaiting-unit', 'held', 'paid-elsewhere'],
  // Back when Finance takes back the slip before it is sent.
  'awaiting-unit': ['sent', 'decided'],
  sent: ['treasury-paid', 'credited', 'refused', 'returned', 'unknown'],
  'treasury-paid': ['credited', 'returned', 'unknown'],
  // Checked, never sent again.
  unknown: ['treasury-paid', 'credited', 'refused', 'returned'],
  credited: [],
  'paid-elsewhere': [],
  // A new order that names the old one; or the unit has paid in another way since.
  refused: ['awaiting-unit', 'waiting-for-estimate', 'held', 'cancelled', 'paid-elsewhere'],
  returned: ['awaiting-unit', 'waiting-for-estimate', 'held', 'cancelled', 'paid-elsewhere'],
  // Goes back to the status it was held in. Not to paid elsewhere: whoever held it has a doubt that must end first.
  held: [
    'with-party-board',
    'assessed',
    'with-unit',
    'appraised',
    'decided',
    'waiting-for-estimate',
    'refused',
    'returned',
    'cancelled',
  ],
  cancelled: [],
};

export function mayFollow(from: Status, to: Status): boolean {
  return lifecycle[from].includes(to);
}

/** Where a case begins, and where it goes back to when what was appraised has changed. */
export function firstStatus(block: Block): Status {
  return block === 'party' ? 'with-party-board' : 'assessed';
}

/** No batch and no order rests on it yet. */
export function isBeforeBatch(status: Status | undefined): boolean {
  return status === 'with-party-board' || status === 'assessed' || status === 'with-unit' || status === 'appraised';
}

export const buckets = ['credited', 'returned', 'in-flight', 'not-yet-ordered', 'held', 'cancelled'] as const;
export type Bucket = (typeof buckets)[number];

/** The zero-sum line: entitled = credited + returned + in flight + not yet ordered + held + cancelled. */
export const bucketOf: { readonly [S in Status]: Bucket } = {
  'with-party-board': 'not-yet-ordered',
  assessed: 'not-yet-ordered',
  'with-unit': 'not-yet-ordered',
  appraised: 'not-yet-ordered',
  'in-batch': 'not-yet-ordered',
  'people-confirmed': 'not-yet-ordered',
  'money-confirmed': 'not-yet-ordered',
  decided: 'not-yet-ordered',
  'waiting-for-estimate': 'not-yet-ordered',
  'awaiting-unit': 'in-flight',
  sent: 'in-flight',
  'treasury-paid': 'in-flight',
  unknown: 'in-flight',
  credited: 'credited',
  'paid-elsewhere': 'credited',
  refused: 'returned',
  returned: 'returned',
  held: 'held',
  cancelled: 'cancelled',
};

/** Whose act is awaited in each status; leadership reads it as the cause of what is unpaid. */
export const awaitedOf: { readonly [S in Status]: string } = {
  'with-party-board': 'party-board-officer',
  assessed: 'home-affairs-officer',
  'with-unit': 'unit',
  appraised: 'finance-officer',
  'in-batch': 'home-affairs-leader',
  'people-confirmed': 'finance-leader',
  'money-confirmed': 'provincial-committee',
  decided: 'system',
  'waiting-for-estimate': 'estimate',
  'awaiting-unit': 'unit',
  sent: 'treasury',
  'treasury-paid': 'bank',
  unknown: 'treasury',
  credited: 'nobody',
  'paid-elsewhere': 'nobody',
  refused: 'unit',
  returned: 'unit',
  held: 'named-officer',
  cancelled: 'nobody',
};
