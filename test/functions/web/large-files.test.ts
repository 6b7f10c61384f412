/** Files too large for a request, as the pages treat them: the form that goes elsewhere, and what is said when a file is not there. */
import { html } from 'hono/html';
import { describe, expect, test } from 'vitest';
import { given, largeFilePage, whyNone } from '../../../functions/web/large-files.tsx';
import type { Visit } from '../../../functions/web/page.tsx';
import { textOf } from '../../../infra/local/commands/visitor.ts';

const notChosen = { vi: 'Chưa chọn tệp.', en: 'No file was chosen.' };
const brought = 'clerk/00000000-0000-4000-8000-000000000000';
const bytes = new TextEncoder().encode('danh sách');

function visitOf(form: FormData, more: Partial<Visit> = {}): Visit {
  const uploads = {
    mostInARequest: 4,
    origin: 'https://bucket.example',
    form: async (account: string, returnTo: string) => ({
      action: 'https://bucket.example/',
      fields: [
        { name: 'key', value: `${account}/1` },
        { name: 'success_action_redirect', value: returnTo },
      ],
    }),
    take: async (account: string, key: string) => (account === 'clerk' && key === brought ? bytes : undefined),
  };
  return {
    account: { id: 'clerk', role: 'unit-clerk', units: ['1'] },
    form,
    query: new URLSearchParams(),
    ports: { uploads, publicUrl: 'https://chi-tra.example' },
    say: (vi: string) => vi,
    words: (sentence: { readonly vi: string }) => sentence.vi,
    ...more,
  } as never as Visit;
}

function posted(file: string | File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

describe('what a form gives', () => {
  test('is the file that was chosen in it, or the one that was brought before', async () => {
    const chosen = new File([new Uint8Array([1, 2])], 'a.xlsx');
    expect(await given(visitOf(posted(chosen)), 'file')).toEqual(new Uint8Array([1, 2]));
    expect(await given(visitOf(posted(brought)), 'file')).toEqual(bytes);
  });

  test.each([
    ['nothing chosen', '', 'Chưa chọn tệp.'],
    [
      'a key that was changed',
      `${brought}0`,
      'Tệp chuyển lên không còn (chỉ giữ một ngày), hoặc do tài khoản khác chuyển.',
    ],
    ['a file of another', brought.replace('clerk', 'other'), 'do tài khoản khác chuyển. Chưa có gì được ghi nhận'],
  ])('of %s is none, and the sentence says which', async (_, key, says) => {
    const visit = visitOf(posted(key));
    expect(await given(visit, 'file')).toBeUndefined();
    expect(whyNone(visit, 'file', notChosen).vi).toContain(says);
  });

  test('of a file that another account brought is none', async () => {
    const visit = visitOf(posted(brought), { account: { id: 'other', role: 'unit-clerk' } as never });
    expect(await given(visit, 'file')).toBeUndefined();
    expect(whyNone(visit, 'file', notChosen).vi).toContain('hãy chuyển tệp lên lại');
  });
});

describe('the page of large files', () => {
  const shown = async (query: string, more: Partial<Visit> = {}) => {
    const answer = await largeFilePage(visitOf(new FormData(), { query: new URLSearchParams(query), ...more }));
    if (!('page' in answer)) return expect.fail('no page');
    const page = String(await html`${answer.body}`);
    return { status: answer.status ?? 200, page, text: textOf(page) };
  };

  test('has a form to the store, the way back in it, and what the store’s own error pages mean', async () => {
    const { status, page, text } = await shown('cho=/tiep-nhan');
    expect(status).toBe(200);
    expect(page).toContain('action="https://bucket.example/"');
    expect(page).toContain('value="https://chi-tra.example/tiep-nhan"');
    expect(text).toContain('Tối đa 40 MB');
    expect(text).toContain('đã mở quá 15 phút');
  });

  test.each(['', 'cho=/', 'cho=https://elsewhere.example', 'cho=/chi-tra'])(
    'opened with “%s” by a clerk leads to no form',
    async (query) => {
      const { status, page, text } = await shown(query);
      expect([status, page.includes('<form')]).toEqual([404, false]);
      expect(text).toContain('Hãy quay lại trang cần tệp: Tiếp nhận: gửi danh sách');
      expect(page).not.toContain('href="/chi-tra"');
    },
  );
});
