/** One posting of a message: no redirect is followed, nothing of the answer is kept but its status. */
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { isOutside, lookupOutside } from './addresses.ts';

/** Gives the status of the answer; throws where none came. */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

const withinMilliseconds = 10_000;

export function poster({ allowsInside }: { readonly allowsInside: boolean }): Post {
  return async (url, headers, body) =>
    new Promise((resolve, reject) => {
      const to = new URL(url);
      const host = to.hostname.replace(/^\[(.*)\]$/, '$1');
      const isSecure = to.protocol === 'https:';
      // A literal address is never looked up, so that it is held against the list here.
      if (!allowsInside && (!isSecure || (isIP(host) !== 0 && !isOutside(host)))) {
        reject(new Error('the address is not outside'));
        return;
      }
      const send = isSecure ? requestSecure : requestPlain;
      const sending = send(
        to,
        {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'chi-tra-webhooks/1',
          },
          signal: AbortSignal.timeout(withinMilliseconds),
          agent: false,
          ...(allowsInside ? {} : { lookup: lookupOutside }),
        },
        (answer) => {
          answer.resume();
          answer.destroy();
          resolve(answer.statusCode ?? 0);
        },
      );
      // Without a listener node takes the socket away from a receiver that wants another protocol, and tells nobody.
      sending.on('upgrade', ({ statusCode = 0 }, socket) => {
        socket.destroy();
        resolve(statusCode);
      });
      sending.on('error', reject);
      sending.on('close', () => reject(new Error('no answer')));
      sending.end(body);
    });
}
