/** What tables and words are called: each in both languages, and in its own letters where nobody has named it. */
import { describe, expect, test } from 'vitest';
import { lawInForceOn } from '../../../shared/law/listing.ts';
import { countedAllowanceNames, hasTableName, subjectNames, tableName, wordNames } from '../../../shared/law/names.ts';

const tables = lawInForceOn('2200-12-31').map(({ file, table, name }) => ({ file, table, name }));

describe('the name of a table', () => {
  test.each(tables)('$file $table is written in both languages, and is not its own', ({ file, table, name }) => {
    expect(name).toEqual({ vi: expect.stringMatching(/\S+ \S+/), en: expect.stringMatching(/\S+ \S+/) });
    expect(tableName(file, table)).toEqual(name);
    expect(hasTableName(file, table)).toBe(true);
  });

  test('is the same in every file, but where a file has its own', () => {
    expect(tableName('decree-178-2024/article-09', 'perMonth').en).toBe(
      'Months of salary for each month that is counted',
    );
    expect(tableName('decree-178-2024/article-10', 'perMonth').en).toBe(
      'Months of salary for each month that is counted',
    );
    expect(tableName('decree-154-2025/article-09', 'perMonth').en).toBe(
      'Months of allowance for each month that is counted',
    );
    expect(tableName('decree-178-2024/article-09', 'perYear').en).toBe('Months of salary for each year of service');
    expect(tableName('decree-178-2024/article-07b', 'perYear').en).toBe('Months of salary for each year early');
  });

  test('is its own where nobody has named it', () => {
    expect(tableName('decree-178-2024/article-07', 'noSuchTable')).toEqual({ vi: 'noSuchTable', en: 'noSuchTable' });
    expect(hasTableName('decree-178-2024/article-07', 'noSuchTable')).toBe(false);
    expect(hasTableName('decree-178-2024/article-07', '')).toBe(false);
  });
});

describe('a word', () => {
  test.each(Object.entries(wordNames))('%s is written in both languages', (word, name) => {
    expect(name).toEqual({ vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
    expect(name.vi).not.toBe(word);
  });

  test.each(Object.entries({ ...subjectNames, ...countedAllowanceNames }))(
    '%s is named alike everywhere',
    (word, name) => {
      expect(wordNames[word]).toEqual(name);
    },
  );

  test('is there for every subject and every counted allowance', () => {
    expect(Object.keys(subjectNames)).toEqual([
      'cadre',
      'civil-servant',
      'public-employee',
      'contract-worker',
      'commune-cadre',
      'commune-civil-servant',
      'association-staff',
      'commune-part-timer',
      'village-part-timer',
    ]);
    expect(Object.keys(countedAllowanceNames)).toEqual([
      'civil-service',
      'party-work',
      'professional-incentive',
      'professional-responsibility',
      'professional-seniority',
      'armed-forces',
    ]);
  });
});
