/**
 * One đồng from paper and cell to credit: every step that made a person's sum and paid it, in the order of the way, each with
 * who, when, and where it stands in the raw histories (stream, number, hash).
 */
import { type Batch, type FrozenPart, readBatch, readFrozenList, type Version } from '../case/batch.ts';
import { type Case, caseStream } from '../case/case.ts';
import { readOrder } from '../case/order.ts';
import { papersOf } from '../case/papers.ts';
import { type Part, partStream } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { shareOf } from '../case/shares.ts';
import type { Entry } from '../case/store.ts';
import { orderSteps, reservedSteps } from './chain-payment.ts';
import { type ChainStep, day, fileIn, hash, money, stepAt, textIn, type Told, told } from './chain-step.ts';
import { listStreamOf } from './chain-words.ts';
import { referencesOf } from './recheck.ts';

/** What made the case, then part by part how its money went. */
export async function chainOf(
  of: Case,
  parts: readonly Part[],
  ports: Pick<Ports, 'store' | 'files'>,
): Promise<readonly ChainStep[]> {
  const steps = [...(await listSteps(of, ports)), ...caseSteps(of)];
  for (const part of parts) steps.push(...(await partSteps(of, part, ports)));
  return steps;
}

/** The unit's file as it was taken in. */
async function listSteps(of: Case, { store }: Pick<Ports, 'store'>): Promise<readonly ChainStep[]> {
  const first = (await store.read(listStreamOf(of.submitted.list)))[0];
  if (first === undefined) return [];
  const file = fileIn(first);
  return [
    stepAt('list', first, [
      { what: 'list', value: of.submitted.list, link: `/tiep-nhan/${of.submitted.list}` },
      file === undefined ? undefined : hash('file', file),
      of.submitted.sheet === undefined ? undefined : { what: 'sheet', value: of.submitted.sheet },
      { what: 'row', value: String(of.submitted.row) },
    ]),
  ];
}

/** Papers, facts as submitted and corrected, and each computation with the edition of the law. */
function caseSteps(of: Case): readonly ChainStep[] {
  const papers = new Map(papersOf(of).map((paper) => [paper.at + paper.file, paper]));
  return of.entries.flatMap((entry): readonly ChainStep[] => {
    switch (entry.kind) {
      case 'submitted':
        return [
          stepAt('facts', entry, [
            { what: 'unit', value: of.submitted.payingUnit },
            told('declared', of.submitted.declaredTotal, 'money'),
          ]),
        ];
      case 'facts-corrected':
        return [
          stepAt('facts', entry, [
            told('reason', textIn(entry, 'reason')),
            told('document', textIn(entry, 'paper'), 'hash'),
          ]),
        ];
      case 'assessed':
        return [computedStep(entry)];
      case 'account-confirmed':
        return [stepAt('account', entry, [told('account', textIn(entry, 'accountDigest'), 'hash')])];
      case 'payee-stated':
        return [
          stepAt('account', entry, [
            told('document', textIn(entry, 'document')),
            told('on', textIn(entry, 'on'), 'day'),
          ]),
        ];
      case 'paper-attached': {
        const file = fileIn(entry) ?? '';
        const isKept = papers.has(entry.at + file);
        const link = `/ho-so/${of.id}/giay-to/${file}`;
        return [stepAt('paper', entry, [{ what: 'file', value: file, kind: 'hash', ...(isKept ? { link } : {}) }])];
      }
      default:
        return [];
    }
  });
}

function computedStep(entry: Entry): ChainStep {
  const total = /"total":"(\d+)"/.exec(entry.data)?.[1];
  const law = /"law":"([0-9a-f]+)"/.exec(entry.data)?.[1];
  const regime = /"regime":"([^"]+)"/.exec(entry.data)?.[1];
  return stepAt('computed', entry, [
    told('regime', regime),
    told('sum', total, 'money'),
    told('law', law, 'hash'),
    told('case-hash', textIn(entry, 'caseHash'), 'hash'),
  ]);
}

