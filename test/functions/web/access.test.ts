/** Every route × every role over HTTP. The roles of each act are written here by hand: a change of access.ts fails it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../../functions/web/routes.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor, visitor } from '../../../infra/local/commands/visitor.ts';
import { outsideUnit } from '../../../infra/local/samples.ts';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { type Act, acts, type Role, roles } from '../../../shared/case/access.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const unit = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'] as const;
const departments = ['home-affairs-officer', 'home-affairs-leader', 'finance-officer', 'finance-leader'] as const;

const mayDo: { readonly [A in Act]: readonly Role[] } = {
  'home.see': roles,
  'job.see': roles,
  'law.see': roles,
  'mail.see': ['administrator', 'finance-officer', 'home-affairs-officer', 'inspector'],
  'mail.resend': ['administrator', 'finance-officer', 'home-affairs-officer'],
  'completion.see': roles,
  'completion.see-people': ['party-board-officer', ...departments, 'inspector'],
  'limit.see': roles,
  'limit.set': ['leadership', 'finance-leader'],
  'report.see': [...departments, 'leadership', 'inspector'],
  'report.make': departments,
  'report.define': ['home-affairs-leader', 'finance-leader'],
  'difference.see': [...departments, 'leadership', 'inspector'],
  'difference.state': departments,
  'result-notice.see': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'result-notice.give-out': [...unit, 'party-board-officer', ...departments],
  'contact.set': ['unit-clerk', 'home-affairs-leader'],
  'inspection.see': ['inspector'],
  'inspection.state-mandate': ['inspector'],
  'inspection.choose': ['inspector'],
  'inspection.export': ['inspector'],
  'read-log.see': ['inspector', 'leadership', 'administrator'],
  'settlement.see': ['finance-officer', 'finance-leader', ...unit, 'inspector'],
  'settlement.record': ['unit-chief-accountant', 'finance-officer'],
  'anchor.take': ['finance-leader', 'home-affairs-leader', 'inspector'],
  'pack.make': ['finance-leader', 'home-affairs-leader', 'inspector'],
  'reading.see': [...departments, 'leadership', 'inspector'],
  'reading.set': ['home-affairs-leader'],
  'reading.try': departments,
  'recovery.see': ['unit-chief-accountant', ...departments, 'inspector'],
  'recovery.decide': ['finance-leader'],
  'recovery.receive': ['unit-chief-accountant', 'finance-officer'],
  'recovery.give-back': ['unit-chief-accountant', 'finance-officer'],
  're-entry.record': ['home-affairs-officer', 'home-affairs-leader'],
  'letter.see': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'letter.print': ['unit-clerk', 'unit-chief-accountant'],
  'letter.hand-over': ['unit-clerk'],
  'complaint.list': [...unit, 'party-board-officer', ...departments, 'leadership', 'inspector'],
  // The leadership sees how many, no names.
  'complaint.see': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'complaint.register': ['unit-clerk', 'party-board-officer', 'home-affairs-officer', 'finance-officer'],
  'complaint.answer': ['party-board-officer', ...departments],
  'unit.see': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'unit.register': ['finance-officer'],
  'reorganisation.register': ['home-affairs-officer'],
  'register.upload': ['finance-officer', 'home-affairs-officer'],
  'list.see': [
    'unit-clerk',
    'party-board-officer',
    'home-affairs-officer',
    'home-affairs-leader',
    'finance-officer',
    'inspector',
  ],
  'cut-off.set': ['home-affairs-leader'],
  'dossier.set': ['home-affairs-leader'],
  'file.bring': [...unit, 'party-board-officer', ...departments, 'leadership'],
  'list.submit': ['unit-clerk'],
  'list.mark': ['unit-clerk', 'party-board-officer', 'home-affairs-officer', 'finance-officer'],
  'case.list': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'case.see': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'paper.see': [...unit, 'party-board-officer', ...departments, 'inspector'],
  'paper.attach': ['unit-clerk'],
  'likeness.see-account': ['finance-officer', 'finance-leader', 'inspector'],
  'likeness.see-person': ['home-affairs-officer', 'home-affairs-leader', 'inspector'],
  'case.appraise': ['party-board-officer', 'home-affairs-officer'],
  'case.hold': ['party-board-officer', 'home-affairs-officer', 'finance-officer'],
  'case.withdraw': ['unit-clerk'],
  'case.correct': ['unit-clerk'],
  'case.return': ['party-board-officer', 'home-affairs-officer'],
  'case.answer': ['unit-clerk'],
  'batch.list': [...departments, 'leadership', 'inspector'],
  'batch.see': [...departments, 'leadership', 'inspector'],
  // The leadership confirms big batches, and sees no names.
  'batch.see-people': [...departments, 'inspector'],
  'batch.make': ['finance-officer'],
  'batch.decide': [...departments, 'leadership'],
  'batch.reopen': [...departments, 'leadership'],
  'batch.abort': ['finance-officer'],
  'delegation.see': [...departments, 'leadership', 'inspector', 'administrator'],
  'delegation.give': ['home-affairs-leader', 'finance-leader', 'leadership'],
  'further-level.set': ['leadership'],
  'batch.record-provincial-decision': ['finance-officer'],
  'batch.write-papers': departments,
  'batch.record-letter': ['home-affairs-officer', 'finance-officer'],
  'signatory.see': [...departments, 'leadership', 'inspector', 'administrator'],
  'signatory.set': ['finance-leader', 'administrator'],
  'estimate.record': ['finance-officer'],
  'estimate.see': ['finance-officer', 'finance-leader', ...unit, 'inspector'],
  'line-source.set': ['finance-leader'],
  'year.close': ['finance-leader'],
  'payments.pause': ['finance-leader'],
  'comeback.record': ['unit-chief-accountant'],
  'slip.withdraw': ['finance-leader'],
  'order.list': ['finance-officer', 'finance-leader', ...unit, 'inspector'],
  'order.again': ['finance-officer'],
  'slip.see': ['finance-officer', 'finance-leader', ...unit, 'inspector'],
  'slip.sign': unit,
  'slip.take-file': ['finance-officer', ...unit],
  'slip.prepare': ['unit-clerk'],
  'slip.confirm-accountant': ['unit-chief-accountant'],
  'slip.confirm-holder': ['unit-account-holder'],
  'slip.confirm-credit': ['unit-account-holder'],
  'result.import': ['finance-officer'],
  'result.see': ['finance-officer', 'finance-leader', 'inspector'],
  'result.explain': ['finance-leader'],
  'paid-elsewhere.see': ['unit-chief-accountant', 'finance-officer', 'finance-leader', 'inspector'],
  'paid-elsewhere.record': ['unit-chief-accountant', 'finance-officer'],
  // Whoever brings a list never confirms it: the use case asks for another person.
  'paid-elsewhere.confirm': ['finance-officer', 'finance-leader'],
  'paid-elsewhere.drop': ['unit-chief-accountant', 'finance-officer', 'finance-leader'],
  // Whoever pays never edits accounts: no department is here.
  'account.correct': ['unit-clerk'],
  'account.confirm': ['unit-chief-accountant'],
  'staff.see': ['inspector', 'administrator'],
  'staff.propose': ['administrator'],
  'staff.confirm': ['administrator'],
  'staff.close': ['administrator'],
  'connection.see': ['inspector', 'administrator'],
  'connection.propose': ['administrator'],
  'connection.confirm': ['administrator'],
  'connection.end': ['administrator'],
};

/** The act behind each form that moves money; a route that was given a laxer act fails here. */
const moneyForms: Readonly<Record<string, Act>> = {
  '/tiep-nhan/:id/gui': 'list.submit',
  '/tiep-nhan/:id/cot': 'list.submit',
  '/tiep-nhan/nhap': 'list.submit',
  '/tiep-nhan/han-gui': 'cut-off.set',
  '/tiep-nhan/thanh-phan-ho-so': 'dossier.set',
  '/don-vi': 'register.upload',
  '/don-vi/kiem-tra/:file': 'register.upload',
  '/tiep-nhan/:id/to-trinh': 'list.submit',
  '/ho-so/:id/giay-to': 'paper.attach',
  '/ho-so/:id/giay-to/bo': 'paper.attach',
  '/ho-so/:id/sua-tren-trang': 'case.correct',
  '/tiep-nhan/:id/danh-dau': 'list.mark',
  '/tinh-che-do/tham-dinh': 'case.appraise',
  '/ho-so/:id/tam-dung': 'case.hold',
  '/ho-so/:id/rut': 'case.withdraw',
  '/ho-so/:id/sua': 'case.correct',
  '/ho-so/:id/tai-khoan': 'account.correct',
  '/ho-so/:id/tai-khoan/xac-nhan': 'account.confirm',
  '/ho-so/:id/chi-lai': 'order.again',
  '/ho-so/:id/nguoi-nhan': 'account.confirm',
  '/nguoi-ky': 'signatory.set',
  '/dot': 'batch.make',
  '/dot/:id/xac-nhan': 'batch.decide',
  '/dot/:id/quyet-dinh': 'batch.record-provincial-decision',
  '/dot/:id/chot-lai': 'batch.make',
  '/dot/:id/mo-lai': 'batch.reopen',
  '/dot/:id/ket-thuc': 'batch.abort',
  '/dot/muc-lanh-dao-tinh': 'further-level.set',
  '/uy-quyen': 'delegation.give',
  '/uy-quyen/:id/cham-dut': 'delegation.give',
  '/ho-so/:id/tra-don-vi': 'case.return',
  '/ho-so/:id/tra-loi': 'case.answer',
  '/dot/:id/van-ban': 'batch.write-papers',
  '/dot/:id/van-ban-da-ky': 'batch.record-letter',
  '/chi-tra/du-toan': 'estimate.record',
  '/chi-tra/doi-chieu': 'result.explain',
  '/chi-tra/ket-qua': 'result.import',
  '/chi-tra/cot/:reading': 'result.import',
  '/chi-tra/:batch/tra-soat': 'result.import',
  '/chi-tra/da-chi-noi-khac': 'paid-elsewhere.record',
  '/chi-tra/da-chi-noi-khac/:list/xac-nhan': 'paid-elsewhere.confirm',
  '/chi-tra/da-chi-noi-khac/:list/bo': 'paid-elsewhere.drop',
  '/chung-tu/:id/ky': 'slip.sign',
  '/chung-tu/:id/tep': 'slip.take-file',
  '/chung-tu/:id/gui': 'slip.prepare',
  '/chung-tu/:id/rut': 'slip.withdraw',
  '/du-toan/tien-ve': 'comeback.record',
  '/du-toan/nguon': 'line-source.set',
  '/du-toan/tam-dung': 'payments.pause',
  '/du-toan/khoa-nam': 'year.close',
  '/chung-tu/:id/bao-co': 'slip.confirm-credit',
  '/diem-chua-thong-nhat': 'reading.set',
  '/thu-hoi/:id': 'recovery.decide',
  '/thu-hoi/:id/da-thu': 'recovery.receive',
  '/ho-so/:id/tra-lai-tien': 'recovery.give-back',
  '/ho-so/:id/tuyen-dung-lai': 're-entry.record',
  '/hoan-thanh/thu-bao': 'letter.print',
  '/hoan-thanh/thu-bao/da-giao': 'letter.hand-over',
  '/ho-so/:id/khieu-nai': 'complaint.register',
  '/khieu-nai/:id/xu-ly': 'complaint.answer',
  '/khieu-nai/:id/don': 'complaint.register',
  '/hoan-thanh/ma-neo': 'anchor.take',
  '/hoan-thanh/bao-cao': 'report.make',
  '/hoan-thanh/bao-cao/cach-tinh': 'report.define',
  '/hoan-thanh/bao-cao/:code/in-lai': 'report.make',
  '/hoan-thanh/doi-chieu': 'difference.state',
  '/hoan-thanh/doi-chieu/:id': 'difference.state',
  '/hoan-thanh/lich': 'limit.set',
  '/hoan-thanh/lich/:id/dieu-chinh': 'limit.set',
  '/hoan-thanh/lich/:id/ket-thuc': 'limit.set',
  '/ho-so/:id/thong-bao': 'result-notice.give-out',
  '/thong-bao': 'result-notice.give-out',
  '/thong-bao/lien-he': 'contact.set',
  '/kiem-tra/quyet-dinh': 'inspection.state-mandate',
  '/kiem-tra/mau': 'inspection.choose',
  '/kiem-tra/xuat': 'inspection.export',
  '/kiem-tra/quyet-toan': 'settlement.record',
  '/dot/:id/goi-chung-cu': 'pack.make',
  '/thu': 'mail.resend',
  '/tai-khoan': 'staff.propose',
  '/tai-khoan/:id/de-nghi': 'staff.propose',
  '/tai-khoan/:id/ma-xac-thuc': 'staff.propose',
  '/tai-khoan/:id/ma-xac-thuc/lai': 'staff.confirm',
  '/tai-khoan/:id/noi-dang-nhap': 'staff.propose',
  '/tai-khoan/:id/rut': 'staff.propose',
  '/tai-khoan/:id/thu-moi': 'staff.propose',
  '/tai-khoan/:id/xac-nhan': 'staff.confirm',
  '/tai-khoan/:id/tu-choi': 'staff.confirm',
  '/tai-khoan/:id/dong': 'staff.close',
  '/ket-noi': 'connection.propose',
  '/ket-noi/:id/xac-nhan': 'connection.confirm',
  '/ket-noi/:id/thu-hoi': 'connection.end',
  '/noi-nhan': 'connection.propose',
  '/noi-nhan/:id/ngung': 'connection.end',
  '/noi-nhan/:id/gui-lai': 'connection.propose',
};

