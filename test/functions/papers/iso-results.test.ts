import { describe, expect, test } from 'vitest';
import { readResultFile } from '../../../functions/papers/result-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = async (text: string, options = {}) => readResultFile(bytes(text), options);
const space = 'urn:iso:std:iso:20022:tech:xsd';
const refused = { outcome: 'refused' };

const transaction = (status: string, amount = '<InstdAmt Ccy="VND">407890080.00</InstdAmt>', reason = '') =>
  `<TxInfAndSts><OrgnlEndToEndId>CT0000000000-1</OrgnlEndToEndId><TxSts>${status}</TxSts>${reason}<OrgnlTxRef><Amt>${amount}</Amt></OrgnlTxRef></TxInfAndSts>`;
const status = (inside: string, version = '10') =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="${space}:pain.002.001.${version}"><CstmrPmtStsRpt><GrpHdr><MsgId>1</MsgId><CreDtTm>2025-10-03T20:00:00Z</CreDtTm></GrpHdr><OrgnlPmtInfAndSts>${inside}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;

describe('a status report (pain.002)', () => {
  test.each([
    ['ACSC', 'treasury-paid'],
    ['ACCC', 'credited'],
    ['RJCT', 'refused'],
  ])('%s is %s', async (code, outcome) => {
    // Eight in the evening of London's day is the next day here.
    const line = { row: 1, reference: 'CT0000000000-1', amount: 407_890_080n, outcome, on: '2025-10-04' };
    expect(await read(status(transaction(code)))).toMatchObject({ lines: [line], unreadable: [] });
  });

  test.each(['ACSP', 'PDNG', 'ACTC', ''])('%s settles nothing', async (code) => {
    expect(await read(status(transaction(code)))).toMatchObject({ lines: [], unreadable: [{ row: 1 }] });
  });

  test('the reason is the code and the words beside it', async () => {
    const reason = '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Đã đóng &amp; tất toán</AddtlInf></StsRsnInf>';
    expect(await read(status(transaction('RJCT', undefined, reason)))).toMatchObject({
      lines: [{ reason: 'AC04 Đã đóng & tất toán' }],
    });
  });

  test.each([
    ['407890080', 407_890_080n],
    ['407890080.00', 407_890_080n],
    ['407890080.5', undefined],
    ['1e5', undefined],
    ['-1', undefined],
  ])('the amount %s is %s whole đồng', async (text, amount) => {
    const file = await read(status(transaction('ACCC', `<InstdAmt Ccy="VND">${text}</InstdAmt>`)));
    expect(file).toMatchObject(
      amount === undefined ? { lines: [], unreadable: [{ row: 1 }] } : { lines: [{ amount }] },
    );
  });

  test('an amount in another currency, or none, cannot be read', async () => {
    for (const amount of ['<InstdAmt Ccy="USD">1000</InstdAmt>', '']) {
      expect(await read(status(transaction('ACCC', amount)))).toMatchObject({ lines: [], unreadable: [{ row: 1 }] });
    }
  });

  test('a status of the whole payment names the slip and its sum', async () => {
    const whole =
      '<OrgnlPmtInfId>b1.1000001.1</OrgnlPmtInfId><OrgnlCtrlSum>5000.00</OrgnlCtrlSum><PmtInfSts>ACSC</PmtInfSts>';
    expect(await read(status(whole))).toMatchObject({
      lines: [{ reference: 'b1.1000001.1', amount: 5000n, outcome: 'treasury-paid' }],
    });
  });

  test.each(['03', '09', '14'])('is read in version %s, under whatever prefix', async (version) => {
    const text = status(transaction('ACCC'), version);
    expect(await read(text)).toMatchObject({ lines: [{ outcome: 'credited' }] });
    const prefixed = text.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1n:').replace('xmlns=', 'xmlns:n=');
    expect(await read(prefixed)).toMatchObject({ lines: [{ outcome: 'credited' }] });
  });
});

interface Entry {
  readonly direction?: string;
  readonly sts?: string;
  readonly reversal?: string;
  readonly inside?: string;
  readonly amount?: string;
}
const entry = ({ direction = 'DBIT', sts = '<Cd>BOOK</Cd>', reversal = '', inside = '', amount = '1000.00' }: Entry) =>
  `<Ntry><Amt Ccy="VND">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${reversal}<Sts>${sts}</Sts><BookgDt><Dt>2025-10-03</Dt></BookgDt><NtryDtls>${inside}</NtryDtls></Ntry>`;
const details = (more = '', amount = '1000') =>
  `<TxDtls><Refs><EndToEndId>CT0000000000-1</EndToEndId></Refs><Amt Ccy="VND">${amount}</Amt>${more}</TxDtls>`;
