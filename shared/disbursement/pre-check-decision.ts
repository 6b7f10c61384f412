/** T2 and T7: the decision of the competent authority, and the attached list against the one it approved. */
import { formatDay, localDateOf } from '../calendar.ts';
import { type Batch, contentHashOf, isDecided, type ProvincialDecision } from '../case/batch.ts';
import { mayHaveSigned } from '../case/signatories.ts';
import { altered, fails, type Finding, named, type PreCheck, preCheck, warns } from './pre-check.ts';
import type { Paid, SlipEvidence } from './pre-check-evidence.ts';

export function checkDecision(evidence: SlipEvidence): PreCheck {
  const { slip, batch, list } = evidence;
  const decision = batch?.provincial;
  if (batch === undefined || decision === undefined) {
    return preCheck('T2', { vi: '', en: '' }, [
      fails(
        'finance',
        'Chưa ghi quyết định của UBND tỉnh cho đợt này. Sở Tài chính ghi quyết định trước khi chi.',
        "The People's Committee's decision is not recorded for this batch. Finance records it first.",
      ),
    ]);
  }
  const on = formatDay(decision.on);
  const isForThisList =
    decision.contentHash === batch.frozen?.contentHash && list !== undefined && isDecided(batch, list);
  const findings = [
    ...formFindings(decision, batch),
    ...(isForThisList
      ? []
      : [
          fails(
            'administrator',
            `Quyết định ${decision.number} không đúng danh sách đã chốt và xác nhận. ${altered.vi}`,
            `Decision ${decision.number} is not of the list that was frozen and confirmed. ${altered.en}`,
          ),
        ]),
    ...(decision.number === slip.decision
      ? []
      : [
          fails(
            'administrator',
            `Chứng từ ghi quyết định ${slip.decision}, đợt ghi ${decision.number}. ${altered.vi}`,
            `The slip names decision ${slip.decision}, the batch ${decision.number}. ${altered.en}`,
          ),
        ]),
    ...(decision.on > localDateOf(slip.madeAt)
      ? [
          fails(
            'finance',
            `Quyết định đề ngày ${on}, sau ngày lập chứng từ ${formatDay(localDateOf(slip.madeAt))}. Sở Tài chính kiểm tra ngày trên văn bản.`,
            `The decision is of ${on}, after the day of the slip. Finance checks the day on the paper.`,
          ),
        ]
      : []),
    ...signatoryFindings(decision, evidence),
  ];
  return preCheck(
    'T2',
    {
      vi: `Quyết định ${decision.number} ngày ${on}, ${decision.signatory} ký; đúng danh sách đã xác nhận.`,
      en: `Decision ${decision.number} of ${on}, signed by ${decision.signatory}; of the confirmed list.`,
    },
    findings,
  );
}

/** Decree 30/2020: by order (TL.) and by authority (TUQ.) only with the document that says so. */
function formFindings({ number, signatory, capacity, mandate = '' }: ProvincialDecision, { code }: Batch): Finding[] {
  const needsMandate = capacity === 'TL' || capacity === 'TUQ';
  const findings: Finding[] = [];
  if (number.trim() === '' || signatory.trim() === '') {
    findings.push(
      fails(
        'finance',
        `Quyết định của đợt ${code} thiếu số hoặc người ký. Sở Tài chính kiểm tra văn bản.`,
        `The decision of batch ${code} has no number or signatory. Finance checks the paper.`,
      ),
    );
  }
  if (needsMandate && mandate.trim() === '') {
    findings.push(
      fails(
        'finance',
        `Quyết định ký ${capacity}. mà chưa có văn bản giao hoặc ủy quyền ký. Sở Tài chính bổ sung số văn bản đó.`,
        `The decision was signed ${capacity}. without the document that allows it. Finance adds its number.`,
      ),
    );
  }
  if (capacity === undefined) {
    findings.push(
      warns(
        'finance',
        'Quyết định chưa ghi tư cách ký (KT., TL., TUQ.). Đối chiếu với bản quét trước khi gửi Kho bạc.',
        'The capacity of the signatory is not recorded. Compare with the scan before sending.',
      ),
    );
  }
  return findings;
}

function signatoryFindings(decision: ProvincialDecision, { signatories }: SlipEvidence): readonly Finding[] {
  if (signatories.length === 0) {
    return [
      warns(
        'finance',
        'Chưa có danh sách người có thẩm quyền ký, nên chưa đối chiếu được người ký. Lãnh đạo Sở Tài chính ghi tại mục Người có thẩm quyền ký.',
        'No table of competent signatories is set, so the signatory was not compared. The Finance leader sets it.',
      ),
    ];
  }
  return mayHaveSigned(decision, signatories)
    ? []
    : [
        warns(
          'finance',
          `Người ký quyết định ${decision.number} không có trong danh sách người có thẩm quyền ký vào ngày ${formatDay(decision.on)}. Kiểm tra văn bản giao thẩm quyền trước khi gửi Kho bạc.`,
          `Whoever signed decision ${decision.number} is not in the table of competent signatories on that day. Check the authority before sending.`,
        ),
      ];
}

export function checkList({ slip, paid, batch, list }: SlipEvidence): PreCheck {
  const holds = {
    vi: `Cả ${paid.length} khoản có trong danh sách đã duyệt, đúng số tiền và tài khoản.`,
    en: `All ${paid.length} orders are in the approved list with the same sums and accounts.`,
  };
  if (batch === undefined || list === undefined || contentHashOf(list) !== batch.frozen?.contentHash) {
    return preCheck('T7', holds, [
      fails(
        'administrator',
        `Danh sách đã chốt không còn hoặc không khớp mã băm của nó. ${altered.vi}`,
        `The frozen list is gone or does not match its hash. ${altered.en}`,
      ),
    ]);
  }
  const frozen = new Map(list.parts.map((part) => [part.part, part]));
  const isElsewhere = ({ order }: Paid) =>
    order.batch !== slip.batch || order.unit !== slip.unit || order.source !== slip.source || order.slip !== slip.id;
  const differing: readonly (readonly [what: (one: Paid) => boolean, vi: string, en: string])[] = [
    [({ order }) => !frozen.has(order.part), 'không có trong danh sách đã duyệt', 'not in the approved list'],
    [({ order }) => batch.takenOut.has(order.part), 'của người đã được đưa ra', 'of somebody who was taken out'],
    [isElsewhere, 'thuộc đợt, đơn vị, nguồn hoặc chứng từ khác', 'of another batch, unit, source or slip'],
    [
      ({ order }) => frozen.get(order.part)?.total !== undefined && frozen.get(order.part)?.total !== order.amount,
      'khác số tiền đã duyệt',
      'with another sum than was approved',
    ],
    [
      ({ order, isAfterFreezing = false }) =>
        order.attempt === 1 &&
        !isAfterFreezing &&
        frozen.has(order.part) &&
        frozen.get(order.part)?.accountDigest !== order.accountDigest,
      'khác tài khoản đã duyệt',
      'to another account than was approved',
    ],
  ];
  const findings = differing.flatMap(([differs, vi, en]) => {
    const wrong = paid.filter(differs).map(({ order }) => order.reference);
    const which = named(wrong);
    return wrong.length === 0
      ? []
      : [fails('administrator', `Khoản ${vi}: ${which.vi}. ${altered.vi}`, `Orders ${en}: ${which.en}. ${altered.en}`)];
  });
  return preCheck('T7', holds, findings);
}