const folder = mkdtempSync(join(tmpdir(), 'access-'));
const dataDirectory = join(folder, 'data');
const keyDirectory = join(folder, 'keys');
const visitors = new Map<string, Visitor>();
/** By the path's first word, what stands in the place of its parameter. */
const known = new Map([['vi-du', 'danh-sach-sach.xlsx']]);
let server: RunningServer;
let store: SqliteStore;
let scratch: SqliteScratch;
let name = '';

beforeAll(async () => {
  const made = await openProvince({ people: 12, folder });
  const [order] = await made.sentBatch('b1');
  await made.freeze('b2', { level: 'commune' });
  known
    .set('tai-khoan', 'demo-unit-clerk')
    .set('dot', 'b1')
    .set('chi-tra', 'b1')
    .set('lien-ket', 'no-such-link')
    .set('viec', 'no-such-job');
  known
    .set('ho-so', order?.part.split('.')[0] ?? '')
    .set('chung-tu', order?.slip ?? '')
    .set('du-toan', order?.unit ?? '')
    .set('tiep-nhan', 'no-such-list');
  for (const role of unit) {
    const account = { id: `stranger-${role}`, name: role, email: `${role}@x.example`, role, units: [outsideUnit.code] };
    await made.home.accounts.add(account, 'a long password');
  }
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'access' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  scratch = openScratch(join(dataDirectory, 'scratch.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
  for (const role of unit)
    visitors.set(`stranger-${role}`, await signIn(server.url, `${role}@x.example`, 'a long password'));
  await stateMandate(as('inspector'));
  const page = await as('home-affairs-officer').get(`/ho-so/${known.get('ho-so')}`);
  name = /<h1[^>]*>([^<]+)</.exec(page.html)?.[1] ?? '';
});

afterAll(async () => {
  await server.stop();
  store.close();
  scratch.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(who: string): Visitor {
  return visitors.get(who) ?? expect.fail(`nobody is signed in as ${who}`);
}

/** The path with something real in the place of its parameter; of a route not known here, something unreal. */
function filled(path: string): string {
  return path.replaceAll(/\/([\w-]+)\/:\w+/g, (_all, before: string) => `/${before}/${known.get(before) ?? 'x'}`);
}

async function ask(who: Visitor, { method, path }: { readonly method: 'get' | 'post'; readonly path: string }) {
  return method === 'get' ? who.get(filled(path)) : who.post(filled(path), {});
}

/** Everything that an act could leave behind: entries of a person, and jobs that would write them; the schedule writes its own. */
function written(): string {
  const byPeople = store.entriesAfter(0, 1_000_000).filter(({ by }) => by !== 'system');
  return `${byPeople.length} entries, ${scratch.list('job').length} jobs`;
}

/** Once the workflow has done what was left to it. */
async function writtenAtRest(): Promise<string> {
  for (;;) {
    const before = written();
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (written() === before) return before;
  }
}

test('the roles of every act are those written here', () => {
  expect(acts).toEqual(mayDo);
});

test('every form that moves money asks for its act', () => {
  const forms = routes.filter(({ method, path }) => method === 'post' && path in moneyForms);
  expect(Object.fromEntries(forms.map(({ path, act }) => [path, act]))).toEqual(moneyForms);
});

describe('each route refuses whoever may not, and nothing changes', () => {
  test.each(roles)('for a %s', async (role) => {
    const before = await writtenAtRest();
    for (const route of routes.filter(({ act }) => !mayDo[act].includes(role))) {
      const { status, html } = await ask(as(role), route);
      expect([route.method, route.path, status]).toEqual([route.method, route.path, 403]);
      expect(textOf(html)).toContain('không có quyền');
    }
    expect(written()).toBe(before);
  });
});

test('whoever was refused a page or an act for the role stands in the inspector’s list, once an hour', async () => {
  const clerk = as('unit-clerk');
  for (let times = 0; times < 3; times += 1) expect((await clerk.get('/tai-khoan')).status).toBe(403);
  expect((await clerk.post('/tai-khoan', {})).status).toBe(403);
  const page = textOf((await as('inspector').get('/kiem-tra/nhat-ky')).html);
  const list = page.slice(page.indexOf('Truy cập bị từ chối'));
  expect(list).toContain('demo-unit-clerk');
  const noted = scratch.list('refused').filter(({ key }) => / demo-unit-clerk 403 (GET|POST) \/tai-khoan$/.test(key));
  const hours = new Set(noted.map(({ key }) => key.slice(0, 13)));
  expect(noted).toHaveLength(2 * hours.size);
});

describe('each route refuses a form that did not come from our page', () => {
  test.each(roles)('for a %s', async (role) => {
    const before = await writtenAtRest();
    for (const route of routes.filter(({ method }) => method === 'post')) {
      const { status } = await as(role).post(filled(route.path), { csrf: 'forged' });
      expect([route.path, status]).toEqual([route.path, 403]);
    }
    expect(written()).toBe(before);
  });
});

describe('each route asks whoever is not signed in to sign in', () => {
  test.each(routes.map(({ method, path }) => [method, path] as const))('%s %s', async (method, path) => {
    const before = written();
    const body = method === 'post' ? { method: 'POST', body: new URLSearchParams({ csrf: '' }) } : {};
    const response = await fetch(server.url + filled(path), { redirect: 'manual', ...body });
    const status = method === 'post' ? 303 : 302;
    expect([response.status, response.headers.get('location')?.startsWith('/dang-nhap?tro-lai=')]).toEqual([
      status,
      true,
    ]);
    expect(written()).toBe(before);
    const login = await visitor(server.url).get(filled(path));
    if (method === 'get') expect(login.url).toMatch(/^\/oidc\//);
  });
});

describe('each route lets in whoever may, without a fault of ours', () => {
  test.each(roles)('a %s', async (role) => {
    for (const route of routes.filter(({ act }) => mayDo[act].includes(role))) {
      const { status } = await ask(as(role), route);
      expect([route.method, route.path, status < 500 && status !== 403]).toEqual([route.method, route.path, true]);
    }
  });
});

describe('people of a unit never reach what belongs to another unit', () => {
  const pages = ['/ho-so/:id', '/chung-tu/:id'];

  test.each(unit.flatMap((role) => pages.map((path) => [role, path] as const)))('a %s at %s', async (role, path) => {
    expect(name).not.toBe('');
    const own = await as(role).get(filled(path));
    expect(own.status).toBe(200);
    const { status, html } = await as(`stranger-${role}`).get(filled(path));
    expect(status).toBe(404);
    expect(html).not.toContain(name);
  });

  test.each(unit)('a %s finds nobody in the lists', async (role) => {
    for (const path of ['/tinh-che-do', '/chi-tra']) {
      const { status, html } = await as(`stranger-${role}`).get(path);
      expect([status, /\/(ho-so|chung-tu)\/[\w.-]+/.test(html)]).toEqual([200, false]);
    }
  });

  test.each(unit)('a %s changes nothing with any form', async (role) => {
    const before = await writtenAtRest();
    const fields = {
      file: 'form-09.pdf',
      signature: {
        'unit-clerk': 'prepared',
        'unit-chief-accountant': 'accountant-confirmed',
        'unit-account-holder': 'holder-confirmed',
      }[role],
      number: '7000000001',
      on: '2025-10-01',
      bank: 'VCB',
      holder: 'A',
      reason: 'x',
      digest: 'x',
      paper: { name: 'don.pdf', bytes: new TextEncoder().encode('%PDF-1.4') },
    };
    const forms = routes.filter(
      ({ method, path, act }) => /^\/(ho-so|chung-tu)\//.test(path) && method === 'post' && mayDo[act].includes(role),
    );
    for (const { path } of forms) {
      const { status } = await as(`stranger-${role}`).post(filled(path), fields);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    expect(written()).toBe(before);
  });
});
