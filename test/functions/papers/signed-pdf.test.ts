/**
 * Signatures in PDFs: of three tools, of each algorithm, and what tries to pass as one.
 *
 * `signed/pyhanko-*.pdf` were made once with pyHanko 0.38 (`signers.sign_pdf`) on a page of its own writer, with an
 * authority (ECDSA P-256) that issued each certificate and is embedded: `rsa` with tables, RSA 2048, SHA-256 and
 * `adbe.pkcs7.detached`; `pss` with cross-reference streams, RSA-PSS, SHA-512 and `ETSI.CAdES.detached`; `two` the same
 * way, first RSA and SHA-256, then ECDSA P-384 and SHA-384. `signed/openssl.pdf` is `signed()` of `signed/sign-pdf.ts`
 * with the message of OpenSSL 3.0: `openssl cms -sign -binary -outform DER -certfile ca.pem -md sha256 -nosmimecap`, ECDSA
 * P-256. All people and offices are made up; no key was kept.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type PdfSignature, readSignatures } from '../../../functions/papers/signed-pdf.ts';
import {
  filled,
  type Hash,
  holeOf,
  makeSigner,
  plainPdf,
  signatureObject,
  signCms,
  signed,
  type Signer,
  type SignerWish,
  withTable,
} from './signed/sign-pdf.ts';

const fixture = (name: string) => readFileSync(new URL(`signed/${name}.pdf`, import.meta.url));

let signer: Signer;
let office: Signer;
let letter: Buffer;

beforeAll(async () => {
  signer = await makeSigner();
  office = await makeSigner({ name: 'Sở Nội vụ', algorithm: 'ECDSA' });
  letter = await signed(plainPdf(), signer, { madeAt: "D:20250701090000+07'00'" });
});

/** `intact whole` of each, shortened to what is true of it. */
async function said(file: Uint8Array): Promise<readonly string[]> {
  return (await readSignatures(file)).map(({ isIntact, coversWholeFile }) =>
    [isIntact ? 'intact' : 'broken', coversWholeFile ? 'whole' : 'part'].join(' '),
  );
}

function replaced(file: Buffer, old: string, by: string): Buffer {
  expect(by.length).toBe(old.length);
  const at = file.lastIndexOf(old, undefined, 'latin1');
  expect(at).toBeGreaterThan(0);
  const out = Buffer.from(file);
  out.write(by, at, 'latin1');
  return out;
}

describe('of other tools', () => {
  test.each<[string, readonly Partial<PdfSignature>[]]>([
    ['pyhanko-rsa', [{ signer: 'Nguyễn Văn Thử', serial: '1001', coversWholeFile: true }]],
    ['pyhanko-pss', [{ signer: 'Nguyễn Văn Thử', serial: '1002', coversWholeFile: true }]],
    [
      'pyhanko-two',
      [
        { signer: 'Nguyễn Văn Thử', organisation: 'Sở Nội vụ thử nghiệm', serial: '1001', coversWholeFile: false },
        { signer: 'Sở Nội vụ thử nghiệm', organisation: 'UBND tỉnh thử nghiệm', serial: '2001', coversWholeFile: true },
      ],
    ],
    ['openssl', [{ signer: 'Test signer', issuer: 'Test authority', serial: '3001', coversWholeFile: true }]],
  ])('%s is intact', async (name, signatures) => {
    const read = await readSignatures(fixture(name));
    expect(read).toMatchObject(signatures.map((one) => ({ ...one, isIntact: true, isExpiredAtSigning: false })));
    expect(read.every(({ signedAt }) => signedAt?.startsWith('2026-11-27T08:4'))).toBe(true);
    if (name.startsWith('pyhanko')) expect(read[0]?.issuer).toBe('Cơ quan chứng thực thử nghiệm');
  });
});

