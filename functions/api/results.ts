/** Results of payments from a bank or the Treasury: lines as JSON, or an ISO 20022 message as it is. Known by its SHA-256. */
import { actorOf } from '../../shared/case/api-client.ts';
import { readBatch } from '../../shared/case/batch.ts';
import { readImport, readOthers, type ResultImport } from '../../shared/disbursement/result-import.ts';
import { faultsOf } from '../../shared/entitlement/facts-door.ts';
import { sha256 } from '../../shared/hash.ts';
import { faultsToTell, notFound, type Problem } from './problem.ts';
import { type ApiAnswer, answered, type Call, jsonOf, jsonType } from './route.ts';
import { type ResultsAnswer, resultsRequest } from './schemas.ts';

export async function takeResultsRoute(call: Call): Promise<ApiAnswer> {
  const { client, params, body, contentType, ports } = call;
  if (client.units !== undefined) return { problem: onlyProvince };
  const isLines = contentType === jsonType;
  if (isLines) {
    const json = jsonOf(call);
    if ('problem' in json) return json;
    const message = resultsRequest.safeParse(json.json);
    if (!message.success) {
      return { problem: { kind: 'does-not-fit', says: unfit, more: faultsToTell(faultsOf(message.error)) } };
    }
  }
  if (!isLines && !beginsAsXml(body)) return { problem: { kind: 'does-not-fit', says: noXml } };
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch === undefined) return { problem: notFound({ vi: 'đợt chi trả', en: 'batch' }) };
  if (batch.provincial === undefined) return { problem: notDecided };
  const by = actorOf(client);
  const known = await readImport(ports.store, sha256(body));
  if (known?.by === by && known.classed?.isClosed === true) return answered(await resultsOf(known, ports));
  if (known !== undefined && known.by !== by) return { problem: ofSomebodyElse };
  // Another message under way, or one of which lines can still be applied: run once more it goes on.
  const file = await ports.files.put(body, 'payment');
  const wish = { batch: batch.id, file, by, sender: client.name };
  const job = await ports.jobs.start(isLines ? 'take-results' : 'import-results', wish, by);
  return answered({ id: file, href: `/api/v1/results/${file}`, job }, 202);
}

/** Sheets are taken on the pages alone, where a person sees what was read. */
function beginsAsXml(body: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(body.subarray(0, 64)).replaceAll('\0', '');
  return /^(?:ï»¿|ÿþ|þÿ)?\s*</.test(start);
}

export async function readResultsRoute({ client, params, ports }: Call): Promise<ApiAnswer> {
  const of = await readImport(ports.store, params['id'] ?? '');
  if (of?.by !== actorOf(client)) return { problem: notFound({ vi: 'kết quả', en: 'result' }) };
  return answered(await resultsOf(of, ports));
}

async function resultsOf(of: ResultImport, ports: Call['ports']): Promise<ResultsAnswer> {
  const { file, batch, at, lines, total, classed } = of;
  return {
    id: file,
    ...(batch === undefined ? {} : { batch }),
    status: classed === undefined ? 'under-way' : classed.isClosed ? 'closed' : 'open',
    receivedAt: at,
    lines,
    total,
    counts: classed?.counts ?? {},
    others: (await readOthers(of, ports)).map(({ on: _on, ...line }) => line),
  };
}

const unfit = {
  vi: 'Kết quả không đúng quy định; từng lỗi nằm ở faults. Chưa có gì được ghi nhận.',
  en: 'The results do not fit; each fault is in faults. Nothing was recorded.',
};
const noXml = {
  vi: 'Nội dung không phải XML. Chưa có gì được ghi nhận; hãy gửi điện pain.002, camt.053 hoặc camt.054, hoặc gửi JSON.',
  en: 'The content is no XML. Nothing was recorded; send a pain.002, camt.053 or camt.054, or JSON.',
};
const notDecided: Problem = {
  kind: 'not-ready',
  says: {
    vi: 'Đợt này chưa có quyết định của UBND tỉnh nên chưa có khoản chi nào. Chưa có gì được ghi nhận; hãy kiểm tra lại mã đợt.',
    en: "The People's Committee has not decided this batch, so it has no payment. Nothing was recorded; check the batch.",
  },
};
const onlyProvince: Problem = {
  kind: 'forbidden',
  says: {
    vi: 'Kết quả thanh toán chỉ nhận từ hệ thống kết nối của cả tỉnh (Kho bạc, ngân hàng), không phải của riêng đơn vị.',
    en: 'Results are taken from clients of the whole province (Treasury, bank), not from those of units.',
  },
};
const ofSomebodyElse: Problem = {
  kind: 'not-ready',
  says: {
    vi: 'Nội dung này đã được người khác hoặc hệ thống khác nhập. Kết quả của nó đã được ghi; không cần gửi lại.',
    en: 'This very content was brought in by somebody else and is recorded. There is no need to send it again.',
  },
};
