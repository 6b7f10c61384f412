/** pain.002 (CustomerPaymentStatusReport), any version: what became of each transfer, or of a whole slip. */
import type { OrderOutcome } from '../../shared/case/order.ts';
import type { Refused } from '../../shared/case/ports.ts';
import type { ResultFile } from '../../shared/disbursement/reconcile.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { amountIn, dayIn, fileOf, reasonIn, type Told, wholeDong } from './iso-lines.ts';
import { child, childrenOf, type Element, notWhole, textAt } from './iso-xml.ts';

/**
 * ExternalPaymentTransactionStatus1Code. ACSC: settlement on the debtor's account is complete, so the payer has paid; ACCC:
 * on the creditor's account, so the person has it. The others say that something is under way, and settle nothing.
 */
const outcomes: Readonly<Record<string, OrderOutcome>> = {
  ACSC: 'treasury-paid',
  ACCC: 'credited',
  RJCT: 'refused',
};

export function readPain002(document: Element): ResultFile | Refused {
  const report = child(document, 'CstmrPmtStsRpt');
  if (report === undefined) return notWhole;
  const day = dayIn(textAt(report, 'GrpHdr', 'CreDtTm'));
  const told: Told[] = [];
  for (const payment of childrenOf(report, 'OrgnlPmtInfAndSts')) {
    const transactions = childrenOf(payment, 'TxInfAndSts');
    if (transactions.length === 0) told.push(ofPayment(payment, told.length + 1, day));
    for (const one of transactions) told.push(ofTransaction(one, told.length + 1, day));
  }
  // Some banks put the transactions beside the payments, as early versions did.
  for (const one of childrenOf(report, 'TxInfAndSts')) told.push(ofTransaction(one, told.length + 1, day));
  return fileOf(told);
}

function ofTransaction(one: Element, row: number, day: string): Told {
  const amounts = child(one, 'OrgnlTxRef', 'Amt');
  const stated = amountIn(amounts, 'InstdAmt');
  const settled = amountIn(child(one, 'OrgnlTxRef'), 'IntrBkSttlmAmt');
  return {
    row,
    named: textAt(one, 'OrgnlEndToEndId') || textAt(one, 'OrgnlInstrId'),
    amount: typeof stated === 'object' && typeof settled === 'bigint' ? settled : stated,
    outcome: outcomeOf(textAt(one, 'TxSts')),
    on: dayIn(textAt(one, 'AccptncDtTm')) || day,
    reason: reasonIn(childrenOf(one, 'StsRsnInf')[0]),
  };
}

/** A status of a whole payment instruction, which names one of our slips. */
function ofPayment(payment: Element, row: number, day: string): Told {
  const total = textAt(payment, 'OrgnlCtrlSum');
  return {
    row,
    named: textAt(payment, 'OrgnlPmtInfId'),
    amount: wholeDong(total) ?? {
      vi: `Tổng số tiền "${total}" không phải số đồng nguyên.`,
      en: `The total "${total}" is no whole đồng.`,
    },
    outcome: outcomeOf(textAt(payment, 'PmtInfSts')),
    on: day,
    reason: reasonIn(childrenOf(payment, 'StsRsnInf')[0]),
  };
}

function outcomeOf(status: string): OrderOutcome | Sentence {
  return (
    outcomes[status] ?? {
      vi: `Trạng thái "${status}" chưa phải kết quả cuối cùng; hãy chờ điện sau của ngân hàng.`,
      en: `The status "${status}" is no final outcome; wait for the bank's next message.`,
    }
  );
}