describe('by algorithm', () => {
  const hashes: readonly Hash[] = ['SHA-256', 'SHA-384', 'SHA-512'];
  const algorithms = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA'] as const;

  test.each(algorithms.flatMap((algorithm) => hashes.map((hash) => [algorithm, hash] as const)))(
    '%s with %s is intact',
    async (algorithm, hash) => {
      const file = await signed(plainPdf(), await makeSigner({ algorithm, hash }), {
        subFilter: 'ETSI.CAdES.detached',
      });
      expect(await readSignatures(file)).toMatchObject([{ isIntact: true, coversWholeFile: true }]);
      expect(await readSignatures(file)).not.toMatchObject([{ weak: true }]);
    },
  );

  test.each<[string, SignerWish]>([
    ['RSA with SHA-1', { hash: 'SHA-1' }],
    ['RSA-PSS with SHA-1', { algorithm: 'RSA-PSS', hash: 'SHA-1' }],
    ['ECDSA with SHA-1', { algorithm: 'ECDSA', hash: 'SHA-1' }],
    ['RSA of 2047 bits', { bits: 2047 }],
    ['RSA of 1024 bits', { bits: 1024 }],
  ])('%s is weak, and for this not intact', async (_, wish) => {
    const file = await signed(plainPdf(), await makeSigner(wish));
    expect(await readSignatures(file)).toMatchObject([{ signer: 'Nguyễn Văn Thử', isIntact: false, weak: true }]);
  });
});

describe('when it was made', () => {
  test.each([
    ["D:20250701090000+07'00'", '2025-07-01T02:00:00.000Z', false],
    ['D:20250701020000Z', '2025-07-01T02:00:00.000Z', false],
    ["D\\07220250701020000Z00'00'", '2025-07-01T02:00:00.000Z', false],
    ['D:2025', '2025-01-01T00:00:00.000Z', false],
    ['D:20241231235959Z', '2024-12-31T23:59:59.000Z', true],
    ['D:20300101000000Z', '2030-01-01T00:00:00.000Z', false],
    ['D:20300101000001Z', '2030-01-01T00:00:01.000Z', true],
  ])('%s is %s; outside of the certificate’s days: %s', async (madeAt, signedAt, isExpiredAtSigning) => {
    expect(await readSignatures(await signed(plainPdf(), signer, { madeAt }))).toMatchObject([
      { signedAt, isExpiredAtSigning, isIntact: true },
    ]);
  });

  test('the dictionary goes before the message, and the message stands in where it says nothing', async () => {
    const signedAt = '2025-08-01T00:00:00.000Z';
    const of = async (madeAt: string) =>
      (await readSignatures(await signed(plainPdf(), signer, { madeAt, signedAt })))[0];
    expect((await of('D:20250701020000Z'))?.signedAt).toBe('2025-07-01T02:00:00.000Z');
    for (const madeAt of ['D:20250230000000Z', 'yesterday', '', 'D:20250701250000Z']) {
      expect((await of(madeAt))?.signedAt).toBe(signedAt);
    }
    const [none] = await readSignatures(await signed(plainPdf(), signer));
    expect(none).not.toHaveProperty('signedAt');
    expect(none).not.toHaveProperty('isExpiredAtSigning');
  });
});

