/** The pay columns of a row: a coefficient with its percentages, or a contract salary, or a part-timer's coefficient. */
import type { CountedAllowance, Subject } from '../case/facts.ts';
import type { PersonKey } from './list-columns.ts';
import type { OpenRow } from './list-table.ts';
import { readContractPay, readDecimal, readPercent } from './list-values.ts';

type Allowances = readonly { readonly name: CountedAllowance; readonly percent: string }[];

/** As the facts take it. */
export type Wages =
  | {
      readonly kind: 'coefficient';
      readonly grade: string;
      readonly position: string;
      readonly beyondFramePercent: string;
      readonly reservedDifference: string;
      readonly allowances: Allowances;
    }
  | { readonly kind: 'contract'; readonly amount: string; readonly allowances: Allowances }
  | { readonly kind: 'part-time'; readonly multiple: string };

const percentKeys = [
  'civil-service',
  'party-work',
  'professional-incentive',
  'professional-responsibility',
  'professional-seniority',
  'armed-forces',
] as const;
const readGrade = readDecimal({ least: 0.5, most: 15 });
const readAddedCoefficient = readDecimal({ least: 0, most: 15 });

/** Takes the subject when it is known. Notes what does not go together; `undefined` when no pay can be told. */
export function readWages(row: OpenRow<PersonKey>, subject: Subject | undefined): Wages | undefined {
  const grade = row.read('grade', readGrade);
  const amount = row.read('contractPay', readContractPay);
  const added = {
    position: row.read('position', readAddedCoefficient) ?? '0',
    beyondFrame: row.read('beyondFrame', readPercent) ?? '0',
    reserved: row.read('reserved', readAddedCoefficient) ?? '0',
  };
  const allowances: Allowances = percentKeys.flatMap((name) => {
    const percent = row.read(name, readPercent);
    return percent === undefined || Number(percent) === 0 ? [] : [{ name, percent }];
  });
  if (!row.isFilled('grade') && !row.isFilled('contractPay')) row.blame('grade', 'pay-neither');
  const addedKeys = (['position', 'beyondFrame', 'reserved'] as const).filter((key) => Number(added[key]) !== 0);
  if (subject === 'commune-part-timer' || subject === 'village-part-timer') {
    const notDue = [...addedKeys, ...allowances.map(({ name }) => name)];
    for (const key of notDue) row.blame(key, 'pay-of-part-timer');
    if (amount !== undefined) row.blame('contractPay', 'pay-of-part-timer');
    return grade === undefined ? undefined : { kind: 'part-time', multiple: grade };
  }
  if (row.isFilled('grade') && amount !== undefined) row.blame('contractPay', 'pay-both');
  if (amount !== undefined && !row.isFilled('grade')) {
    for (const key of addedKeys) row.blame(key, 'pay-both');
    return { kind: 'contract', amount, allowances };
  }
  if (grade === undefined) return undefined;
  const { position, beyondFrame: beyondFramePercent, reserved: reservedDifference } = added;
  return { kind: 'coefficient', grade, position, beyondFramePercent, reservedDifference, allowances };
}
