import { describe, expect, test } from 'vitest';
import { keptOnce, ladder, service, serviceSort } from '../../../functions/aws/faults.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';

const fault = (name: string, more: object = {}) =>
  Object.assign(new Error('as the service says it'), { name, ...more });
const waited: number[] = [];
const ask = service('the service', async (step) => void waited.push(step));

test.each([
  ['ThrottlingException', {}, 'again'],
  ['TooManyRequestsException', {}, 'again'],
  ['ExpiredTokenException', { $metadata: { httpStatusCode: 403 } }, 'again'],
  ['Whatever', { $metadata: { httpStatusCode: 429 } }, 'again'],
  ['Whatever', { $metadata: { httpStatusCode: 500 } }, 'unsure'],
  ['Whatever', { $metadata: { httpStatusCode: 503 } }, 'unsure'],
  ['TimeoutError', {}, 'unsure'],
  ['Error', { code: 'ECONNRESET' }, 'unsure'],
  ['Error', { code: 'ENOTFOUND' }, 'unsure'],
  ['AccessDeniedException', { $metadata: { httpStatusCode: 403 } }, 'permanent'],
  ['ValidationException', { $metadata: { httpStatusCode: 400 } }, 'permanent'],
  ['ExpectedException', { $metadata: { httpStatusCode: 500 } }, 'refused'],
] as const)('%s %j is sorted as %s', (name, more, sort) => {
  expect(serviceSort(fault(name, more), ['ExpectedException'])).toBe(sort);
});

test.each([undefined, null, 'text', {}])('%j is a fault for good', (error) => {
  expect(serviceSort(error)).toBe('permanent');
});

describe('what a service is asked', () => {
  test('is asked again after each fault that may pass, and no longer than the ladder is', async () => {
    waited.length = 0;
    let asked = 0;
    const act = async () => {
      asked += 1;
      throw fault('ThrottlingException');
    };
    await expect(ask(act)).rejects.toThrow(Transient);
    expect([asked, waited]).toEqual([ladder.length + 1, [...ladder]]);
  });

  test('names the service and what it said, with the fault behind it', async () => {
    const behind = fault('AccessDeniedException');
    const thrown = await ask(async () => Promise.reject(behind)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Permanent);
    expect(thrown).toMatchObject({
      message: 'the service refused a request: AccessDeniedException as the service says it',
      cause: behind,
    });
  });

  test('gives an answer that is expected back as it came', async () => {
    const behind = fault('NotThereException');
    await expect(ask(async () => Promise.reject(behind), 'NotThereException')).rejects.toBe(behind);
  });
});

test('what is kept is made once, unless making it failed', async () => {
  let made = 0;
  let isAway = true;
  const kept = keptOnce(async () => {
    made += 1;
    if (isAway) throw new Error('away');
    return made;
  });
  await expect(Promise.all([kept(), kept()])).rejects.toThrow('away');
  expect(made).toBe(1);
  isAway = false;
  expect(await Promise.all([kept(), kept()])).toEqual([2, 2]);
});
