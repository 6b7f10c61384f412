/** Whatever people a slip pays, each of its files says the same of them when it is read back. */
import { readFileSync } from 'node:fs';
import { read, utils } from '@e965/xlsx';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import { bankFiles } from '../../../shared/disbursement/bank-files.ts';
import { bankTemplates } from '../../../shared/disbursement/bank-templates.ts';
import { controlOf, shownCheck } from '../../../shared/disbursement/control.ts';
import { totalLabel } from '../../../shared/disbursement/withdrawal-slip.ts';
import { sum } from '../../../shared/dong.ts';
import { fold, tidy } from '../../../shared/vietnamese.ts';
import {
  expectControl,
  inOrder,
  readBankFile,
  readForm09,
  readPaymentInitiation,
  rowsOf,
  sheetsOf,
  slipPaper,
  someBeneficiaries,
  textsOf,
} from '../../slip-papers.ts';

const runs = { numRuns: 40 };
const schema = XmlDocument.fromBuffer(
  readFileSync(new URL('../../../functions/papers/schemas/pain.001.001.09-profile.xsd', import.meta.url)),
);
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

function validate(bytes: Uint8Array): void {
  const document = XmlDocument.fromBuffer(bytes);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
  }
}

test('the list of beneficiaries keeps references, accounts, sums and names, and its total in two columns', async () => {
  await fc.assert(
    fc.asyncProperty(someBeneficiaries(12), async (people) => {
      const paper = slipPaper(people);
      const read = await readForm09(await writeSlipFile({ made: 'form-09.xlsx' }, paper));
      const control = controlOf(read.rows);
      expect(inOrder(read.rows)).toEqual(rowsOf(paper));
      expect(sum(read.own)).toBe(sum(people.map(({ amount }) => amount)));
      expect(read.names.toSorted()).toEqual(people.map(({ fullName }) => tidy(fullName)).toSorted());
      expect({ total: read.total, check: read.check }).toEqual({ total: control.total, check: shownCheck(control) });
    }),
    runs,
  );
});

test('the data of the voucher have the sum of the list', async () => {
  await fc.assert(
    fc.asyncProperty(someBeneficiaries(12), async (people) => {
      const [sheet] = await sheetsOf(await writeSlipFile({ made: 'slip-data.xlsx' }, slipPaper(people)));
      const row = textsOf(sheet ?? expect.fail('no sheet')).find((cells) => cells[1] === totalLabel);
      expect(BigInt(row?.[2] ?? '')).toBe(sum(people.map(({ amount }) => amount)));
    }),
    runs,
  );
});

test('the payment initiation keeps to its schema, and references, accounts and whole sums', async () => {
  await fc.assert(
    fc.asyncProperty(someBeneficiaries(12), async (people) => {
      const paper = slipPaper(people);
      const bytes = await writeSlipFile({ made: 'pain-001.xml' }, paper);
      validate(bytes);
      const read = readPaymentInitiation(bytes);
      expect(inOrder(read.rows)).toEqual(rowsOf(paper));
      expect(read.names).toEqual(
        people.map(({ fullName }) => Array.from(fullName.normalize('NFC')).slice(0, 140).join('').trim()),
      );
      expect(new Set(read.counts)).toEqual(new Set([people.length]));
      expect(new Set(read.sums)).toEqual(new Set([sum(people.map(({ amount }) => amount))]));
      expect(read.check).toBe(controlOf(rowsOf(paper)).check);
    }),
    runs,
  );
});

describe.each(bankTemplates)('the file of $bank', (template) => {
  test('keeps references, accounts and sums, and names as far as the layout does', async () => {
    await fc.assert(
      fc.asyncProperty(someBeneficiaries(12), async (people) => {
        const paper = slipPaper(people);
        const read = await readBankFile(await writeSlipFile({ template, number: 1 }, paper), template);
        expect(inOrder(read.rows)).toEqual(rowsOf(paper));
        expectControl(read.rows, read);
        const kept = people.map(({ fullName }) =>
          (template.isPlainCapitals ? fold(fullName).toUpperCase() : tidy(fullName))
            .slice(0, template.longestName)
            .trim(),
        );
        expect(read.names.toSorted()).toEqual(kept.toSorted());
        expect(read.remarks.every((remark) => remark.length <= template.longestRemark)).toBe(true);
      }),
      runs,
    );
  });

  test('is split by its limit of rows into files whose counts and sums add up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(someBeneficiaries(25), fc.integer({ min: 1, max: 9 }), async (people, mostRows) => {
        const paper = slipPaper(people);
        const small = { ...template, mostRows };
        const files = bankFiles(small, paper);
        const read = await Promise.all(
          files.map(async ({ number }) => readBankFile(await writeSlipFile({ template: small, number }, paper), small)),
        );
        expect(files).toHaveLength(Math.ceil(people.length / mostRows));
        expect(read.every(({ rows }) => rows.length <= mostRows)).toBe(true);
        for (const one of read) expectControl(one.rows, one);
        expect(inOrder(read.flatMap(({ rows }) => rows))).toEqual(rowsOf(paper));
        expect(sum(read.map(({ total }) => total))).toBe(sum(people.map(({ amount }) => amount)));
      }),
      { numRuns: 15 },
    );
  });
});

