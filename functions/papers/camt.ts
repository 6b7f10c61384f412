/**
 * camt.053 (BankToCustomerStatement) and camt.054 (BankToCustomerDebitCreditNotification), any version. A debit says that
 * the payer has paid; a credit to the person's account that the person has it; a return or reversal that it came back.
 */
import type { OrderOutcome } from '../../shared/case/order.ts';
import type { Refused } from '../../shared/case/ports.ts';
import type { ResultFile } from '../../shared/disbursement/reconcile.ts';
import { sum } from '../../shared/dong.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { amountIn, dayIn, fileOf, reasonIn, type Told, wholeDong } from './iso-lines.ts';
import { child, childrenOf, type Element, notWhole, textAt } from './iso-xml.ts';

export function readCamt(document: Element): ResultFile | Refused {
  const statements = [
    ...childrenOf(child(document, 'BkToCstmrStmt'), 'Stmt'),
    ...childrenOf(child(document, 'BkToCstmrDbtCdtNtfctn'), 'Ntfctn'),
  ];
  if (statements.length === 0) return notWhole;
  const told: Told[] = [];
  for (const statement of statements) {
    const entries = childrenOf(statement, 'Ntry');
    if (!agrees(child(statement, 'TxsSummry', 'TtlNtries'), 'NbOfNtries', 'Sum', entries)) return notWhole;
    for (const entry of entries) {
      const batch = child(entry, 'NtryDtls', 'Btch');
      const transactions = childrenOf(entry, 'NtryDtls').flatMap((details) => childrenOf(details, 'TxDtls'));
      // A batch may be told by its sum alone; where its transactions stand there, all of them must.
      if (transactions.length > 0 && !agrees(batch, 'NbOfTxs', 'TtlAmt', transactions)) return notWhole;
      if (transactions.length === 0) told.push(ofEntry(entry, told.length + 1));
      for (const one of transactions) told.push(ofTransaction(entry, one, transactions.length, told.length + 1));
    }
  }
  return fileOf(told);
}

/** What is stated of the parts against the parts themselves; what is not stated, or in part unreadable, agrees. */
function agrees(stated: Element | undefined, count: string, total: string, parts: readonly Element[]): boolean {
  const number = textAt(stated, count);
  if (number !== '' && Number(number) !== parts.length) return false;
  const wanted = wholeDong(textAt(stated, total));
  const amounts = parts.map((part) => amountIn(part, 'Amt'));
  if (wanted === undefined || !amounts.every((amount) => typeof amount === 'bigint')) return true;
  return sum(amounts.filter((amount) => typeof amount === 'bigint')) === wanted;
}

/** An entry without transactions: the Treasury's debit for a whole slip names the slip. */
function ofEntry(entry: Element, row: number): Told {
  return {
    row,
    named:
      textAt(entry, 'NtryDtls', 'Btch', 'PmtInfId') ||
      textAt(entry, 'NtryRef') ||
      textAt(entry, 'AddtlNtryInf') ||
      textAt(entry, 'AcctSvcrRef'),
    amount: amountIn(entry, 'Amt'),
    outcome: outcomeOf(entry, textAt(entry, 'CdtDbtInd'), undefined),
    on: dayOf(entry),
    reason: '',
  };
}

function ofTransaction(entry: Element, one: Element, count: number, row: number): Told {
  const returned = child(one, 'RtrInf');
  return {
    row,
    named: referenceOf(one),
    amount: amountOf(entry, one, count),
    outcome: outcomeOf(entry, textAt(one, 'CdtDbtInd') || textAt(entry, 'CdtDbtInd'), returned),
    on: dayOf(entry),
    reason: reasonIn(returned),
  };
}

function referenceOf(one: Element): string {
  const refs = child(one, 'Refs');
  const endToEnd = textAt(refs, 'EndToEndId');
  if (endToEnd !== '' && endToEnd !== 'NOTPROVIDED') return endToEnd;
  return textAt(refs, 'PmtInfId') || textAt(one, 'RmtInf', 'Ustrd') || textAt(refs, 'InstrId') || endToEnd;
}

/** Of the transaction itself; an entry with one transaction has that one's amount. */
function amountOf(entry: Element, one: Element, count: number): bigint | Sentence {
  const details = child(one, 'AmtDtls');
  const places = [
    [one, 'Amt'],
    [child(details, 'TxAmt'), 'Amt'],
    [child(details, 'InstdAmt'), 'Amt'],
    ...(count === 1 ? ([[entry, 'Amt']] as const) : []),
  ] as const;
  const stated = places.find(([of, name]) => textAt(of, name) !== '') ?? places[0];
  return amountIn(...stated);
}

function outcomeOf(entry: Element, direction: string, returned: Element | undefined): OrderOutcome | Sentence {
  const status = textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts');
  const isReversal = textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1';
  if (status !== 'BOOK') {
    return {
      vi: `Giao dịch ở trạng thái "${status}", chưa hạch toán; hãy chờ sao kê sau.`,
      en: `The entry is "${status}" and not booked; wait for the next statement.`,
    };
  }
  if (direction === 'CRDT') return isReversal || returned !== undefined ? 'returned' : 'credited';
  if (direction === 'DBIT' && !isReversal && returned === undefined) return 'treasury-paid';
  return {
    vi: 'Ngân hàng ghi nợ để đảo một giao dịch trước; hãy hỏi ngân hàng đã đảo giao dịch nào.',
    en: 'The bank debits to reverse an earlier entry; ask the bank which one.',
  };
}

function dayOf(entry: Element): string {
  const [booked, valued] = [child(entry, 'BookgDt'), child(entry, 'ValDt')];
  return (
    [textAt(booked, 'Dt'), textAt(booked, 'DtTm'), textAt(valued, 'Dt'), textAt(valued, 'DtTm')]
      .map(dayIn)
      .find((day) => day !== '') ?? ''
  );
}
