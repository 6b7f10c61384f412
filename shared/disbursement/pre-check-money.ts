/** T1, T4 and T5: the estimate, the unit, and the three people who sign. */
import { reservationKey } from '../case/funding.ts';
import { type Signature, signatures, type Slip } from '../case/slip.ts';
import { lacksOf, type UnitLack } from '../case/unit.ts';
import { formatDong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import { fails, type Finding, named, type PreCheck, preCheck } from './pre-check.ts';
import type { SlipEvidence } from './pre-check-evidence.ts';

export function checkEstimate({ slip, paid, estimate }: SlipEvidence): PreCheck {
  if (slip.from === 'deposit') {
    return preCheck(
      'T1',
      { vi: 'Chi từ tài khoản tiền gửi, không rút dự toán.', en: 'Paid from the deposit account, not the estimate.' },
      [],
    );
  }
  const open = paid
    .filter(({ order: { part, attempt } }) => !estimate.reservedKeys.has(reservationKey(part, attempt)))
    .map(({ order }) => order.reference);
  const which = named(open);
  const findings: Finding[] = [];
  if (open.length > 0) {
    findings.push(
      fails(
        'finance',
        `Chưa giữ dự toán cho ${which.vi}. Sở Tài chính bổ sung dự toán của đơn vị và nguồn này tại mục Chi trả.`,
        `No estimate is reserved for ${which.en}. Finance records more estimate of this unit and source.`,
      ),
    );
  }
  if (estimate.left < 0n) {
    const over = formatDong(-estimate.left);
    findings.push(
      fails(
        'finance',
        `Dự toán của đơn vị và nguồn này âm ${over} đồng. Sở Tài chính bổ sung dự toán trước khi ký.`,
        `The estimate of this unit and source is ${over} đồng below zero. Finance records more before anybody signs.`,
      ),
    );
  }
  const left = formatDong(estimate.left);
  return preCheck(
    'T1',
    {
      vi: `Đã giữ dự toán cho đủ ${paid.length} khoản; còn lại ${left} đồng.`,
      en: `Reserved for all ${paid.length} orders; ${left} đồng are left.`,
    },
    findings,
  );
}

const lackNames: Readonly<Record<UnitLack, Sentence>> = {
  'treasury-account': { vi: 'chưa có tài khoản tại Kho bạc', en: 'no account at the Treasury' },
  'chief-accountant': { vi: 'chưa có kế toán trưởng', en: 'no chief accountant' },
  specimens: { vi: 'chưa đăng ký mẫu dấu, chữ ký', en: 'no specimen signatures' },
};

export function checkUnit({ slip, units }: SlipEvidence): PreCheck {
  const own = units.get(slip.unit);
  const payer = own?.paidBy === undefined ? own : units.get(own.paidBy);
  const holds: Sentence =
    own?.paidBy === undefined
      ? {
          vi: 'Có tài khoản tại Kho bạc, kế toán trưởng và mẫu dấu, chữ ký.',
          en: 'It has account, chief accountant and specimens.',
        }
      : { vi: `Đơn vị ${own.paidBy} chi trả thay.`, en: `Unit ${own.paidBy} pays in its place.` };
  if (payer === undefined) {
    const findings = [
      fails(
        'finance',
        'Đơn vị chi trả không có trong sổ đăng ký. Sở Tài chính cập nhật sổ đăng ký đơn vị.',
        'The paying unit is not in the register. Finance updates the register of units.',
      ),
    ];
    return preCheck('T4', holds, findings);
  }
  const lacks = lacksOf(payer).map((lack) => lackNames[lack]);
  if (lacks.length === 0) return preCheck('T4', holds, []);
  const findings = [
    fails(
      'unit',
      `Đơn vị ${payer.code}: ${lacks.map(({ vi }) => vi).join('; ')}. Đơn vị đăng ký với Kho bạc rồi báo Sở Tài chính cập nhật sổ đăng ký, hoặc đề nghị đơn vị cấp trên chi thay.`,
      `Unit ${payer.code}: ${lacks.map(({ en }) => en).join('; ')}. It registers at the Treasury and tells Finance, or asks the unit above to pay in its place.`,
    ),
  ];
  return preCheck('T4', holds, findings);
}

/** The signatures so far; whose turn it is bars by itself. */
export function checkSignatures({ signed }: Slip): PreCheck {
  const expected: readonly (Signature | undefined)[] = signatures.slice(0, signed.length);
  const isInOrder = signed.every(({ signature }, at) => signature === expected[at]);
  const isDistinct = new Set(signed.map(({ by }) => by)).size === signed.length;
  const count = signed.length;
  return preCheck(
    'T5',
    {
      vi: `${count} trên 3 chữ ký; mỗi bước một người khác nhau.`,
      en: `${count} of 3 signatures; each by another person.`,
    },
    isInOrder && isDistinct
      ? []
      : [
          fails(
            'administrator',
            'Thiếu một chữ ký, hoặc một người ký hai bước. Không gửi chứng từ này; báo quản trị hệ thống.',
            'A signature is missing, or one person signed twice. Do not send this slip; tell the administrators.',
          ),
        ],
  );
}
