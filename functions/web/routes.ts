/** Every page and act of the application: method, path, who may, what runs. The test of every route × role reads it. */
import type { Act } from '../../shared/case/access.ts';
import type { Answer, Visit } from './page.tsx';
import { batchPage } from './pages/batch.tsx';
import { makePackAct, packFile } from './pages/batch-pack-acts.ts';
import { abortAct, decideAct, freezeAgain, provincialAct, reopenAct } from './pages/batch-acts.ts';
import { openLink } from './pages/batch-link.tsx';
import { batchesPage, furtherLevelAct, makeBatch } from './pages/batches.tsx';
import { legalPaperFile, signedLetterAct, writePapersAct } from './pages/batch-paper-acts.ts';
import {
  confirmAccountAct,
  correctAct,
  holdAct,
  orderAgainAct,
  proposeAccountAct,
  withdrawAct,
} from './pages/case-acts.ts';
import { casePage } from './pages/case.tsx';
import { traceFile } from './pages/case-trace.ts';
import { answerAct, returnAct } from './pages/case-return-acts.ts';
import { answerComplaintAct, complainantAct, complaintPaper, registerComplaintAct } from './pages/complaint-acts.ts';
import { complaintPage } from './pages/complaint.tsx';
import { complaintsPage } from './pages/complaints.tsx';
import { connectionsPage } from './pages/connections.tsx';
import {
  confirmClientAct,
  endReceiverAct,
  proposeClientAct,
  registerReceiverAct,
  revokeClientAct,
  sendMessageAgainAct,
} from './pages/connection-acts.ts';
import { delegateAct, delegationsPage, endDelegationAct } from './pages/delegations.tsx';
import { attachPaperAct, paperFile, takePaperBackAct } from './pages/paper-acts.ts';
import { takeAnchorAct } from './pages/completion-anchor.tsx';
import { completionPage, projectedPage } from './pages/completion.tsx';
import { peopleBehindPage } from './pages/people-behind.tsx';
import { statePayeeAct } from './pages/payee-acts.ts';
import { disbursementPage } from './pages/disbursement.tsx';
import { fundingPage } from './pages/funding.tsx';
import { closeYearAct, comebackAct, lineSourceAct, pauseAct } from './pages/funding-acts.ts';
import { unitMoneyPage } from './pages/unit-money.tsx';
import { sendAct, signAct, slipPage, takeFileAct, withdrawSlipAct } from './pages/slip.tsx';
import {
  bringEarlierAct,
  confirmEarlierAct,
  dropEarlierAct,
  earlierListPage,
  earlierPage,
  earlierPaper,
  earlierTemplate,
} from './pages/paid-elsewhere.tsx';
import { allotAct, explainAct, inquireAct } from './pages/disbursement-acts.ts';
import { askColumnsPage, feedbackFile, importResults, tellColumnsOfResults } from './pages/results-acts.ts';
import { resultPage } from './pages/results-import.tsx';
import { confirmCreditAct } from './pages/slip-credit-act.ts';
import { appraiseAct, entitlementPage } from './pages/entitlement.tsx';
import { cutOffAct, dossierAct, intakePage, sampleFile, templateFile, uploadList } from './pages/intake.tsx';
import { inspectionPage } from './pages/inspection.tsx';
import { chooseAct, exportAct, exportedFile, stateMandateAct } from './pages/inspection-acts.ts';
import { chainPage } from './pages/inspection-chain.tsx';
import { findingPage, inspectionResultPage } from './pages/inspection-sample.tsx';
import { readLogPage } from './pages/read-log.tsx';
import { recordBalanceAct, settlementPage } from './pages/settlement.tsx';
import { jobPage } from './pages/job.tsx';
import {
  letterAct,
  listPage,
  markedFile,
  markListAct,
  originalFile,
  submitListPage,
  tellColumnsAct,
} from './pages/list.tsx';
import { endLimitAct, limitPaper, moveLimitAct, setLimitAct } from './pages/limit-acts.ts';
import { limitsPage } from './pages/limits.tsx';
import { explainFigureAct, stateFigureAct } from './pages/difference-acts.ts';
import { differencePage } from './pages/difference.tsx';
import { differencesPage } from './pages/differences.tsx';
import { defineReportAct, makeReportAct, reprintAct, reportFile } from './pages/report-acts.ts';
import { reportPage } from './pages/report.tsx';
import { reportsPage } from './pages/reports.tsx';
import { largeFilePage } from './large-files.tsx';
import { lawPage } from './pages/law.tsx';
import { handOverAct, lettersFile, lettersPage, printLettersAct } from './pages/letters.tsx';
import { mailsPage, sendAgainAct } from './pages/mail.tsx';
import { correctPersonAct, correctPersonPage, typePersonAct, typePersonPage } from './pages/person-form.tsx';
import { setSignatoryAct, signatoriesPage } from './pages/signatories.tsx';
import { readingsPage, setReadingAct, tryAct, whatIfPage } from './pages/readings.tsx';
import { decideRecoveryAct, giveBackAct, receiveAct, reEntryAct } from './pages/recovery-acts.ts';
import { giveOutNoticeAct, resultNoticePage } from './pages/result-notice.tsx';
import { printNoticesAct, printedNotices, setContactAct, unitNoticesPage } from './pages/unit-notices.tsx';
import { returnDutyPage } from './pages/return-duty.tsx';
import { staffPage } from './pages/staff.tsx';
import {
  closeStaffAct,
  confirmProposalAct,
  followAct,
  inviteAct,
  proposeChangeAct,
  proposeResetAct,
  proposeStaffAct,
  refuseProposalAct,
  resetAgainAct,
  withdrawProposalAct,
} from './pages/staff-acts.ts';
import { staffPersonPage } from './pages/staff-person.tsx';
import { recordRegisterAct, registerFile, registerPage, unitsPage, uploadRegister } from './pages/units.tsx';