async function partSteps(of: Case, part: Part, ports: Pick<Ports, 'store' | 'files'>): Promise<readonly ChainStep[]> {
  const share: Told[] = [
    { what: 'source', value: part.source },
    money('sum', shareOf(of, part.source).total.toString()),
  ];
  const appraisals = part.entries
    .filter(({ kind }) => kind === 'appraised' || kind === 'board-appraised')
    .map((entry) => stepAt('appraised', entry, [...share, told('case-hash', textIn(entry, 'caseHash'), 'hash')]));
  const held = await frozenWith(part, ports);
  const batch = held === undefined ? [] : batchSteps(held.batch, held.version.version, held.was.total);
  const reserved = await reservedSteps(of, part, ports);
  const orders: ChainStep[] = [];
  for (const reference of referencesOf(part)) {
    const order = await readOrder(ports.store, reference);
    if (order !== undefined) orders.push(...(await orderSteps(order, ports)));
  }
  const elsewhere = part.entries
    .filter(({ kind }) => kind === 'paid-elsewhere')
    .map((entry) => elsewhereStep(entry, part));
  const credits = part.entries
    .filter(({ kind }) => kind === 'credited')
    .map((entry) => stepAt('credited', entry, [told('reference', textIn(entry, 'reference'))]));
  return [...appraisals, ...batch, ...reserved, ...orders, ...elsewhere, ...credits];
}

/** The version of the list that holds the part, with its batch; `undefined` while none does. */
async function frozenWith(
  part: Part,
  { store, files }: Pick<Ports, 'store' | 'files'>,
): Promise<{ readonly batch: Batch; readonly version: Version; readonly was: FrozenPart } | undefined> {
  if (part.batch === undefined) return undefined;
  const batch = await readBatch(store, part.batch.id);
  const version = batch?.versions.find((one) => one.version === part.batch?.version);
  if (batch === undefined || version === undefined) return undefined;
  const was = (await readFrozenList(files, batch, version)).parts.find((one) => one.part === part.id);
  return was === undefined ? undefined : { batch, version, was };
}

function elsewhereStep(entry: Entry, { last: { elsewhere } }: Part): ChainStep {
  if (elsewhere === undefined) return stepAt('elsewhere', entry, []);
  const { amount, on, document, paidBy, paper, list } = elsewhere;
  const link = `/chi-tra/da-chi-noi-khac/${list}`;
  return stepAt('elsewhere', entry, [
    money('sum', amount),
    day('on', on),
    { what: 'document', value: document, link },
    { what: 'unit', value: paidBy },
    hash('file', paper),
  ]);
}

/** The version that pays, what each of those who decided was shown, and the People's Committee's decision. */
function batchSteps(batch: Batch, version: number, total: string): readonly ChainStep[] {
  const steps: ChainStep[] = [];
  const link = `/dot/${batch.id}`;
  for (const entry of batch.entries) {
    if (textIn(entry, 'version') !== String(version)) continue;
    if (entry.kind === 'frozen') steps.push(frozenStep(batch, entry, total));
    if (entry.kind === 'recomputed')
      steps.push(stepAt('recomputed', entry, [{ what: 'batch', value: batch.code, link }]));
    if (entry.kind === 'decided') {
      steps.push(
        stepAt('decided', entry, [
          { what: 'batch', value: batch.code, link },
          told('outcome', textIn(entry, 'outcome')),
          told('content-hash', textIn(entry, 'contentHash'), 'hash'),
          told('shown', textIn(entry, 'shown'), 'hash'),
          told('on-behalf-of', textIn(entry, 'onBehalfOf'), 'account'),
          told('reason', textIn(entry, 'reason')),
        ]),
      );
    }
    if (entry.kind === 'provincial-decision') {
      steps.push(
        stepAt('province', entry, [
          told('document', textIn(entry, 'number')),
          told('on', textIn(entry, 'on'), 'day'),
          told('people', textIn(entry, 'people')),
          told('total', textIn(entry, 'total'), 'money'),
          told('content-hash', textIn(entry, 'contentHash'), 'hash'),
          told('file', textIn(entry, 'paper'), 'hash'),
        ]),
      );
    }
  }
  return steps;
}

function frozenStep(batch: Batch, entry: Entry, own: string): ChainStep {
  return stepAt('frozen', entry, [
    { what: 'batch', value: batch.code, link: `/dot/${batch.id}` },
    told('version', textIn(entry, 'version')),
    money('sum', own),
    told('people', textIn(entry, 'people')),
    told('total', textIn(entry, 'total'), 'money'),
    told('content-hash', textIn(entry, 'contentHash'), 'hash'),
    told('law', textIn(entry, 'law'), 'hash'),
  ]);
}

/** Every history that the steps stand in, for whoever checks the raw ones. */
export function streamsOf(of: Case, parts: readonly Part[], steps: readonly ChainStep[]): readonly string[] {
  const named = [caseStream(of.id), ...parts.map(({ id }) => partStream(id)), ...steps.map(({ stream }) => stream)];
  return [...new Set(named)];
}
