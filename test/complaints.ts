/** Complaints for tests: a letter on somebody's case, a clock that the test sets, and what a body may answer. */
import type { Ports } from '../shared/case/ports.ts';
import type { Answer } from '../shared/completion/answer-complaint.ts';
import { type NewComplaint, registerComplaint } from '../shared/completion/register-complaint.ts';
import type { Account } from '../shared/case/access.ts';

/** Noon in Viet Nam on that day. */
export function on(day: string, ports: Ports): Ports {
  return { ...ports, now: () => `${day}T05:00:00.000Z` };
}

export function letterOn(caseId: string, given: Partial<NewComplaint> = {}): NewComplaint {
  return {
    caseId,
    letter: { number: '123', on: '2025-11-03', paper: 'scan-of-letter' },
    complainant: 'person',
    name: '',
    subject: 'years-counted',
    text: 'Thiếu hai năm công tác ở xã cũ',
    ...given,
  };
}

/** Registers the letter on its own day, and answers the complaint. */
export async function registered(letter: NewComplaint, by: Account, ports: Ports): Promise<string> {
  const outcome = await registerComplaint(letter, by, on(letter.letter.on, ports));
  if (outcome.outcome === 'refused') throw new Error(`refused: ${outcome.why.en}`);
  return outcome.complaint;
}

export const answerPaper = { number: '45/SNV-KN', on: '2025-11-10', paper: 'scan-of-answer' };
export const plain = { words: 'Sổ bảo hiểm ghi đủ', citation: 'Điều 5 Nghị định 178/2024', document: answerPaper };

export const answers = {
  accept: { act: 'accept', isRemote: false, isComplicated: false },
  no: { act: 'answer-no', ...plain },
  correct: { act: 'uphold', remedy: 'correct-facts', ...plain },
} as const satisfies Record<string, Answer>;
