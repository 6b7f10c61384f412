/** An inspector's first act in a session: without it no page with personal data opens. */
import { expect } from 'vitest';
import type { Page, Visitor } from '../infra/local/commands/visitor.ts';

/** Answers the page that opens then. */
export async function stateMandate(inspector: Visitor, onward = '/kiem-tra'): Promise<Page> {
  await inspector.get('/kiem-tra');
  const page = await inspector.post('/kiem-tra/quyet-dinh', {
    number: '12/QĐ-TTr',
    on: '2025-11-03',
    scope: 'Mọi đơn vị chi trả, năm 2025',
    tiep: onward,
  });
  expect(page.status).toBe(200);
  return page;
}
