/** The papers of a dossier: their kinds, which of them a regime asks for, and those that were attached to a case. */
import * as z from 'zod';
import type { Sentence } from '../vietnamese.ts';
import type { Case } from './case.ts';
import { dataOf } from './history.ts';
import type { Store } from './store.ts';

export const paperKinds = [
  'application',
  'minutes',
  'assessment',
  'leave-decision',
  'reorganisation',
  'recruitment',
  'salary-decision',
  'insurance-printout',
  'post-decision',
  'other',
] as const;
export type PaperKind = (typeof paperKinds)[number];

export const paperNames: Readonly<Record<PaperKind, Sentence>> = {
  application: { vi: 'Đơn đề nghị, có chữ ký', en: 'Application, signed' },
  minutes: { vi: 'Biên bản họp lãnh đạo và cấp ủy', en: 'Minutes of leadership and Party committee' },
  assessment: {
    vi: 'Kết quả đánh giá theo tiêu chí (Nghị định 178, Điều 6)',
    en: 'Assessment (Decree 178, article 6)',
  },
  'leave-decision': { vi: 'Quyết định nghỉ', en: 'Decision on leaving' },
  reorganisation: { vi: 'Văn bản sắp xếp tổ chức', en: 'Document of the reorganisation' },
  recruitment: { vi: 'Quyết định tuyển dụng hoặc hợp đồng', en: 'Recruitment decision or contract' },
  'salary-decision': { vi: 'Quyết định lương, phụ cấp gần nhất', en: 'Latest salary and allowance decisions' },
  'insurance-printout': { vi: 'Bản quá trình đóng BHXH, có xác nhận', en: 'Insurance printout, stamped' },
  'post-decision': { vi: 'Quyết định phân công chức danh không chuyên trách', en: 'Decisions on the part-time post' },
  other: { vi: 'Giấy tờ khác', en: 'Another paper' },
};

/** Regimes that ask for the same papers. */
export const checklistGroups = ['decree-178', 'part-timers', 'others'] as const;
export type ChecklistGroup = (typeof checklistGroups)[number];

/** What Home Affairs asks of a dossier. */
const dossierRules = z.object({
  /** How old the stamp on an insurance printout may be when it is attached, months. */
  printoutMonths: z.number().int().min(1).max(24),
  checklists: z.record(z.enum(checklistGroups), z.array(z.enum(paperKinds))),
  /** The letter that set them; none until Home Affairs does. */
  by: z.object({ number: z.string(), on: z.string() }).exactOptional(),
});
export type DossierRules = z.infer<typeof dossierRules>;

/**
 * Until Home Affairs sets its own. Nghệ An's instruction (352/HD-SNV) could not be read in full; the list is that of the
 * Ministry of Finance for the same circular (1767/BTC-TCCB), three months are some practice and no decree. Certainty M.
 */
const usualRules: DossierRules = {
  printoutMonths: 3,
  checklists: {
    'decree-178': [
      'application',
      'minutes',
      'assessment',
      'leave-decision',
      'reorganisation',
      'recruitment',
      'salary-decision',
      'insurance-printout',
    ],
    'part-timers': ['application', 'leave-decision', 'post-decision', 'insurance-printout'],
    others: ['application', 'minutes', 'leave-decision', 'recruitment', 'salary-decision', 'insurance-printout'],
  },
};

export const dossierStream = 'settings/dossier';

export async function readDossierRules(store: Store): Promise<DossierRules> {
  const last = (await store.read(dossierStream)).at(-1);
  return last === undefined ? usualRules : dataOf(last, dossierRules);
}

/** The papers that a regime asks for; of a case that no regime pays yet, those of Decree 178. */
export function checklistOf(regime: string | undefined, { checklists }: DossierRules): readonly PaperKind[] {
  const isPartTime = regime?.startsWith('154/9') === true || regime?.startsWith('154/10') === true;
  if (isPartTime) return checklists['part-timers'];
  return checklists[regime === undefined || regime.startsWith('178/') ? 'decree-178' : 'others'];
}

/** Which papers are due to a case, and which of them are not there yet. */
export function completenessOf(
  of: Pick<Case, 'entries' | 'assessment'>,
  rules: DossierRules,
): { readonly due: readonly PaperKind[]; readonly missing: readonly PaperKind[] } {
  const due = checklistOf('regime' in of.assessment ? of.assessment.regime : undefined, rules);
  const there = new Set(papersOf(of).map(({ kind }) => kind));
  return { due, missing: due.filter((kind) => !there.has(kind)) };
}

const attached = z.object({
  kind: z.enum(paperKinds),
  /** In Files, by the hash of its content. */
  file: z.string(),
  type: z.enum(['pdf', 'jpeg', 'png']),
  bytes: z.number().int(),
  /** The day on the stamp of a printout. */
  stampedOn: z.string().exactOptional(),
});

export interface Paper extends z.infer<typeof attached> {
  readonly at: string;
  readonly by: string;
}

const takenBack = attached.pick({ kind: true, file: true });

/** The papers of a case, in the order in which they were attached; those taken back are left out. */
export function papersOf({ entries }: Pick<Case, 'entries'>): readonly Paper[] {
  const papers = new Map<string, Paper>();
  for (const entry of entries) {
    if (entry.kind === 'paper-attached') {
      const paper = dataOf(entry, attached);
      papers.set(`${paper.kind}/${paper.file}`, { ...paper, at: entry.at, by: entry.by });
    }
    if (entry.kind === 'paper-taken-back') {
      const { kind, file } = dataOf(entry, takenBack);
      papers.delete(`${kind}/${file}`);
    }
  }
  return [...papers.values()];
}

/** What the content is, whatever the file is called; `undefined` for anything that is no PDF, JPEG or PNG. */
export function paperType(bytes: Uint8Array): Paper['type'] | undefined {
  const startsWith = (...magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (startsWith(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'pdf';
  if (startsWith(0xff, 0xd8, 0xff)) return 'jpeg';
  return startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'png' : undefined;
}
