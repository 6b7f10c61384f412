/** Imports go one way: each folder may import what the table gives it, and nothing else. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const bottom = ['shared/dong.ts', 'shared/calendar.ts', 'shared/vietnamese.ts', 'shared/hash.ts'];
const stages = ['intake', 'entitlement', 'approval', 'disbursement', 'completion'].map((stage) => `shared/${stage}/`);

/** Folder → the folders and packages it may import; the first row that fits a file counts. */
const mayImport: readonly (readonly [place: string, ...allowed: readonly string[]])[] = [
  ['shared/dong.ts'],
  ['shared/calendar.ts', 'temporal-polyfill'],
  ['shared/vietnamese.ts'],
  ['shared/hash.ts', 'node:crypto'],
  // The law names subjects and allowances by the facts' words; those are types alone.
  ['shared/law/', ...bottom, 'shared/law/', 'shared/case/facts.ts'],
  ['shared/case/', ...bottom, 'shared/law/', 'shared/case/', 'zod'],
  ...stages.map((stage) => [stage, ...bottom, 'shared/law/', 'shared/case/', stage, 'zod'] as const),
  [
    'functions/web/',
    'shared/',
    'functions/web/',
    'hono',
    'openid-client',
    'uqr',
    'zod',
    'node:crypto',
    'node:fs',
    'node:module',
    'node:path',
  ],
  [
    'functions/papers/',
    'shared/',
    'functions/papers/',
    '@cj-tech-master/excelts',
    '@e965/xlsx',
    'docx',
    'pdfmake',
    'pdfkit',
    'uqr',
    'csv-parse',
    'iconv-lite',
    'asn1js',
    'fast-xml-parser',
    'fflate',
    'pkijs',
    'node:crypto',
    'node:fs',
    'node:module',
    'node:path',
    'node:stream',
    'node:timers/promises',
    'node:zlib',
  ],
  [
    'functions/aws/',
    'shared/',
    'functions/',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-eventbridge',
    '@aws-sdk/client-kms',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sesv2',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-lambda',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/s3-presigned-post',
    '@smithy/signature-v4',
    'aws-jwt-verify',
    'hono',
    'uuid',
    'zod',
    'node:crypto',
    'node:zlib',
  ],
  ['functions/api/', 'shared/', 'functions/api/', 'functions/web/ports.ts', 'hono', 'zod', 'node:crypto'],
  [
    'functions/webhooks/',
    'shared/',
    'functions/webhooks/',
    'functions/home/lease.ts',
    'zod',
    'node:crypto',
    'node:dns',
    'node:http',
    'node:https',
    'node:net',
    'node:timers/promises',
  ],
  ['functions/', 'shared/', 'functions/', '@middy/core', 'zod', 'node:crypto'],
  [
    'infra/aws/',
    'infra/aws/',
    // What the adapters and the stack must share; nothing else of the code that it deploys.
    'functions/aws/table-shape.ts',
    'functions/aws/workflow-shape.ts',
    'aws-cdk-lib',
    'cdk-nag',
    'constructs',
    'esbuild',
    'zod',
    'node:fs',
    'node:module',
    'node:path',
  ],
  ['infra/local/cloud/', 'shared/', 'functions/', 'infra/', 'node:', '@aws-sdk/', 'zod'],
  [
    'infra/local/',
    'shared/',
    'functions/',
    'infra/',
    'node:',
    // The type of the client that the double of DynamoDB answers for.
    '@aws-sdk/lib-dynamodb',
    'aws-cdk-lib',
    'hono',
    '@hono/node-server',
    'nodemailer',
    'oidc-provider',
    'otpauth',
    'publicodes',
    'uqr',
    'uuid',
    'zod',
    '@cj-tech-master/excelts',
    'temporal-polyfill',
  ],
];

const files: string[] = [];
for await (const file of glob(['shared/**/*.ts', 'functions/**/*.{ts,tsx}', 'infra/**/*.{ts,tsx}'], { cwd: root }))
  files.push(file);

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/(?:^|\n)(?:import|export)\s(?:[^;']*?\sfrom\s)?'([^']+)'/g);
  const found = [...statements, ...text.matchAll(/\bimport\('([^']+)'\)/g)].map((match) => match[1] ?? '');
  return found.map((target) => (target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target));
}

function isAllowed(target: string, allowed: readonly string[]): boolean {
  return allowed.some((one) =>
    one.endsWith('/') || one.endsWith(':') || one.endsWith('.ts')
      ? target.startsWith(one)
      : target === one || target.startsWith(`${one}/`),
  );
}

describe('imports', () => {
  test('were found: a check that reads nothing proves nothing', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(500);
  });

  test('go one way', () => {
    const wrong = files.flatMap((file) => {
      const row = mayImport.find(([place]) => file.startsWith(place));
      if (row === undefined) return [`${file} lies in a folder without a row`];
      return importsOf(file)
        .filter((target) => !isAllowed(target, row.slice(1)))
        .map((target) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  test('name files, never a folder that re-exports', () => {
    expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
  });
});

describe('the domain', () => {
  const shared = files.filter((file) => file.startsWith('shared/'));

  test('has no clock, no environment and no I/O of its own', () => {
    const wrong = shared.filter((file) => {
      const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return /new Date\(|Date\.now|Temporal\.Now|process\.|Math\.random|fetch\(/.test(code);
    });
    expect(wrong).toEqual([]);
  });

  test('never meets money with a float', () => {
    const wrong = shared.filter((file) =>
      /parseFloat|toFixed|Math\.round/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps the numbers of the law in the law', () => {
    // A decimal literal, or months compared with a number that is not nought or one.
    const suspicious = files
      .filter((file) => file.startsWith('shared/entitlement/'))
      .flatMap((file) => {
        const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
        return [...code.matchAll(/\b\d+\.\d+\b|[Mm]onths?(?:Early)?\s*[<>]=?\s*(?:[2-9]|\d\d+)/g)].map(
          (match) => `${file}: ${match[0]}`,
        );
      });
    expect(suspicious).toEqual([]);
  });
});
