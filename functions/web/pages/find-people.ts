/** Finds people by what was typed into the field `tim`. */
import { openCase } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import { fold } from '../../../shared/vietnamese.ts';
import { field, type Visit } from '../page.tsx';

/** By citizen id or full name, through their keyed digests; the text itself is never stored or put in a link. */
export async function findPeople({ ports, form, account }: Visit): Promise<readonly string[] | undefined> {
  const text = field(form, 'tim');
  if (text === '') return undefined;
  const isId = /^\d{9,12}$/.test(text);
  const digest = await ports.vault.digest(isId ? 'citizen' : 'name', isId ? text : fold(text));
  const found: string[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'case' })) {
    if (summary[isId ? 'citizenDigest' : 'nameDigest'] !== digest) continue;
    const caseId = stream.slice('case/'.length);
    if ((await openCase(ports.store, caseId, account)) !== undefined) found.push(caseId);
  }
  return found;
}
