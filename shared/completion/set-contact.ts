/** Use case: an office tells where people may ask it, for the paper they take home. */
import { type Account, isUnitRole } from '../case/access.ts';
import { type Contact, contactStream, homeAffairs } from '../case/contacts.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { tidy } from '../vietnamese.ts';

const mostCharacters = 120;

/** A unit's people tell their own unit's, Home Affairs its own. */
export function maySetContact(account: Account, office: string): boolean {
  return isUnitRole(account.role) ? account.units.includes(office) : office === homeAffairs;
}

export async function setContact(
  given: Contact,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  const place = tidy(given.place);
  const telephone = tidy(given.telephone);
  if (!maySetContact(by, given.office)) return notYours;
  if (place === '' || place.length > mostCharacters) return noPlace;
  if (!/^[0-9 .+()-]{0,30}$/.test(telephone)) return noTelephone;
  await commitDeciding(store, async () => {
    const data = { office: given.office, place, telephone };
    const readAt = (await store.read(contactStream)).length;
    return {
      changes: [{ stream: contactStream, readAt, entries: [{ kind: 'contact-set', at: now(), by: by.id, data }] }],
    };
  });
  return { outcome: 'set' };
}

const notYours = refused(
  'Chỉ ghi được nơi hỏi đáp của cơ quan, đơn vị mình.',
  'Only one’s own office can be recorded.',
);
const noPlace = refused(
  `Hãy ghi phòng hoặc địa chỉ nơi người dân đến hỏi, không quá ${mostCharacters} ký tự.`,
  `State the room or address, in at most ${mostCharacters} characters.`,
);
const noTelephone = refused(
  'Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm, gạch và +. Ghi số của cơ quan, không ghi số riêng.',
  'A telephone number has digits, blanks, dots, dashes and + alone. Give the office’s, not somebody’s own.',
);
