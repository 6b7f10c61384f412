/**
 * What the checks of a list say, told by the message that it was made of: the person and the field, not the row and the cell, which
 * the sender has never seen.
 */
import { caseStream, citizenClaim, readCase } from '../../shared/case/case.ts';
import { readEach } from '../../shared/case/history.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { ApiClient } from '../../shared/case/api-client.ts';
import type { List } from '../../shared/intake/list.ts';
import { type PeriodKey, periodColumns, type PersonKey, personColumns } from '../../shared/intake/list-columns.ts';
import type { Fault } from '../../shared/intake/list-faults.ts';
import { capitalized, type Sentence } from '../../shared/vietnamese.ts';
import type { ListAnswer, ListRequest } from './schemas.ts';

type ToldFault = ListAnswer['faults'][number];
type Person = ListRequest['people'][number];

const personPaths: Readonly<Partial<Record<PersonKey, string>>> = {
  fullName: 'fullName',
  citizenId: 'citizenId',
  sex: 'facts.person.sex',
  birth: 'facts.person.birth',
  subject: 'facts.subject',
  contractSignedOn: 'facts.contractSignedOn',
  payingUnit: 'payingUnit',
  employer: 'employer',
  cause: 'facts.leaving.cause',
  decisionNumber: 'facts.leaving.decisionNumber',
  decidedOn: 'facts.leaving.decidedOn',
  leaveOn: 'facts.leaving.on',
  reorganisedOn: 'facts.leaving.reorganisedOn',
  grade: 'facts.pay.grade',
  position: 'facts.pay.position',
  beyondFrame: 'facts.pay.beyondFramePercent',
  reserved: 'facts.pay.reservedDifference',
  'civil-service': 'facts.pay.allowances',
  'party-work': 'facts.pay.allowances',
  'professional-incentive': 'facts.pay.allowances',
  'professional-responsibility': 'facts.pay.allowances',
  'professional-seniority': 'facts.pay.allowances',
  'armed-forces': 'facts.pay.allowances',
  contractPay: 'facts.pay.amount',
  bank: 'account.bank',
  accountNumber: 'account.number',
  holder: 'account.holder',
  declaredTotal: 'declaredTotal',
  notReElected: 'facts.leaving.notReElected',
  voluntary: 'facts.leaving.voluntary',
  drawsPension: 'facts.drawsPension',
  underInvestigation: 'facts.underInvestigation',
  smallChild: 'facts.pregnantOrChildUnder36Months',
  onlyConcurrentPost: 'facts.leaving.onlyConcurrentPost',
  contractLikeCivilServant: 'facts.contractLikeCivilServant',
  averagePay: 'facts.averagePay60Months',
  termEndsOn: 'facts.termEndsOn',
  paidOn: 'facts.paidOn',
};
const periodPaths: Readonly<Partial<Record<PeriodKey, string>>> = {
  from: '.from',
  to: '.to',
  employer: '.employer',
  insured: '.insured',
  compensated: '.compensated',
  conditions: '.conditions',
};

/** Which person a row of the first sheet is: the rows stand in the order in which the people were sent. */
export function numberOf(row: number, list: List | undefined): number {
  return row - (list?.read?.tables[0]?.headingRow ?? 0);
}

/** The second sheet has the periods of all people, one after another. */
export function toldFault(fault: Fault, list: List | undefined, { people }: ListRequest): ToldFault {
  const { sheet, row, column: at } = fault;
  const says = { vi: withoutCell(fault.why.vi), en: withoutCell(fault.why.en) };
  const [persons, periods] = list?.read?.tables ?? [];
  if (sheet === persons?.sheet || periods === undefined) {
    const key = personColumns.find(({ heading }) => heading === at)?.key;
    return { id: people[numberOf(row, list) - 1]?.id ?? '', at, path: (key && personPaths[key]) ?? '', says };
  }
  const key = periodColumns.find(({ heading }) => heading === at)?.key;
  const owners = people.flatMap(({ id, facts }) => (facts.service ?? []).map((_, index) => ({ id, index })));
  const owner = owners[row - periods.headingRow - 1];
  const path = owner === undefined ? '' : `facts.service.${owner.index}${(key && periodPaths[key]) ?? ''}`;
  return { id: owner?.id ?? '', at, path, says };
}

/** `Dòng 4, ô AA4: chủ tài khoản …` → `Chủ tài khoản …`. */
function withoutCell(sentence: string): string {
  return capitalized(sentence.replace(/^(?:Dòng|Row) \d+, (?:ô|cell) [A-Z]+\d+: /, ''));
}

export function toldUncarried(id: string, path: string): ToldFault {
  return { id, at: path, path: `facts.${path}`, says: cannotCarry };
}

/** The case of each person that the client may read; of people with a case elsewhere nothing is told. */
export async function casesOf(
  people: readonly Person[],
  { units }: ApiClient,
  { store, vault }: Pick<Ports, 'store' | 'vault'>,
): Promise<readonly { readonly id: string; readonly case: string }[]> {
  const found = await readEach(people, async ({ id, citizenId }) => {
    const holder = await store.holderOf(
      citizenClaim(await vault.digest('citizen', citizenId.replaceAll(/[\s.]/g, ''))),
    );
    const of = holder === undefined ? undefined : await readCase(store, holder.slice(caseStream('').length));
    if (of === undefined) return [];
    return (units?.includes(of.submitted.payingUnit) ?? true) ? [{ id, case: of.id }] : [];
  });
  return found.flat();
}

const cannotCarry: Sentence = {
  vi: 'Danh sách không giữ được dữ kiện này như đã gửi nên chưa gửi gì. Hãy bỏ hoặc sửa dữ kiện này, hoặc để đơn vị nộp trên trang.',
  en: 'A list cannot hold this fact as it was sent, so nothing was submitted. Leave it out or change it, or let the unit submit on the pages.',
};
