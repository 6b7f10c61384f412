/** Files too large for a request, as the pages treat them: the form that goes elsewhere, and what is said when a file is not there. */
import { html } from 'hono/html';
import { describe, expect, test } from 'vitest';
import { FileField, largeFilePage, takeBrought } from '../../../functions/web/large-files.tsx';
import { upload, type Visit } from '../../../functions/web/page.tsx';
import { textOf } from '../../../infra/local/commands/visitor.ts';

const brought = 'clerk/00000000-0000-4000-8000-000000000000/paper';
const bytes = new TextEncoder().encode('danh sách');

function visitOf(form: FormData, more: Partial<Visit> = {}): Visit {
  const uploads = {
    mostInARequest: 4,
    origin: 'https://bucket.example',
    form: async (account: string, id: string, returnTo: string) => ({
      action: 'https://bucket.example/',
      fields: [
        { name: 'key', value: `${account}/1/${id}` },
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

function posted(file: string | File, name = 'brought:paper'): FormData {
  const form = new FormData();
  form.append(name, file);
  return form;
}

describe('a form', () => {
  test('has the file that was brought as if it had been chosen in it', async () => {
    const form = posted(brought);
    expect(await takeBrought(visitOf(form))).toBeUndefined();
    expect((await upload(form, 'paper'))?.bytes).toEqual(bytes);
    const chosen = posted(new File([new Uint8Array([1, 2])], 'a.xlsx'), 'paper');
    expect(await takeBrought(visitOf(chosen))).toBeUndefined();
    expect((await upload(chosen, 'paper'))?.bytes).toEqual(new Uint8Array([1, 2]));
  });

  test.each([
    ['that was changed', `${brought}0`, 'clerk'],
    ['of another', brought.replace('clerk', 'other'), 'clerk'],
    ['of nobody', '', 'clerk'],
    ['that another account sends', brought, 'other'],
  ])('with a key %s takes nothing, and the sentence says what to do', async (_, key, id) => {
    const form = posted(key);
    const problem = await takeBrought(visitOf(form, { account: { id, role: 'unit-clerk' } as never }));
    expect(problem?.vi).toContain('do tài khoản khác chuyển. Chưa có gì được ghi nhận; hãy chuyển tệp lên lại');
    expect(form.get('paper')).toBeNull();
  });

  test('takes no more files than any form has, whoever writes more keys into it', async () => {
    const form = new FormData();
    for (const name of ['a', 'b', 'c']) form.append(`brought:${name}`, brought);
    expect(await takeBrought(visitOf(form))).toBeUndefined();
    expect(['a', 'b', 'c'].map((name) => form.get(name) instanceof File)).toEqual([true, true, false]);
  });
});

describe('the field of a file', () => {
  const shown = async (more: Partial<Visit>, id = 'paper', form = new FormData()) => {
    const visit = visitOf(form, { here: '/ho-so/1', ...more });
    return String(
      await html`${FileField({ visit, id, name: 'paper', label: 'Bản quét', accept: '.pdf', required: true })}`,
    );
  };

  test('where a request has its limit leads to the other way, back to its page and to itself', async () => {
    const page = await shown({}, 'paper-1');
    expect(page).toContain('href="/tep-lon?cho=/ho-so/1&amp;o=paper-1"');
    expect(textOf(page)).toContain('Tệp lớn hơn 4 MB');
    expect(page).toMatch(
      /<input id="paper-1" name="paper" type="file" aria-describedby="paper-1-hint" accept=".pdf" required/,
    );
  });

  test('of a home without one is a field and no more', async () => {
    const page = await shown({ ports: {} as never });
    expect(page).toBe(
      '<p class="field"><label for="paper">Bản quét</label><input id="paper" name="paper" type="file" accept=".pdf" required=""/></p>',
    );
  });

  test('for which a file was brought carries its key, and no other field does', async () => {
    const query = new URLSearchParams({ key: brought });
    const [own, other] = [await shown({ query }), await shown({ query }, 'paper-2')];
    expect(own).toContain(`<input type="hidden" name="brought:paper" value="${brought}"/>`);
    expect(own).not.toContain('type="file"');
    expect(textOf(own)).toContain('Đã nhận tệp đồng chí vừa chuyển lên');
    expect(other).toContain('type="file"');
  });

  test('of a form that was refused carries it on', async () => {
    expect(await shown({}, 'paper', posted(brought))).toContain(`value="${brought}"`);
    expect(await shown({}, 'paper-2', posted(brought))).toContain('type="file"');
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
    const { status, page, text } = await shown('cho=/tiep-nhan&o=file');
    expect(status).toBe(200);
    expect(page).toContain('action="https://bucket.example/"');
    expect(page).toContain('value="https://chi-tra.example/tiep-nhan"');
    expect(page).toContain('value="clerk/1/file"');
    expect(text).toContain('Tối đa 40 MB');
    expect(text).toContain('đã mở quá 15 phút');
  });

  test.each([
    '',
    'o=file',
    'cho=/&o=file',
    'cho=https://elsewhere.example&o=file',
    'cho=//elsewhere.example&o=file',
    'cho=/chi-tra',
    'cho=/chi-tra&o=a/b',
  ])('opened with “%s” leads to no form', async (query) => {
    const { status, page, text } = await shown(query);
    expect([status, page.includes('<form')]).toEqual([404, false]);
    expect(text).toContain('Hãy quay lại trang có ô đó');
  });
});
