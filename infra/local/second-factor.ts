/** One-time codes of a phone's application (TOTP, RFC 6238): six digits, thirty seconds, one step early or late. */
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';

const stepSeconds = 30;
const stepsAround = 1;
const issuer = 'Chi trả';

/** 160 bits, in base 32. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The step whose code this is, when it is one of those around now. */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret).validate({ token: code, timestamp: now, window: stepsAround });
  return delta === null ? undefined : stepAt(now) + delta;
}

export function codeAt(secret: string, now: number): string {
  return totp(secret).generate({ timestamp: now });
}

/** The code that would be taken next, when one is taken now: none is taken twice. */
export function acceptableCode(secret: string, lastStep: number, now: number): string | undefined {
  const step = Math.max(stepAt(now), lastStep + 1);
  return step <= stepAt(now) + stepsAround ? codeAt(secret, step * stepSeconds * 1000) : undefined;
}

/** What a phone scans, as a picture of the page. */
export function enrolmentPicture(secret: string, email: string): string {
  return renderSVG(totp(secret, email).toString(), { border: 2, pixelSize: 6 });
}

/** To be typed by hand: `ABCD EFGH …` */
export function inGroups(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

function stepAt(now: number): number {
  return Math.floor(now / 1000 / stepSeconds);
}

function totp(secret: string, label = ''): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: stepSeconds });
}
