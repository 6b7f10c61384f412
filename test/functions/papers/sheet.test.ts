import { Workbook } from '@cj-tech-master/excelts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { listTemplate } from '../../../functions/papers/list-template.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { cellAddress, type SheetCell } from '../../../shared/case/sheet.ts';

async function cellsOf(bytes: Uint8Array): Promise<Record<string, Omit<SheetCell, 'column'>>> {
  const read = await readSheets(bytes);
  if (read.outcome === 'refused') throw new Error(read.why.en);
  const rows = read.sheets.flatMap((sheet) => sheet.rows);
  return Object.fromEntries(
    rows.flatMap(({ number, cells }) =>
      cells.map(({ column, ...content }) => [cellAddress({ column, row: number }), content]),
    ),
  );
}

async function why(bytes: Uint8Array): Promise<string> {
  const read = await readSheets(bytes);
  return read.outcome === 'refused' ? read.why.vi : 'đọc được';
}

async function workbookWith(fill: (sheet: ReturnType<Workbook['addWorksheet']>) => void): Promise<Uint8Array> {
  const workbook = new Workbook();
  fill(workbook.addWorksheet('Danh sách'));
  return new Uint8Array(await workbook.xlsx.writeBuffer({ validate: false }));
}

/** The smallest archive that calls itself a workbook, with this sheet in it. */
function archive(sheet: Uint8Array): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': sheet,
  });
}

/** The same archive, whose directory says that the sheet unpacks to so many bytes. */
function lyingArchive(sheet: Uint8Array, says: number): Uint8Array {
  const bytes = archive(sheet);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at < bytes.length - 46; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === sheet.length) {
      view.setUint32(at + 24, says, true);
    }
  }
  return bytes;
}

describe('a cell is read as it was typed', () => {
  test('a day in a date cell is a day, whatever its format shows', async () => {
    const cells = await cellsOf(
      await workbookWith((sheet) => {
        sheet.getCell('A1').value = new Date('2025-06-01T00:00:00Z');
        sheet.getCell('A1').numFmt = 'mmm-yy';
      }),
    );
    expect(cells['A1']).toEqual({ kind: 'date', text: '2025-06-01' });
  });

  test('a twelve-digit citizen id typed as a number keeps every digit', async () => {
    const cells = await cellsOf(await workbookWith((sheet) => (sheet.getCell('A1').value = 140085000011)));
    expect(cells['A1']).toEqual({ kind: 'number', text: '140085000011' });
  });

  test('a coefficient carries no noise of binary fractions', async () => {
    const cells = await cellsOf(
      await workbookWith((sheet) => {
        sheet.getCell('A1').value = 4.650000000000001;
        sheet.getCell('A2').value = 0.1 + 0.2;
        sheet.getCell('A3').value = 0.0000001;
      }),
    );
    expect([cells['A1'], cells['A2'], cells['A3']].map((cell) => cell?.text)).toEqual(['4.65', '0.3', '0.0000001']);
  });

  test('a cell that shows 25 % is not 0.25', async () => {
    const cells = await cellsOf(
      await workbookWith((sheet) => {
        sheet.getCell('A1').value = 0.25;
        sheet.getCell('A1').numFmt = '0%';
        sheet.getCell('A2').value = 0.07;
        sheet.getCell('A2').numFmt = '0.0%';
      }),
    );
    expect([cells['A1']?.text, cells['A2']?.text]).toEqual(['25%', '7%']);
  });

  test('a formula gives what it last computed, and says that it is a formula', async () => {
    const cells = await cellsOf(
      await workbookWith((sheet) => {
        sheet.getCell('A1').value = { formula: '4+0.65', result: 4.65 };
        sheet.getCell('A2').value = { formula: '1/0', result: { error: '#DIV/0!' } };
        sheet.getCell('A3').value = { error: '#REF!' };
      }),
    );
    expect(cells['A1']).toEqual({ kind: 'number', text: '4.65', isFormula: true });
    // The streaming reader tells that the formula failed, not how.
    expect(cells['A2']).toEqual({ kind: 'error', text: '#ERROR!' });
    expect(cells['A3']).toEqual({ kind: 'error', text: '#REF!' });
  });

  test('text is NFC with single spaces, out of rich text and links too; empty and merged-away cells are left out', async () => {
    const cells = await cellsOf(
      await workbookWith((sheet) => {
        sheet.getCell('A1').value = ' Nguyễn\u00A0 Văn  A '.normalize('NFD');
        sheet.getCell('B1').value = { richText: [{ text: 'Nghệ ' }, { text: 'An' }] };
        sheet.getCell('C1').value = { text: 'Sở Nội vụ', hyperlink: 'https://example.vn' };
        sheet.getCell('D1').value = '   ';
        sheet.getCell('E1').value = 'một';
        sheet.mergeCells('E1:F1');
      }),
    );
    expect(Object.keys(cells)).toEqual(['A1', 'B1', 'C1', 'E1']);
    expect([cells['A1']?.text, cells['B1']?.text, cells['C1']?.text]).toEqual(['Nguyễn Văn A', 'Nghệ An', 'Sở Nội vụ']);
  });
});

