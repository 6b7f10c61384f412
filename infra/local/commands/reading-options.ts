/** `--reading X3=flat-5`, repeatable, as several commands take it. */
import { isReadingNumber, readingOf, type SetReadings } from '../../../shared/law/readings.ts';

/** Answers a sentence when a switch or a value does not exist. */
export function readingsFrom(given: readonly string[]): SetReadings | string {
  const set: SetReadings = {};
  for (const text of given) {
    const [number = '', value = ''] = text.split('=');
    if (!isReadingNumber(number)) return `--reading ${text}: there is no reading ${number}`;
    const { values } = readingOf(number);
    if (!values.includes(value)) {
      return values.length === 0
        ? `--reading ${text}: ${number} always goes to a person and cannot be set`
        : `--reading ${text}: ${number} is one of ${values.join(', ')}`;
    }
    set[number] = value;
  }
  return set;
}
