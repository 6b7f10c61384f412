/** A browser for tests, without the screen: keeps cookies by name and path, posts forms, follows redirects. */

interface Answer {
  readonly status: number;
  /** Path and query of where the redirects ended. */
  readonly url: string;
  readonly headers: Headers;
  readonly html: string;
}

type Form = Readonly<Record<string, string>>;

export interface Browser {
  get(path: string): Promise<Answer>;
  post(path: string, form: Form): Promise<Answer>;
  /** One request, no redirect followed: `location` is in the headers. Posts when a form is given. */
  step(path: string, form?: Form): Promise<Answer>;
  /** Another browser with the same cookies: what a copied cookie jar can do. */
  copy(): Browser;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

const mostRedirects = 15;

export function browser(base: string, jar: ReadonlyMap<string, Cookie> = new Map()): Browser {
  const cookies = new Map(jar);

  async function step(path: string, form?: Form): Promise<Answer> {
    const url = new URL(path, base);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: sentTo(url.pathname, cookies.values()) },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) keep(line, url.pathname, cookies);
    const { status, headers } = response;
    return { status, headers, url: url.pathname + url.search, html: await response.text() };
  }

  async function follow(path: string, form?: Form): Promise<Answer> {
    let answer = await step(path, form);
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const to = answer.headers.get('location');
      if (to === null || answer.status < 300 || answer.status > 399) return answer;
      const target = new URL(to, new URL(answer.url, base));
      if (target.origin !== new URL(base).origin) throw new Error(`led away to ${target.href}`);
      answer = await step(target.href);
    }
    throw new Error(`more than ${mostRedirects} redirects from ${path}`);
  }

  return { step, get: (path) => follow(path), post: follow, copy: () => browser(base, cookies) };
}

function sentTo(path: string, cookies: Iterable<Cookie>): string {
  return [...cookies]
    .filter((cookie) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

function keep(line: string, requested: string, cookies: Map<string, Cookie>): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const of = (name: string) =>
    attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const cut = pair.indexOf('=');
  const cookie = {
    name: pair.slice(0, cut),
    value: pair.slice(cut + 1),
    path: of('path') ?? (requested.slice(0, requested.lastIndexOf('/')) || '/'),
  };
  const key = `${cookie.name} ${cookie.path}`;
  const until = of('expires');
  const isGone = of('max-age') === '0' || (until !== undefined && Date.parse(until) <= Date.now());
  if (isGone) cookies.delete(key);
  else cookies.set(key, cookie);
}
