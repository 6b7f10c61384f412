/** Somebody's figure is recorded; its difference from ours is explained by the steps chosen. */
import { stepNames } from '../../../shared/completion/difference-steps.ts';
import { readOutsideFigure, stateFigure } from '../../../shared/completion/outside-figure.ts';
import { type Answer, field, upload, type Visit } from '../page.tsx';
import { differencePage } from './difference.tsx';
import { differencesPage } from './differences.tsx';

export async function stateFigureAct(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const list = await upload(form, 'list');
  const id = ports.id();
  const wish = {
    statedBy: field(form, 'statedBy'),
    claims: field(form, 'claims'),
    on: field(form, 'on'),
    hour: field(form, 'hour'),
    people: field(form, 'people'),
    total: field(form, 'total'),
    list: list === undefined ? '' : await ports.files.put(list.bytes),
  };
  const outcome = await stateFigure(id, wish, account, ports);
  if (outcome.outcome === 'refused') return differencesPage(visit, outcome.why);
  return compare(visit, id, []);
}

export async function explainFigureAct(visit: Visit): Promise<Answer> {
  const { form, ports, params } = visit;
  const id = params['id'] ?? '';
  if ((await readOutsideFigure(ports.store, id)) === undefined) return differencePage(visit);
  const chosen = form.getAll('step');
  return compare(
    visit,
    id,
    stepNames.filter((step) => chosen.includes(step)),
  );
}

async function compare({ ports, account }: Visit, id: string, steps: readonly string[]): Promise<Answer> {
  return { to: `/viec/${await ports.jobs.start('explain-difference', { id, steps, by: account.id }, account.id)}` };
}
