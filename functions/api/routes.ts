/** Every route of the API: who may, what it takes and gives, what runs. The published document is made from this table. */
import { paymentRoute, paymentsRoute, readBatchRoute } from './batches.ts';
import { readCaseRoute } from './cases.ts';
import { assessFacts } from './facts.ts';
import { readJobRoute, whoRoute } from './jobs.ts';
import { readListRoute, submitListRoute } from './lists.ts';
import { readResultsRoute, takeResultsRoute } from './results.ts';
import { type ApiRoute, jsonType, linesType } from './route.ts';

const megabyte = 1_000_000;

export const apiRoutes: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/api/v1/facts',
    operationId: 'assessFacts',
    summary: {
      vi: 'Tính chế độ từ dữ kiện theo hợp đồng facts-v1; không lưu gì',
      en: 'Facts by contract facts-v1 in, assessment out; nothing is stored',
    },
    scope: 'facts:assess',
    reads: 'assessment',
    query: {
      reading: {
        vi: 'Cách hiểu được đặt, ví dụ X3=flat-5; lặp lại được',
        en: 'A reading that is set: X3=flat-5; repeatable',
      },
      readings: { vi: 'recorded: theo quyết định của tỉnh', en: 'recorded: as the province has decided' },
    },
    mostBytes: megabyte,
    takes: { [jsonType]: { schema: 'FactsRequest' }, [linesType]: { schema: 'FactsRequest', isLines: true } },
    gives: { 200: { schema: 'FactsAssessed' } },
    fails: [400, 413, 415, 422],
    run: assessFacts,
  },
  {
    method: 'post',
    path: '/api/v1/lists',
    operationId: 'submitList',
    summary: {
      vi: 'Gửi người của đơn vị; kiểm tra như danh sách trên trang, rồi nộp',
      en: "Submit a unit's people; checked as a list on the pages is",
    },
    scope: 'lists:submit',
    needsKey: true,
    mostBytes: 4 * megabyte,
    takes: { [jsonType]: { schema: 'ListRequest' } },
    gives: { 202: { schema: 'Accepted' } },
    fails: [400, 413, 415, 422],
    run: submitListRoute,
  },
  {
    method: 'get',
    path: '/api/v1/lists/:id',
    operationId: 'readList',
    summary: { vi: 'Kết quả kiểm tra và nộp danh sách đã gửi', en: 'What became of a list that this client sent' },
    scope: 'lists:submit',
    reads: 'received-file',
    gives: { 200: { schema: 'List' } },
    fails: [404],
    run: readListRoute,
  },
  {
    method: 'get',
    path: '/api/v1/cases/:id',
    operationId: 'readCase',
    summary: {
      vi: 'Một hồ sơ: kết quả tính, tiền đang ở đâu',
      en: 'A case: its assessment, and where its money stands',
    },
    scope: 'cases:read',
    reads: 'person',
    gives: { 200: { schema: 'Case' } },
    fails: [404],
    run: readCaseRoute,
  },
  {
    method: 'get',
    path: '/api/v1/batches/:id',
    operationId: 'readBatch',
    summary: { vi: 'Một đợt: trạng thái và đẳng thức tiền', en: 'A batch: its status and zero-sum line' },
    scope: 'batches:read',
    reads: 'figures',
    gives: { 200: { schema: 'Batch' } },
    fails: [404],
    run: readBatchRoute,
  },
  {
    method: 'get',
    path: '/api/v1/batches/:id/payments',
    operationId: 'readPayments',
    summary: {
      vi: 'Các khoản chi của đợt, theo trạng thái, từng trang',
      en: "A batch's payments, by status, page by page",
    },
    scope: 'batches:read',
    reads: 'payment',
    query: {
      status: { vi: 'Chỉ trạng thái này', en: 'Of this status alone' },
      after: { vi: 'Giá trị next của trang trước', en: 'The next of the page before' },
      limit: { vi: 'Từ 1 đến 200; mặc định 100', en: '1 to 200; 100 when left out' },
    },
    gives: { 200: { schema: 'PaymentPage' } },
    fails: [400, 404],
    run: paymentsRoute,
  },
  {
    method: 'get',
    path: '/api/v1/payments/:reference',
    operationId: 'readPayment',
    summary: { vi: 'Một khoản chi theo mã', en: 'One payment by its reference' },
    scope: 'batches:read',
    reads: 'payment',
    gives: { 200: { schema: 'Payment' } },
    fails: [404],
    run: paymentRoute,
  },
  {
    method: 'post',
    path: '/api/v1/batches/:id/results',
    operationId: 'sendResults',
    summary: {
      vi: 'Gửi kết quả thanh toán; cùng nội dung chỉ ghi một lần',
      en: 'Send results of payments; the same bytes are recorded once',
    },
    scope: 'results:write',
    mostBytes: 4 * megabyte,
    takes: {
      [jsonType]: { schema: 'ResultsRequest' },
      'application/xml': {
        text: { vi: 'Điện pain.002, camt.053 hoặc camt.054', en: 'A pain.002, camt.053 or camt.054' },
      },
    },
    gives: { 200: { schema: 'Results' }, 202: { schema: 'Accepted' } },
    fails: [400, 404, 409, 413, 415, 422],
    run: takeResultsRoute,
  },
  {
    method: 'get',
    path: '/api/v1/results/:id',
    operationId: 'readResults',
    summary: { vi: 'Kết quả đối chiếu của nội dung đã gửi', en: 'What became of the lines that this client sent' },
    scope: 'results:write',
    reads: 'payment',
    gives: { 200: { schema: 'Results' } },
    fails: [404],
    run: readResultsRoute,
  },
  {
    method: 'get',
    path: '/api/v1/jobs/:id',
    operationId: 'readJob',
    summary: { vi: 'Tiến độ của việc đã nhận', en: 'How far an accepted call has come' },
    scope: 'any',
    reads: 'figures',
    gives: { 200: { schema: 'Job' } },
    fails: [404],
    run: readJobRoute,
  },
  {
    method: 'get',
    path: '/api/v1/client',
    operationId: 'readClient',
    summary: { vi: 'Mã truy cập này là của ai, được làm gì', en: 'Whose token this is, and what it may' },
    scope: 'any',
    reads: 'figures',
    gives: { 200: { schema: 'Client' } },
    fails: [],
    run: whoRoute,
  },
];
