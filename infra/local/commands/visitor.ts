/** A visitor without a browser: keeps cookies, follows redirects, fills forms. For the demo, the bench and the tests. */

export interface Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly bytes: Uint8Array;
}

export type Fields = Readonly<
  Record<string, string | readonly string[] | { readonly name: string; readonly bytes: Uint8Array }>
>;

export interface Visitor {
  get(path: string): Promise<Page>;
  /** Posts a form as its page would: with the token of the last page that had one. */
  post(path: string, fields: Fields): Promise<Page>;
  /** Waits on a job's page until it leads on. */
  afterJob(page: Page): Promise<Page>;
}

const mostRedirects = 15;
const mostLooks = 600;
const mostCodeLooks = 40;

export function visitor(base: string): Visitor {
  const cookies = new Map<string, { readonly value: string; readonly path: string }>();
  let token = '';

  async function fetchPage(url: string, init: RequestInit = {}): Promise<Page> {
    let target = new URL(url, base);
    let request: RequestInit = init;
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const response = await fetch(target, {
        ...request,
        redirect: 'manual',
        // A connection of its own: the server closes one after a body it refused, and a pooled one would fail the next visit.
        headers: { cookie: cookieHeader(target.pathname), connection: 'close' },
      });
      for (const line of response.headers.getSetCookie()) keepCookie(line);
      const to = response.headers.get('location');
      if (to === null || response.status < 300 || response.status >= 400) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        const html = new TextDecoder().decode(bytes);
        token = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? token;
        return { status: response.status, url: target.pathname + target.search, html, bytes };
      }
      await response.body?.cancel();
      target = new URL(to, target);
      request = {};
    }
    throw new Error(`more than ${mostRedirects} redirects from ${url}`);
  }

  function cookieHeader(path: string): string {
    return [...cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ');
  }

  function keepCookie(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const cut = pair.indexOf('=');
    const path = attributes.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const key = `${pair.slice(0, cut)} ${path}`;
    const isGone =
      attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=.*1970/i.test(one)) || cut === pair.length - 1;
    if (isGone) cookies.delete(key);
    else cookies.set(key, { value: pair.slice(cut + 1), path });
  }

  const self: Visitor = {
    get: (path) => fetchPage(path),
    post: (path, fields) => fetchPage(path, { method: 'POST', body: bodyOf({ csrf: token, ...fields }) }),
    async afterJob(page) {
      let current = page;
      for (
        let looks = 0;
        looks < mostLooks && current.url.startsWith('/viec/') && current.html.includes('http-equiv="refresh"');
        looks += 1
      ) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        current = await fetchPage(current.url);
      }
      return current;
    },
  };
  return self;
}

function bodyOf(fields: Fields): FormData | URLSearchParams {
  const hasFile = Object.values(fields).some((value) => typeof value === 'object' && 'bytes' in value);
  const body = hasFile ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') body.append(name, value);
    else if ('bytes' in value) {
      if (body instanceof FormData) body.append(name, new File([new Uint8Array(value.bytes)], value.name));
    } else for (const one of value) body.append(name, one);
  }
  return body;
}

/**
 * Signs in through the provider's own pages. Throws when they do not let the account in. Of a demonstration account the
 * code page shows the code; of any other, `codeNow` gives it.
 */
export async function signIn(
  base: string,
  email: string,
  password: string,
  returnTo = '/',
  codeNow?: () => string,
): Promise<Visitor & { readonly landed: Page }> {
  const self = visitor(base);
  const login = await self.get(returnTo);
  if (!login.url.startsWith('/oidc/')) throw new Error(`expected the login page, got ${login.url}`);
  const landed = await passCode(self, await self.post(login.url, { email, password }), codeNow);
  if (/^\/(oidc|dang-nhap)\//.test(landed.url))
    throw new Error(`${email} was not let in: ${textOf(landed.html).slice(0, 200)}`);
  return { ...self, landed };
}

/** From the page after the password on: a page that asks for no code is given back as it is. */
export async function passCode(self: Visitor, page: Page, codeNow?: () => string): Promise<Page> {
  let current = page;
  for (let looks = 0; looks < mostCodeLooks && current.html.includes('name="code"'); looks += 1) {
    const code = codeNow?.() ?? /id="demo-code">(\d{6})</.exec(current.html)?.[1];
    if (code !== undefined) return self.post(current.url, { code });
    // No code is taken twice: the next one comes within half a minute.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    current = await self.get(current.url);
  }
  return current;
}

/** The words of a page. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Every match's first group. */
export function allMatches(html: string, pattern: RegExp): readonly string[] {
  return [...html.matchAll(new RegExp(pattern.source, 'g'))].map((match) => match[1] ?? '');
}
