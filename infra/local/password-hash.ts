/** Passwords as scrypt, beside the pages' own thread: each takes 16 MB and a while, so only a few at once, and a short queue. */
import { scrypt } from 'node:crypto';

export const hashLength = 32;
/** Two of the four threads that files are read by, too. */
const mostAtOnce = 2;
const mostWaiting = 20;

/** Gives the hash in hex; `undefined`, said at once, when too many wait already. */
export type PasswordHash = (password: string, salt: string) => Promise<string> | undefined;

export function passwordHash(): PasswordHash {
  let running = 0;
  const waiting: (() => void)[] = [];
  const turn = async () => {
    if (running < mostAtOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const done = () => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  const hash = async (password: string, salt: string) => {
    await turn();
    try {
      return await hashOf(password, salt);
    } finally {
      done();
    }
  };
  return (password, salt) =>
    running >= mostAtOnce && waiting.length >= mostWaiting ? undefined : hash(password, salt);
}

async function hashOf(password: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, hashLength, (error, hash) => {
      if (error === null) resolve(hash.toString('hex'));
      else reject(error);
    });
  });
}
