/** The acts on result files: one is brought in, a sender's columns are told, the answer to the sender is fetched. */
import { askedColumns, readImport, type resultImport } from '../../../shared/disbursement/result-import.ts';
import { dongIn } from '../../../shared/disbursement/read-results.ts';
import { tellSender } from '../../../shared/disbursement/result-senders.ts';
import type { Problem, Answer, Form, Visit } from '../page.tsx';
import { field, upload } from '../page.tsx';
import { disbursementPage } from './disbursement.tsx';
import { spreadsheet } from './intake.tsx';
import { columnsPage, resultPage } from './results-import.tsx';
import type * as z from 'zod';

type Wish = z.infer<typeof resultImport>;

export async function importResults(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const bytes = (await upload(form, 'file'))?.bytes;
  if (bytes === undefined) {
    return disbursementPage(visit, {
      vi: 'Chưa chọn tệp kết quả. Hãy chọn tệp do Kho bạc hoặc ngân hàng gửi.',
      en: 'No result file was chosen. Choose the file that the Treasury or the bank sent.',
    });
  }
  const control = controlIn(form);
  if (control !== undefined && 'vi' in control) return disbursementPage(visit, control);
  const batch = field(form, 'batch');
  const sender = field(form, 'sender').slice(0, 100);
  return start(visit, {
    file: await ports.files.put(bytes, 'payment'),
    by: account.id,
    ...(batch === '' ? {} : { batch }),
    ...(sender === '' ? {} : { sender }),
    ...(control === undefined ? {} : { control }),
  });
}

async function start({ ports, account }: Visit, wish: Wish): Promise<Answer> {
  return { to: `/viec/${await ports.jobs.start('import-results', wish, account.id)}` };
}

/** Count and total of the covering page: both, or neither. */
function controlIn(form: Form): Wish['control'] | Problem {
  const [count, total] = [field(form, 'count'), field(form, 'total')];
  if (count === '' && total === '') return undefined;
  const [lines, amount] = [dongIn(count), dongIn(total)];
  if (lines === undefined || amount === undefined) {
    return {
      vi: 'Hãy ghi cả số khoản và tổng số tiền bằng chữ số theo trang bìa của bên gửi, hoặc để trống cả hai.',
      en: 'Write both count and total in digits as the covering page states them, or leave both empty.',
    };
  }
  return { count: Number(lines), total: amount.toString() };
}

/** What was asked, as the job stored it; `undefined` for anything else under that hash. */
export async function askedOf({ ports, params }: Visit) {
  const content = await ports.files.get(params['reading'] ?? '');
  if (content === undefined) return undefined;
  try {
    const asked = askedColumns.safeParse(JSON.parse(new TextDecoder().decode(content)));
    return asked.success ? asked.data : undefined;
  } catch {
    return undefined;
  }
}

export async function askColumnsPage(visit: Visit): Promise<Answer> {
  return columnsPage(visit, await askedOf(visit));
}

export async function tellColumnsOfResults(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const asked = await askedOf(visit);
  if (asked === undefined) return columnsPage(visit, undefined);
  const control = controlIn(form);
  if (control !== undefined && 'vi' in control) return columnsPage(visit, asked, control);
  const sender = (field(form, 'sender') || (asked.import.sender ?? '')).slice(0, 100);
  const told = await tellSender(
    {
      sender,
      columns: asked.headings.map((heading, at) => ({ heading, column: field(form, `column-${at}`) })),
      words: asked.words.map((word, at) => ({ word, means: field(form, `word-${at}`) })),
      every: field(form, 'every'),
    },
    account.id,
    ports,
  );
  if (told.outcome === 'refused') return columnsPage(visit, asked, told.why);
  return start(visit, {
    ...asked.import,
    by: account.id,
    sender,
    ...(control === undefined ? {} : { control }),
  });
}

/** The file that goes back to the sender. */
export async function feedbackFile(visit: Visit): Promise<Answer> {
  const { ports, params } = visit;
  const of = await readImport(ports.store, params['file'] ?? '');
  const feedback = of?.classed?.feedback;
  const file = feedback === undefined ? undefined : await ports.files.get(feedback);
  if (of === undefined || file === undefined) return resultPage(visit);
  return { file, name: `phan-hoi-${of.file.slice(0, 12)}.xlsx`, type: spreadsheet };
}
