/** Our walker and a service that is spoken to over HTTP, with tokens and limits, go the same way through the definition that is deployed. */
import { afterAll, expect, test } from 'vitest';
import { answerOf } from '../../../functions/home/waits.ts';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { type Answer, byOurWalker, changed, type Script } from './second-opinion.ts';
import { openInterpreter } from './third-opinion.ts';

const real = batchDefinition();
const items = Array.from({ length: 250 }, (_, index) => `part-${index}`);
const goesOn = (next: string): Answer => ({ gives: { batchId: 'b1', next } });
const throws = (name: string): Answer => ({ throws: name });
const silent: Answer = { silent: true };
const waits: readonly string[] = ['approval.request', 'approval.await-decision', 'disbursement.follow'];
const fault = 'Transient';
const sevenTimes = Array.from({ length: 7 }, () => throws(fault));

const interpreter = await openInterpreter();
afterAll(async () => interpreter?.close());

type Play = Readonly<Partial<Record<string, readonly Answer[]>>>;

function scriptOf(play: Play): Script {
  return (step, call, child) => {
    const told = play[child === undefined ? step : `${step}/${child}`]?.[call];
    if (told !== undefined) return told;
    if (step === 'approval.next') return goesOn('order');
    if (step === 'disbursement.next') return goesOn('report');
    // What the desk answers to whatever waits.
    return { gives: waits.includes(step) ? answerOf('b1') : { batchId: 'b1' } };
  };
}

const scenarios: readonly (readonly [title: string, play: Play, end: string])[] = [
  ['nothing goes wrong', {}, 'paid and reported'],
  [
    'two confirmations, the decision, a new order',
    {
      'approval.next': ['confirmation', 'confirmation', 'provincial-decision', 'order'].map(goesOn),
      'disbursement.next': ['follow', 'order', 'follow', 'report'].map(goesOn),
    },
    'paid and reported',
  ],
  ['the list is frozen anew', { 'approval.next': ['recompute', 'order'].map(goesOn) }, 'paid and reported'],
  ['a batch is rejected', { 'approval.next': ['confirmation', 'release'].map(goesOn) }, 'released'],
  ['a word is unknown', { 'approval.next': [goesOn('dance')] }, 'UnknownWord'],
  ['a step fails six times and succeeds', { 'disbursement.slips': sevenTimes.slice(1) }, 'paid and reported'],
  ['a step fails seven times', { 'disbursement.slips': sevenTimes }, fault],
  ['a step fails for good', { 'disbursement.fund': [throws('Permanent')] }, 'Permanent'],
  ['a step throws what nobody sorted', { 'completion.report': [throws('TypeError')] }, 'TypeError'],
  ['a child fails six times', { 'disbursement.order/1': sevenTimes.slice(1) }, 'paid and reported'],
  ['a wait fails to ask, and asks again', { 'disbursement.follow': [throws(fault)] }, 'paid and reported'],
  ['a wait cannot ask', { 'disbursement.follow': [throws('Permanent')] }, 'Permanent'],
];

/** Every wait passes its limit after a second. */
const shortly = changed(real, (text) => text.replaceAll(/"TimeoutSeconds":\d{6,}/g, '"TimeoutSeconds":1'));
const lateScenario: Play = {
  'approval.next': ['confirmation', 'provincial-decision', 'order'].map(goesOn),
  'approval.request': [silent],
  'approval.await-decision': [silent],
  'disbursement.follow': [silent, silent],
  'disbursement.next': ['follow', 'report'].map(goesOn),
};

async function bothGo(definition: typeof real, play: Play, over: readonly string[]): Promise<string> {
  const script = scriptOf(play);
  const ours = await byOurWalker(definition, script, over);
  const theirs = await interpreter?.run(definition, script, over);
  expect(ours).toEqual(theirs);
  return 'error' in ours.end ? ours.end.error : (ours.states.at(-1) ?? '');
}

const skipped = interpreter === undefined;
test.skipIf(skipped).each(scenarios)('both go the same way when %s', async (_title, play, end) => {
  expect(await bothGo(real, play, items)).toBe(end);
});

test.skipIf(skipped)(
  'both go the same way when every wait passes its limit',
  async () => {
    expect(await bothGo(shortly, lateScenario, items)).toBe('paid and reported');
  },
  30_000,
);

test.skipIf(skipped).each([0, 1, 100, 101])('both go the same way when the list has %i parts', async (count) => {
  expect(await bothGo(real, {}, items.slice(0, count))).toBe('paid and reported');
});

test.skipIf(skipped).each([
  [
    'a catch that leads elsewhere',
    (text: string) =>
      text.replaceAll('"ResultPath":null,"Next":"disbursement.next"', '"ResultPath":null,"Next":"completion.report"'),
  ],
  ['a list that lies elsewhere', (text: string) => text.replaceAll('batches/{}/parts.json', 'lists/{}/parts.json')],
  ['a limit that is not caught', (text: string) => text.replaceAll('["States.Timeout"]', '["Late"]')],
  [
    'a payload without its batch',
    (text: string) => text.replaceAll('"Payload":{"batchId.$":"$.batchId",', '"Payload":{'),
  ],
])('they are told apart by %s', async (_what, change) => {
  const script = scriptOf({ 'disbursement.follow': [silent] });
  const ours = await byOurWalker(shortly, script, items);
  expect(ours.states.at(-1)).toBe('paid and reported');
  expect(await interpreter?.run(changed(shortly, change), script, items)).not.toEqual(ours);
});