const statement = (inside: string, summary = '') =>
  `<Document xmlns="${space}:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>${summary}${inside}</Stmt></BkToCstmrStmt></Document>`;
const notice = (inside: string) =>
  `<Document xmlns="${space}:camt.054.001.02"><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>1</Id>${inside}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;

describe('a statement or a notification (camt.053, camt.054)', () => {
  const returned = '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>';

  test.each([
    ['a debit', { inside: details() }, 'treasury-paid'],
    ['a credit', { direction: 'CRDT', inside: details() }, 'credited'],
    ['a credit that is a return', { direction: 'CRDT', inside: details(returned) }, 'returned'],
    [
      'a credit that reverses',
      { direction: 'CRDT', reversal: '<RvslInd>true</RvslInd>', inside: details() },
      'returned',
    ],
    ['a debit in the words of an early version', { sts: 'BOOK', inside: details() }, 'treasury-paid'],
  ] as const)('%s is %s', async (_what, of, outcome) => {
    const lines = [{ reference: 'CT0000000000-1', amount: 1000n, outcome, on: '2025-10-03' }];
    expect(await read(statement(entry(of)))).toMatchObject({ lines, unreadable: [] });
    expect(await read(notice(entry(of)))).toMatchObject({ lines, unreadable: [] });
  });

  test('the reason of a return is its code', async () => {
    expect(await read(statement(entry({ direction: 'CRDT', inside: details(returned) })))).toMatchObject({
      lines: [{ reason: 'AC04' }],
    });
  });

  test.each([
    ['not booked', { sts: '<Cd>PDNG</Cd>', inside: details() }],
    ['a debit that reverses', { reversal: '<RvslInd>true</RvslInd>', inside: details() }],
    ['with a fraction of a đồng', { inside: details('', '1000.5') }],
  ])('an entry %s settles nothing', async (_what, of) => {
    expect(await read(statement(entry(of)))).toMatchObject({ lines: [], unreadable: [{ row: 1 }] });
  });

  test('a debit for a whole slip names the slip', async () => {
    const file = await read(statement(entry({ inside: '<Btch><PmtInfId>b1.1000001.1</PmtInfId></Btch>' })));
    expect(file).toMatchObject({ lines: [{ reference: 'b1.1000001.1', amount: 1000n, outcome: 'treasury-paid' }] });
  });

  test('our reference is found in the words of the transfer', async () => {
    const inside =
      '<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RmtInf><Ustrd>CHI TRA CT0000000000-1 A</Ustrd></RmtInf></TxDtls>';
    expect(await read(statement(entry({ inside })))).toMatchObject({
      lines: [{ reference: 'CT0000000000-1', amount: 1000n }],
    });
  });

  test.each([
    [1, '1000.00', 'results'],
    [2, '1000.00', 'refused'],
    [1, '1001.00', 'refused'],
    [1, '999.00', 'refused'],
  ])('that states %i entries and %s đồng for one of 1,000: %s', async (count, total, outcome) => {
    const summary = `<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries><Sum>${total}</Sum></TtlNtries></TxsSummry>`;
    expect(await read(statement(entry({ inside: details() }), summary))).toMatchObject({ outcome });
    const batch = `<Btch><NbOfTxs>${count}</NbOfTxs><TtlAmt Ccy="VND">${total}</TtlAmt></Btch>`;
    expect(await read(statement(entry({ inside: batch + details() })))).toMatchObject({ outcome });
  });

  test.each([
    [{ count: 1, total: 1000n }, 'results'],
    [{ count: 2, total: 1000n }, 'refused'],
    [{ count: 1, total: 1001n }, 'refused'],
  ])('beside the covering page %o: %s', async (control, outcome) => {
    expect(await read(statement(entry({ inside: details() })), { control })).toMatchObject({ outcome });
  });
});

describe('XML that is no result is refused', () => {
  const whole = status(transaction('ACCC'));

  test.each([
    ['of another message', whole.replace('pain.002', 'pain.001')],
    ['of another namespace', whole.replace('urn:iso', 'urn:xso')],
    ['without a namespace', whole.replace(/ xmlns="[^"]*"/, '')],
    ['cut', whole.slice(0, -60)],
    ['with an element that is not closed', whole.replace('</TxSts>', '')],
    ['with an entity', whole.replace('<Document', '<!DOCTYPE d [<!ENTITY a "b">]><Document')],
    ['in an old encoding', whole.replace('UTF-8', 'windows-1258')],
    ['with text that is not UTF-8', ''],
  ])('%s', async (what, text) => {
    const given = what.includes('not UTF-8') ? Uint8Array.of(0x3c, 0x61, 0xff, 0x3e) : bytes(text);
    expect(await readResultFile(given)).toMatchObject(refused);
  });
});
