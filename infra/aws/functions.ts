/**
 * Every function of the cloud home: what it may touch, how long it may take, how large it may be. A function may do what
 * its row says and nothing else; `grants.ts` turns a row into its role, and the tests hold the roles against the rows.
 */
export interface Uses {
  /** `write` reads too. */
  readonly histories?: 'read' | 'write';
  /** Walks the whole table, as an anchor does. */
  readonly everyHistory?: true;
  readonly scratch?: 'read' | 'write';
  readonly files?: 'read' | 'write';
  /** What was handed to the Treasury or a bank, or came from them; under lock. */
  readonly payments?: 'read' | 'write';
  /** Lists of a batch's parts, which the workflow reads. */
  readonly lists?: 'write';
  /** What a browser posts by a form that was signed for it, and is read at once. */
  readonly uploads?: 'write';
  /** Opens and seals fields and files. */
  readonly vault?: true;
  /** Signs people's notices. */
  readonly notices?: true;
  /** Begins a batch's workflow and wakes it, or only wakes it. */
  readonly workflow?: 'begin' | 'wake';
  /** Begins a job. */
  readonly jobs?: true;
  /** Mails are kept in the scratch table, with a link in each, and sent by one function alone. */
  readonly links?: true;
  readonly mail?: true;
  /** Signs people in. */
  readonly signIn?: true;
  /** Knows a token of the sign-in when it sees one. */
  readonly tokens?: true;
  /** Opens, closes and resets the accounts of the sign-in. */
  readonly accounts?: true;
}

export interface FunctionRow {
  readonly uses: Uses;
  readonly seconds: number;
  /** At most 3,008: an account that is new gives no function more. */
  readonly megabytes: number;
  /** Of the bundle, minified, without the fonts beside it. */
  readonly mostKilobytes: number;
  /** Writes or reads sheets and PDF: the libraries for it are bundled here alone. */
  readonly papers?: 'pdf';
  /** Invoked without anybody who waits for the answer: what fails goes to a queue. */
  readonly isAlone?: true;
}

const step = { seconds: 60, megabytes: 512, mostKilobytes: 2000 };
/** A child of the workflow's Maps works on a hundred parts. */
const child = { ...step, seconds: 300, megabytes: 1024 };
const long = { ...step, seconds: 900, megabytes: 1024 };
const alone = { ...long, isAlone: true } as const;

/** A file lies in one of two buckets, and its key in the scratch table. */
const readsFiles = { files: 'read', payments: 'read', scratch: 'read', vault: true } as const;
const writesFiles = { ...readsFiles, files: 'write', scratch: 'write' } as const;
/** Hands bank files out, or takes them in. */
const movesPayments = { ...writesFiles, payments: 'write' } as const;
const waits = { scratch: 'write', workflow: 'wake' } as const;
/** Begins workflows, writes what follows from an entry, and keeps the mails that tell of it. */
const follows = { ...readsFiles, scratch: 'write', workflow: 'begin', histories: 'write', links: true } as const;

/** Steps of the workflow; a step `approval.next` is `functions/aws/lambda/approval-next.ts`. */
const steps = {
  'entitlement.list': { ...long, uses: { ...readsFiles, histories: 'read', lists: 'write' } },
  'entitlement.recompute': { ...child, uses: { ...readsFiles, histories: 'write' } },
  'approval.next': { ...long, uses: { ...readsFiles, histories: 'write' } },
  'approval.request': { ...step, uses: { ...waits, histories: 'write', vault: true, links: true } },
  'approval.await-decision': { ...step, uses: { ...waits, histories: 'read' } },
  'approval.release': { ...long, uses: { ...readsFiles, histories: 'write' } },
  'disbursement.fund': { ...long, uses: { ...readsFiles, histories: 'write', lists: 'write' } },
  'disbursement.order': { ...child, uses: { ...readsFiles, histories: 'write' } },
  'disbursement.slips': {
    ...long,
    megabytes: 2048,
    mostKilobytes: 8000,
    papers: 'pdf',
    uses: { ...readsFiles, scratch: 'write', payments: 'write', histories: 'write' },
  },
  'disbursement.follow': { ...long, uses: { ...readsFiles, ...waits, histories: 'read' } },
  'disbursement.next': { ...long, uses: { ...readsFiles, histories: 'read' } },
  'completion.report': { ...long, uses: { histories: 'write' } },
} as const satisfies Readonly<Record<string, FunctionRow>>;

const others = {
  /** No longer than API Gateway waits. */
  web: {
    seconds: 29,
    megabytes: 1769,
    mostKilobytes: 9000,
    papers: 'pdf',
    uses: {
      ...movesPayments,
      histories: 'write',
      uploads: 'write',
      notices: true,
      jobs: true,
      links: true,
      signIn: true,
      accounts: true,
    },
  },
  api: {
    seconds: 29,
    megabytes: 1024,
    mostKilobytes: 3000,
    uses: { ...movesPayments, histories: 'write', jobs: true, tokens: true },
  },
  /** Takes the anchors that people ask for, by themselves or for a report or a pack. */
  'run-job': {
    ...alone,
    megabytes: 3008,
    mostKilobytes: 8000,
    papers: 'pdf',
    uses: { ...movesPayments, histories: 'write', everyHistory: true, notices: true, links: true },
  },
  'follow-events': { ...alone, uses: follows },
  /** Has them wait in the outbox. */
  'send-webhooks': { ...alone, uses: { histories: 'read', scratch: 'write' } },
  /** The one that sends mails and webhooks, tries again what could not be followed, and has jobs begun that nobody runs. */
  remind: { ...alone, uses: { ...follows, mail: true, jobs: true } },
  /** A mail that came back: it is marked, and whoever sees to mails is told on a page. */
  'note-lost-mail': { ...alone, seconds: 60, megabytes: 256, uses: { scratch: 'write' } },
  'take-anchor': { ...alone, uses: { ...writesFiles, histories: 'write', everyHistory: true } },
  /** Reads what the Pipe hands it, and answers: it touches nothing. */
  'tell-entries': { seconds: 30, megabytes: 256, mostKilobytes: 300, uses: {} },
} as const satisfies Readonly<Record<string, FunctionRow>>;

export type OtherName = keyof typeof others;

/** Name of the file in `functions/aws/lambda/`, and the end of the function's name. */
export const fileOf = (step: string): string => step.replace('.', '-');

export const functionRows: Readonly<Record<string, FunctionRow>> = {
  ...Object.fromEntries(Object.entries(steps).map(([name, row]) => [fileOf(name), row])),
  ...others,
};
