/** One home a process, opened when a handler first asks for it: importing a handler opens nothing. */
import { type AwsHome, openAwsHome } from '../home.ts';
import { readSettings } from '../settings.ts';

let opened: AwsHome | undefined;

export function home(): AwsHome {
  return (opened ??= openAwsHome(readSettings(process.env)));
}
