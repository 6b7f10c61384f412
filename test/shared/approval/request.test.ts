/** Asking a confirmer: the limit they are told leaves out days off and counts a Saturday that is made up. */
import { expect, test } from 'vitest';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import { provinces } from '../../province.ts';

const province = provinces();

test.each([
  // Five working days: Friday, the Saturday made up, Monday, Tuesday, and the Monday after 30/04, 01/05 and 02/05.
  ['2025-04-24T03:00:00Z', '05/05/2025'],
  ['2025-06-05T03:00:00Z', '12/06/2025'],
])('asked at %s, within five working days is %s', async (now, until) => {
  const { frozenBatch, still } = await province();
  const { id } = await frozenBatch('b1');
  const sent: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void sent.push(mail) };
  await requestConfirmation({ batchId: id, token: 'a-token' }, { ...still, now: () => now, mailer });
  expect(sent.map(({ lines }) => /trước hết ngày ([\d/]+)\./.exec(lines.join(' '))?.[1])).toEqual([until]);
});
