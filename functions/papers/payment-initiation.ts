/**
 * A slip's transfers as an ISO 20022 payment initiation (pain.001.001.09): the neutral form that is kept, and that a bank
 * may one day take. No bank of Viet Nam publishes a profile, so that only what every bank would need is written;
 * `schemas/pain.001.001.09-profile.xsd` says exactly what.
 */
import { formatDay, localDateOf } from '../../shared/calendar.ts';
import { type Control, controlOf } from '../../shared/disbursement/control.ts';
import { bankBins } from '../../shared/disbursement/bank-templates.ts';
import { type Beneficiary, purposeOf, type SlipPaper } from '../../shared/disbursement/slip-paper.ts';
import { sha256 } from '../../shared/hash.ts';

export const paymentInitiationSpace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
/** Where our check value stands, in the part that the standard leaves to its users. */
export const controlSpace = 'urn:chi-tra:control:1';

/** Most characters that the standard gives (Max35Text, Max34Text, Max140Text). */
const longest = { id: 35, account: 34, text: 140 } as const;
/** What the standard says to write where a required account is not known. */
const notProvided = 'NOTPROVIDED';

export function writePaymentInitiation(paper: SlipPaper): Uint8Array {
  const control = controlOf(paper.beneficiaries);
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="${paymentInitiationSpace}">`,
    '<CstmrCdtTrfInitn>',
    groupHeader(paper, control),
    paymentInformation(paper, control),
    `<SplmtryData><Envlp><CheckValue xmlns="${controlSpace}">${control.check}</CheckValue></Envlp></SplmtryData>`,
    '</CstmrCdtTrfInitn>',
    '</Document>',
    '',
  ];
  return new TextEncoder().encode(xml.join('\n'));
}

/** The slip's own number where it fits, else a digest of it: an identification is never cut, for two could become one. */
export function messageId(slip: string): string {
  return slip.length <= longest.id ? slip : `CT-${sha256(slip).slice(0, longest.id - 3)}`;
}

function sums({ count, total }: Control): string {
  return `<NbOfTxs>${count}</NbOfTxs><CtrlSum>${total}</CtrlSum>`;
}

function groupHeader(paper: SlipPaper, control: Control): string {
  const at = paper.madeAt.replace(/\.\d+Z$/, 'Z');
  return `<GrpHdr><MsgId>${text(messageId(paper.slip), longest.id)}</MsgId><CreDtTm>${at}</CreDtTm>${sums(control)}<InitgPty>${name(paper.unit.name)}</InitgPty></GrpHdr>`;
}

function paymentInformation(paper: SlipPaper, control: Control): string {
  const { unit } = paper;
  const unitId = `<Id><OrgId><Othr><Id>${text(unit.code, longest.id)}</Id></Othr></OrgId></Id>`;
  const purpose = purposeOf(paper, formatDay(paper.decision.on));
  return [
    '<PmtInf>',
    `<PmtInfId>${text(messageId(paper.slip), longest.id)}</PmtInfId><PmtMtd>TRF</PmtMtd>${sums(control)}`,
    `<ReqdExctnDt><Dt>${localDateOf(paper.madeAt)}</Dt></ReqdExctnDt>`,
    `<Dbtr>${name(unit.name)}${unitId}</Dbtr>`,
    account('DbtrAcct', unit.treasuryAccount),
    '<DbtrAgt><FinInstnId><Nm>Kho bạc Nhà nước</Nm></FinInstnId></DbtrAgt>',
    ...paper.beneficiaries.map((one) => transfer(one, purpose)),
    '</PmtInf>',
  ].join('\n');
}

function transfer(one: Beneficiary, purpose: string): string {
  const bin = bankBins[one.bankCode];
  const member = bin === undefined ? '' : `<ClrSysMmbId><MmbId>${bin}</MmbId></ClrSysMmbId>`;
  return [
    '<CdtTrfTxInf>',
    `<PmtId><EndToEndId>${text(one.reference, longest.id)}</EndToEndId></PmtId>`,
    // Whole đồng: the currency has no decimals (ISO 4217).
    `<Amt><InstdAmt Ccy="VND">${one.amount}</InstdAmt></Amt>`,
    `<CdtrAgt><FinInstnId>${member}${name(one.bank)}</FinInstnId></CdtrAgt>`,
    `<Cdtr>${name(one.fullName)}</Cdtr>`,
    account('CdtrAcct', one.accountNumber),
    `<RmtInf><Ustrd>${text(`${one.reference} ${purpose}`, longest.text)}</Ustrd></RmtInf>`,
    '</CdtTrfTxInf>',
  ].join('');
}

function name(of: string): string {
  const written = text(of, longest.text);
  return `<Nm>${written === '' ? notProvided : written}</Nm>`;
}

/** An account is never cut: a number that does not fit is a fault of whoever let it in. */
function account(element: string, number: string): string {
  if (Array.from(number).length > longest.account)
    throw new RangeError('an account number is longer than the standard allows');
  return `<${element}><Id><Othr><Id>${number === '' ? notProvided : text(number, longest.account)}</Id></Othr></Id></${element}>`;
}

/** NFC, cut to whole letters, without what XML cannot hold, escaped. */
function text(written: string, most: number): string {
  const kept = written
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+/gu, ' ');
  return Array.from(kept)
    .slice(0, most)
    .join('')
    .trim()
    .replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
