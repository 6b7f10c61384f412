/** A token for another system: 256 random bits; the prefix lets scanners of leaked secrets know it. */
import { randomBytes } from 'node:crypto';

export function newToken(): string {
  return `chitra_${randomBytes(32).toString('base64url')}`;
}