test('the old workbook keeps account numbers as text, also when somebody types over them', async () => {
  const template = bankTemplates.find(({ fileType }) => fileType === 'xls') ?? expect.fail('no bank takes .xls');
  const [only] = fc.sample(someBeneficiaries(1), 1);
  const bytes = await writeSlipFile({ template, number: 1 }, slipPaper(only ?? []));
  const sheet = read(bytes, { cellNF: true }).Sheets[template.sheet];
  const column = template.columns.findIndex(({ field }) => field === 'account');
  const cell: unknown = sheet?.[utils.encode_cell({ r: template.above.length + 1, c: column })];
  expect(cell).toMatchObject({ t: 's', z: '@', v: only?.[0]?.accountNumber });
});

test('a check value changes with any account, any sum and any person who is left out, and with nothing else', () => {
  fc.assert(
    fc.property(someBeneficiaries(8), fc.nat(), (people, pick) => {
      const { check } = controlOf(people);
      const at = pick % people.length;
      const changed = (change: Partial<(typeof people)[number]>) =>
        controlOf(people.map((one, index) => (index === at ? { ...one, ...change } : one))).check;
      expect(controlOf(people.toReversed()).check).toBe(check);
      expect(changed({ fullName: 'x' })).toBe(check);
      expect(changed({ amount: (people[at]?.amount ?? 0n) + 1n })).not.toBe(check);
      expect(changed({ accountNumber: `0${people[at]?.accountNumber}` })).not.toBe(check);
      expect(controlOf(people.filter((_one, index) => index !== at)).check).not.toBe(check);
    }),
  );
});

describe('the payment initiation', () => {
  const person = {
    fullName: 'A',
    accountNumber: '0123',
    bank: 'BIDV',
    bankCode: 'BIDV',
    amount: 5n,
    reference: 'CT1-1',
    regime: '',
  };
  const written = async (own: Partial<Parameters<typeof slipPaper>[1]> = {}, of = person) => {
    const bytes = await writeSlipFile({ made: 'pain-001.xml' }, slipPaper([of], own));
    validate(bytes);
    return readPaymentInitiation(bytes);
  };

  test.each([34, 35])('carries a slip’s number of %i characters as it is', async (length) => {
    const slip = 'b'.repeat(length);
    expect((await written({ slip })).texts).toMatchObject({ MsgId: [slip], PmtInfId: [slip] });
  });

  test('stands for a longer number by a digest that tells two apart, never by a part of it', async () => {
    const ids = await Promise.all(
      ['1', '2'].map(async (end) => (await written({ slip: `${'b'.repeat(35)}${end}` })).texts.MsgId[0]),
    );
    expect(ids.every((id) => id?.length === 35)).toBe(true);
    expect(new Set(ids).size).toBe(2);
  });

  test('says that a unit’s account is not provided, and invents none', async () => {
    const { unit } = slipPaper([]);
    await expect(written({ unit: { ...unit, treasuryAccount: '' } })).resolves.toBeDefined();
  });

  test.each([33, 34])('carries an account of %i digits', async (length) => {
    const accountNumber = '0'.repeat(length);
    expect((await written({}, { ...person, accountNumber })).rows[0]?.accountNumber).toBe(accountNumber);
  });

  test('refuses an account of 35 digits, for one that is cut is another account', async () => {
    await expect(written({}, { ...person, accountNumber: '0'.repeat(35) })).rejects.toThrow(RangeError);
  });
});

describe('the schema refuses', () => {
  const good = async () =>
    new TextDecoder().decode(
      await writeSlipFile(
        { made: 'pain-001.xml' },
        slipPaper([
          {
            fullName: 'A',
            accountNumber: '0123',
            bank: 'VBSP',
            bankCode: 'VBSP',
            amount: 5n,
            reference: 'CT1-1',
            regime: '',
          },
          {
            fullName: 'B',
            accountNumber: '0124',
            bank: 'BIDV',
            bankCode: 'BIDV',
            amount: 6n,
            reference: 'CT2-1',
            regime: '',
          },
        ]),
      ),
    );
  test.each([
    ['decimals', '>5<', '>5.00<'],
    ['another currency', 'Ccy="VND"', 'Ccy="USD"'],
    ['a reference twice', '>CT2-1<', '>CT1-1<'],
    ['a transfer without an account', /<CdtrAcct>.*?<\/CdtrAcct>/, ''],
    ['a name of 141 letters', '<Cdtr><Nm>A<', `<Cdtr><Nm>${'A'.repeat(141)}<`],
  ])('%s', async (_what, from, to) => {
    const xml = await good();
    expect(() => validate(new TextEncoder().encode(xml))).not.toThrow();
    const broken = xml.replace(from, to);
    expect(broken).not.toBe(xml);
    expect(() => validate(new TextEncoder().encode(broken))).toThrow();
  });
});