describe('a changed byte', () => {
  test('outside of Contents is always seen', async () => {
    const { from, to } = holeOf(letter);
    const passed: number[] = [];
    for (let at = 0; at < letter.length; at += 1) {
      if (at >= from && at < to) continue;
      const changed = Buffer.from(letter);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      if ((await said(changed)).some((one) => one.startsWith('intact'))) passed.push(at);
    }
    expect(passed).toEqual([]);
  }, 60_000);

  test('inside of Contents is seen, or says nothing else: a digit in the other case, and what no signature covers', async () => {
    const file = fixture('pyhanko-rsa');
    const whole = await readSignatures(file);
    const { from, to } = holeOf(file);
    let passed = 0;
    const places = fc.sample(fc.tuple(fc.integer({ min: from, max: to - 1 }), fc.constantFrom(1, 2, 32)), {
      seed: 1,
      numRuns: 600,
    });
    for (const [at, bit] of places) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ bit;
      const read = await readSignatures(changed);
      if (!read.some(({ isIntact }) => isIntact)) continue;
      passed += 1;
      expect(read).toEqual(whole);
    }
    // The case of a digit, the version of the message, what it says twice, and the authority's own certificate, which the
    // person's has by hash: none of it is signed, and none of it is told.
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThan(200);
  }, 60_000);

  test('of a name in a certificate that nobody embedded vouches for is not seen: it is no better than who sent it', async () => {
    const hexOf = (text: string) => Buffer.from(text).toString('hex');
    const file = letter.toString('latin1');
    // The subject stands after the issuer in the certificate; the last one of all names the signer in the message.
    const subject = file.indexOf(hexOf('Nguyễn Văn Thử'), file.indexOf(hexOf('Nguyễn Văn Thử')) + 1);
    const changed = Buffer.from(letter);
    changed.write(hexOf('Nguyễn Văn Thự'), subject, 'latin1');
    expect(await readSignatures(changed)).toMatchObject([
      { signer: 'Nguyễn Văn Thự', issuer: 'Nguyễn Văn Thử', isIntact: true },
    ]);
  });

  test('of a name in a certificate that the signature itself names is seen', async () => {
    const file = await signed(plainPdf(), signer, { names: signer.certificate });
    expect(await said(file)).toEqual(['intact whole']);
    const hexOf = (text: string) => Buffer.from(text).toString('hex');
    const text = file.toString('latin1');
    const subject = text.indexOf(hexOf('Nguyễn Văn Thử'), text.indexOf(hexOf('Nguyễn Văn Thử')) + 1);
    file.write(hexOf('Nguyễn Văn Thự'), subject, 'latin1');
    expect(await said(file)).toEqual(['broken whole']);
    expect(await said(await signed(plainPdf(), signer, { names: office.certificate }))).toEqual(['broken whole']);
  });

  test('of a name in a certificate that its embedded issuer vouches for is seen', async () => {
    const hexOf = (text: string) => Buffer.from(text).toString('hex');
    const file = fixture('openssl');
    expect(await said(file)).toEqual(['intact whole']);
    expect(await said(replaced(file, hexOf('Test signer'), hexOf('Test sinner')))).toEqual(['broken whole']);
  });
});

describe('a file after it was signed', () => {
  test('with an update appended is covered in part', async () => {
    const update = withTable(letter, ['3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n']);
    expect(await said(letter)).toEqual(['intact whole']);
    expect(await said(update)).toEqual(['intact part']);
    expect(await said(Buffer.concat([letter, Buffer.from('\n')]))).toEqual(['intact part']);
  });

  test('signed again has both, in their order; the last covers all of it', async () => {
    const both = await signed(letter, office, { object: 11, madeAt: "D:20250702090000+07'00'" });
    expect(await readSignatures(both)).toMatchObject([
      { signer: 'Nguyễn Văn Thử', isIntact: true, coversWholeFile: false },
      { signer: 'Sở Nội vụ', isIntact: true, coversWholeFile: true },
    ]);
    expect(await said(replaced(both, '/MediaBox [0 0 200 200]', '/MediaBox [0 0 201 200]'))).toEqual([
      'broken part',
      'broken whole',
    ]);
    expect(await said(replaced(both, '20250702', '20250703'))).toEqual(['intact part', 'broken whole']);
  });

  test('cut short by any number of bytes is never whole and intact', async () => {
    for (let bytes = 1; bytes < letter.length; bytes += 7) {
      expect(await said(letter.subarray(0, letter.length - bytes))).not.toContain('intact whole');
    }
  });

  test('a signature whose object a later update replaced or freed is gone', async () => {
    expect(await said(withTable(letter, ['10 0 obj\nnull\nendobj\n']))).toEqual([]);
  });
});

