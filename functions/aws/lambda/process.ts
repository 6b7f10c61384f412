/** One home a process, opened when a handler first asks for it: importing a handler opens nothing. */
import { type AwsHome, openAwsHome } from '../home.ts';
import { isAtHome } from '../../../shared/case/whereabouts.ts';
import type { Handler, Task } from '../../task.ts';
import type { Lists } from '../parts-list.ts';
import { readSettings, setting } from '../settings.ts';

let opened: AwsHome | undefined;

export function home(): AwsHome {
  return (opened ??= openAwsHome(readSettings(process.env)));
}

/** Whether the province is at home here: else nothing is done by the clock or the bus, nobody is told anything, and no alarm rings. */
export async function isHere(): Promise<boolean> {
  return isAtHome(await home().whereabouts());
}

/** A step that writes the list which the Map after it reads. */
export function listing(over: (lists: Lists) => Task): Handler {
  let made: Handler | undefined;
  return async (event) => {
    made ??= over({ client: home().s3, bucket: setting(home().settings, 'LISTS_BUCKET') })(async () => home().ports);
    return made(event);
  };
}
