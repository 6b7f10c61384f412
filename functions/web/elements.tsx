/** The pieces that pages are put together from. */
import type { Child, FC } from 'hono/jsx';
import { formatDay, formatInstant } from '../../shared/calendar.ts';
import type { Status } from '../../shared/case/lifecycle.ts';
import { formatDong } from '../../shared/dong.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import type { Problem, Visit } from './page.tsx';
import { statusNames } from './words.ts';

export const Money: FC<{ amount: bigint | string }> = ({ amount }) => (
  <span class="money">{formatDong(BigInt(amount))}</span>
);

export const Day: FC<{ day: string }> = ({ day }) => <time datetime={day}>{formatDay(day)}</time>;

export const At: FC<{ instant: string; visit: Visit }> = ({ instant, visit }) => (
  <time datetime={instant}>{formatInstant(instant, visit.language)}</time>
);

/** A status by shape, word and colour, so that none of the three is needed alone. */
const shapes: Readonly<Record<Status, { shape: string; tone: string }>> = {
  'with-party-board': { shape: '○', tone: 'waiting' },
  assessed: { shape: '○', tone: 'waiting' },
  'with-unit': { shape: '↩', tone: 'back' },
  appraised: { shape: '◔', tone: 'waiting' },
  'in-batch': { shape: '◑', tone: 'waiting' },
  'people-confirmed': { shape: '◑', tone: 'waiting' },
  'money-confirmed': { shape: '◕', tone: 'waiting' },
  decided: { shape: '◕', tone: 'moving' },
  'waiting-for-estimate': { shape: '‖', tone: 'stuck' },
  'awaiting-unit': { shape: '◕', tone: 'moving' },
  sent: { shape: '➜', tone: 'moving' },
  'treasury-paid': { shape: '➜', tone: 'moving' },
  unknown: { shape: '?', tone: 'stuck' },
  credited: { shape: '●', tone: 'done' },
  'paid-elsewhere': { shape: '●', tone: 'done' },
  refused: { shape: '✕', tone: 'back' },
  returned: { shape: '↩', tone: 'back' },
  held: { shape: '‖', tone: 'stuck' },
  cancelled: { shape: '–', tone: 'quiet' },
};

export const StatusTag: FC<{ status: Status; visit: Visit }> = ({ status, visit }) => (
  <span class={`tag ${shapes[status].tone}`}>
    <span aria-hidden="true">{shapes[status].shape}</span> {visit.words(statusNames[status])}
  </span>
);

export const Tag: FC<{ tone: 'waiting' | 'moving' | 'done' | 'stuck' | 'back' | 'quiet'; children?: Child }> = ({
  tone,
  children,
}) => <span class={`tag ${tone}`}>{children}</span>;

/** A form that changes something; it carries the token that proves it came from this page. */
export const Form: FC<{ to: string; visit: Visit; files?: boolean; class?: string; children?: Child }> = ({
  to,
  visit,
  files,
  class: name,
  children,
}) => (
  <form method="post" action={to} class={name ?? ''} {...(files === true ? { enctype: 'multipart/form-data' } : {})}>
    <input type="hidden" name="csrf" value={visit.csrf} />
    {children}
  </form>
);

export const Field: FC<{
  label: string;
  name: string;
  hint?: string;
  type?: string;
  value?: string;
  required?: boolean;
  accept?: string;
  inputmode?: 'decimal' | 'numeric' | 'text';
}> = ({ label, name, hint, type, value, required, accept, inputmode }) => (
  <p class="field">
    <label for={name}>{label}</label>
    {hint === undefined ? (
      ''
    ) : (
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    )}
    <input
      id={name}
      name={name}
      type={type ?? 'text'}
      {...(value === undefined ? {} : { value })}
      {...(hint === undefined ? {} : { 'aria-describedby': `${name}-hint` })}
      {...(accept === undefined ? {} : { accept })}
      {...(inputmode === undefined ? {} : { inputmode })}
      required={required ?? false}
    />
  </p>
);

/** What went wrong, above everything else on the page, read out first. */
export const ProblemBox: FC<{ problem: Problem | undefined; visit: Visit }> = ({ problem, visit }) =>
  problem === undefined ? (
    <></>
  ) : (
    <div class="problem" role="alert">
      <h2>{visit.say('Chưa thực hiện được', 'This could not be done')}</h2>
      <p>{visit.words(problem)}</p>
    </div>
  );

export const NoteBox: FC<{ note: Sentence | undefined; visit: Visit }> = ({ note, visit }) =>
  note === undefined ? (
    <></>
  ) : (
    <p class="note" role="status">
      {visit.words(note)}
    </p>
  );

export const Empty: FC<{ children?: Child }> = ({ children }) => <p class="empty">{children}</p>;

/** A table that scrolls within itself on a narrow screen and can be reached by keyboard. */
export const Table: FC<{ label: string; children?: Child }> = ({ label, children }) => (
  <div class="scroll" role="region" aria-label={label} tabindex={0}>
    <table>
      <caption class="unseen">{label}</caption>
      {children}
    </table>
  </div>
);

/** The middle of an account number or citizen id is hidden. */
export function masked(text: string): string {
  return text.length <= 6 ? '•••' : `${text.slice(0, 3)}${'•'.repeat(text.length - 6)}${text.slice(-3)}`;
}