describe('what is no signature', () => {
  const dictionary = () => signatureObject({});

  test('a file without one, no PDF, nothing', async () => {
    for (const file of [plainPdf(), Buffer.from('%PDF-1.7'), Buffer.from('a letter'), Buffer.alloc(0)]) {
      expect(await readSignatures(file)).toEqual([]);
    }
  });

  test('a dictionary written into a stream, also one that is signed', async () => {
    const wrapped = await filled(plainPdf(`9 0 obj\n${dictionary()}`), signer);
    expect(wrapped.includes('/ByteRange [0 0000000000')).toBe(false);
    expect(await readSignatures(wrapped)).toEqual([]);
    expect(await said(await signed(wrapped, office, { object: 11 }))).toEqual(['intact whole']);
  });

  test('a dictionary in an appended stream: the letter is covered in part, and nobody else signed', async () => {
    const text = dictionary();
    const stream = `20 0 obj\n<< /Length ${text.length} >>\nstream\n${text}\nendstream\nendobj\n`;
    expect(await said(await filled(withTable(letter, [stream]), office))).toEqual(['intact part']);
  });

  test('a dictionary in a string or a comment', async () => {
    const text = dictionary();
    const string = `20 0 obj\n(${text.replaceAll(/[()\\]/g, '')})\nendobj\n`;
    expect(await said(await filled(withTable(letter, [string]), office))).toEqual(['intact part']);
    const comment = `20 0 obj\n%${text.replaceAll('\n', ' ')}\nnull\nendobj\n`;
    expect(await said(await filled(withTable(letter, [comment]), office))).toEqual(['intact part']);
  });

  test('a dictionary that is the head of a stream, or inside which another object begins', async () => {
    const head = dictionary().replace('endobj', 'stream\n\nendstream\nendobj');
    expect(await said(await filled(withTable(plainPdf(), [head]), signer))).toEqual([]);
    const file = plainPdf();
    expect(await said(await filled(withTable(file, [dictionary()], [[30, file.length + 400]]), signer))).toEqual([]);
    expect(await said(await filled(withTable(file, [dictionary()], [[30, file.length]]), signer))).toEqual([
      'intact whole',
    ]);
  });

  test('a dictionary with an entry twice: two readers would see two', async () => {
    for (const more of [' /Contents <00>', ' /ByteRange [0 1 2 3]', ' /Conte#6ets <00>', ' /Conte#6Ets <00>']) {
      const file = await signed(plainPdf(), signer, { more });
      expect(await said(file)).toEqual([]);
    }
    expect(await said(await signed(plainPdf(), signer, { more: ' /Content <00>' }))).toEqual(['intact whole']);
  });
});

