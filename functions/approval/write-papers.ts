/** Makes the papers of a batch's newest version, all three, and notes in its history where they are. */
import {
  batchStream,
  type Batch,
  type FrozenPart,
  payable,
  readBatch,
  readFrozenList,
} from '../../shared/case/batch.ts';
import { identityOf, readCase } from '../../shared/case/case.ts';
import { markSentence, reasonSentence } from '../../shared/case/explain.ts';
import { commitDeciding } from '../../shared/case/history.ts';
import { caseIdOf } from '../../shared/case/part.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readUnits, type Unit } from '../../shared/case/unit.ts';
import {
  type LegalPaperKind,
  legalPaper,
  legalPaperKinds,
  type ListedBeneficiary,
} from '../../shared/approval/legal-papers.ts';
import { formatDay } from '../../shared/calendar.ts';
import { writeLegalPaper } from '../papers/document-writer.ts';
import { levelNames, sourceNames } from '../web/words.ts';

/** Does nothing for a batch that is not frozen. The people who were taken out stand on no paper. */
export async function writePapers(
  batchId: string,
  by: string,
  ports: Ports,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  if (batch?.frozen === undefined) return;
  const { parts } = payable(batch, await readFrozenList(ports.files, batch));
  const units = await readUnits(ports.store);
  const people: ListedBeneficiary[] = [];
  for (const part of parts) {
    people.push(await beneficiary(part, units, ports));
    progress(people.length, parts.length);
  }
  const { version, contentHash } = batch.frozen;
  const [source, level] = [sourceNames[batch.source].vi, levelNames[batch.level].vi];
  const files: Partial<Record<LegalPaperKind, string>> = {};
  for (const kind of legalPaperKinds) {
    const paper = legalPaper(kind, { code: batch.code, version, contentHash, source, level, people });
    files[kind] = await ports.files.put(await writeLegalPaper(paper));
  }
  await note(batch, { version, people: people.length, files }, by, ports);
}

async function note(batch: Batch, data: object, by: string, { store, now }: Ports): Promise<void> {
  await commitDeciding(store, async () => {
    const readAt = (await store.read(batchStream(batch.id))).length;
    return {
      changes: [{ stream: batchStream(batch.id), readAt, entries: [{ kind: 'papers-written', at: now(), by, data }] }],
    };
  });
}

async function beneficiary(
  { part, regime, total, unit, open, marks }: FrozenPart,
  units: ReadonlyMap<string, Unit>,
  { store, vault }: Ports,
): Promise<ListedBeneficiary> {
  const of = await readCase(store, caseIdOf(part));
  if (of === undefined) throw new Error(`the case of ${part} is gone`);
  const { fullName } = await identityOf(vault, of);
  const { leaving, person } = of.submitted.facts;
  return {
    fullName,
    birth: person?.birth ?? '',
    employer: of.submitted.employer,
    unit: units.get(unit)?.name ?? unit,
    regime,
    decision: `${leaving?.decisionNumber ?? ''}, ${formatDay(leaving?.decidedOn ?? '')}`,
    leaveOn: leaving?.on ?? '',
    total: BigInt(total),
    notes: [...marks.map(markSentence), ...open.map(reasonSentence)].map(({ vi }) => vi),
  };
}
