/** What somebody wrote to try out: one reading as `X3=flat-5`, one number of the law, or both. */
import type { Change } from '../../shared/entitlement/what-if.ts';
import { parameterChange } from '../../shared/law/parameters.ts';
import { isReadingNumber, readingOf } from '../../shared/law/readings.ts';
import type { Sentence } from '../../shared/vietnamese.ts';

/** Empty texts change nothing; a sentence says what is wrong. */
export function changeFrom(reading: string, parameter: string): Change | Sentence {
  const [number = '', value = ''] = reading.split('=');
  if (reading !== '' && !(isReadingNumber(number) && readingOf(number).values.includes(value))) {
    return { vi: `Không có cách hiểu "${reading}".`, en: `There is no reading "${reading}".` };
  }
  const change = parameter === '' ? undefined : parameterChange(parameter);
  if (change !== undefined && 'vi' in change) return change;
  if (reading === '' && change === undefined) {
    return { vi: 'Hãy chọn một cách hiểu, hoặc ghi một số của pháp luật.', en: 'Choose a reading, or write a number.' };
  }
  return {
    readings: isReadingNumber(number) ? { [number]: value } : {},
    parameters: change === undefined ? [] : [change],
  };
}