describe('a ByteRange', () => {
  /** Signed anew over what the numbers say, so that only the numbers are wrong. */
  async function ranged(wrong: (numbers: readonly [number, number, number]) => string, more = ''): Promise<Buffer> {
    const file = withTable(plainPdf(), [signatureObject({ more })]);
    const from = file.indexOf('/Contents <') + '/Contents '.length;
    const to = file.indexOf('>', from) + 1;
    const range = wrong([from, to, file.length - to]);
    const out = Buffer.from(file);
    out.write(range.padEnd('[0 0000000000 0000000000 0000000000]'.length), out.indexOf('[0 0000000000'), 'latin1');
    const numbers = [...range.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    const covered = Buffer.concat(
      [0, 2].map((index) => out.subarray(numbers[index] ?? 0, (numbers[index] ?? 0) + (numbers[index + 1] ?? 0))),
    );
    const cms = await signCms(covered, signer);
    out.write(cms.toString('hex'), from + 1, 'latin1');
    return out;
  }

  test('made this way with the right numbers is intact', async () => {
    expect(await said(await ranged(([from, to, rest]) => `[0 ${from} ${to} ${rest}]`))).toEqual(['intact whole']);
  });

  test.each<[string, (numbers: readonly [number, number, number]) => string]>([
    ['that begins after the first byte', ([from, to, rest]) => `[1 ${from - 1} ${to} ${rest}]`],
    ['that leaves out a byte before the hole', ([from, to, rest]) => `[0 ${from - 1} ${to} ${rest}]`],
    ['that leaves out a byte after the hole', ([from, to, rest]) => `[0 ${from} ${to + 1} ${rest - 1}]`],
    ['that covers a bracket of the hole', ([from, to, rest]) => `[0 ${from + 1} ${to} ${rest}]`],
    ['that covers the hole’s last bracket', ([from, to, rest]) => `[0 ${from} ${to - 1} ${rest + 1}]`],
    ['that overlaps itself', ([from, to, rest]) => `[0 ${from} ${from - 10} ${rest + to - from + 10}]`],
    ['that ends past the file', ([from, to, rest]) => `[0 ${from} ${to} ${rest + 1}]`],
    ['that ends before it begins', ([from, to]) => `[0 ${from} ${to} -1]`],
    ['that covers nothing after the hole', ([from, to]) => `[0 ${from} ${to} 0]`],
    ['of three numbers', ([from, to]) => `[0 ${from} ${to}]`],
    ['of fractions', ([from, to, rest]) => `[0 ${from}.5 ${to} ${rest}]`],
    ['of another object', ([from, to, rest]) => `[0 ${from} ${to} 7 0 R ${rest}]`],
    ['of huge numbers', ([from, to]) => `[0 ${from} ${to} 99999999999]`],
  ])('%s is broken', async (_, wrong) => {
    expect((await said(await ranged(wrong))).filter((one) => one !== 'broken part')).toEqual([]);
  });

  test('that begins elsewhere than what was signed is broken, whatever was', async () => {
    const range = (file: Buffer, first: number) => {
      const { from, to } = holeOf(file);
      return `[${first} ${from} ${to} ${file.length - to}]`.padEnd(36);
    };
    for (const [first, outcome] of [
      [0, 'intact whole'],
      [5, 'broken part'],
    ] as const) {
      const file = withTable(plainPdf(), [signatureObject({})]);
      const { from, to } = holeOf(file);
      file.write(range(file, first), file.indexOf('[0 0000000000'), 'latin1');
      const cms = await signCms(Buffer.concat([file.subarray(0, from), file.subarray(to)]), signer);
      file.write(cms.toString('hex'), from + 1, 'latin1');
      expect(await said(file)).toEqual([outcome]);
    }
  });

  test('with its hole at another string is broken', async () => {
    const other = ' /Other <0000>';
    const file = await ranged(([, , rest]) => `[0 1 2 ${rest}]`, other);
    const at = file.indexOf('<0000>');
    const range = `[0 ${at} ${at + 6} ${file.length - at - 6}]`;
    const out = Buffer.from(file);
    out.write(range.padEnd(36), out.indexOf('/ByteRange ') + '/ByteRange '.length, 'latin1');
    expect(await said(out)).toEqual(['broken part']);
  });
});

describe('Contents', () => {
  const contents: readonly (readonly [string, (covered: Buffer) => Promise<Buffer>])[] = [
    ['of noughts', async () => Buffer.alloc(0)],
    ['of garbage', async () => Buffer.from('garbage '.repeat(30))],
    ['of endless nesting', async () => Buffer.alloc(1990, Buffer.from('3080', 'hex'))],
    ['cut short', async (covered) => (await signCms(covered, signer)).subarray(0, 900)],
    ['with more after it', async (covered) => Buffer.concat([await signCms(covered, signer), Buffer.from('more')])],
    ['over other bytes', async () => signCms(Buffer.from('another file'), signer)],
    ['with the digest of other bytes', async (covered) => signCms(covered, signer, { digest: new Uint8Array(32) })],
    [
      'that carries what it signed, as good as it is',
      async (covered) => signCms(covered, signer, { carried: new TextEncoder().encode('another file') }),
    ],
    ['that carries the file too', async (covered) => signCms(covered, office, { carried: covered })],
    ['without a certificate', async (covered) => signCms(covered, signer, { certificates: [] })],
    [
      'with the certificate of another',
      async (covered) => signCms(covered, signer, { certificates: [office.certificate] }),
    ],
    [
      'by a key that is not the certificate’s',
      async (covered) => signCms(covered, { ...signer, key: (await makeSigner()).key }),
    ],
  ];

  test.each(contents)('%s: broken', async (_, cms) => {
    expect(await said(await signed(plainPdf(), signer, { cms }))).toEqual(['broken whole']);
  });

  test('of a time stamp, or of a kind that is not read: broken, and not left out', async () => {
    for (const subFilter of ['ETSI.RFC3161', 'adbe.x509.rsa_sha1', 'adbe.pkcs7.sha1']) {
      expect(await said(await signed(plainPdf(), signer, { subFilter }))).toEqual(['broken whole']);
    }
  });
});

describe('garbage and bulk', () => {
  test('no bytes make it throw', async () => {
    const pieces = [
      '%PDF-1.7\n',
      '/ByteRange [0 1 2 3]',
      'xref\n0 1\n',
      'trailer',
      '<<',
      '>>',
      'startxref\n0\n',
      '1 0 obj',
      '[',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 40 }),
        async (parts) => {
          expect(await said(Buffer.from(`%PDF-1.7\n${parts.join(' ')}`))).not.toContain('intact whole');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('no damage to a signed file makes it throw', async () => {
    const file = fixture('pyhanko-two');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 30 }),
        async (changes) => {
          const changed = Buffer.from(file);
          for (const [at, byte] of changes) changed[at] = byte;
          await readSignatures(changed);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('20 MB are read in little time, one byte more not at all', async () => {
    const most = 20 * 1024 * 1024;
    const bare = (await signed(plainPdf(' '), signer)).length;
    // The Length grows by as many digits as it has.
    const file = await signed(plainPdf(' '.repeat(most - bare - 7 - 1)), signer);
    const sized = await signed(plainPdf(' '.repeat(most - bare - 7 - 1 + (most - file.length))), signer);
    expect(sized.length).toBe(most);
    const begun = performance.now();
    expect(await said(sized)).toEqual(['intact whole']);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(await readSignatures(Buffer.concat([sized, Buffer.from(' ')]))).toEqual([]);
  }, 30_000);

  test.each<[string, () => Buffer]>([
    ['a million mentions', () => plainPdf('/ByteRange [0 1 2 3] '.repeat(900_000))],
    [
      'brackets without end',
      () => withTable(plainPdf(), [`9 0 obj\n<< /ByteRange ${'['.repeat(5_000_000)}\nendobj\n`]),
    ],
    [
      'strings without end',
      () => withTable(plainPdf(), [`9 0 obj\n<< /ByteRange [] /A (${'('.repeat(15_000_000)}\nendobj\n`]),
    ],
    ['tables in a ring', () => ringed(plainPdf())],
    [
      'a table that says it is endless',
      () => Buffer.from('%PDF-1.7\nxref\n0 99999999\n0000000000 00000 n \ntrailer\n<<>>\nstartxref\n9\n%%EOF'),
    ],
    [
      'a stream of rows that says it is endless',
      () =>
        Buffer.from(
          '%PDF-1.7\n1 0 obj\n<< /Type /XRef /W [1 1 1] /Index [0 400000 0 99999999] /Size 9 /Length 0 >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF',
        ),
    ],
    ['a table far away', () => Buffer.from('%PDF-1.7\nstartxref\n999999999999999\n%%EOF')],
    [
      'entries that point anywhere',
      () =>
        withTable(
          plainPdf(),
          [],
          [
            [9, 5],
            [8, 4_000_000_000],
            [7, 0],
          ],
        ),
    ],
  ])('%s: nothing, in little time', async (_, make) => {
    const file = make();
    const begun = performance.now();
    expect(await readSignatures(file)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  /** A table whose `Prev` is itself. */
  function ringed(file: Buffer): Buffer {
    const text = file.toString('latin1');
    const at = text.indexOf('xref');
    return Buffer.from(text.replace('/Root', `/Prev ${at} /Root`), 'latin1');
  }

  test('as many signatures as no letter has: none is read', async () => {
    const many = Array.from({ length: 17 }, (_, index) => `${index + 10} 0 obj\n<< /ByteRange [0 1 2 3] >>\nendobj\n`);
    expect(await readSignatures(withTable(plainPdf(), many))).toEqual([]);
    expect((await readSignatures(withTable(plainPdf(), many.slice(0, 16)))).length).toBe(16);
  });
});