export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly act: Act;
  run(visit: Visit): Promise<Answer>;
}

const get = (path: string, act: Act, run: (visit: Visit) => Promise<Answer>): Route => ({
  method: 'get',
  path,
  act,
  run,
});
const post = (path: string, act: Act, run: (visit: Visit) => Promise<Answer>): Route => ({
  method: 'post',
  path,
  act,
  run,
});

export const routes: readonly Route[] = [
  get('/viec/:id', 'job.see', jobPage),

  get('/tep-lon', 'file.bring', largeFilePage),
  get('/tiep-nhan', 'list.see', intakePage),
  post('/tiep-nhan', 'list.submit', uploadList),
  get('/tiep-nhan/mau.xlsx', 'list.see', templateFile),
  get('/tiep-nhan/vi-du/:name', 'list.see', sampleFile),
  post('/tiep-nhan/han-gui', 'cut-off.set', cutOffAct),
  post('/tiep-nhan/thanh-phan-ho-so', 'dossier.set', dossierAct),
  get('/tiep-nhan/nhap', 'list.submit', typePersonPage),
  post('/tiep-nhan/nhap', 'list.submit', typePersonAct),
  get('/tiep-nhan/:id', 'list.see', listPage),
  post('/tiep-nhan/:id/to-trinh', 'list.submit', letterAct),
  post('/tiep-nhan/:id/cot', 'list.submit', tellColumnsAct),
  post('/tiep-nhan/:id/danh-dau', 'list.mark', markListAct),
  get('/tiep-nhan/:id/danh-dau.xlsx', 'list.see', markedFile),
  get('/tiep-nhan/:id/tep-goc', 'list.see', originalFile),
  post('/tiep-nhan/:id/gui', 'list.submit', submitListPage),

  get('/don-vi', 'unit.see', unitsPage),
  get('/don-vi/so-dang-ky.xlsx', 'unit.see', registerFile),
  post('/don-vi', 'register.upload', uploadRegister),
  get('/don-vi/kiem-tra/:file', 'register.upload', registerPage),
  post('/don-vi/kiem-tra/:file', 'register.upload', recordRegisterAct),

  get('/tinh-che-do', 'case.list', entitlementPage),
  post('/tinh-che-do/tim', 'case.list', entitlementPage),
  post('/tinh-che-do/tham-dinh', 'case.appraise', appraiseAct),
  get('/ho-so/:id', 'case.see', casePage),
  get('/ho-so/:id/cach-tinh.json', 'case.see', traceFile),
  post('/ho-so/:id/tra-don-vi', 'case.return', returnAct),
  post('/ho-so/:id/tra-loi', 'case.answer', answerAct),
  post('/ho-so/:id/tam-dung', 'case.hold', holdAct),
  post('/ho-so/:id/rut', 'case.withdraw', withdrawAct),
  post('/ho-so/:id/sua', 'case.correct', correctAct),
  post('/ho-so/:id/giay-to', 'paper.attach', attachPaperAct),
  post('/ho-so/:id/giay-to/bo', 'paper.attach', takePaperBackAct),
  get('/ho-so/:id/giay-to/:file', 'paper.see', paperFile),
  get('/ho-so/:id/sua-tren-trang', 'case.correct', correctPersonPage),
  post('/ho-so/:id/sua-tren-trang', 'case.correct', correctPersonAct),
  post('/ho-so/:id/tai-khoan', 'account.correct', proposeAccountAct),
  post('/ho-so/:id/tai-khoan/xac-nhan', 'account.confirm', confirmAccountAct),
  post('/ho-so/:id/khieu-nai', 'complaint.register', registerComplaintAct),
  post('/ho-so/:id/tra-lai-tien', 'recovery.give-back', giveBackAct),
  post('/ho-so/:id/tuyen-dung-lai', 're-entry.record', reEntryAct),
  post('/ho-so/:id/chi-lai', 'order.again', orderAgainAct),
  post('/ho-so/:id/nguoi-nhan', 'account.confirm', statePayeeAct),

  get('/dot', 'batch.list', batchesPage),
  post('/dot', 'batch.make', makeBatch),
  post('/dot/muc-lanh-dao-tinh', 'further-level.set', furtherLevelAct),
  get('/lien-ket/:token', 'home.see', openLink),
  get('/dot/:id', 'batch.see', batchPage),
  post('/dot/:id/xem', 'batch.see', batchPage),
  post('/dot/:id/xac-nhan', 'batch.decide', decideAct),
  post('/dot/:id/quyet-dinh', 'batch.record-provincial-decision', provincialAct),
  post('/dot/:id/chot-lai', 'batch.make', freezeAgain),
  post('/dot/:id/mo-lai', 'batch.reopen', reopenAct),
  post('/dot/:id/ket-thuc', 'batch.abort', abortAct),
  post('/dot/:id/van-ban', 'batch.write-papers', writePapersAct),
  get('/dot/:id/van-ban/:file', 'batch.see-people', legalPaperFile),
  post('/dot/:id/van-ban-da-ky', 'batch.record-letter', signedLetterAct),
  post('/dot/:id/goi-chung-cu', 'pack.make', makePackAct),
  get('/dot/:id/goi-chung-cu/:file', 'pack.make', packFile),

  get('/uy-quyen', 'delegation.see', delegationsPage),
  post('/uy-quyen', 'delegation.give', delegateAct),
  post('/uy-quyen/:id/cham-dut', 'delegation.give', endDelegationAct),

  get('/nguoi-ky', 'signatory.see', signatoriesPage),
  post('/nguoi-ky', 'signatory.set', setSignatoryAct),

  get('/chi-tra', 'order.list', disbursementPage),
  post('/chi-tra/du-toan', 'estimate.record', allotAct),
  post('/chi-tra/doi-chieu', 'result.explain', explainAct),
  get('/chi-tra/da-chi-noi-khac', 'paid-elsewhere.see', earlierPage),
  post('/chi-tra/da-chi-noi-khac', 'paid-elsewhere.record', bringEarlierAct),
  get('/chi-tra/da-chi-noi-khac/mau.xlsx', 'paid-elsewhere.see', earlierTemplate),
  get('/chi-tra/da-chi-noi-khac/:list', 'paid-elsewhere.see', earlierListPage),
  get('/chi-tra/da-chi-noi-khac/:list/chung-tu', 'paid-elsewhere.see', earlierPaper),
  post('/chi-tra/da-chi-noi-khac/:list/xac-nhan', 'paid-elsewhere.confirm', confirmEarlierAct),
  post('/chi-tra/da-chi-noi-khac/:list/bo', 'paid-elsewhere.drop', dropEarlierAct),
  post('/chi-tra/ket-qua', 'result.import', importResults),
  get('/chi-tra/ket-qua/:file', 'result.see', resultPage),
  get('/chi-tra/ket-qua/:file/phan-hoi.xlsx', 'result.see', feedbackFile),
  get('/chi-tra/cot/:reading', 'result.import', askColumnsPage),
  post('/chi-tra/cot/:reading', 'result.import', tellColumnsOfResults),
  post('/chi-tra/:batch/tra-soat', 'result.import', inquireAct),
  get('/chung-tu/:id', 'slip.see', slipPage),
  post('/chung-tu/:id/tep', 'slip.take-file', takeFileAct),
  post('/chung-tu/:id/ky', 'slip.sign', signAct),
  post('/chung-tu/:id/gui', 'slip.prepare', sendAct),
  post('/chung-tu/:id/rut', 'slip.withdraw', withdrawSlipAct),

  get('/du-toan', 'estimate.see', fundingPage),
  get('/du-toan/:unit', 'estimate.see', unitMoneyPage),
  post('/du-toan/tien-ve', 'comeback.record', comebackAct),
  post('/du-toan/nguon', 'line-source.set', lineSourceAct),
  post('/du-toan/tam-dung', 'payments.pause', pauseAct),
  post('/du-toan/khoa-nam', 'year.close', closeYearAct),
  post('/chung-tu/:id/bao-co', 'slip.confirm-credit', confirmCreditAct),

  get('/hoan-thanh', 'completion.see', completionPage),
  get('/hoan-thanh/trinh-chieu', 'completion.see', projectedPage),
  get('/hoan-thanh/danh-sach', 'completion.see-people', peopleBehindPage),
  post('/hoan-thanh/ma-neo', 'anchor.take', takeAnchorAct),
  get('/hoan-thanh/bao-cao', 'report.see', reportsPage),
  post('/hoan-thanh/bao-cao', 'report.make', makeReportAct),
  post('/hoan-thanh/bao-cao/cach-tinh', 'report.define', defineReportAct),
  get('/hoan-thanh/bao-cao/:code', 'report.see', reportPage),
  get('/hoan-thanh/bao-cao/:code/:file', 'report.see', reportFile),
  post('/hoan-thanh/bao-cao/:code/in-lai', 'report.make', reprintAct),
  get('/hoan-thanh/doi-chieu', 'difference.see', differencesPage),
  post('/hoan-thanh/doi-chieu', 'difference.state', stateFigureAct),
  get('/hoan-thanh/doi-chieu/:id', 'difference.see', differencePage),
  post('/hoan-thanh/doi-chieu/:id', 'difference.state', explainFigureAct),
  get('/hoan-thanh/lich', 'limit.see', limitsPage),
  post('/hoan-thanh/lich', 'limit.set', setLimitAct),
  get('/hoan-thanh/lich/van-ban/:file', 'limit.see', limitPaper),
  get('/hoan-thanh/lich/:id/dieu-chinh', 'limit.set', limitsPage),
  post('/hoan-thanh/lich/:id/dieu-chinh', 'limit.set', moveLimitAct),
  get('/hoan-thanh/lich/:id/ket-thuc', 'limit.set', limitsPage),
  post('/hoan-thanh/lich/:id/ket-thuc', 'limit.set', endLimitAct),

  get('/hoan-thanh/thu-bao', 'letter.see', lettersPage),
  post('/hoan-thanh/thu-bao', 'letter.print', printLettersAct),
  post('/hoan-thanh/thu-bao/da-giao', 'letter.hand-over', handOverAct),
  get('/hoan-thanh/thu-bao/:unit/:file', 'letter.print', lettersFile),

  get('/khieu-nai', 'complaint.list', complaintsPage),
  get('/khieu-nai/:id', 'complaint.see', complaintPage),
  get('/khieu-nai/:id/van-ban/:file', 'complaint.see', complaintPaper),
  post('/khieu-nai/:id/xu-ly', 'complaint.answer', answerComplaintAct),
  post('/khieu-nai/:id/don', 'complaint.register', complainantAct),

  get('/ho-so/:id/thong-bao', 'result-notice.see', resultNoticePage),
  post('/ho-so/:id/thong-bao', 'result-notice.give-out', giveOutNoticeAct),
  get('/thong-bao', 'result-notice.see', unitNoticesPage),
  post('/thong-bao', 'result-notice.give-out', printNoticesAct),
  post('/thong-bao/lien-he', 'contact.set', setContactAct),
  get('/thong-bao/:unit/:file', 'result-notice.give-out', printedNotices),

  get('/kiem-tra', 'inspection.see', inspectionPage),
  post('/kiem-tra/quyet-dinh', 'inspection.state-mandate', stateMandateAct),
  post('/kiem-tra/mau', 'inspection.choose', chooseAct),
  get('/kiem-tra/mau/:id', 'inspection.see', inspectionResultPage),
  get('/kiem-tra/mau/:id/dau-hieu/:code', 'inspection.see', findingPage),
  get('/kiem-tra/ho-so/:id', 'inspection.see', chainPage),
  post('/kiem-tra/xuat', 'inspection.export', exportAct),
  get('/kiem-tra/tep/:id', 'inspection.see', exportedFile),
  get('/kiem-tra/nhat-ky', 'read-log.see', readLogPage),
  get('/kiem-tra/quyet-toan', 'settlement.see', settlementPage),
  post('/kiem-tra/quyet-toan', 'settlement.record', recordBalanceAct),

  get('/thu', 'mail.see', mailsPage),
  post('/thu', 'mail.resend', sendAgainAct),

  get('/luat', 'law.see', lawPage),

  get('/diem-chua-thong-nhat', 'reading.see', readingsPage),
  post('/diem-chua-thong-nhat', 'reading.set', setReadingAct),
  post('/tinh-thu', 'reading.try', tryAct),
  get('/tinh-thu/:file', 'reading.try', whatIfPage),

  get('/so-hoan-tra', 'recovery.see', returnDutyPage),
  post('/so-hoan-tra/tim', 'recovery.see', returnDutyPage),
  post('/thu-hoi/:id', 'recovery.decide', decideRecoveryAct),
  post('/thu-hoi/:id/da-thu', 'recovery.receive', receiveAct),

  get('/tai-khoan', 'staff.see', staffPage),
  post('/tai-khoan', 'staff.propose', proposeStaffAct),
  get('/tai-khoan/:id', 'staff.see', staffPersonPage),
  post('/tai-khoan/:id/de-nghi', 'staff.propose', proposeChangeAct),
  post('/tai-khoan/:id/ma-xac-thuc', 'staff.propose', proposeResetAct),
  post('/tai-khoan/:id/ma-xac-thuc/lai', 'staff.confirm', resetAgainAct),
  post('/tai-khoan/:id/noi-dang-nhap', 'staff.propose', followAct),
  post('/tai-khoan/:id/rut', 'staff.propose', withdrawProposalAct),
  post('/tai-khoan/:id/thu-moi', 'staff.propose', inviteAct),
  post('/tai-khoan/:id/xac-nhan', 'staff.confirm', confirmProposalAct),
  post('/tai-khoan/:id/tu-choi', 'staff.confirm', refuseProposalAct),
  post('/tai-khoan/:id/dong', 'staff.close', closeStaffAct),

  get('/ket-noi', 'connection.see', connectionsPage),
  post('/ket-noi', 'connection.propose', proposeClientAct),
  post('/ket-noi/:id/xac-nhan', 'connection.confirm', confirmClientAct),
  post('/ket-noi/:id/thu-hoi', 'connection.end', revokeClientAct),
  post('/noi-nhan', 'connection.propose', registerReceiverAct),
  post('/noi-nhan/:id/ngung', 'connection.end', endReceiverAct),
  post('/noi-nhan/:id/gui-lai', 'connection.propose', sendMessageAgainAct),
];