describe('what is no sheet is refused with what to do', () => {
  test('a text file is no Excel sheet', async () => {
    expect(await why(strToU8('STT;Họ và tên'))).toMatch('không phải là bảng tính');
    expect(await why(new Uint8Array())).toMatch('không phải là bảng tính');
  });

  test('an archive without a workbook is no Excel sheet', async () => {
    expect(await why(zipSync({ 'word/document.xml': strToU8('<w/>') }))).toMatch('không phải là bảng tính');
  });

  test('an .xls that is damaged is told from a sheet with a password', async () => {
    const compound = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    expect(await why(compound)).toMatch('.xls');
    expect(await why(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]))).toMatch('mật khẩu');
  });

  test('a file over 40 MB is refused unread', async () => {
    expect(await why(new Uint8Array(40 * 1024 * 1024 + 1))).toMatch('40 MB');
  });

  test('a bomb is refused by what its directory says', async () => {
    expect(await why(lyingArchive(new Uint8Array(1024), 610 * 1024 * 1024))).toMatch('dung lượng bất thường');
    expect(await why(archive(new Uint8Array(30 * 1024 * 1024)))).toMatch('dung lượng bất thường');
  });

  test('a bomb whose directory lies is refused by what it really unpacks to', async () => {
    expect(await why(lyingArchive(new Uint8Array(30 * 1024 * 1024), 10))).toMatch('dung lượng bất thường');
  });

  test('more than 200,000 rows are refused, 200,000 are read', async () => {
    const rows = (count: number) =>
      archive(strToU8(`<worksheet><sheetData>${'<row><c/></row>'.repeat(count)}</sheetData></worksheet>`));
    expect(await why(rows(200_001))).toMatch('200.000 dòng');
    expect(await why(rows(200_000))).not.toMatch('200.000 dòng');
  });

  test('a truncated or scrambled file is refused, never thrown', async () => {
    const good = await writeSheets([{ name: 'A', columns: [{ heading: 'x', width: 9, kind: 'text' }], rows: [['y']] }]);
    for (let cut = 4; cut < good.length; cut += 97)
      expect((await readSheets(good.subarray(0, cut))).outcome).toBe('refused');
    for (let at = 4; at < good.length; at += 53) {
      const bad = good.slice();
      bad[at] = (bad[at] ?? 0) ^ 0xff;
      expect(['sheets', 'refused']).toContain((await readSheets(bad)).outcome);
    }
  });
});

describe('a written table', () => {
  const sheet = {
    name: 'Bảng',
    title: ['BẢNG THANH TOÁN', 'Đợt 1'],
    columns: [
      { heading: 'Họ và tên', width: 20, kind: 'text' },
      { heading: 'Số tiền', width: 15, kind: 'money' },
      { heading: 'Ngày', width: 12, kind: 'date' },
      { heading: 'Hệ số', width: 8, kind: 'number' },
    ],
    rows: [['=HYPERLINK("x")', 1_015_356_250n, '2025-07-01', '4.65']],
    totalRow: ['Cộng', 1_015_356_250n],
    notes: ['Ghi chú'],
    landscape: true,
  } as const;

  test('what begins like a formula is text, amounts are numbers, days are days', async () => {
    const cells = await cellsOf(await writeSheets([sheet]));
    expect(cells['A4']).toEqual({ kind: 'text', text: '=HYPERLINK("x")' });
    expect(cells['B4']).toEqual({ kind: 'number', text: '1015356250' });
    expect(cells['C4']).toEqual({ kind: 'date', text: '2025-07-01' });
    expect(cells['D4']).toEqual({ kind: 'number', text: '4.65' });
    expect(cells['B5']).toEqual({ kind: 'number', text: '1015356250' });
    expect(cells['A7']).toEqual({ kind: 'text', text: 'Ghi chú' });
  });

  test('prints on A4 with the heading on every page', async () => {
    const workbook = new Workbook();
    await workbook.xlsx.load(await writeSheets([sheet]));
    const written = workbook.getWorksheet('Bảng');
    expect(written?.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', printTitlesRow: '3:3' });
    expect(written?.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
    expect(written?.getCell('A3').font).toMatchObject({ bold: true });
    expect(written?.getCell('A4').numFmt).toBe('@');
    expect(written?.getCell('B4').numFmt).toBe('#,##0');
    expect(written?.getCell('B4').border).toMatchObject({ top: { style: 'thin' } });
  });

  test('the same table gives the same bytes', async () => {
    expect(Buffer.from(await writeSheets([sheet])).equals(Buffer.from(await writeSheets([sheet])))).toBe(true);
  });

  test('an amount that a sheet cannot hold exactly is a fault of the program', async () => {
    await expect(writeSheets([{ ...sheet, rows: [['x', 2n ** 53n]] }])).rejects.toThrow(RangeError);
    await expect(writeSheets([{ ...sheet, rows: [['x', 2n ** 53n - 1n]] }])).resolves.toBeInstanceOf(Uint8Array);
  });

  test('the template has the two sheets of the list and one that explains them', async () => {
    const read = await readSheets(await listTemplate(sampleUnits()));
    if (read.outcome === 'refused') throw new Error(read.why.en);
    expect(read.sheets.map(({ name }) => name)).toEqual(['Danh sách', 'Quá trình công tác', 'Hướng dẫn']);
  });
});
