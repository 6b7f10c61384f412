/**
 * Every function of the cloud home: what it may touch, how long it may take, how large it may be. A function may do what
 * its row says and nothing else; `grants.ts` turns a row into its role, and the tests hold the roles against the rows.
 */
export interface Uses {
  /** `write` reads too. */
  readonly histories?: 'read' | 'write';
  readonly scratch?: 'read' | 'write';
  readonly files?: 'read' | 'write';
  readonly payments?: 'read' | 'write';
  /** Lists of a batch's parts, which the workflow reads. */
  readonly lists?: 'write';
  /** Lists that a browser posted and nobody has read yet; `post` signs the form that a browser posts with. */
  readonly uploads?: 'read' | 'post';
  /** Opens and seals fields and files. */
  readonly vault?: true;
  /** Signs people's notices. */
  readonly notices?: true;
  /** Begins a batch's workflow and wakes it, or only wakes it. */
  readonly workflow?: 'begin' | 'wake';
  /** Begins a job. */
  readonly jobs?: true;
  readonly mail?: true;
  /** Signs people in. */
  readonly signIn?: true;
  /** Opens, closes and resets the accounts of the sign-in. */
  readonly accounts?: true;
}

export interface FunctionRow {
  readonly uses: Uses;
  readonly seconds: number;
  readonly megabytes: number;
  /** Of the bundle, minified, without the fonts beside it. */
  readonly mostKilobytes: number;
  /** Writes or reads sheets and PDF: the libraries for it are bundled here alone. */
  readonly papers?: 'sheets' | 'pdf';
  /** Invoked without anybody who waits for the answer: what fails goes to a queue. */
  readonly isAlone?: true;
}

const step = { seconds: 60, megabytes: 512, mostKilobytes: 1500 };
/** A child of the workflow's Maps works on a hundred parts. */
const children = { ...step, seconds: 300, megabytes: 1024 };
const alone = { ...step, seconds: 300, megabytes: 1024, isAlone: true } as const;

/** Steps of the workflow have the name of their step, with a dash for its dot. */
export const steps = {
  'entitlement.recompute': { ...children, uses: { histories: 'write', files: 'read', scratch: 'read', vault: true } },
  'approval.next': { ...step, uses: { histories: 'write', files: 'read', scratch: 'read', vault: true } },
  'approval.request': {
    ...step,
    uses: { histories: 'write', scratch: 'write', vault: true, workflow: 'wake', mail: true },
  },
  'approval.await-decision': { ...step, uses: { histories: 'read', scratch: 'write', workflow: 'wake' } },
  'approval.release': {
    ...step,
    seconds: 900,
    uses: { histories: 'write', files: 'read', scratch: 'read', vault: true },
  },
  'disbursement.fund': {
    ...step,
    seconds: 900,
    uses: { histories: 'write', files: 'read', scratch: 'read', vault: true },
  },
  'disbursement.order': { ...children, uses: { histories: 'write', files: 'read', scratch: 'read', vault: true } },
  'disbursement.slips': {
    ...step,
    seconds: 900,
    megabytes: 2048,
    mostKilobytes: 6000,
    papers: 'pdf',
    uses: { histories: 'write', files: 'write', payments: 'write', scratch: 'read', vault: true },
  },
  'disbursement.follow': {
    ...step,
    seconds: 300,
    uses: { histories: 'read', files: 'read', scratch: 'write', vault: true, workflow: 'wake' },
  },
  'disbursement.next': {
    ...step,
    seconds: 300,
    uses: { histories: 'read', files: 'read', scratch: 'read', vault: true },
  },
  'completion.report': { ...step, seconds: 300, uses: { histories: 'write' } },
} as const satisfies Readonly<Record<string, FunctionRow>>;

export const others = {
  web: {
    seconds: 29,
    megabytes: 1769,
    mostKilobytes: 8000,
    papers: 'pdf',
    uses: {
      histories: 'write',
      scratch: 'write',
      files: 'write',
      payments: 'write',
      uploads: 'post',
      vault: true,
      notices: true,
      jobs: true,
      mail: true,
      signIn: true,
      accounts: true,
    },
  },
  api: {
    seconds: 29,
    megabytes: 1024,
    mostKilobytes: 3000,
    uses: { histories: 'write', scratch: 'write', files: 'write', payments: 'read', vault: true, jobs: true },
  },
  'run-job': {
    seconds: 900,
    megabytes: 4096,
    mostKilobytes: 8000,
    papers: 'pdf',
    isAlone: true,
    uses: {
      histories: 'write',
      scratch: 'write',
      files: 'write',
      payments: 'write',
      uploads: 'read',
      vault: true,
      notices: true,
      mail: true,
    },
  },
  'follow-events': {
    ...alone,
    uses: {
      histories: 'write',
      scratch: 'write',
      files: 'read',
      lists: 'write',
      vault: true,
      workflow: 'begin',
      mail: true,
    },
  },
  'send-webhooks': { ...alone, uses: { histories: 'read', scratch: 'write', vault: true } },
  remind: { ...alone, seconds: 900, uses: { histories: 'write', scratch: 'write', vault: true, mail: true } },
  'take-anchor': { ...alone, seconds: 900, uses: { histories: 'write', files: 'write', scratch: 'read', vault: true } },
  /** Reads what the Pipe hands it, and answers: it touches nothing. */
  'tell-entries': { seconds: 30, megabytes: 256, mostKilobytes: 300, uses: {} },
} as const satisfies Readonly<Record<string, FunctionRow>>;

export type StepName = keyof typeof steps;
export type OtherName = keyof typeof others;

/** Name of the file in `functions/aws/lambda/`, and the end of the function's name. */
export const fileOf = (step: string): string => step.replace('.', '-');

export const functionRows: Readonly<Record<string, FunctionRow>> = {
  ...Object.fromEntries(Object.entries(steps).map(([name, row]) => [fileOf(name), row])),
  ...others,
};
